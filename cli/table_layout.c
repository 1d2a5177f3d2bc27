/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * table_layout.c - the widths of a table's columns: a function of columns,
 * contents and width alone, so that the same contents always look the same.
 */
#include "table_layout.h"

#include <stdbool.h>

size_t table_line_columns(const size_t *widths, size_t count)
{
	size_t sum = 0;

	for (size_t i = 0; i < count; i++)
		if (widths[i])
			sum += widths[i] + (sum ? TABLE_GAP : 0);
	return sum;
}

/* The least important column that is still there and was not yet looked at. */
static size_t least_important(const struct column *columns, size_t count, const bool *seen)
{
	size_t least = count;

	for (size_t i = 0; i < count; i++)
		if (!seen[i] && (least == count || columns[i].priority >= columns[least].priority))
			least = i;
	return least;
}

/* Cut or leave out columns, the least important first, until a line is not
 * longer than `room`, or nothing more may be taken. */
static void shrink(const struct column *columns, size_t count, size_t *widths, size_t room)
{
	bool seen[TABLE_COLUMNS_MAX] = {false};

	for (size_t n = 0; n < count; n++) {
		size_t i = least_important(columns, count, seen);
		size_t *width = &widths[i];
		size_t min = columns[i].min_width;
		size_t line = table_line_columns(widths, count);

		seen[i] = true;
		if (line <= room)
			return;
		if (*width == 0)
			continue;
		if (min && *width - min >= line - room)
			*width -= line - room;
		else if (columns[i].priority)
			*width = 0;
		else if (min)
			*width = min;
	}
}

size_t table_layout(const struct column *columns, size_t count, size_t *widths, size_t room)
{
	size_t line;

	shrink(columns, count, widths, room);
	line = table_line_columns(widths, count);
	/* even the indispensable has no room: the line ends where it must */
	for (size_t i = count; i-- > 0 && line > room; line = table_line_columns(widths, count)) {
		size_t *at = &widths[i];

		if (*at)
			*at = *at > line - room ? *at - (line - room) : 0;
	}
	return room - line;
}
