/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_text.h - the words and strokes that drawings are made of. Pure.
 */
#ifndef CLI_DRAW_TEXT_H
#define CLI_DRAW_TEXT_H

#include "canvas.h"
#include "draw_graph.h"

#define STYLE_NAME  STYLE_BOLD
#define STYLE_LABEL STYLE_YELLOW
#define STYLE_BROKEN STYLE_RED

/* Where a drawing goes, and what it may use. */
struct paper {
	const struct graph *graph;
	int width;
	bool utf8, color;
	FILE *out;
};

/* What is written at a link, seen from one of its nodes. */
struct label {
	char both[320];		 /* the same both ways; then the others are empty */
	char forth[320], back[320]; /* with their arrows */
	bool down;
};

enum arrows { ARROWS_ACROSS, ARROWS_UP_DOWN };
struct label draw_label(const struct paper *paper, int link, int from, enum arrows arrows);
/* The same in one line; returns its columns. */
#define LABEL_LINE 1000
int draw_label_line(const struct paper *paper, const struct label *label, char line[LABEL_LINE]);

/* "(router)"; "" for a host. */
const char *draw_kind(const struct graph *graph, int node);
int draw_columns(const char *text);
/* What stands below a node's name: its kind and its second line, which is broken
 * where it has a comma. Returns how many lines. */
#define BELOW_LINES 4
int draw_below(const struct graph *graph, int node, char lines[BELOW_LINES][64]);

/* A line's arms from the middle of a cell; those that are there already stay. */
#define ARM_UP	  1u
#define ARM_DOWN  2u
#define ARM_LEFT  4u
#define ARM_RIGHT 8u
void draw_stroke(struct canvas *line, int x, unsigned arms);
/* A line across, over the cells `from` to `to`. */
void draw_across(struct canvas *line, int from, int to);
/* A link as a branch, its label and an x where it is down on the line; `from` is
 * the node on its left. The columns that it wants, and at x, in as many. */
int draw_branch_width(const struct paper *paper, int link, int from);
void draw_branch(const struct paper *paper, struct canvas *line, int x, int columns, int link,
	int from);
/* The same without its label, which wants 5 columns when it is down, else 2. */
void draw_bare_branch(const struct paper *paper, struct canvas *line, int x, int columns, int link);
/* Text at x; returns the column behind it. */
int draw_words(struct canvas *line, int x, const char *text, enum style style);

/* An empty line of that paper, and one that is done. */
void draw_begin(const struct paper *paper, struct canvas *line);
void draw_end(const struct paper *paper, const struct canvas *line);

#endif
