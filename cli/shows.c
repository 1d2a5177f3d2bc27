/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shows.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "cli.h"
#include "impairs.h"
#include "json.h"
#include "table.h"

#define FLUSH_ROWS 256 /* the first flush settles the widths */

struct showing {
	struct cli *cli;
	struct table *table;
	const struct node *node; /* whose rows they are */
	unsigned rows;
};

static void begin(struct showing *showing, struct cli *cli, const struct column *columns,
	size_t count)
{
	struct table_format format = {.width = out_columns(cli), .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};

	*showing = (struct showing){.cli = cli, .table = table_new(columns, count, &format)};
}

static void flush(struct showing *showing)
{
	size_t length;
	const char *text = table_flush(showing->table, &length);

	if (length)
		out_raw(showing->cli, text, length);
}

static void end_row(struct showing *showing)
{
	table_end_row(showing->table);
	if (++showing->rows % FLUSH_ROWS == 0)
		flush(showing);
}

/* `none` is said when there was no row. */
static int end(struct showing *showing, int result, const char *none)
{
	if (showing->rows)
		flush(showing);
	else if (result == 0 && !showing->cli->json)
		out_line(showing->cli, "  %s", none);
	table_free(showing->table);
	return result;
}

/* ------------------------------------------------------------------- links */

enum { FROM, TO, IMPAIRMENTS, BY, NUMBERS };
static const struct column link_columns[] = {
	{"from", ALIGN_LEFT, 0, 0},	  {"to", ALIGN_LEFT, 0, 0},
	{"impairments", ALIGN_LEFT, 1, 11}, {"by", ALIGN_LEFT, 4, 0},
	{"entered", ALIGN_RIGHT, 2, 0},	  {"left", ALIGN_RIGHT, 2, 0},
	{"lost", ALIGN_RIGHT, 2, 0},	  {"doubled", ALIGN_RIGHT, 3, 0},
	{"reordered", ALIGN_RIGHT, 3, 0}, {"corrupted", ALIGN_RIGHT, 3, 0},
	{"queued", ALIGN_RIGHT, 3, 0},
};
#define COLUMNS (sizeof link_columns / sizeof *link_columns)
#define ZEROS	9 /* priority of a column that has nothing to tell */

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

static const uint64_t *numbers_of(const struct link_counts *counts, uint64_t numbers[COLUMNS])
{
	const uint64_t in_order[] = {counts->entered, counts->left, counts->lost, counts->doubled,
		counts->reordered, counts->corrupted, counts->queued};

	static_assert(sizeof in_order / sizeof *in_order == COLUMNS - NUMBERS, "a number a column");
	return memcpy(numbers, in_order, sizeof in_order);
}

static const char *backend_of(const struct link *link, int from)
{
	enum backend backend = link_backend(link, from);

	return backend == BACKEND_AUTO ? "-" : backend_name(backend);
}

static void link_row(struct showing *showing, const struct direction *direction)
{
	const struct link *link = direction->link;
	uint64_t numbers[COLUMNS];
	char text[NETEM_TEXT];

	table_add(showing->table, STYLE_NONE, link_node(link, direction->from)->name);
	table_add(showing->table, STYLE_NONE, link_node(link, !direction->from)->name);
	impairs_text(link, direction->from, text, sizeof text);
	if (link_is_up(link))
		table_add(showing->table, STYLE_NONE, text);
	else
		table_addf(showing->table, STYLE_RED, "down%s%s", *text == '-' ? "" : "; ",
			*text == '-' ? "" : text);
	table_add(showing->table, STYLE_NONE, backend_of(link, direction->from));
	numbers_of(&direction->counts, numbers);
	for (size_t i = 0; i < COLUMNS - NUMBERS; i++)
		table_add_number(showing->table, numbers[i] ? STYLE_NONE : STYLE_DIM, numbers[i]);
	end_row(showing);
}

static void link_json(struct cli *cli, const struct direction *direction)
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
		link_backend(link, from) == BACKEND_AUTO ? NULL : backend_of(link, from));
	json_int(&json, "entered", (int64_t)counts->entered);
	json_int(&json, "left", (int64_t)counts->left);
	json_int(&json, "lost", (int64_t)counts->lost);
	json_int(&json, "doubled", (int64_t)counts->doubled);
	json_int(&json, "reordered", (int64_t)counts->reordered);
	json_int(&json, "corrupted", (int64_t)counts->corrupted);
	json_int(&json, "queued", (int64_t)counts->queued);
	json_print(&json, cli);
}

static int collect_links(struct directions_list *all, struct lab *lab, const struct node *only,
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

/* Where the terminal is narrow, numbers that are all 0 are left out first. */
static void choose_columns(const struct directions_list *all, struct column columns[COLUMNS])
{
	uint64_t numbers[COLUMNS], sums[COLUMNS] = {0};

	for (size_t n = 0; n < all->count; n++) {
		numbers_of(&all->list[n].counts, numbers);
		for (size_t i = 0; i < COLUMNS - NUMBERS; i++)
			sums[i] |= numbers[i];
	}
	memcpy(columns, link_columns, sizeof link_columns);
	for (size_t i = 0; i < COLUMNS - NUMBERS; i++)
		if (!sums[i])
			columns[NUMBERS + i].priority = ZEROS;
}

int shows_links(struct cli *cli, const struct node *only, struct cause *cause)
{
	struct directions_list all = {.list = NULL};
	struct column columns[COLUMNS];
	struct showing showing;
	int result = collect_links(&all, cli->lab, only, cause);

	choose_columns(&all, columns);
	begin(&showing, cli, columns, COLUMNS);
	for (size_t i = 0; i < all.count && result == 0; i++)
		if (cli->json)
			link_json(cli, &all.list[i]);
		else
			link_row(&showing, &all.list[i]);
	free(all.list);
	return end(&showing, result, "no links");
}

/* --------------------------------------------------------------- addresses */

static const struct column address_columns[] = {
	{"node", ALIGN_LEFT, 0, 0},
	{"interface", ALIGN_LEFT, 0, 0},
	{"linked to", ALIGN_LEFT, 0, 0},
	{"address", ALIGN_LEFT, 0, 0},
};

static void address_row(void *arg, const struct node_address *row)
{
	struct showing *showing = arg;
	char text[ADDRESS_TEXT];
	struct json json;

	address_print(&row->address, false, text, sizeof text);
	if (!showing->cli->json) {
		table_add(showing->table, STYLE_NONE, row->node->name);
		table_add(showing->table, STYLE_NONE, row->interface);
		table_add(showing->table, STYLE_NONE, row->peer ? row->peer->name : "-");
		table_addf(showing->table, STYLE_NONE, "%s/%d", text, row->prefix_length);
		end_row(showing);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "address");
	json_string(&json, "node", row->node->name);
	json_string(&json, "interface", row->interface);
	json_string(&json, "peer", row->peer ? row->peer->name : NULL);
	json_string(&json, "address", text);
	json_int(&json, "prefix_length", row->prefix_length);
	json_print(&json, showing->cli);
}

int shows_addresses(struct cli *cli, const struct node *only, struct cause *cause)
{
	const struct node *node = NULL;
	struct showing showing;
	int result = 0;

	begin(&showing, cli, address_columns, sizeof address_columns / sizeof *address_columns);
	while (result == 0 && (node = node_next(cli->lab, node)))
		if (!only || node == only)
			result = node_addresses(node, address_row, &showing, cause);
	return end(&showing, result, "no addresses");
}

/* ------------------------------------------------------------------ routes */

static const struct column route_columns[] = {
	{"node", ALIGN_LEFT, 0, 0},
	{"to", ALIGN_LEFT, 0, 0},
	{"via", ALIGN_LEFT, 0, 0},
	{"next", ALIGN_LEFT, 1, 0},
	{"interface", ALIGN_LEFT, 0, 0},
	{"set", ALIGN_LEFT, 2, 0},
};

static const char *prefix_text(const struct node_route *row, char *buf, size_t size)
{
	char text[ADDRESS_TEXT];

	if (row->prefix_length == 0)
		snprintf(buf, size, "default");
	else
		snprintf(buf, size, "%s/%d",
			address_print(&row->prefix, false, text, sizeof text), row->prefix_length);
	return buf;
}

static void route_row(void *arg, const struct node_route *row)
{
	struct showing *showing = arg;
	char prefix[ADDRESS_TEXT + 8], via[ADDRESS_TEXT];
	struct json json;

	prefix_text(row, prefix, sizeof prefix);
	address_print(&row->via, false, via, sizeof via);
	if (!showing->cli->json) {
		table_add(showing->table, STYLE_NONE, row->node->name);
		table_add(showing->table, STYLE_NONE, prefix);
		table_add(showing->table, STYLE_NONE, via);
		table_add(showing->table, STYLE_NONE, row->next ? row->next->name : "-");
		table_add(showing->table, STYLE_NONE, row->interface);
		table_add(showing->table, STYLE_NONE, row->by_hand ? "by hand" : "");
		end_row(showing);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "route");
	json_string(&json, "node", row->node->name);
	json_string(&json, "to", prefix);
	json_string(&json, "family", row->prefix.family == AF_INET6 ? "ipv6" : "ipv4");
	json_string(&json, "via", row->via.family ? via : NULL);
	json_string(&json, "next", row->next ? row->next->name : NULL);
	json_string(&json, "interface", row->interface);
	json_bool(&json, "by_hand", row->by_hand);
	json_print(&json, showing->cli);
}

int shows_routes(struct cli *cli, const struct node *only, struct cause *cause)
{
	const struct node *node = NULL;
	struct showing showing;
	int result = 0;

	begin(&showing, cli, route_columns, sizeof route_columns / sizeof *route_columns);
	while (result == 0 && (node = node_next(cli->lab, node)))
		if (!only || node == only)
			result = node_routes(node, route_row, &showing, cause);
	return end(&showing, result, "no routes");
}
