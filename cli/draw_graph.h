/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_graph.h - a network as a graph: who is linked with whom, which parts hang
 * together, what lies in the middle. Pure.
 */
#ifndef CLI_DRAW_GRAPH_H
#define CLI_DRAW_GRAPH_H

#include "draw.h"

struct edge {
	int node; /* at the other end */
	int link;
};

/* Nodes that hang together, in their order. */
struct part {
	const int *nodes;
	int count;
	int links;
};

struct graph {
	const struct draw_node *nodes;
	const struct draw_link *links;
	int node_count, link_count;
	int *first;	    /* node n has edges[first[n]] to edges[first[n + 1] - 1] */
	struct edge *edges; /* of each node in the order of the links */
	int *members;	    /* nodes, part by part */
	struct part *parts;
	int part_count;
	/* Found by peeling off the leaves again and again: */
	int *layer;	    /* of each node, how deep inside it lies; of the core CORE */
	int *inside;	    /* its edges that are left in the core */
	int *mark, *owner;  /* of each node, of each link: for those who lay out */
};

#define LAYER_CORE 1000000

/* Zeroed memory, or the end of the program. */
void *draw_alloc(size_t count, size_t size);

/* Borrows the nodes and links. */
void draw_graph_make(struct graph *graph, const struct draw_node *nodes, int node_count,
	const struct draw_link *links, int link_count);
void draw_graph_free(struct graph *graph);

int draw_degree(const struct graph *graph, int node);
/* Has the part no ring? */
bool draw_is_tree(const struct part *part);
/* Is it a path: nodes in a row, none with more than two links? */
bool draw_is_path(const struct graph *graph, const struct part *part);
/* From where the others are best looked at: the middle, rather a switch or a
 * router than a host, and of several the one with the most links. */
int draw_middle(const struct graph *graph, const struct part *part);

#endif
