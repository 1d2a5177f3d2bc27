/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_tree.c - drawing trees. The labels stand on the branches; where that is
 * too wide they stand below their nodes, and where the tree itself is too deep,
 * or too many of its links are not in it, it becomes a list.
 */
#include "draw_tree.h"

#include <stdlib.h>

#include "draw_twigs.h"

#define CLOSING_MAX 8 /* links beside the tree; with more it is tangled */

struct tree {
	const struct paper *paper;
	struct twigs twigs;
	bool compact; /* labels below the nodes */
};

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* -------------------------------------------------------------------- layout */

static const char *second_of(const struct tree *tree, const struct twig *twig)
{
	const char *second = tree->paper->graph->nodes[twig->node].second;

	return !second || twig->more || twig->known ? "" : second;
}

static const char *kind_of(const struct tree *tree, const struct twig *twig)
{
	return twig->known ? "" : draw_kind(tree->paper->graph, twig->node);
}

static int name_columns(const struct tree *tree, const struct twig *twig)
{
	const char *kind = kind_of(tree, twig);

	return draw_columns(tree->paper->graph->nodes[twig->node].name) +
		(*kind ? 1 + draw_columns(kind) : 0);
}

static bool is_down(const struct tree *tree, const struct twig *twig)
{
	return twig->link >= 0 && !tree->paper->graph->links[twig->link].up;
}

/* "... 60 more hosts", and which, where there is room for it; returns columns. */
static int print_more(const struct tree *tree, const struct twig *twig, int room,
	char text[LABEL_LINE])
{
	const struct draw_node *nodes = tree->paper->graph->nodes, *node = &nodes[twig->node];
	static const char *const kinds[] = {
		[NODE_HOST] = "hosts", [NODE_ROUTER] = "routers", [NODE_SWITCH] = "switches",
	};
	int length = snprintf(text, LABEL_LINE, "... %d more %s", twig->more, kinds[node->kind]);

	snprintf(text + length, (size_t)(LABEL_LINE - length), ", %s to %s", node->name,
		nodes[twig->last_node].name);
	if (draw_columns(text) > room)
		text[length] = '\0';
	return draw_columns(text);
}

/* The columns that all children of a node have in common. */
static void lay_fields(struct tree *tree)
{
	for (int i = 0; i < tree->twigs.count; i++)
		tree->twigs.at[i].branch = tree->twigs.at[i].field = 0;
	for (int i = 0; i < tree->twigs.count; i++) {
		const struct twig *twig = &tree->twigs.at[i];
		struct twig *parent = &tree->twigs.at[twig->parent];

		if (twig->parent < 0)
			continue;
		parent->branch = larger(parent->branch, !tree->compact ?
			draw_branch_width(tree->paper, twig->link, parent->node) :
			is_down(tree, twig) ? 5 : 2);
		if (*second_of(tree, twig))
			parent->field = larger(parent->field, name_columns(tree, twig));
	}
}

/* The column behind the twig's line. */
static int right_end(const struct tree *tree, const struct twig *twig)
{
	const char *second = second_of(tree, twig);
	char more[LABEL_LINE];
	int x = twig->x + name_columns(tree, twig);

	if (twig->more)
		x = twig->x + print_more(tree, twig, 0, more);
	if (tree->compact)
		return x;
	if (*second)
		x = (twig->parent < 0 ? x : twig->x + tree->twigs.at[twig->parent].field) + 2 +
			draw_columns(second);
	return x + (is_down(tree, twig) ? 8 : 0);
}

static bool lay(struct tree *tree, bool compact)
{
	bool fits = true;

	tree->compact = compact;
	lay_fields(tree);
	for (int i = 0; i < tree->twigs.count; i++) {
		struct twig *twig = &tree->twigs.at[i];

		if (twig->parent >= 0) {
			const struct twig *parent = &tree->twigs.at[twig->parent];

			twig->x = parent->x + parent->branch + 2;
		}
		fits = fits && right_end(tree, twig) <= tree->paper->width;
	}
	return fits;
}

/* ------------------------------------------------------------------- drawing */

/* The lines of those above that go on below this one. */
static void draw_trunks(const struct tree *tree, const struct twig *twig, struct canvas *line)
{
	while (twig->parent >= 0) {
		const struct twig *parent = &tree->twigs.at[twig->parent];

		if (!twig->last)
			draw_stroke(line, parent->x, ARM_UP | ARM_DOWN);
		twig = parent;
	}
}

static void draw_twig_branch(const struct tree *tree, const struct twig *twig, struct canvas *line)
{
	const struct twig *parent = &tree->twigs.at[twig->parent];
	int x = parent->x;

	draw_trunks(tree, twig, line);
	if (!tree->paper->utf8)
		canvas_put(line, x, twig->last ? '`' : '|', STYLE_NONE);
	else
		draw_stroke(line, x, ARM_UP | ARM_RIGHT | (twig->last ? 0 : ARM_DOWN));
	if (!tree->compact) {
		draw_branch(tree->paper, line, x + 1, parent->branch, twig->link, parent->node);
		return;
	}
	draw_bare_branch(tree->paper, line, x + 1, parent->branch, twig->link);
}

static void draw_twig_words(const struct tree *tree, const struct twig *twig, struct canvas *line)
{
	const struct graph *graph = tree->paper->graph;
	const char *kind = kind_of(tree, twig), *second = second_of(tree, twig);
	int x = twig->x, room = tree->paper->width - x - (is_down(tree, twig) ? 8 : 0);
	char more[LABEL_LINE];

	if (twig->more) {
		print_more(tree, twig, room, more);
		x = draw_words(line, x, more, STYLE_DIM);
	} else {
		x = draw_words(line, x, graph->nodes[twig->node].name, STYLE_NAME);
		if (*kind)
			x = draw_words(line, x + 1, kind, STYLE_DIM);
	}
	if (*second && twig->parent >= 0)
		x = twig->x + tree->twigs.at[twig->parent].field;
	if (*second)
		x = draw_words(line, x + 2, second, STYLE_NONE);
	if (is_down(tree, twig))
		draw_words(line, x + 2, "(down)", STYLE_BROKEN);
}

/* A label below its node. */
static void draw_note(const struct tree *tree, const struct twig *twig, const char *words)
{
	struct canvas line;

	if (!*words)
		return;
	draw_begin(tree->paper, &line);
	draw_trunks(tree, twig, &line);
	if (twig->has_children)
		draw_stroke(&line, twig->x, ARM_UP | ARM_DOWN);
	draw_words(&line, twig->x + 2, words, STYLE_LABEL);
	draw_end(tree->paper, &line);
}

static void draw_twig(const struct tree *tree, const struct twig *twig)
{
	struct canvas line;
	struct label label;

	draw_begin(tree->paper, &line);
	if (twig->parent >= 0)
		draw_twig_branch(tree, twig, &line);
	draw_twig_words(tree, twig, &line);
	draw_end(tree->paper, &line);
	if (twig->parent < 0 || !tree->compact)
		return;
	label = draw_label(tree->paper, twig->link, tree->twigs.at[twig->parent].node,
		ARROWS_ACROSS);
	draw_note(tree, twig, label.both);
	draw_note(tree, twig, label.forth);
	draw_note(tree, twig, label.back);
}

/* What closes a ring, as far as there is room for saying so. */
static void draw_closing_line(const struct paper *paper, int link, bool labelled, const char *text)
{
	const struct draw_link *at = &paper->graph->links[link];
	const struct draw_node *nodes = paper->graph->nodes;
	int width = labelled ? draw_branch_width(paper, link, at->a) : at->up ? 2 : 5;
	struct canvas line;
	int x;

	draw_begin(paper, &line);
	x = draw_words(&line, 0, "and ", STYLE_NONE);
	x = draw_words(&line, x, nodes[at->a].name, STYLE_NAME) + 1;
	if (labelled)
		draw_branch(paper, &line, x, width, link, at->a);
	else
		draw_bare_branch(paper, &line, x, width, link);
	x = draw_words(&line, x + width + 1, nodes[at->b].name, STYLE_NAME);
	if (!at->up)
		x = draw_words(&line, x + 2, "(down)", STYLE_BROKEN);
	if (x + 2 + draw_columns(text) <= paper->width)
		draw_words(&line, x + 2, text, STYLE_DIM);
	draw_end(paper, &line);
}

/* A link that is not in the tree: "and r3 --- r4  (closes the ring)". */
static void draw_closing(const struct tree *tree, int link, bool only)
{
	const struct paper *paper = tree->paper;
	const struct draw_link *at = &paper->graph->links[link];
	const struct draw_node *nodes = paper->graph->nodes;
	struct label label = draw_label(paper, link, at->a, ARROWS_ACROSS);
	static const struct twig below = {.parent = -1, .x = 4};
	bool labelled = 6 + draw_columns(nodes[at->a].name) + draw_columns(nodes[at->b].name) +
		draw_branch_width(paper, link, at->a) + (at->up ? 0 : 8) <= paper->width;

	draw_closing_line(paper, link, labelled, only ? "(closes the ring)" : "(closes a ring)");
	if (labelled)
		return;
	draw_note(tree, &below, label.both);
	draw_note(tree, &below, label.forth);
	draw_note(tree, &below, label.back);
}

static void draw_closings(const struct tree *tree, const struct part *part, int count)
{
	const struct graph *graph = tree->paper->graph;

	for (int i = 0; i < part->count; i++) {
		int n = part->nodes[i];

		for (int e = graph->first[n]; e < graph->first[n + 1]; e++) {
			int link = graph->edges[e].link;

			if (graph->owner[link] < 0 && graph->links[link].a == n)
				draw_closing(tree, link, count == 1);
		}
	}
}

/* As a tree; false when that cannot be. */
static bool grow_tree(struct tree *tree, struct graph *graph, const struct part *part)
{
	int depth = draw_twigs_span(graph, part);

	if (part->links - (part->count - 1) > CLOSING_MAX || 4 * depth >= tree->paper->width)
		return false;
	draw_twigs_make(&tree->twigs, graph, part, false);
	if (lay(tree, false) || lay(tree, true))
		return true;
	free(tree->twigs.at);
	return false;
}

void draw_tree(const struct paper *paper, struct graph *graph, const struct part *part)
{
	struct tree tree = {.paper = paper};

	if (!grow_tree(&tree, graph, part)) {
		if (!draw_is_tree(part))
			draw_twigs_share(graph, part);
		draw_twigs_make(&tree.twigs, graph, part, true);
		if (!lay(&tree, false))
			lay(&tree, true);
	}
	for (int i = 0; i < tree.twigs.count; i++)
		draw_twig(&tree, &tree.twigs.at[i]);
	if (!tree.twigs.flat)
		draw_closings(&tree, part, part->links - (part->count - 1));
	free(tree.twigs.at);
}
