/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_tree.h - a network as an indented tree, or as a list of such trees of one
 * level when it is too tangled or too deep. Pure.
 */
#ifndef CLI_DRAW_TREE_H
#define CLI_DRAW_TREE_H

#include "draw_text.h"

/* Draw any part of the network, of any size. Uses the graph's marks. */
void draw_tree(const struct paper *paper, struct graph *graph, const struct part *part);

#endif
