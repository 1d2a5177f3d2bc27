/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_shape.h - can a part of the network be drawn as a row? Pure.
 *
 *	h1 ─┐             ┌─ r3 ─┐             ┌─ h3
 *	    ├─ r1 ── r2 ──┤      ├── r5 ── r6 ─┤
 *	h2 ─┘             └─ r4 ─┘             └─ h4
 *	fan    before        lanes     after     fan
 *
 * All but `before` may be missing. A node of a row may have one host more, that
 * hangs from it.
 */
#ifndef CLI_DRAW_SHAPE_H
#define CLI_DRAW_SHAPE_H

#include "draw_graph.h"

#define ROW_STOPS 48
#define ROW_LANES 4
#define ROW_FAN	  8

struct stop {
	int node;
	int pendant, pendant_link; /* -1: none */
	int x, width;		   /* for those who draw */
};

/* Nodes side by side; links[i] leads to stop i, links[count] on from the last
 * one. Where there is nothing before or behind, it is -1. */
struct lane {
	int count;
	struct stop stops[ROW_STOPS];
	int links[ROW_STOPS + 1];
	int x, width, y;
};

struct fan {
	int count; /* hosts: none, or at least 2 */
	struct edge edges[ROW_FAN];
};

struct row {
	struct fan left, right;
	struct lane before, after;
	int lane_count; /* 0: then there is no `after` */
	struct lane lanes[ROW_LANES];
};

/* The row that the part is; false when it is none. Uses the graph's marks. */
bool draw_shape(struct graph *graph, const struct part *part, struct row *row);

#endif
