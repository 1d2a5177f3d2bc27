/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fault.h - the list of chosen faults: which segments, and what is to happen to
 * them. It says what a segment meets and counts; it moves no frame. Pure.
 */
#ifndef NETLAB_FAULT_H
#define NETLAB_FAULT_H

#include "selector.h"

enum fault_kind {
	FAULT_LOSE,
	FAULT_LATE,   /* by `ns` */
	FAULT_DOUBLE, /* the second one `ns` after the first */
	FAULT_SWAP,   /* with the next one of its sender on that connection */
	FAULT_KEEP,   /* a copy, under `name` */
	FAULT_KINDS
};

#define FAULT_NAME 16
#define FAULT_TEXT (SELECTOR_TEXT + 48)

struct fault {
	uint32_t number;	/* from 1 */
	enum fault_kind kind;
	struct selector selector;
	int64_t ns;
	char name[FAULT_NAME];
	char text[FAULT_TEXT];	/* as a command: "late fin nth 2 by 300ms" */
	uint32_t matched, struck; /* segments */
	bool off;		/* by hand */
	bool done;		/* no later segment can be meant */
	bool strikes, ends;	/* by the last fault_judge() */
};

struct faults {
	struct fault *at;	/* in order of making; those that are over stay */
	unsigned count, room;
};

/* "lose", "late", "double", "swap", "keep" */
const char *fault_kind_name(enum fault_kind kind);

/* Append a copy, and give it its number and text. Borrowed until the next one. */
struct fault *fault_add(struct faults *faults, const struct fault *fault);
void faults_clear(struct faults *faults);
static inline bool fault_is_active(const struct fault *fault)
{
	return !fault->off && !fault->done;
}

/* A segment enters the wire: count it where it matches, and say (`strikes`) which
 * faults it meets. What is lost meets nothing else, but for being kept. True when
 * there is any. */
bool fault_judge(struct faults *faults, const struct selector_facts *facts);

#endif
