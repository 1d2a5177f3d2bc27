/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_graph.h"

#include <stdlib.h>

void *draw_alloc(size_t count, size_t size)
{
	void *memory = calloc(count + 1, size);

	if (!memory)
		abort();
	return memory;
}

static void add_edges(struct graph *graph)
{
	int *at = draw_alloc((size_t)graph->node_count, sizeof *at);

	for (int i = 0; i < graph->link_count; i++) {
		graph->first[graph->links[i].a + 1]++;
		graph->first[graph->links[i].b + 1]++;
	}
	for (int n = 0; n < graph->node_count; n++) {
		graph->first[n + 1] += graph->first[n];
		at[n] = graph->first[n];
	}
	for (int i = 0; i < graph->link_count; i++) {
		const struct draw_link *link = &graph->links[i];

		graph->edges[at[link->a]++] = (struct edge){link->b, i};
		graph->edges[at[link->b]++] = (struct edge){link->a, i};
	}
	free(at);
}

/* Number what hangs together with `node`; `queue` has room for all. */
static void flood(const struct graph *graph, int *part_of, int *queue, int node, int part)
{
	int head = 0, tail = 0;

	part_of[node] = part;
	queue[tail++] = node;
	while (head < tail) {
		int n = queue[head++];

		for (int i = graph->first[n]; i < graph->first[n + 1]; i++) {
			int next = graph->edges[i].node;

			if (part_of[next] >= 0)
				continue;
			part_of[next] = part;
			queue[tail++] = next;
		}
	}
}

static void find_parts(struct graph *graph)
{
	size_t count = (size_t)graph->node_count;
	int *part_of = draw_alloc(count, sizeof *part_of);
	int *queue = draw_alloc(count, sizeof *queue);
	int *at = draw_alloc(count + 1, sizeof *at);

	for (int n = 0; n < graph->node_count; n++)
		part_of[n] = -1;
	for (int n = 0; n < graph->node_count; n++)
		if (part_of[n] < 0)
			flood(graph, part_of, queue, n, graph->part_count++);
	graph->parts = draw_alloc((size_t)graph->part_count, sizeof *graph->parts);
	for (int n = 0; n < graph->node_count; n++)
		graph->parts[part_of[n]].count++;
	for (int p = 0; p < graph->part_count; p++) {
		graph->parts[p].nodes = graph->members + at[p];
		at[p + 1] = at[p] + graph->parts[p].count;
	}
	for (int n = 0; n < graph->node_count; n++)
		graph->members[at[part_of[n]]++] = n;
	for (int i = 0; i < graph->link_count; i++)
		graph->parts[part_of[graph->links[i].a]].links++;
	free(part_of);
	free(queue);
	free(at);
}

/* Take the leaves away, and what becomes a leaf by that, and so on. */
static void peel(struct graph *graph)
{
	int *queue = draw_alloc((size_t)graph->node_count, sizeof *queue);
	int tail = 0;

	for (int n = 0; n < graph->node_count; n++) {
		graph->inside[n] = draw_degree(graph, n);
		graph->layer[n] = graph->inside[n] > 1 ? LAYER_CORE : 0;
		if (graph->inside[n] == 1)
			queue[tail++] = n;
	}
	for (int head = 0; head < tail; head++) {
		int n = queue[head];

		for (int i = graph->first[n]; i < graph->first[n + 1]; i++) {
			int next = graph->edges[i].node;

			if (--graph->inside[next] != 1 || graph->layer[next] != LAYER_CORE)
				continue;
			graph->layer[next] = graph->layer[n] + 1;
			queue[tail++] = next;
		}
	}
	free(queue);
}

void draw_graph_make(struct graph *graph, const struct draw_node *nodes, int node_count,
	const struct draw_link *links, int link_count)
{
	size_t count = (size_t)node_count;

	*graph = (struct graph){.nodes = nodes, .links = links, .node_count = node_count,
		.link_count = link_count};
	for (int i = 0; i < link_count; i++)
		if (links[i].a < 0 || links[i].a >= node_count || links[i].b < 0 ||
			links[i].b >= node_count || links[i].a == links[i].b)
			abort();
	graph->first = draw_alloc(count + 1, sizeof *graph->first);
	graph->edges = draw_alloc(2 * (size_t)link_count, sizeof *graph->edges);
	graph->members = draw_alloc(count, sizeof *graph->members);
	graph->layer = draw_alloc(count, sizeof *graph->layer);
	graph->inside = draw_alloc(count, sizeof *graph->inside);
	graph->mark = draw_alloc(count, sizeof *graph->mark);
	graph->owner = draw_alloc((size_t)link_count, sizeof *graph->owner);
	add_edges(graph);
	find_parts(graph);
	peel(graph);
}

void draw_graph_free(struct graph *graph)
{
	free(graph->first);
	free(graph->edges);
	free(graph->members);
	free(graph->parts);
	free(graph->layer);
	free(graph->inside);
	free(graph->mark);
	free(graph->owner);
}

int draw_degree(const struct graph *graph, int node)
{
	return graph->first[node + 1] - graph->first[node];
}

bool draw_is_tree(const struct part *part)
{
	return part->links == part->count - 1;
}

bool draw_is_path(const struct graph *graph, const struct part *part)
{
	for (int i = 0; i < part->count; i++)
		if (draw_degree(graph, part->nodes[i]) > 2)
			return false;
	return draw_is_tree(part);
}

static bool is_better_middle(const struct graph *graph, int node, int than)
{
	bool host = graph->nodes[node].kind == NODE_HOST;

	if (graph->layer[node] != graph->layer[than])
		return graph->layer[node] > graph->layer[than];
	if (host != (graph->nodes[than].kind == NODE_HOST))
		return !host;
	return draw_degree(graph, node) > draw_degree(graph, than);
}

int draw_middle(const struct graph *graph, const struct part *part)
{
	int best = part->nodes[0];

	for (int i = 1; i < part->count; i++)
		if (is_better_middle(graph, part->nodes[i], best))
			best = part->nodes[i];
	return best;
}
