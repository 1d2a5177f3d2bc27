/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_twigs.h - what a tree is drawn from: its lines in their order, each a
 * node at a link, or many hosts alike that are summed up. Pure.
 */
#ifndef CLI_DRAW_TWIGS_H
#define CLI_DRAW_TWIGS_H

#include "draw_graph.h"

struct twig {
	int parent;	  /* a twig; -1: begins a tree */
	int node, link;	  /* link: to the parent */
	int more;	  /* > 0: so many nodes summed up, from `node` to `last_node` */
	int last_node;
	bool last;	  /* of its parent */
	bool has_children;
	bool known;	  /* in a list: what is to be said of the node stands elsewhere */
	int x;		  /* for those who draw: of its name, */
	int branch, field; /* and columns of its children's links and of their names */
};

struct twigs {
	struct graph *graph;
	struct twig *at;
	int count, size;
	bool flat;	 /* a list: children have none themselves */
	int many, shown; /* of more alike than `many` only so many are shown */
};

/* The tree of shortest ways from the part's middle. In the graph's `owner` then
 * stands of each link the node that it hangs from, or -1: it is not in the tree.
 * Returns the levels below the middle. */
int draw_twigs_span(struct graph *graph, const struct part *part);
/* Or: each link hangs from that of its nodes which has more of them. */
void draw_twigs_share(struct graph *graph, const struct part *part);

/* The lines, by `owner` in the graph; free twigs->at. `flat`: every node that has
 * links hanging from it begins a tree, of one level. */
void draw_twigs_make(struct twigs *twigs, struct graph *graph, const struct part *part, bool flat);

#endif
