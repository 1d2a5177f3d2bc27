/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * arrow.c - arrows are laid out on the way from their sender's life line to
 * their receiver's: cell 0 is beside the sender, whichever of the two is the
 * left one.
 */
#include "arrow.h"

#include <stdlib.h>
#include <string.h>

/* "- words ->": what an arrow takes beside its words, at least */
#define SHAFT_MIN 5

static const struct glyphs boxes = {0x2502, 0x250a, 0x2500, 0x2550, 0x253c, 0x25b6, 0x25c0, 'X'};
static const struct glyphs ascii = {'|', ':', '-', '=', '+', '>', '<', 'X'};

const struct glyphs *glyphs_get(bool utf8)
{
	return utf8 ? &boxes : &ascii;
}

struct arrow {
	struct canvas *line;
	int from, to;	  /* columns of the life lines */
	int begin, end;	  /* cells of the way; the head is the last one */
	bool is_end;	  /* it gets no further: X */
	const char *tail; /* told behind the head, or NULL */
	enum style style;
};

static int span(const struct arrow *arrow)
{
	return abs(arrow->to - arrow->from) - 1;
}

static int column(const struct arrow *arrow, int cell)
{
	return arrow->to > arrow->from ? arrow->from + 1 + cell : arrow->from - 1 - cell;
}

/* ------------------------------------------------------------------ layout */

static const char *tail_of(const struct rung *rung)
{
	switch (rung->kind) {
	case RUNG_DEPARTS:
		return rung->held ? "held" : rung->event->fate == FATE_LATE ? "late" : NULL;
	case RUNG_DROPPED:
	case RUNG_LOST:
		return fate_name(rung->event->fate);
	case RUNG_COPIES:
		return "absorbed";
	case RUNG_ARROW:
	case RUNG_ARRIVES:
	case RUNG_NOTE:
	case RUNG_REMARK:
		break;
	}
	return NULL;
}

/* From which cell to which, for words of that many columns. */
static void lay_out(struct arrow *arrow, const struct rung *rung, int columns)
{
	int cells = span(arrow), needed = columns + SHAFT_MIN, tail;

	arrow->tail = tail_of(rung);
	if (arrow->tail && (int)strlen(arrow->tail) + 1 + SHAFT_MIN > cells)
		arrow->tail = NULL;
	tail = arrow->tail ? (int)strlen(arrow->tail) + 1 : 0;
	arrow->begin = 0;
	arrow->end = cells;
	if (rung->kind == RUNG_ARRIVES)
		arrow->begin = at_least(cells - at_least(cells / 2, needed), 0);
	else if (rung->kind != RUNG_ARROW)
		arrow->end = at_most(at_least(cells / 2, needed), cells - tail);
	if (rung->kind == RUNG_DROPPED)
		arrow->begin = at_least(arrow->end - needed, 0);
}

/* The longest words that fit; returns their columns. */
static int choose_words(struct arrow *arrow, const struct rungs *rungs, const struct rung *rung,
	char text[RUNG_TEXT])
{
	int columns = 0, slack = rung_slack(rungs, rung);

	for (unsigned level = 0; rung_text(rungs, rung, level, arrow->line->utf8, text); level++) {
		columns = (int)text_columns(text, strlen(text));
		lay_out(arrow, rung, columns + slack);
		if (arrow->end - arrow->begin >= columns + slack + SHAFT_MIN)
			break;
	}
	lay_out(arrow, rung, columns);
	return columns;
}

/* ----------------------------------------------------------------- drawing */

static bool is_reset(const struct rung *rung)
{
	return rung->event->passage->seg.flags & SEG_RST;
}

static enum style style_of(const struct rung *rung)
{
	if (is_reset(rung) || rung->kind >= RUNG_LOST)
		return STYLE_RED;
	return rung->event->passage->retransmission ? STYLE_YELLOW : STYLE_NONE;
}

static bool is_life_line(const struct rungs *rungs, const int x[], int column)
{
	for (unsigned i = 0; i < rungs->host_count; i++)
		if (x[i] == column)
			return true;
	return false;
}

static void draw_shaft(const struct arrow *arrow, const struct rungs *rungs,
	const struct rung *rung, const int x[])
{
	const struct glyphs *glyphs = glyphs_get(arrow->line->utf8);
	uint32_t dash = is_reset(rung) ? glyphs->reset_dash : glyphs->dash;
	uint32_t head = arrow->to > arrow->from ? glyphs->right : glyphs->left;

	for (int cell = arrow->begin; cell < arrow->end - 1; cell++) {
		int at = column(arrow, cell);

		canvas_put(arrow->line, at, is_life_line(rungs, x, at) ? glyphs->cross : dash,
			arrow->style);
	}
	canvas_put(arrow->line, column(arrow, arrow->end - 1), arrow->is_end ? glyphs->end : head,
		arrow->style);
}

/* Read from left to right, whichever way the arrow goes. */
static void draw_words(const struct arrow *arrow, int cell, int columns, const char *text,
	enum style style)
{
	int first = column(arrow, cell), last = column(arrow, cell + columns - 1);

	canvas_text(arrow->line, at_most(first, last), columns, text, style);
}

void arrow_draw(struct canvas *line, const struct rungs *rungs, const struct rung *rung,
	const int x[])
{
	struct arrow arrow = {.line = line, .from = x[rung->from], .to = x[rung->to],
		.is_end = rung->kind >= RUNG_LOST, .style = style_of(rung)};
	char text[RUNG_TEXT];
	int columns = choose_words(&arrow, rungs, rung, text);
	int length = arrow.end - arrow.begin, cell;

	draw_shaft(&arrow, rungs, rung, x);
	columns = at_most(columns, length - 1);
	cell = arrow.begin + (length - 1 - columns) / 2;
	if (columns + 3 <= length) {
		canvas_put(line, column(&arrow, cell - 1), ' ', STYLE_NONE);
		canvas_put(line, column(&arrow, cell + columns), ' ', STYLE_NONE);
	}
	if (columns > 0)
		draw_words(&arrow, cell, columns, text, arrow.style);
	if (arrow.tail)
		draw_words(&arrow, arrow.end + 1, (int)strlen(arrow.tail), arrow.tail,
			arrow.is_end ? STYLE_RED : STYLE_DIM);
}
