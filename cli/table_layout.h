/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * table_layout.h - which columns of a table there is room for, and how much of
 * each. Pure.
 */
#ifndef CLI_TABLE_LAYOUT_H
#define CLI_TABLE_LAYOUT_H

#include <stddef.h>

#include "table.h"

#define TABLE_GAP 2 /* blanks between columns */

/* Columns that a line of such widths takes; a width of 0 is left out. */
size_t table_line_columns(const size_t *widths, size_t count);

/* Fit `count` columns into `room` columns of the terminal. `widths` holds what
 * the contents ask for, 0 for what is not in the line, and gets what there is:
 * less where a column is cut, 0 where it is left out. Returns the room that is
 * left at the end of a full line. */
size_t table_layout(const struct column *columns, size_t count, size_t *widths, size_t room);

#endif
