/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * stay.h - how long sockets were in their states, and segments on the wire, by
 * the lab's log.
 */
#ifndef CLI_STAY_H
#define CLI_STAY_H

#include "netlab.h"

/* A socket in a state. */
struct stay {
	const struct tcp_socket *socket;
	enum tcp_state state;
	int64_t from, to;		/* to -1: it is there still */
	const struct lab_event *begin;	/* that led there */
	const struct lab_event *end;	/* that led away; NULL: none did yet */
};

/* Each stay that the log tells of, in the order of its beginning; borrowed for
 * the time of the call. */
typedef void (*stay_fn)(void *arg, const struct stay *stay);
void stays_each(const struct lab *lab, stay_fn each, void *arg);

/* The newest one of that socket in that state; false: the log knows of none. */
bool stay_find(const struct lab *lab, const struct tcp_socket *socket, enum tcp_state state,
	struct stay *stay);

/* How long the stay lasted, or has lasted by now. */
int64_t stay_length(const struct lab *lab, const struct stay *stay);

/* How old the segment was when it left the wire, or was taken off it; -1: it was
 * lost on it at an unknown time, or the event does not end its way. */
int64_t segment_age(const struct lab_event *event);

/* Does the event end a segment's way over the wire, other than as a copy? */
bool segment_ended(const struct lab_event *event);

/* The age that no segment may reach, by which TIME-WAIT is reckoned. */
#define MSL_LINUX (30 * 1000000000LL) /* TCP_TIMEWAIT_LEN is 60 s; include/net/tcp.h */

/* A line about the oldest segment of the log from event `first` on, held ones
 * too, and one about MSL. */
struct cli;
void ages_tell_oldest(struct cli *cli, uint64_t first);

#endif
