/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * shows_links.c - each direction of each link: what is laid on it, who carries
 * that out, and what it has done to the frames. Nothing of it is ever cut: what
 * a narrow terminal has no room for goes below the line.
 */
#include "shows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "impairs.h"
#include "json.h"
#include "table.h"

/* One direction of a link. */
struct direction {
	struct link *link;
	int from;
	struct link_counts counts;
};

struct directions_list {
	struct direction *list;
	size_t count;
};

static int collect(struct directions_list *all, struct lab *lab, const struct node *only,
	struct cause *cause)
{
	struct link *link = NULL;
	int from;

	while ((link = link_next(lab, link))) {
		if (only && link_node(link, 0) != only && link_node(link, 1) != only)
			continue;
		all->list = reallocarray(all->list, all->count + 2, sizeof *all->list);
		if (!all->list)
			abort();
		for (from = 0; from < 2; from++) {
			struct direction *next = &all->list[all->count++];

			*next = (struct direction){.link = link, .from = from};
			if (link_counts(link, from, &next->counts, cause) < 0)
				return -1;
		}
	}
	return 0;
}

static const char *backend_of(const struct direction *direction)
{
	enum backend backend = link_backend(direction->link, direction->from);

	return backend == BACKEND_AUTO ? "-" : backend_name(backend);
}

/* ------------------------------------------------------------------- text */

enum { FROM, TO, IMPAIRMENTS, BY, NUMBERS, RARE = NUMBERS + 3, COLUMNS = RARE + 4 };
static const struct column columns_of_links[COLUMNS] = {
	{.heading = "from"},
	{.heading = "to"},
	{.heading = "impairments"},
	{.heading = "by"},
	{.heading = "entered", .align = ALIGN_RIGHT},
	{.heading = "left", .align = ALIGN_RIGHT},
	{.heading = "lost", .align = ALIGN_RIGHT},
	{.heading = "doubled", .align = ALIGN_RIGHT},
	{.heading = "reordered", .align = ALIGN_RIGHT},
	{.heading = "corrupted", .align = ALIGN_RIGHT},
	{.heading = "queued", .align = ALIGN_RIGHT},
};

/* How the table is laid out. */
struct form {
	bool words_below; /* impairments and back end, below the line */
	bool no_zeros;	  /* a rare thing's column goes where it is 0 everywhere */
};

/* The first of them that has room is taken; without any the terminal must wrap. */
static const struct form forms[] = {{false, false}, {false, true}, {true, false}, {true, true}};
#define FORMS (sizeof forms / sizeof *forms)
#define UNBOUNDED 1000 /* columns */

static void numbers_of(const struct link_counts *counts, uint64_t numbers[COLUMNS])
{
	numbers[NUMBERS] = counts->entered;
	numbers[NUMBERS + 1] = counts->left;
	numbers[NUMBERS + 2] = counts->lost;
	numbers[RARE] = counts->doubled;
	numbers[RARE + 1] = counts->reordered;
	numbers[RARE + 2] = counts->corrupted;
	numbers[RARE + 3] = counts->queued;
}

/* Which columns there are in this form. */
static void choose(const struct directions_list *all, struct form form, bool there[COLUMNS])
{
	uint64_t numbers[COLUMNS];

	for (size_t i = 0; i < COLUMNS; i++)
		there[i] = !(form.words_below && i == BY) && !(form.no_zeros && i >= RARE);
	for (size_t n = 0; n < all->count; n++) {
		numbers_of(&all->list[n].counts, numbers);
		for (size_t i = RARE; i < COLUMNS; i++)
			there[i] = there[i] || numbers[i];
	}
}

static void add_words(struct table *table, const struct direction *direction, struct form form)
{
	const struct link *link = direction->link;
	const char *by = backend_of(direction), *words, *down;
	bool up = link_is_up(link), none = netem_is_none(link_netem_now(link, direction->from));
	char text[NETEM_TEXT];

	impairs_text(link, direction->from, text, sizeof text);
	down = up ? "" : none ? "down" : "down; ";
	words = !none || (up && !form.words_below) ? text : "";
	table_addf(table, up ? STYLE_NONE : STYLE_RED, "%s%s%s%s", down, words,
		form.words_below && !none ? "   by " : "", form.words_below && !none ? by : "");
	if (!form.words_below)
		table_add(table, STYLE_NONE, by);
}

static void add_row(struct table *table, const struct direction *direction, struct form form,
	const bool there[COLUMNS])
{
	const struct link *link = direction->link;
	uint64_t numbers[COLUMNS];

	table_add(table, STYLE_NONE, link_node(link, direction->from)->name);
	table_add(table, STYLE_NONE, link_node(link, !direction->from)->name);
	add_words(table, direction, form);
	numbers_of(&direction->counts, numbers);
	for (size_t i = NUMBERS; i < COLUMNS; i++)
		if (there[i])
			table_add_number(table, numbers[i] ? STYLE_NONE : STYLE_DIM, numbers[i]);
	table_end_row(table);
}

/* The table in this form; the caller frees it. `chosen` gets its columns, and has
 * to live as long, `there` which they are. */
static struct table *fill(const struct cli *cli, int width, const struct directions_list *all,
	struct form form, struct column chosen[COLUMNS], bool there[COLUMNS])
{
	struct table_format format = {.width = width, .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};
	struct table *table;
	size_t count = 0;

	choose(all, form, there);
	for (size_t i = 0; i < COLUMNS; i++)
		if (there[i]) {
			chosen[count] = columns_of_links[i];
			if (form.words_below && i == IMPAIRMENTS)
				chosen[count].align = ALIGN_BELOW;
			count++;
		}
	table = table_new(chosen, count, &format);
	for (size_t i = 0; i < all->count; i++)
		add_row(table, &all->list[i], form, there);
	return table;
}

/* What is left out of the table is told all the same. */
static void tell_zeros(struct cli *cli, const bool there[COLUMNS])
{
	char text[80] = "";
	size_t at = 0;

	for (size_t i = RARE; i < COLUMNS; i++)
		if (!there[i])
			at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", at ? ", " : "",
				columns_of_links[i].heading);
	if (at)
		out_line(cli, "  0 everywhere: %s", text);
}

static void print_text(struct cli *cli, const struct directions_list *all)
{
	struct column chosen[COLUMNS];
	bool there[COLUMNS];
	struct table *table = NULL;
	const char *text;
	size_t length;

	for (size_t i = 0; i <= FORMS; i++) {
		table_free(table);
		table = i < FORMS ? fill(cli, out_columns(cli), all, forms[i], chosen, there) :
			fill(cli, UNBOUNDED, all, forms[FORMS - 1], chosen, there);
		if (table_fits(table))
			break;
	}
	text = table_flush(table, &length);
	out_raw(cli, text, length);
	table_free(table);
	tell_zeros(cli, there);
}

/* ------------------------------------------------------------------- JSON */

static void print_json(struct cli *cli, const struct direction *direction)
{
	const struct link_counts *counts = &direction->counts;
	const struct link *link = direction->link;
	int from = direction->from;
	char text[NETEM_TEXT];
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "link");
	json_string(&json, "from", link_node(link, from)->name);
	json_string(&json, "from_interface", link_interface(link, from));
	json_string(&json, "to", link_node(link, !from)->name);
	json_string(&json, "to_interface", link_interface(link, !from));
	json_bool(&json, "up", link_is_up(link));
	json_string(&json, "impairments",
		netem_print(link_netem_now(link, from), text, sizeof text));
	json_string(&json, "backend",
		link_backend(link, from) == BACKEND_AUTO ? NULL : backend_of(direction));
	json_int(&json, "entered", (int64_t)counts->entered);
	json_int(&json, "left", (int64_t)counts->left);
	json_int(&json, "lost", (int64_t)counts->lost);
	json_int(&json, "doubled", (int64_t)counts->doubled);
	json_int(&json, "reordered", (int64_t)counts->reordered);
	json_int(&json, "corrupted", (int64_t)counts->corrupted);
	json_int(&json, "queued", (int64_t)counts->queued);
	json_print(&json, cli);
}

int shows_links(struct cli *cli, const struct node *only, struct cause *cause)
{
	struct directions_list all = {.list = NULL};
	int result = collect(&all, cli->lab, only, cause);

	if (result == 0 && cli->json)
		for (size_t i = 0; i < all.count; i++)
			print_json(cli, &all.list[i]);
	else if (result == 0 && all.count == 0)
		out_line(cli, "  no links");
	else if (result == 0)
		print_text(cli, &all);
	free(all.list);
	return result;
}
