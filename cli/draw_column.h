/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_column.h - a path that is too wide for its terminal, from top to bottom.
 * Pure.
 */
#ifndef CLI_DRAW_COLUMN_H
#define CLI_DRAW_COLUMN_H

#include "draw_text.h"

void draw_column(const struct paper *paper, const struct part *path);

#endif
