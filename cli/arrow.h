/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * arrow.h - the arrows of a ladder, and the characters that it is drawn with.
 * Pure.
 */
#ifndef CLI_ARROW_H
#define CLI_ARROW_H

#include <stdint.h>

#include "canvas.h"
#include "rungs.h"

struct glyphs {
	uint32_t life, later, dash, reset_dash, cross, right, left, end;
};
const struct glyphs *glyphs_get(bool utf8);

/* Draw a segment between the life lines of its hosts, which stand in the columns
 * x[]: all the way, from its sender to the gate, from the gate to its receiver,
 * or up to where it ended. Its words are the longest that fit. An RST has a
 * double shaft. */
void arrow_draw(struct canvas *line, const struct rungs *rungs, const struct rung *rung,
	const int x[]);

static inline int at_least(int a, int b)
{
	return a > b ? a : b;
}

static inline int at_most(int a, int b)
{
	return a < b ? a : b;
}

#endif
