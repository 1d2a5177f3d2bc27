/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_twigs.h"

#include <stdlib.h>
#include <string.h>

#define LINES_MANY 100 /* of a tree with more lines more is summed up */

int draw_twigs_span(struct graph *graph, const struct part *part)
{
	int *queue = draw_alloc((size_t)part->count, sizeof *queue);
	int tail = 0, depth;

	for (int i = 0; i < part->count; i++) {
		int n = part->nodes[i];

		graph->mark[n] = -1;
		for (int e = graph->first[n]; e < graph->first[n + 1]; e++)
			graph->owner[graph->edges[e].link] = -1;
	}
	queue[tail++] = draw_middle(graph, part);
	graph->mark[queue[0]] = 0;
	for (int head = 0; head < tail; head++) {
		int n = queue[head];

		for (int e = graph->first[n]; e < graph->first[n + 1]; e++) {
			const struct edge *edge = &graph->edges[e];

			if (graph->mark[edge->node] >= 0)
				continue;
			graph->mark[edge->node] = graph->mark[n] + 1;
			graph->owner[edge->link] = n;
			queue[tail++] = edge->node;
		}
	}
	depth = graph->mark[queue[tail - 1]];
	free(queue);
	return depth;
}

void draw_twigs_share(struct graph *graph, const struct part *part)
{
	for (int i = 0; i < part->count; i++) {
		int n = part->nodes[i];

		for (int e = graph->first[n]; e < graph->first[n + 1]; e++) {
			int other = graph->edges[e].node;
			int more = draw_degree(graph, n) - draw_degree(graph, other);

			if (more > 0 || (more == 0 && n < other))
				graph->owner[graph->edges[e].link] = n;
		}
	}
}

/* Do links hang from the node? */
static bool owns(const struct graph *graph, int node)
{
	for (int e = graph->first[node]; e < graph->first[node + 1]; e++)
		if (graph->owner[graph->edges[e].link] == node)
			return true;
	return false;
}

/* ---------------------------------------------------------------- summing up */

struct kid {
	struct edge edge;
	int order;
	bool hidden;
	int more, last_node; /* of those that are summed up */
};

static const char *label_of(const struct graph *graph, const struct edge *edge, bool forth)
{
	const struct draw_link *link = &graph->links[edge->link];
	const char *label = link->labels[(link->a == edge->node) == forth];

	return label ? label : "";
}

static int compare_looks(const struct graph *graph, const struct kid *a, const struct kid *b)
{
	int kinds = (int)graph->nodes[a->edge.node].kind - (int)graph->nodes[b->edge.node].kind;
	int ups = graph->links[a->edge.link].up - graph->links[b->edge.link].up;
	int order;

	if (kinds || ups)
		return kinds ? kinds : ups;
	order = strcmp(label_of(graph, &a->edge, true), label_of(graph, &b->edge, true));
	if (order)
		return order;
	return strcmp(label_of(graph, &a->edge, false), label_of(graph, &b->edge, false));
}

static int compare_kids(const void *a, const void *b, void *graph)
{
	const struct kid *one = *(struct kid *const *)a, *two = *(struct kid *const *)b;
	int order = compare_looks(graph, one, two);

	return order ? order : one->order - two->order;
}

/* Hide what is too much of kids alike, and add one that stands for them; `kids`
 * has room for it. */
static void sum_up_like(struct twigs *twigs, struct kid **alike, int count, struct kid *kids,
	int *kid_count)
{
	if (count <= twigs->many)
		return;
	for (int i = twigs->shown; i < count; i++)
		alike[i]->hidden = true;
	kids[(*kid_count)++] = (struct kid){
		.edge = alike[twigs->shown]->edge,
		.more = count - twigs->shown,
		.last_node = alike[count - 1]->edge.node,
	};
}

static void sum_up(struct twigs *twigs, struct kid *kids, int *kid_count)
{
	struct graph *graph = twigs->graph;
	struct kid **leaves = draw_alloc((size_t)*kid_count, sizeof *leaves);
	int count = 0, begin = 0;

	for (int i = 0; i < *kid_count; i++)
		if (draw_degree(graph, kids[i].edge.node) == 1)
			leaves[count++] = &kids[i];
	qsort_r(leaves, (size_t)count, sizeof *leaves, compare_kids, graph);
	for (int i = 1; i <= count; i++) {
		if (i < count && compare_looks(graph, leaves[begin], leaves[i]) == 0)
			continue;
		sum_up_like(twigs, leaves + begin, i - begin, kids, kid_count);
		begin = i;
	}
	free(leaves);
}

/* -------------------------------------------------------------------- growing */

static int add_twig(struct twigs *twigs, const struct twig *twig)
{
	if (twigs->count == twigs->size) {
		twigs->size = twigs->size ? 2 * twigs->size : 64;
		twigs->at = reallocarray(twigs->at, (size_t)twigs->size, sizeof *twigs->at);
		if (!twigs->at)
			abort();
	}
	twigs->at[twigs->count] = *twig;
	return twigs->count++;
}

/* What hangs from the node, those that stand for many at the end; the caller
 * frees it. */
static struct kid *kids_of(struct twigs *twigs, int node, int *count)
{
	const struct graph *graph = twigs->graph;
	struct kid *kids = draw_alloc(2 * (size_t)draw_degree(graph, node), sizeof *kids);

	*count = 0;
	for (int e = graph->first[node]; e < graph->first[node + 1]; e++)
		if (graph->owner[graph->edges[e].link] == node) {
			kids[*count] = (struct kid){.edge = graph->edges[e], .order = *count};
			++*count;
		}
	if (*count > twigs->many)
		sum_up(twigs, kids, count);
	return kids;
}

/* In a list a node is told of once: where it begins a tree, else where it is
 * named first. */
static bool is_known(const struct twigs *twigs, int node)
{
	if (!twigs->flat)
		return false;
	return twigs->graph->mark[node]++ > 0 || owns(twigs->graph, node);
}

static void add_kids(struct twigs *twigs, int parent)
{
	int count, last = -1;
	struct kid *kids = kids_of(twigs, twigs->at[parent].node, &count);

	twigs->at[parent].has_children = count > 0;
	for (int i = 0; i < count; i++) {
		const struct kid *kid = &kids[i];

		if (kid->hidden)
			continue;
		last = add_twig(twigs, &(struct twig){.parent = parent, .node = kid->edge.node,
			.link = kid->edge.link, .more = kid->more, .last_node = kid->last_node,
			.known = is_known(twigs, kid->edge.node)});
		if (!twigs->flat && !kid->more)
			add_kids(twigs, last);
	}
	if (last >= 0)
		twigs->at[last].last = true;
	free(kids);
}

static void grow(struct twigs *twigs, const struct part *part)
{
	twigs->count = 0;
	for (int i = 0; twigs->flat && i < part->count; i++)
		twigs->graph->mark[part->nodes[i]] = 0;
	for (int i = 0; i < part->count; i++) {
		int node = part->nodes[i];

		if (twigs->flat ? owns(twigs->graph, node) : twigs->graph->mark[node] == 0)
			add_kids(twigs, add_twig(twigs, &(struct twig){.parent = -1, .node = node,
				.link = -1, .last = true}));
	}
}

void draw_twigs_make(struct twigs *twigs, struct graph *graph, const struct part *part, bool flat)
{
	*twigs = (struct twigs){.graph = graph, .flat = flat, .many = 40, .shown = 10};
	grow(twigs, part);
	if (twigs->count <= LINES_MANY)
		return;
	twigs->many = 5;
	twigs->shown = 3;
	grow(twigs, part);
}
