/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ladder.h - the time-sequence diagram: a life line for each host, time running
 * down, segments as arrows, calls and states beside their hosts. Pure.
 */
#ifndef CLI_LADDER_H
#define CLI_LADDER_H

#include "netlab.h"

struct ladder_format {
	int width;  /* columns, 40 to 300 */
	bool utf8;  /* line drawing; else ASCII */
	bool color; /* as an addition: nothing is told by it alone */
	bool ages;  /* how long each segment was on the wire */
};

/* Draw the events, which are in the order of the lab's log. Nodes are in the
 * order of their life lines; addresses that belong to none of them follow.
 * Returns lines of text, each with its newline, "" when there is nothing to
 * draw; the caller frees it. */
char *ladder_draw(const struct lab_event *const *events, size_t count,
	const struct node *const *nodes, size_t node_count, const struct ladder_format *format);

#endif
