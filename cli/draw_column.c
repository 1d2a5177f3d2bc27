/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_column.h"

static void draw_node_line(const struct paper *paper, int node)
{
	const struct draw_node *at = &paper->graph->nodes[node];
	struct canvas line;
	int x;

	draw_begin(paper, &line);
	x = draw_words(&line, 0, at->name, STYLE_NAME);
	if (at->kind != NODE_HOST)
		x = draw_words(&line, x + 1, draw_kind(paper->graph, node), STYLE_DIM);
	if (at->second)
		draw_words(&line, x + 2, at->second, STYLE_NONE);
	draw_end(paper, &line);
}

static void draw_link_line(const struct paper *paper, const char *words, bool down)
{
	struct canvas line;

	draw_begin(paper, &line);
	draw_stroke(&line, 0, ARM_UP | ARM_DOWN);
	if (down)
		canvas_put(&line, 0, 'x', STYLE_BROKEN);
	draw_words(&line, 3, words, down ? STYLE_BROKEN : STYLE_LABEL);
	draw_end(paper, &line);
}

static void draw_link_lines(const struct paper *paper, int link, int from)
{
	struct label label = draw_label(paper, link, from, ARROWS_UP_DOWN);

	if (label.down)
		draw_link_line(paper, "down", true);
	if (*label.both)
		draw_link_line(paper, label.both, false);
	if (*label.forth)
		draw_link_line(paper, label.forth, false);
	if (*label.back)
		draw_link_line(paper, label.back, false);
	if (!label.down && !*label.both && !*label.forth && !*label.back)
		draw_link_line(paper, "", false);
}

void draw_column(const struct paper *paper, const struct part *path)
{
	const struct graph *graph = paper->graph;
	int node = path->nodes[0], came = -1;

	for (int i = 0; draw_degree(graph, node) > 1; i++)
		node = path->nodes[i];
	for (int n = 0; n < path->count; n++) {
		int i = graph->first[node];

		draw_node_line(paper, node);
		if (n == path->count - 1)
			break;
		i += graph->edges[i].link == came;
		came = graph->edges[i].link;
		draw_link_lines(paper, came, node);
		node = graph->edges[i].node;
	}
}
