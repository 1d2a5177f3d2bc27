/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_text.h"

#include <string.h>

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

struct label draw_label(const struct paper *paper, int link, int from, enum arrows arrows)
{
	static const char *const marks[2][2][2] = {
		[ARROWS_ACROSS] = {{"->", "<-"}, {"\u2192", "\u2190"}},
		[ARROWS_UP_DOWN] = {{"v", "^"}, {"\u2193", "\u2191"}},
	};
	const char *const *mark = marks[arrows][paper->utf8];
	const struct draw_link *at = &paper->graph->links[link];
	const char *forth = or_empty(at->labels[at->a != from]);
	const char *back = or_empty(at->labels[at->a == from]);
	struct label label = {.down = !at->up};
	bool across = arrows == ARROWS_ACROSS;

	if (strcmp(forth, back) == 0) {
		snprintf(label.both, sizeof label.both, "%s", forth);
		return label;
	}
	if (*forth)
		snprintf(label.forth, sizeof label.forth, "%s %s", across ? forth : mark[0],
			across ? mark[0] : forth);
	if (*back)
		snprintf(label.back, sizeof label.back, "%s %s", mark[1], back);
	return label;
}

int draw_label_line(const struct paper *paper, const struct label *label, char line[LABEL_LINE])
{
	const char *between = !*label->forth || !*label->back ? "" :
		paper->utf8 ? " \u2500\u2500 " : " -- ";

	snprintf(line, LABEL_LINE, "%s%s%s%s", label->both, label->forth, between, label->back);
	return draw_columns(line);
}

const char *draw_kind(const struct graph *graph, int node)
{
	switch (graph->nodes[node].kind) {
	case NODE_ROUTER:
		return "(router)";
	case NODE_SWITCH:
		return "(switch)";
	case NODE_HOST:
	case NODE_KINDS:
		break;
	}
	return "";
}

int draw_columns(const char *text)
{
	return (int)text_columns(text, strlen(text));
}

int draw_below(const struct graph *graph, int node, char lines[BELOW_LINES][64])
{
	const char *rest = or_empty(graph->nodes[node].second), *kind = draw_kind(graph, node);
	int count = 0;

	if (*kind)
		snprintf(lines[count++], sizeof lines[0], "%s", kind);
	while (*rest && count < BELOW_LINES) {
		const char *comma = count < BELOW_LINES - 1 ? strstr(rest, ", ") : NULL;
		int length = (int)(comma ? (size_t)(comma - rest) : strlen(rest));

		snprintf(lines[count++], sizeof lines[0], "%.*s", length, rest);
		rest += length + (comma ? 2 : 0);
	}
	return count;
}

static const uint32_t glyphs[16] = {
	' ', 0x2575, 0x2577, 0x2502, 0x2574, 0x2518, 0x2510, 0x2524,
	0x2576, 0x2514, 0x250c, 0x251c, 0x2500, 0x2534, 0x252c, 0x253c,
};

static uint32_t plain_glyph(unsigned arms)
{
	if (!(arms & (ARM_LEFT | ARM_RIGHT)))
		return '|';
	return arms & (ARM_UP | ARM_DOWN) ? '+' : '-';
}

static unsigned arms_of(uint32_t code)
{
	if (code == '-')
		return ARM_LEFT | ARM_RIGHT;
	if (code == '|')
		return ARM_UP | ARM_DOWN;
	if (code == '+')
		return ARM_UP | ARM_DOWN | ARM_LEFT | ARM_RIGHT;
	for (unsigned arms = 1; arms < 16; arms++)
		if (glyphs[arms] == code)
			return arms;
	return 0;
}

void draw_stroke(struct canvas *line, int x, unsigned arms)
{
	if (x < 0 || x >= line->width)
		return;
	arms |= arms_of(line->code[x]);
	canvas_put(line, x, line->utf8 ? glyphs[arms] : plain_glyph(arms), STYLE_NONE);
}

void draw_across(struct canvas *line, int from, int to)
{
	for (int x = from; x <= to; x++)
		draw_stroke(line, x, ARM_LEFT | ARM_RIGHT);
}

int draw_branch_width(const struct paper *paper, int link, int from)
{
	struct label label = draw_label(paper, link, from, ARROWS_ACROSS);
	char words[LABEL_LINE];
	int columns = draw_label_line(paper, &label, words);

	if (columns == 0)
		return label.down ? 5 : 2;
	return columns + (label.down ? 9 : 6);
}

void draw_bare_branch(const struct paper *paper, struct canvas *line, int x, int columns, int link)
{
	draw_across(line, x, x + columns - 1);
	if (!paper->graph->links[link].up)
		canvas_put(line, x + 2, 'x', STYLE_BROKEN);
}

void draw_branch(const struct paper *paper, struct canvas *line, int x, int columns, int link,
	int from)
{
	struct label label = draw_label(paper, link, from, ARROWS_ACROSS);
	char words[LABEL_LINE];

	draw_bare_branch(paper, line, x, columns, link);
	x += label.down ? 5 : 2;
	if (draw_label_line(paper, &label, words) == 0)
		return;
	canvas_put(line, x, ' ', STYLE_NONE);
	x = draw_words(line, x + 1, words, STYLE_LABEL);
	canvas_put(line, x, ' ', STYLE_NONE);
}

int draw_words(struct canvas *line, int x, const char *text, enum style style)
{
	canvas_text(line, x, line->width - x, text, style);
	return x + draw_columns(text);
}

void draw_begin(const struct paper *paper, struct canvas *line)
{
	line->width = paper->width;
	line->utf8 = paper->utf8;
	canvas_clear(line);
}

void draw_end(const struct paper *paper, const struct canvas *line)
{
	canvas_print(line, paper->color, paper->out);
}
