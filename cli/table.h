/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * table.h - tables of text for terminals of any width: columns are as wide as
 * their contents; where the terminal is too narrow the least important ones
 * are cut or left out, or go below the line; a line is never wrapped. Pure.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

#define TABLE_COLUMNS_MAX 16

enum align {
	ALIGN_LEFT,
	ALIGN_RIGHT,
	ALIGN_BELOW, /* not in the line: whole below it, wrapped, without a heading */
};

struct column {
	const char *heading;
	enum align align;
	uint8_t priority;  /* 0: never left out; the highest goes first, and of
			      equals the rightmost */
	uint8_t min_width; /* never narrower, and cut down to this before it is
			      left out; 0: as wide as its contents, never cut */
};

struct table_format {
	int width;	   /* columns of the terminal */
	int indent;	   /* blanks before each line */
	bool heading;	   /* print the line of headings */
	bool color;	   /* styles as ANSI sequences */
	bool utf8;	   /* what is cut ends with an ellipsis instead of '~' */
};

struct table;

/* An empty table of up to TABLE_COLUMNS_MAX columns. `columns` is borrowed as
 * long as the table lives, `format` is copied. Owned by the caller. */
struct table *table_new(const struct column *columns, size_t count,
	const struct table_format *format);
void table_free(struct table *table);

/* The next cell of the current row; more cells than columns are a broken
 * invariant. UTF-8 counts one column a code point; control characters are
 * shown as '?'. */
void table_add(struct table *table, enum style style, const char *text);
void table_addf(struct table *table, enum style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void table_add_number(struct table *table, enum style style, uint64_t number);
/* Cells that were not given are empty. */
void table_end_row(struct table *table);

/* Whether the rows that have ended can be printed with nothing cut or left out.
 * To be asked before the first flush. */
bool table_fits(const struct table *table);

/* The lines of all ended rows since the last flush, which are then forgotten;
 * before the first ones the headings. The widths are settled by the first
 * flush, so a table of any length goes out in pieces and in little memory: a
 * later cell that is wider takes what room is left at the end of its line and
 * is cut beyond that. Borrowed until the next call on the table. */
const char *table_flush(struct table *table, size_t *length);

#endif
