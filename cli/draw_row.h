/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_row.h - drawing rows: a network from left to right. Pure.
 */
#ifndef CLI_DRAW_ROW_H
#define CLI_DRAW_ROW_H

#include "draw_shape.h"
#include "draw_text.h"

/* Draw the row, roomy or tight; false, and nothing drawn, when it is wider than
 * the paper. */
bool draw_row(const struct paper *paper, struct row *row);

#endif
