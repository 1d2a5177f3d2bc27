/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_shape.c - finding rows. A row without rings is a path of inner nodes with
 * leaves at both ends. A row with rings has them all between two nodes, with a
 * tail outwards from each of the two.
 */
#include "draw_shape.h"

#include <limits.h>
#include <string.h>

static bool push(struct graph *graph, struct lane *lane, int node, int link)
{
	if (lane->count == ROW_STOPS)
		return false;
	lane->links[lane->count] = link;
	lane->stops[lane->count++] = (struct stop){.node = node, .pendant = -1, .pendant_link = -1};
	lane->links[lane->count] = -1;
	graph->mark[node] = 1;
	return true;
}

static bool fill_fan(struct graph *graph, struct fan *fan, int node)
{
	for (int i = graph->first[node]; i < graph->first[node + 1]; i++) {
		const struct edge *edge = &graph->edges[i];

		if (graph->mark[edge->node] || draw_degree(graph, edge->node) > 1)
			continue;
		if (fan->count == ROW_FAN || graph->nodes[edge->node].kind != NODE_HOST)
			return false;
		fan->edges[fan->count++] = *edge;
		graph->mark[edge->node] = 1;
	}
	return true;
}

static void hang(struct graph *graph, struct stop *stop, const struct edge *edge)
{
	stop->pendant = edge->node;
	stop->pendant_link = edge->link;
	graph->mark[edge->node] = 1;
}

/* What a node leads on to, besides what is marked. */
struct ahead {
	int inner, leaves; /* how many */
	struct edge on, leaf;
};

static struct ahead look_ahead(const struct graph *graph, int node)
{
	struct ahead ahead = {0};

	for (int i = graph->first[node]; i < graph->first[node + 1]; i++) {
		const struct edge *edge = &graph->edges[i];

		if (graph->mark[edge->node])
			continue;
		if (draw_degree(graph, edge->node) > 1) {
			ahead.inner++;
			ahead.on = *edge;
		} else {
			ahead.leaves++;
			ahead.leaf = *edge;
		}
	}
	return ahead;
}

/* From the lane's last stop outwards to where it ends, in a leaf or in a fan. */
static bool extend(struct graph *graph, struct lane *lane, struct fan *fan)
{
	for (;;) {
		struct stop *at = &lane->stops[lane->count - 1];
		struct ahead ahead = look_ahead(graph, at->node);

		if (ahead.inner == 0 && ahead.leaves == 0)
			return true;
		if (ahead.inner == 0 && ahead.leaves > 1)
			return fill_fan(graph, fan, at->node);
		if (ahead.inner > 1 || (ahead.inner == 1 && ahead.leaves > 1))
			return false;
		if (ahead.inner == 1 && ahead.leaves == 1)
			hang(graph, at, &ahead.leaf);
		if (ahead.inner == 0)
			ahead.on = ahead.leaf;
		if (!push(graph, lane, ahead.on.node, ahead.on.link))
			return false;
	}
}

/* ------------------------------------------------------------ without rings */

/* The inner node at an end of the row that has the first of all leaves there;
 * -1 when the inner nodes are no path. */
static int find_end(struct graph *graph, const struct part *part)
{
	int best = -1, best_leaf = INT_MAX, ends = 0;

	for (int i = 0; i < part->count; i++) {
		int node = part->nodes[i], inner = 0, leaf = INT_MAX;

		if (draw_degree(graph, node) == 1)
			continue;
		for (int e = graph->first[node]; e < graph->first[node + 1]; e++) {
			int next = graph->edges[e].node;

			if (draw_degree(graph, next) > 1)
				inner++;
			else if (next < leaf)
				leaf = next;
		}
		ends += inner < 2;
		if (inner > 2)
			return -1;
		if (inner < 2 && leaf < best_leaf) {
			best = node;
			best_leaf = leaf;
		}
	}
	return ends == 2 ? best : -1;
}

/* Two fans with the like of them in the middle are rather a tree with its root. */
static bool has_root(const struct graph *graph, const struct row *row)
{
	const struct lane *lane = &row->before;
	enum node_kind kind = graph->nodes[lane->stops[0].node].kind;

	return row->left.count > 0 && row->right.count > 0 && lane->count % 2 == 1 &&
		graph->nodes[lane->stops[lane->count / 2].node].kind == kind &&
		graph->nodes[lane->stops[lane->count - 1].node].kind == kind;
}

static bool find_straight(struct graph *graph, const struct part *part, struct row *row)
{
	int start = part->nodes[0];

	if (draw_is_path(graph, part)) {
		for (int i = 0; draw_degree(graph, start) > 1; i++)
			start = part->nodes[i];
	} else {
		struct ahead ahead;

		start = find_end(graph, part);
		if (start < 0)
			return false;
		ahead = look_ahead(graph, start);
		if (ahead.leaves == 1)
			start = ahead.leaf.node;
		else if (!fill_fan(graph, &row->left, start))
			return false;
	}
	return push(graph, &row->before, start, -1) && extend(graph, &row->before, &row->right) &&
		!has_root(graph, row);
}

/* --------------------------------------------------------------- with rings */

static bool in_core(const struct graph *graph, int node)
{
	return graph->layer[node] == LAYER_CORE;
}

/* The core's nodes in the order of a walk around it; 0 when there are too many. */
static int walk_around(const struct graph *graph, int start, int *order)
{
	int count = 0, node = start, came = -1;

	do {
		if (count == 2 * ROW_STOPS)
			return 0;
		order[count++] = node;
		for (int i = graph->first[node]; i < graph->first[node + 1]; i++) {
			const struct edge *edge = &graph->edges[i];

			if (edge->link == came || !in_core(graph, edge->node))
				continue;
			came = edge->link;
			node = edge->node;
			break;
		}
	} while (node != start);
	return count;
}

/* The two nodes of a ring between which it is drawn: those two where something
 * hangs on, or two hosts; else one, the first, and that opposite to it. */
static bool choose_two(const struct graph *graph, int start, int two[2])
{
	int order[2 * ROW_STOPS], count = walk_around(graph, start, order);
	int places[2] = {0}, tails = 0, hosts[2] = {0}, host_count = 0;

	for (int i = 0; i < count; i++) {
		if (draw_degree(graph, order[i]) > graph->inside[order[i]])
			places[tails++ > 0] = i;
		if (graph->nodes[order[i]].kind == NODE_HOST)
			hosts[host_count++ > 0] = i;
	}
	if (count == 0)
		return false;
	if (tails == 0 && host_count == 2)
		memcpy(places, hosts, sizeof hosts);
	if (tails != 2 && !(tails == 0 && host_count == 2))
		places[1] = (places[0] + count / 2) % count;
	two[0] = order[places[0]];
	two[1] = order[places[1]];
	return true;
}

/* Between which two nodes lie all rings? */
static bool find_two(const struct graph *graph, const struct part *part, int two[2])
{
	int count = 0, start = -1;

	for (int i = 0; i < part->count; i++) {
		int node = part->nodes[i];

		if (!in_core(graph, node))
			continue;
		if (start < 0)
			start = node;
		if (graph->inside[node] > 2) {
			if (count == 2)
				return false;
			two[count++] = node;
		}
	}
	return count == 2 || (count == 0 && choose_two(graph, start, two));
}

/* On from the lane's last stop inside the core. */
static struct edge next_inside(const struct graph *graph, const struct lane *lane)
{
	int node = lane->stops[lane->count - 1].node;

	for (int i = graph->first[node]; i < graph->first[node + 1]; i++)
		if (in_core(graph, graph->edges[i].node) &&
			graph->edges[i].link != lane->links[lane->count - 1])
			return graph->edges[i];
	return (struct edge){-1, -1};
}

static bool trace(struct graph *graph, struct lane *lane, struct edge edge, const int two[2],
	bool may_hang)
{
	while (edge.node != two[1]) {
		struct ahead ahead;

		if (edge.node == two[0] || !push(graph, lane, edge.node, edge.link))
			return false;
		ahead = look_ahead(graph, edge.node);
		if (ahead.inner > 0 || ahead.leaves > may_hang)
			return false;
		if (ahead.leaves == 1)
			hang(graph, &lane->stops[lane->count - 1], &ahead.leaf);
		edge = next_inside(graph, lane);
	}
	lane->links[lane->count] = edge.link;
	return true;
}

static void turn_round(struct lane *lane)
{
	struct lane old = *lane;

	for (int i = 0; i < old.count; i++)
		lane->stops[i] = old.stops[old.count - 1 - i];
	for (int i = 0; i <= old.count; i++)
		lane->links[i] = old.links[old.count - i];
}

static int first_node(const struct lane *lane, const struct fan *fan)
{
	int first = lane->stops[lane->count - 1].node;

	for (int i = 0; i < fan->count; i++)
		if (i == 0 || fan->edges[i].node < first)
			first = fan->edges[i].node;
	return first;
}

static bool find_tails(struct graph *graph, struct row *row, int two[2])
{
	if (!push(graph, &row->before, two[0], -1) || !push(graph, &row->after, two[1], -1))
		return false;
	if (!extend(graph, &row->before, &row->left) ||
		!extend(graph, &row->after, &row->right))
		return false;
	if (first_node(&row->after, &row->right) < first_node(&row->before, &row->left)) {
		struct lane lane = row->before;
		struct fan fan = row->left;
		int node = two[0];

		row->before = row->after;
		row->left = row->right;
		two[0] = two[1];
		row->after = lane;
		row->right = fan;
		two[1] = node;
	}
	turn_round(&row->before);
	return true;
}

static bool find_rings(struct graph *graph, const struct part *part, struct row *row)
{
	int two[2];

	if (!find_two(graph, part, two) || graph->inside[two[0]] != graph->inside[two[1]] ||
		graph->inside[two[0]] > ROW_LANES)
		return false;
	for (int i = 0; i < part->count; i++)
		graph->mark[part->nodes[i]] = in_core(graph, part->nodes[i]);
	if (!find_tails(graph, row, two))
		return false;
	for (int i = graph->first[two[0]]; i < graph->first[two[0] + 1]; i++)
		if (in_core(graph, graph->edges[i].node) &&
			!trace(graph, &row->lanes[row->lane_count++], graph->edges[i], two,
				graph->inside[two[0]] == 2))
			return false;
	return true;
}

bool draw_shape(struct graph *graph, const struct part *part, struct row *row)
{
	memset(row, 0, sizeof *row);
	for (int i = 0; i < part->count; i++)
		graph->mark[part->nodes[i]] = 0;
	return draw_is_tree(part) ? find_straight(graph, part, row) : find_rings(graph, part, row);
}
