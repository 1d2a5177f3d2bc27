/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw.c - choosing how each part of the network is drawn.
 */
#include "draw.h"

#include <stdlib.h>

#include "draw_column.h"
#include "draw_row.h"
#include "draw_tree.h"

#define WIDTH_MIN 20
#define ALONE_MAX 40

static void draw_part(const struct paper *paper, struct graph *graph, const struct part *part)
{
	struct row row;

	if (draw_shape(graph, part, &row) && draw_row(paper, &row))
		return;
	if (draw_is_path(graph, part))
		draw_column(paper, part);
	else
		draw_tree(paper, graph, part);
}

/* "r1 (router) 10.0.0.1", at x; returns the column behind it. */
static int write_node(const struct paper *paper, struct canvas *line, int x, int node)
{
	const struct draw_node *at = &paper->graph->nodes[node];
	const char *kind = draw_kind(paper->graph, node);

	x = draw_words(line, x, at->name, STYLE_NAME);
	if (*kind)
		x = draw_words(line, x + 1, kind, STYLE_DIM);
	return at->second && *at->second ? draw_words(line, x + 1, at->second, STYLE_NONE) : x;
}

/* Nodes without links, one after the other, and only the first of many. */
static void draw_alone(const struct paper *paper, const struct graph *graph, int count)
{
	static const char heading[] = "not linked: ";
	struct canvas line, trial;
	char rest[40];
	int x, shown = 0;

	draw_begin(paper, &line);
	x = draw_words(&line, 0, heading, STYLE_NONE);
	for (int n = 0; n < graph->node_count && shown < ALONE_MAX; n++) {
		if (draw_degree(graph, n) > 0)
			continue;
		if (shown++ > 0)
			x = draw_words(&line, x, ", ", STYLE_NONE);
		trial = line;
		if (x > (int)sizeof heading && write_node(paper, &trial, x, n) >= paper->width) {
			draw_end(paper, &line);
			draw_begin(paper, &line);
			x = sizeof heading - 1;
		}
		x = write_node(paper, &line, x, n);
	}
	draw_end(paper, &line);
	if (count == shown)
		return;
	snprintf(rest, sizeof rest, "... %d more", count - shown);
	draw_begin(paper, &line);
	draw_words(&line, sizeof heading - 1, rest, STYLE_DIM);
	draw_end(paper, &line);
}

static void draw_parts(const struct paper *paper, struct graph *graph)
{
	int drawn = 0, alone = 0;

	for (int p = 0; p < graph->part_count; p++) {
		if (graph->parts[p].count == 1) {
			alone++;
			continue;
		}
		if (drawn++ > 0)
			putc('\n', paper->out);
		draw_part(paper, graph, &graph->parts[p]);
	}
	if (drawn > 0 && alone > 0)
		putc('\n', paper->out);
	if (alone > 0)
		draw_alone(paper, graph, alone);
}

char *draw_topology(const struct draw_node *nodes, size_t node_count,
	const struct draw_link *links, size_t link_count, const struct draw_format *format)
{
	struct graph graph;
	struct paper paper = {.graph = &graph, .utf8 = format->utf8, .color = format->color};
	char *text = NULL;
	size_t size;

	paper.width = format->width < WIDTH_MIN ? WIDTH_MIN :
		format->width > CANVAS_MAX ? CANVAS_MAX : format->width;
	paper.out = open_memstream(&text, &size);
	if (!paper.out)
		abort();
	draw_graph_make(&graph, nodes, (int)node_count, links, (int)link_count);
	draw_parts(&paper, &graph);
	draw_graph_free(&graph);
	if (fclose(paper.out) != 0)
		abort();
	return text;
}
