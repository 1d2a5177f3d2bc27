/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_row.c - layout and drawing of a row: all columns and lines first, then
 * the strokes, then the texts over them.
 */
#include "draw_row.h"

#include <stdlib.h>

#include "draw_measure.h"

#define JOINT 4 /* columns between a node and what fans out there: " --+" */

struct sheet {
	struct place place;
	struct fan_room left, right;
	int left_x, lanes_x, right_x; /* where lines come together */
	int lanes_width;
	int width, height, base;      /* base: the line of `before` and `after` */
	struct canvas *lines;
};

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* ------------------------------------------------------------------- layout */

/* Put lane after lane below each other; the base runs between the two in the
 * middle, on a line of its own, or through the one there. */
static void stack_lanes(struct sheet *sheet)
{
	struct row *row = sheet->place.row;
	int half = row->lane_count / 2, base = 0;
	bool even = row->lane_count % 2 == 0;

	for (int i = 1; i < row->lane_count; i++) {
		struct lane *lane = &row->lanes[i], *upper = lane - 1;
		int free_y = upper->y + 1 + draw_lines_below(&sheet->place, upper);

		if (even && i == half)
			base = free_y++;
		lane->y = free_y + draw_lines_above(&sheet->place, lane);
		if (!even && i == half)
			base = lane->y;
	}
	for (int i = 0; i < row->lane_count; i++)
		row->lanes[i].y -= base;
}

/* The line of a fan's host, from the base. */
static int fan_y(const struct fan *fan, int i)
{
	int y = i - fan->count / 2;

	return fan->count % 2 == 0 && y >= 0 ? y + 1 : y;
}

static void lay_lines(struct sheet *sheet)
{
	struct row *row = sheet->place.row;
	int above = draw_lines_above(&sheet->place, &row->before);
	int below = draw_lines_below(&sheet->place, &row->before);
	int fan = larger(row->left.count, row->right.count) / 2;

	if (row->lane_count > 0) {
		struct lane *first = &row->lanes[0], *last = &row->lanes[row->lane_count - 1];

		stack_lanes(sheet);
		above = larger(larger(above, draw_lines_above(&sheet->place, &row->after)),
			draw_lines_above(&sheet->place, first) - first->y);
		below = larger(larger(below, draw_lines_below(&sheet->place, &row->after)),
			draw_lines_below(&sheet->place, last) + last->y);
	}
	sheet->base = larger(above, fan);
	sheet->height = sheet->base + 1 + larger(below, fan);
}

static int text_columns_of(const struct fan_room *room)
{
	return room->name + (room->second ? 1 + room->second : 0);
}

static int last_node(const struct row *row)
{
	const struct lane *lane = row->lane_count ? &row->after : &row->before;

	return lane->stops[lane->count - 1].node;
}

static void lay_columns(struct sheet *sheet)
{
	struct row *row = sheet->place.row;
	int x = 0;

	if (row->left.count > 0) {
		sheet->left = draw_fan_room(&sheet->place, &row->left, row->before.stops[0].node);
		sheet->left_x = text_columns_of(&sheet->left) + 1 + sheet->left.link;
		x = sheet->left_x + JOINT;
	}
	row->before.x = x;
	row->before.width = draw_lane_width(&sheet->place, &row->before);
	x += row->before.width;
	if (row->lane_count > 0) {
		sheet->lanes_x = x + JOINT - 1;
		for (int i = 0; i < row->lane_count; i++) {
			struct lane *lane = &row->lanes[i];

			lane->width = draw_lane_width(&sheet->place, lane);
			sheet->lanes_width = larger(sheet->lanes_width, lane->width);
		}
		row->after.x = sheet->lanes_x + 1 + sheet->lanes_width + JOINT;
		row->after.width = draw_lane_width(&sheet->place, &row->after);
		x = row->after.x + row->after.width;
	}
	if (row->right.count > 0) {
		sheet->right = draw_fan_room(&sheet->place, &row->right, last_node(row));
		sheet->right_x = x + JOINT - 1;
		x = sheet->right_x + 1 + sheet->right.link + 1 + text_columns_of(&sheet->right);
	}
	sheet->width = x;
}

/* ------------------------------------------------------------------- strokes */

static struct canvas *line_at(struct sheet *sheet, int y)
{
	return &sheet->lines[sheet->base + y];
}

/* A line up or down, with its ends. */
static void draw_upright(struct sheet *sheet, int x, int from, int to)
{
	for (int y = from; y < to; y++) {
		draw_stroke(line_at(sheet, y), x, ARM_DOWN);
		draw_stroke(line_at(sheet, y + 1), x, ARM_UP);
	}
}

static void words_centred(struct sheet *sheet, int y, int x, int width, const char *words,
	enum style style)
{
	if (*words)
		draw_words(line_at(sheet, y), x + (width - draw_columns(words)) / 2, words, style);
}

/* Over the line of a link: what both ways have in common, or that it is down. */
static void draw_on_line(struct sheet *sheet, int y, int x, int width, const struct label *label)
{
	char words[LABEL_LINE];
	struct canvas *line = line_at(sheet, y);
	int columns;

	draw_words_on(label, words);
	columns = draw_columns(words);
	if (columns == 0)
		return;
	x += (width - columns) / 2;
	canvas_put(line, x - 1, ' ', STYLE_NONE);
	canvas_put(line, x + columns, ' ', STYLE_NONE);
	draw_words(line, x, words, label->down ? STYLE_BROKEN : STYLE_LABEL);
	if (label->down) {
		canvas_put(line, x - 2, 'x', STYLE_BROKEN);
		canvas_put(line, x + columns + 1, 'x', STYLE_BROKEN);
	}
}

/* Where the line begins that leads to stop i of the lane, and where it ends: at
 * the names themselves, however wide their columns are. */
static int line_begin(const struct sheet *sheet, const struct lane *lane, int i, int x)
{
	const struct stop *left;

	if (i == 0)
		return x;
	left = &lane->stops[i - 1];
	return left->x + left->width - draw_blank_right(&sheet->place, lane, i - 1) + 1;
}

static int line_end(const struct sheet *sheet, const struct lane *lane, int i, int x)
{
	return i == lane->count ? x :
		lane->stops[i].x + draw_blank_left(&sheet->place, lane, i) - 2;
}

static void draw_link(struct sheet *sheet, const struct lane *lane, int i, int x, int width)
{
	int from = line_begin(sheet, lane, i, x), to = line_end(sheet, lane, i, x + width - 1);
	struct label label = draw_label(sheet->place.paper, lane->links[i],
		draw_left_of(&sheet->place, lane, i), ARROWS_ACROSS);

	draw_across(line_at(sheet, lane->y), from, to);
	if (draw_hangs_up(&sheet->place, lane))
		words_centred(sheet, lane->y - 1, x, width, label.forth, STYLE_LABEL);
	else
		words_centred(sheet, lane->y - 1, from, to - from + 1, label.forth, STYLE_LABEL);
	words_centred(sheet, lane->y + 1, x, width, label.back, STYLE_LABEL);
	draw_on_line(sheet, lane->y, from, to - from + 1, &label);
}

/* A node with its lines below; the middle of its columns is `x`. */
static int draw_block(struct sheet *sheet, int node, int x, int y)
{
	const struct graph *graph = sheet->place.paper->graph;
	const char *name = graph->nodes[node].name;
	char below[BELOW_LINES][64];
	int count = draw_below(graph, node, below);

	draw_words(line_at(sheet, y), x - (draw_columns(name) - 1) / 2, name, STYLE_NAME);
	for (int i = 0; i < count; i++)
		draw_words(line_at(sheet, y + 1 + i), x - (draw_columns(below[i]) - 1) / 2,
			below[i], i == 0 && *draw_kind(graph, node) ? STYLE_DIM : STYLE_NONE);
	return 1 + count;
}

static void draw_pendant(struct sheet *sheet, const struct stop *stop, int y, int height, bool up)
{
	int x = stop->x + (stop->width - 1) / 2;
	char words[3][LABEL_LINE], ignored[BELOW_LINES][64];
	int count = draw_words_beside(&sheet->place, stop, words);
	int links = larger(1, count);
	bool down = !sheet->place.paper->graph->links[stop->pendant_link].up;
	int first = up ? y - links : y + height;

	for (int i = 0; i < links; i++) {
		draw_stroke(line_at(sheet, first + i), x, ARM_UP | ARM_DOWN);
		if (i < count)
			draw_words(line_at(sheet, first + i), x + 2, words[i],
				down && i == 0 ? STYLE_BROKEN : STYLE_LABEL);
	}
	if (down)
		canvas_put(line_at(sheet, first), x, 'x', STYLE_BROKEN);
	height = 1 + draw_below(sheet->place.paper->graph, stop->pendant, ignored);
	draw_block(sheet, stop->pendant, x, up ? first - height : first + links);
}

/* A host at the end: "client 10.0.0.1 ---", "--- 10.0.0.2 server". */
static void draw_flush(struct sheet *sheet, int node, int x, int y, bool mirrored)
{
	const struct draw_node *at = &sheet->place.paper->graph->nodes[node];
	bool second = at->second && *at->second;

	if (mirrored && second)
		x = 1 + draw_words(line_at(sheet, y), x, at->second, STYLE_NONE);
	x = draw_words(line_at(sheet, y), x, at->name, STYLE_NAME);
	if (!mirrored && second)
		draw_words(line_at(sheet, y), x + 1, at->second, STYLE_NONE);
}

static void draw_stop(struct sheet *sheet, const struct lane *lane, int i)
{
	const struct stop *stop = &lane->stops[i];
	int height;

	if (draw_is_flush(&sheet->place, lane, i)) {
		draw_flush(sheet, stop->node, stop->x, lane->y,
			lane->links[i] >= 0 || lane == &sheet->place.row->after);
		return;
	}
	height = draw_block(sheet, stop->node, stop->x + (stop->width - 1) / 2, lane->y);
	if (stop->pendant >= 0)
		draw_pendant(sheet, stop, lane->y, height, draw_hangs_up(&sheet->place, lane));
}

/* What the lane has too much of is shared among its links. */
static void draw_lane(struct sheet *sheet, struct lane *lane, int extra)
{
	int starts[ROW_STOPS + 1], widths[ROW_STOPS + 1], x = lane->x;

	for (int i = 0; i <= lane->count; i++) {
		starts[i] = x + (i > 0);
		widths[i] = 0;
		if (lane->links[i] >= 0) {
			widths[i] = draw_link_width(&sheet->place, lane, i) +
				extra * (i + 1) / (lane->count + 1) - extra * i / (lane->count + 1);
			x += widths[i] + (i > 0) + (i < lane->count);
		}
		if (i == lane->count)
			break;
		lane->stops[i].x = x;
		x += lane->stops[i].width;
	}
	for (int i = 0; i <= lane->count; i++)
		if (lane->links[i] >= 0)
			draw_link(sheet, lane, i, starts[i], widths[i]);
	for (int i = 0; i < lane->count; i++)
		draw_stop(sheet, lane, i);
}

/* ----------------------------------------------------------- fans and rings */

static void draw_fan(struct sheet *sheet, const struct fan *fan, int node, bool left)
{
	const struct graph *graph = sheet->place.paper->graph;
	const struct fan_room *room = left ? &sheet->left : &sheet->right;
	int x = left ? sheet->left_x : sheet->right_x;
	int texts = left ? 0 : x + 1 + room->link + 1;
	int names = left || !room->second ? texts : texts + room->second + 1;
	int seconds = left ? texts + room->name + 1 : texts;

	draw_upright(sheet, x, fan_y(fan, 0), fan_y(fan, fan->count - 1));
	draw_stroke(line_at(sheet, 0), x, left ? ARM_RIGHT : ARM_LEFT);
	for (int i = 0; i < fan->count; i++) {
		const struct edge *edge = &fan->edges[i];
		const struct draw_node *host = &graph->nodes[edge->node];
		struct canvas *line = line_at(sheet, fan_y(fan, i));

		draw_stroke(line, x, left ? ARM_LEFT : ARM_RIGHT);
		draw_branch(sheet->place.paper, line, left ? x - room->link : x + 1, room->link,
			edge->link, left ? edge->node : node);
		draw_words(line, names, host->name, STYLE_NAME);
		if (host->second)
			draw_words(line, seconds, host->second, STYLE_NONE);
	}
}

/* From the last name of `before`, or to the first one of `after`. */
static void draw_joint(struct sheet *sheet, const struct lane *lane, bool behind, int x)
{
	draw_stroke(line_at(sheet, 0), x, behind ? ARM_LEFT : ARM_RIGHT);
	if (behind)
		draw_across(line_at(sheet, 0), line_begin(sheet, lane, lane->count, 0), x - 1);
	else
		draw_across(line_at(sheet, 0), x + 1, line_end(sheet, lane, 0, 0));
}

static void draw_lanes(struct sheet *sheet)
{
	struct row *row = sheet->place.row;
	int left = sheet->lanes_x, right = left + 1 + sheet->lanes_width;
	int top = row->lanes[0].y, bottom = row->lanes[row->lane_count - 1].y;

	draw_upright(sheet, left, top, bottom);
	draw_upright(sheet, right, top, bottom);
	draw_lane(sheet, &row->after, 0);
	draw_joint(sheet, &row->before, true, left);
	draw_joint(sheet, &row->after, false, right);
	for (int i = 0; i < row->lane_count; i++) {
		struct lane *lane = &row->lanes[i];

		draw_stroke(line_at(sheet, lane->y), left, ARM_RIGHT);
		draw_stroke(line_at(sheet, lane->y), right, ARM_LEFT);
		lane->x = left + 1;
		draw_lane(sheet, lane, sheet->lanes_width - lane->width);
	}
}

static void draw_sheet(struct sheet *sheet)
{
	const struct paper *paper = sheet->place.paper;
	struct row *row = sheet->place.row;
	struct lane *last = row->lane_count ? &row->after : &row->before;

	sheet->lines = draw_alloc((size_t)sheet->height, sizeof *sheet->lines);
	for (int y = 0; y < sheet->height; y++)
		draw_begin(paper, &sheet->lines[y]);
	draw_lane(sheet, &row->before, 0);
	if (row->lane_count > 0)
		draw_lanes(sheet);
	if (row->left.count > 0) {
		draw_joint(sheet, &row->before, false, sheet->left_x);
		draw_fan(sheet, &row->left, row->before.stops[0].node, true);
	}
	if (row->right.count > 0) {
		draw_joint(sheet, last, true, sheet->right_x);
		draw_fan(sheet, &row->right, last_node(row), false);
	}
	for (int y = 0; y < sheet->height; y++)
		draw_end(paper, &sheet->lines[y]);
	free(sheet->lines);
}

bool draw_row(const struct paper *paper, struct row *row)
{
	static const struct { int dashes, pad; } ways[] = {{8, 4}, {6, 2}, {4, 2}, {2, 1}};

	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		struct sheet sheet = {.place = {paper, row, ways[i].dashes, ways[i].pad}};

		lay_columns(&sheet);
		if (sheet.width > paper->width)
			continue;
		lay_lines(&sheet);
		draw_sheet(&sheet);
		return true;
	}
	return false;
}
