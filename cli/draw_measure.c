/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_measure.h"

static int larger(int a, int b)
{
	return a > b ? a : b;
}

void draw_words_on(const struct label *label, char words[LABEL_LINE])
{
	snprintf(words, LABEL_LINE, "%s%s%s", label->down ? "down" : "",
		label->down && *label->both ? ", " : "", label->both);
}

bool draw_is_flush(const struct place *place, const struct lane *lane, int i)
{
	const struct row *row = place->row;

	if (place->paper->graph->nodes[lane->stops[i].node].kind != NODE_HOST)
		return false;
	if (lane == &row->before && i == 0 && row->left.count == 0)
		return true;
	return lane == (row->lane_count ? &row->after : &row->before) && i == lane->count - 1 &&
		row->right.count == 0;
}

static int text_width(const struct graph *graph, int node)
{
	const char *second = graph->nodes[node].second;
	int width = draw_columns(graph->nodes[node].name);

	return second && *second ? width + 1 + draw_columns(second) : width;
}

/* Of a node with its lines below it. */
static int block_width(const struct graph *graph, int node, int *height)
{
	char below[BELOW_LINES][64];
	int count = draw_below(graph, node, below), width = draw_columns(graph->nodes[node].name);

	for (int i = 0; i < count; i++)
		width = larger(width, draw_columns(below[i]));
	*height = 1 + count;
	return width;
}

int draw_words_beside(const struct place *place, const struct stop *stop,
	char words[3][LABEL_LINE])
{
	struct label label = draw_label(place->paper, stop->pendant_link, stop->node,
		ARROWS_UP_DOWN);
	int count = 0;

	if (label.down || *label.both)
		draw_words_on(&label, words[count++]);
	if (*label.forth)
		snprintf(words[count++], LABEL_LINE, "%s", label.forth);
	if (*label.back)
		snprintf(words[count++], LABEL_LINE, "%s", label.back);
	return count;
}

static int stop_width(const struct place *place, const struct stop *stop)
{
	const struct graph *graph = place->paper->graph;
	char words[3][LABEL_LINE];
	int ignored, width = block_width(graph, stop->node, &ignored);

	if (stop->pendant < 0)
		return width;
	width = larger(width, block_width(graph, stop->pendant, &ignored));
	for (int i = draw_words_beside(place, stop, words); i-- > 0;)
		width = larger(width, 2 * (2 + draw_columns(words[i])) + 1);
	return width;
}

/* Lines that a pendant takes, and its link. */
static int pendant_height(const struct place *place, const struct stop *stop)
{
	char words[3][LABEL_LINE];
	int height;

	if (stop->pendant < 0)
		return 0;
	block_width(place->paper->graph, stop->pendant, &height);
	return height + larger(1, draw_words_beside(place, stop, words));
}

bool draw_hangs_up(const struct place *place, const struct lane *lane)
{
	return place->row->lane_count == 2 && lane == &place->row->lanes[0];
}

int draw_left_of(const struct place *place, const struct lane *lane, int i)
{
	const struct lane *before = &place->row->before;

	return i > 0 ? lane->stops[i - 1].node : before->stops[before->count - 1].node;
}

/* Columns of the text that stands on the lane's line. */
static int on_line(const struct place *place, const struct lane *lane, int i)
{
	const struct stop *stop = &lane->stops[i];

	return draw_is_flush(place, lane, i) ? stop->width :
		draw_columns(place->paper->graph->nodes[stop->node].name);
}

int draw_blank_left(const struct place *place, const struct lane *lane, int i)
{
	return (lane->stops[i].width - 1) / 2 - (on_line(place, lane, i) - 1) / 2;
}

int draw_blank_right(const struct place *place, const struct lane *lane, int i)
{
	return lane->stops[i].width - on_line(place, lane, i) - draw_blank_left(place, lane, i);
}

int draw_link_width(const struct place *place, const struct lane *lane, int i)
{
	struct label label = draw_label(place->paper, lane->links[i],
		draw_left_of(place, lane, i), ARROWS_ACROSS);
	char words[LABEL_LINE];
	int blank = (i > 0 ? draw_blank_right(place, lane, i - 1) : 0) +
		(i < lane->count ? draw_blank_left(place, lane, i) : 0);
	int width = larger(2, place->dashes - blank), on, above = draw_columns(label.forth);

	draw_words_on(&label, words);
	on = draw_columns(words) + (label.down ? 2 : 0);
	if (on > 0)
		width = larger(width, on + 2 + 2 * place->pad - blank);
	if (above > 0)
		width = larger(width, above + 2 - (draw_hangs_up(place, lane) ? 0 : blank));
	return larger(width, draw_columns(label.back) + 2);
}

int draw_lane_width(const struct place *place, struct lane *lane)
{
	int width = 0;

	for (int i = 0; i < lane->count; i++) {
		lane->stops[i].width = draw_is_flush(place, lane, i) ?
			text_width(place->paper->graph, lane->stops[i].node) :
			stop_width(place, &lane->stops[i]);
		width += lane->stops[i].width;
	}
	for (int i = 0; i <= lane->count; i++)
		if (lane->links[i] >= 0)
			width += draw_link_width(place, lane, i) + (i > 0) + (i < lane->count);
	return width;
}

int draw_lines_above(const struct place *place, const struct lane *lane)
{
	int lines = 0;

	for (int i = 0; i <= lane->count; i++) {
		if (lane->links[i] >= 0 && *draw_label(place->paper, lane->links[i],
			draw_left_of(place, lane, i), ARROWS_ACROSS).forth)
			lines = larger(lines, 1);
		if (i < lane->count && draw_hangs_up(place, lane))
			lines = larger(lines, pendant_height(place, &lane->stops[i]));
	}
	return lines;
}

int draw_lines_below(const struct place *place, const struct lane *lane)
{
	int lines = 0, height;

	for (int i = 0; i <= lane->count; i++) {
		if (lane->links[i] >= 0 && *draw_label(place->paper, lane->links[i],
			draw_left_of(place, lane, i), ARROWS_ACROSS).back)
			lines = larger(lines, 1);
		if (i == lane->count || draw_is_flush(place, lane, i))
			continue;
		block_width(place->paper->graph, lane->stops[i].node, &height);
		if (!draw_hangs_up(place, lane))
			height += pendant_height(place, &lane->stops[i]);
		lines = larger(lines, height - 1);
	}
	return lines;
}

struct fan_room draw_fan_room(const struct place *place, const struct fan *fan, int from)
{
	const struct graph *graph = place->paper->graph;
	struct fan_room room = {.link = place->dashes / 2};

	for (int i = 0; i < fan->count; i++) {
		const struct edge *edge = &fan->edges[i];
		const struct draw_node *node = &graph->nodes[edge->node];

		room.name = larger(room.name, draw_columns(node->name));
		room.second = larger(room.second, node->second ? draw_columns(node->second) : 0);
		room.link = larger(room.link, draw_branch_width(place->paper, edge->link, from));
	}
	return room;
}
