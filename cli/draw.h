/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw.h - a network drawn as text: nodes, links, and what the links do to what
 * passes them. Pure: takes plain data, returns lines.
 *
 * The drawing follows from the shape: a row where the network is a path, two
 * groups with a path between them, or a ring or several ways between two nodes;
 * else an indented tree, with the links that close its rings listed below; and a
 * plain list where it is too tangled for that. A path that is wider than the
 * terminal runs downwards, anything else that is becomes a tree. Parts that are
 * not linked with each other are drawn one below the other. The same data always
 * gives the same drawing.
 *
 * How a command draws its lab:
 *
 *	while ((node = node_next(lab, node)))	   nodes[node->index's place] =
 *		{node->name, node->kind, address of a host, else NULL};
 *	while ((link = link_next(lab, link)))	   links[i] =
 *		{place of link_node(link, 0), place of link_node(link, 1),
 *		 link_is_up(link), {label of end 0, label of end 1}};
 *	text = draw_topology(nodes, node_count, links, link_count,
 *		&(struct draw_format){out_columns(cli), cli->utf8, cli->color && !cli->json});
 *	out_raw(cli, text, strlen(text));
 *	free(text);
 *
 * where a label is netem_print(link_netem_now(link, end)), or "" when
 * netem_is_none() says so. Indexes of nodes have gaps once one was removed:
 * a place is the node's number in the order of node_next().
 */
#ifndef CLI_DRAW_H
#define CLI_DRAW_H

#include "netlab.h"

struct draw_node {
	const char *name;
	enum node_kind kind;
	const char *second; /* such as its address; several with ", " between them; or NULL */
};

struct draw_link {
	int a, b;		/* places in the array of nodes, not the same */
	bool up;
	const char *labels[2];	/* from a to b, from b to a; "" or NULL: none */
};

struct draw_format {
	int width;  /* columns, 40 to 300 */
	bool utf8;  /* line drawing; else ASCII */
	bool color; /* as an addition: nothing is told by it alone */
};

/* Lines of text, each with its newline; "" when there are no nodes. Everything
 * is borrowed for the time of the call; the caller frees what is returned. */
char *draw_topology(const struct draw_node *nodes, size_t node_count,
	const struct draw_link *links, size_t link_count, const struct draw_format *format);

#endif
