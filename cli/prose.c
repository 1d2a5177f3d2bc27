/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "json.h"
#include "text.h"

#define BRACKET_MAX 40

/* A paragraph; items of a list in it are divided by newlines. */
struct prose {
	char *text; /* NULL: none is begun */
};

static int width_of(const struct cli *cli)
{
	int columns = out_columns(cli) - 1;

	return columns < PROSE_WIDTH ? columns : PROSE_WIDTH;
}

static size_t character_at(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length++;
	return length;
}

/* Rather before a short bracket than within it: "(RFC 9293 3.10.4)". */
static size_t before_bracket(const char *text, size_t at)
{
	size_t open = at;

	while (open > 0 && !strchr("()", text[open - 1]))
		open--;
	if (open < 2 || text[open - 1] != '(' || text[open - 2] != ' ' ||
		strcspn(text + open, ")") > BRACKET_MAX)
		return at;
	return open - 2;
}

size_t prose_fit(const char *text, int columns)
{
	size_t at = 0, blank = 0;
	int column;

	for (column = 0; text[at] && column < columns; column++) {
		if (text[at] == ' ')
			blank = at;
		at += character_at(text + at);
	}
	if (text[at] && text[at] != ' ' && blank)
		at = blank;
	if (text[at])
		at = before_bracket(text, at);
	while (at > 0 && text[at] && text[at - 1] == ' ')
		at--;
	return at || !*text ? at : character_at(text);
}

/* `head` and the text behind it; its further lines are `indent` columns in. */
static void print_line(struct cli *cli, int width, const char *head, const char *text, int indent)
{
	int first = *head ? width - indent : width;

	do {
		size_t length = prose_fit(text, first);

		out_line(cli, "%s%.*s", head, (int)length, text);
		text += length;
		text += strspn(text, " ");
		head = &"          "[10 - indent];
		first = width - indent;
	} while (*text);
}

static void print_json(struct cli *cli, const char *kind, const char *text)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "text");
	json_string(&json, "kind", kind);
	json_string(&json, "text", text);
	json_print(&json, cli);
}

/* Set off from what comes before it, and from what will come. */
static void set_off(struct cli *cli)
{
	if (!cli->blank)
		out_line(cli, "%s", "");
	cli->gap = false;
}

void prose_verdict(struct cli *cli, const char *word, const char *style, const char *text)
{
	char head[60];

	snprintf(head, sizeof head, "  %s%-7s%s ", style, word, *style ? STYLE_OFF : "");
	print_line(cli, out_columns(cli) - 1, head, text, 10);
}

static void print_paragraph(struct cli *cli, char *text)
{
	char *line;

	set_off(cli);
	while ((line = strsep(&text, "\n")))
		print_line(cli, width_of(cli), "", line, strncmp(line, "- ", 2) == 0 ? 2 : 0);
	cli->gap = true;
}

void prose_add(struct cli *cli, const char *text)
{
	struct prose *prose = cli->prose;
	char *more;

	if (!prose)
		prose = cli->prose = calloc(1, sizeof *prose);
	if (!prose || asprintf(&more, "%s%s%s", prose->text ? prose->text : "",
			      !prose->text ? "" : strncmp(text, "- ", 2) == 0 ? "\n" : " ",
			      text) < 0)
		abort();
	free(prose->text);
	prose->text = more;
}

void prose_flush(struct cli *cli)
{
	char *text = cli->prose ? cli->prose->text : NULL;

	if (!text)
		return;
	cli->prose->text = NULL; /* what is printed next flushes it as well */
	if (cli->json)
		print_json(cli, "say", text);
	else
		print_paragraph(cli, text);
	free(text);
}

void prose_end(struct cli *cli)
{
	prose_flush(cli);
	if (cli->gap)
		out_line(cli, "%s", "");
}

void prose_free(struct cli *cli)
{
	if (cli->prose)
		free(cli->prose->text);
	free(cli->prose);
	cli->prose = NULL;
}

/* "── The client closes ────────────────" */
void prose_heading(struct cli *cli, const char *text)
{
	const char *dash = cli->utf8 ? "\xe2\x94\x80" : "-";
	const char *on = cli->color ? style_on(STYLE_BOLD) : "", *off = cli->color ? STYLE_OFF : "";
	int width = width_of(cli) - 4, left;
	char rule[3 * PROSE_WIDTH + 1] = "", *at = rule;
	size_t length;

	prose_flush(cli);
	if (cli->json) {
		print_json(cli, "section", text);
		return;
	}
	set_off(cli);
	while ((length = prose_fit(text, width)) < strlen(text)) {
		out_line(cli, "%s%s%s %.*s%s", on, dash, dash, (int)length, text, off);
		text += length;
		text += strspn(text, " ");
	}
	for (left = width - (int)text_columns(text, length); left > 0; left--)
		at = stpcpy(at, dash);
	out_line(cli, "%s%s%s %s %s%s", on, dash, dash, text, rule, off);
	cli->gap = true;
}
