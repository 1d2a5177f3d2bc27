/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * family.h - other netlabs that this one starts, each with all that it starts
 * itself. A family has a session of its own, its standard input is empty, its
 * output is captured in bounded memory. The program becomes the reaper of
 * orphans, so that it knows when the last of a family has ended.
 *
 * When the program ends, however it ends, the families end.
 */
#ifndef CLI_FAMILY_H
#define CLI_FAMILY_H

#include <stdbool.h>

#include "capture.h"
#include "netlab.h"

struct event_base;
struct families;

struct family {
	int pid;		/* of the netlab; -1 when it has ended */
	struct capture capture; /* of stdout and stderr, in the order of writing */
	char error[400];	/* the last line on stderr; "" */
	void *arg;		/* the owner's */
	/* the rest belongs to family.c */
	struct families *families;
	struct family *next;
	int out, err;
	struct event *out_readable, *err_readable;
	char line[400]; /* on stderr, not yet whole */
	size_t line_used;
};

/* `status`: as waitpid() gives it. The family is freed by family_free(). */
typedef void (*family_ended_fn)(struct family *family, int status);
/* No process is left of any family. */
typedef void (*families_gone_fn)(void *arg);

struct families *families_new(struct event_base *base, family_ended_fn ended,
	families_gone_fn gone, void *arg);
/* Kills what is left. */
void families_free(struct families *families);
bool families_are_gone(const struct families *families);
/* Kill orphans of families whose netlab has ended. */
void families_kill_orphans(struct families *families);

/* How a family is begun, in its first process, which then becomes netlab. */
struct family_begin {
	char *const *argv; /* argv[0] stands for netlab */
	int processor;	   /* to run on; -1: any */
	int channel;	   /* becomes its descriptor 3; -1: none */
	void (*prepare)(void); /* limits and the like; NULL */
};
struct family *family_start(struct families *families, const struct family_begin *begin,
	void *arg, struct cause *cause);
/* To the netlab alone; to all of its group when it is SIGKILL. */
void family_signal(const struct family *family, int number);
/* Take in what it has printed by now. */
void family_drain(struct family *family);
void family_free(struct family *family);

#endif
