/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * table.c - filling and printing of tables. Cells are kept in one arena of
 * bytes; what room each column gets is table_layout.c's.
 */
#include "table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prose.h"
#include "table_layout.h"

#define BELOW_INDENT 4 /* blanks before what is below a line, more than before it */

struct cell {
	size_t offset, length; /* in the arena */
	size_t columns;
	enum style style;
};

struct bytes {
	char *at;
	size_t length, size;
};

struct table {
	const struct column *columns;
	size_t count;
	struct table_format format;
	struct cell *cells;	/* row by row, `count` a row */
	size_t cell_count, cell_size;
	size_t filled;		/* cells of the current row */
	struct bytes arena, out;
	bool settled;		/* widths are */
	size_t slack;		/* columns left at the end of a full line */
	size_t widths[TABLE_COLUMNS_MAX]; /* 0: left out */
};

/* ------------------------------------------------------------------ bytes */

/* Apart, so that the way without it is short: it is gone a million times. */
static __attribute__((noinline)) void *grow(void *old, size_t *size, size_t needed, size_t unit)
{
	void *grown;

	*size = needed * 2 > 64 ? needed * 2 : 64;
	grown = reallocarray(old, *size, unit);
	if (!grown)
		abort();
	return grown;
}

/* Room for `length` more bytes, which count as there. */
static inline char *bytes_take(struct bytes *bytes, size_t length)
{
	char *room;

	if (bytes->length + length > bytes->size)
		bytes->at = grow(bytes->at, &bytes->size, bytes->length + length, 1);
	room = bytes->at + bytes->length;
	bytes->length += length;
	return room;
}

static inline void bytes_add(struct bytes *bytes, const char *text, size_t length)
{
	if (length)
		memcpy(bytes_take(bytes, length), text, length);
}

static void bytes_pad(struct bytes *bytes, size_t length)
{
	if (length)
		memset(bytes_take(bytes, length), ' ', length);
}

/* ---------------------------------------------------------------- filling */

struct table *table_new(const struct column *columns, size_t count,
	const struct table_format *format)
{
	struct table *table = calloc(1, sizeof(*table));

	if (!table || count > TABLE_COLUMNS_MAX)
		abort();
	table->columns = columns;
	table->count = count;
	table->format = *format;
	if (format->indent < 0)
		table->format.indent = 0;
	bytes_take(&table->arena, 1); /* never NULL from now on */
	table->arena.length = 0;
	return table;
}

void table_free(struct table *table)
{
	if (!table)
		return;
	free(table->cells);
	free(table->arena.at);
	free(table->out.at);
	free(table);
}

/* Printable ASCII only, eight at a time: most cells are, and need no more. */
static bool is_plain(const char *text, size_t length)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t eight, odd = 0;

	for (; length >= sizeof eight; text += sizeof eight, length -= sizeof eight) {
		memcpy(&eight, text, sizeof eight);
		odd |= eight | (eight - ones * ' ') | (eight + ones);
	}
	for (; length > 0; text++, length--)
		if (*text < ' ' || *text == 0x7f)
			return false;
	return (odd & high) == 0;
}

static void add_cell(struct table *table, enum style style, const char *text, size_t length)
{
	struct cell *cell;
	char *copy;

	if (table->filled == table->count)
		abort();
	table->filled++;
	if (table->cell_count == table->cell_size)
		table->cells = grow(table->cells, &table->cell_size, table->cell_count + 1,
			sizeof(*table->cells));
	cell = &table->cells[table->cell_count++];
	*cell = (struct cell){
		.offset = table->arena.length,
		.length = length,
		.columns = length,
		.style = style,
	};
	copy = bytes_take(&table->arena, length);
	memcpy(copy, text, length);
	if (is_plain(text, length))
		return;
	cell->columns = text_columns(text, length);
	for (; length > 0; copy++, length--)
		if ((unsigned char)*copy < ' ' || *copy == 0x7f)
			*copy = '?';
}

void table_add(struct table *table, enum style style, const char *text)
{
	add_cell(table, style, text, strlen(text));
}

void table_addf(struct table *table, enum style style, const char *format, ...)
{
	char *text;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		abort();
	add_cell(table, style, text, (size_t)length);
	free(text);
}

void table_add_number(struct table *table, enum style style, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	add_cell(table, style, digits + at, sizeof(digits) - at);
}

void table_end_row(struct table *table)
{
	while (table->filled < table->count)
		add_cell(table, STYLE_NONE, "", 0);
	table->filled = 0;
}

/* ---------------------------------------------------------------- printing */

/* As wide as the contents ask for, and 0 only for what is never in the line. */
static void measure(const struct table *table, size_t *widths)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct column *column = &table->columns[i];
		size_t heading = text_columns(column->heading, strlen(column->heading));

		widths[i] = column->min_width > 1 ? column->min_width : 1;
		if (table->format.heading && heading > widths[i])
			widths[i] = heading;
	}
	for (size_t i = 0; i < table->cell_count - table->filled; i++)
		if (table->cells[i].columns > widths[i % table->count])
			widths[i % table->count] = table->cells[i].columns;
	for (size_t i = 0; i < table->count; i++)
		if (table->columns[i].align == ALIGN_BELOW)
			widths[i] = 0;
}

static size_t room_of(const struct table_format *format)
{
	return format->width > format->indent ? (size_t)(format->width - format->indent) : 1;
}

bool table_fits(const struct table *table)
{
	size_t widths[TABLE_COLUMNS_MAX];

	measure(table, widths);
	return table_line_columns(widths, table->count) <= room_of(&table->format);
}

static void settle(struct table *table)
{
	measure(table, table->widths);
	table->slack = table_layout(table->columns, table->count, table->widths,
		room_of(&table->format));
	table->settled = true;
}

static void print_text(struct table *table, const char *text, size_t length, bool cut,
	size_t width, enum style style)
{
	bool styled = table->format.color && style != STYLE_NONE && length > 0;

	if (styled)
		bytes_add(&table->out, style_on(style), strlen(style_on(style)));
	bytes_add(&table->out, text, cut ? text_prefix(text, length, width - 1) : length);
	if (cut && table->format.utf8)
		bytes_add(&table->out, "\u2026", strlen("\u2026"));
	else if (cut)
		bytes_add(&table->out, "~", 1);
	if (styled)
		bytes_add(&table->out, STYLE_OFF, strlen(STYLE_OFF));
}

/* One line in progress. Blanks are owed, so that none end it. */
struct line {
	bool begun;
	size_t owed, slack;
};

static void print_cell(struct table *table, struct line *line, size_t i, const char *text,
	const struct cell *cell)
{
	size_t width = table->widths[i], blanks;

	if (width == 0)
		return;
	if (cell->columns > width) {
		size_t more = cell->columns - width;

		if (more > line->slack)
			more = line->slack;
		width += more;
		line->slack -= more;
	}
	line->owed += line->begun ? TABLE_GAP : 0;
	line->begun = true;
	blanks = cell->columns < width ? width - cell->columns : 0;
	if (table->columns[i].align == ALIGN_RIGHT)
		line->owed += blanks;
	if (cell->length > 0) {
		bytes_pad(&table->out, line->owed);
		line->owed = 0;
		print_text(table, text, cell->length, cell->columns > width, width, cell->style);
	}
	if (table->columns[i].align == ALIGN_LEFT)
		line->owed += blanks;
}

static struct line begin_line(const struct table *table)
{
	return (struct line){.owed = (size_t)table->format.indent, .slack = table->slack};
}

static void print_headings(struct table *table)
{
	struct line line = begin_line(table);

	for (size_t i = 0; i < table->count; i++) {
		const char *text = table->columns[i].heading;
		struct cell cell = {.length = strlen(text), .style = STYLE_BOLD};

		cell.columns = text_columns(text, cell.length);
		print_cell(table, &line, i, text, &cell);
	}
	bytes_add(&table->out, "\n", 1);
}

/* The whole cell, wrapped, on lines of its own. */
static void print_below(struct table *table, const char *text, const struct cell *cell)
{
	int indent = table->format.indent + BELOW_INDENT;
	int width = table->format.width > indent ? table->format.width - indent : 1;
	char *whole = strndup(text, cell->length), *at = whole;

	if (!whole)
		abort();
	while (*at) {
		size_t length = prose_fit(at, width);

		bytes_pad(&table->out, (size_t)indent);
		print_text(table, at, length, false, 0, cell->style);
		bytes_add(&table->out, "\n", 1);
		at += length;
		at += strspn(at, " ");
	}
	free(whole);
}

static void print_row(struct table *table, const struct cell *cells)
{
	struct line line = begin_line(table);

	for (size_t i = 0; i < table->count; i++)
		print_cell(table, &line, i, table->arena.at + cells[i].offset, &cells[i]);
	bytes_add(&table->out, "\n", 1);
	for (size_t i = 0; i < table->count; i++)
		if (table->columns[i].align == ALIGN_BELOW)
			print_below(table, table->arena.at + cells[i].offset, &cells[i]);
}

/* The row in progress stays, moved to the front. */
static void forget_rows(struct table *table)
{
	size_t done = table->cell_count - table->filled;
	size_t kept_from = table->filled ? table->cells[done].offset : table->arena.length;

	for (size_t i = 0; i < table->filled; i++) {
		table->cells[i] = table->cells[done + i];
		table->cells[i].offset -= kept_from;
	}
	table->cell_count = table->filled;
	table->arena.length -= kept_from;
	memmove(table->arena.at, table->arena.at + kept_from, table->arena.length);
}

const char *table_flush(struct table *table, size_t *length)
{
	table->out.length = 0;
	if (!table->settled) {
		settle(table);
		if (table->format.heading)
			print_headings(table);
	}
	for (size_t i = 0; i < table->cell_count - table->filled; i += table->count)
		print_row(table, &table->cells[i]);
	forget_rows(table);
	*length = table->out.length;
	bytes_add(&table->out, "", 1); /* a NUL for who wants a string */
	return table->out.at;
}
