/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rungs.h - what a ladder is drawn from: the lab's events taken apart into the
 * moments that they tell of, in the order of time. A segment that was held (or
 * delayed) is two moments, its departure and its arrival. Pure.
 */
#ifndef CLI_RUNGS_H
#define CLI_RUNGS_H

#include "netlab.h"

#define RUNG_HOSTS_MAX 8
#define RUNG_TEXT 160

enum rung_kind {
	RUNG_NOTE,    /* at a host: a call, a state, its process */
	RUNG_REMARK,  /* the lab's own */
	RUNG_ARROW,   /* a segment all the way, at once */
	RUNG_DEPARTS, /* it enters the wire, and stays there for a while */
	RUNG_ARRIVES, /* it leaves the wire */
	RUNG_LOST,    /* it enters the wire and never leaves it */
	RUNG_DROPPED, /* taken off the wire where it waited */
	RUNG_COPIES,  /* of what has passed, absorbed */
};

struct rung {
	enum rung_kind kind;
	int64_t time;
	const struct lab_event *event;
	unsigned from, to; /* hosts; NOTE: both the same */
	unsigned copies;   /* COPIES: how many */
	bool held;	   /* DEPARTS, ARRIVES: in the gate */
	bool delayed;	   /* ARROW: by more than can be called at once */
	unsigned order;
};

struct rung_host {
	const struct node *node; /* NULL: an address that no host has */
	struct address address;
};

struct rungs {
	struct rung *at;
	size_t count, room;
	unsigned waiting; /* departures whose end has not come yet */
	struct rung_host hosts[RUNG_HOSTS_MAX];
	unsigned host_count, host_max;
	bool too_many; /* hosts: some are left out */
	bool several;  /* connections, so that each is named */
	bool ages;     /* on the wire, also of segments that passed at once */
};

/* Take the events apart. Up to five nodes are all there, of more only those that
 * took part, the first `host_max` of them. Borrows the events and the nodes;
 * rungs_free() frees the rest. */
void rungs_make(struct rungs *rungs, const struct lab_event *const *events, size_t count,
	const struct node *const *nodes, size_t node_count, unsigned host_max);
void rungs_free(struct rungs *rungs);

const char *rung_host_name(const struct rung_host *host, char buf[ADDRESS_TEXT]);

/* The words of a rung, shorter from level to level; NULL beyond the last one. */
const char *rung_text(const struct rungs *rungs, const struct rung *rung, unsigned level, bool utf8,
	char buf[RUNG_TEXT]);
/* Columns that the time in these words lacks to one of the usual width: which
 * words fit should not depend on how long it took. */
int rung_slack(const struct rungs *rungs, const struct rung *rung);

#endif
