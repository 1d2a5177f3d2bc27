/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "cli.h"
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

/* --------------------------------------------------------------------- NAT */

bool shows_nat(struct cli *cli)
{
	const struct node *node = NULL;
	bool any = false;

	while ((node = node_next(cli->lab, node))) {
		const struct link *inside = node_nat(node);
		struct json json;
		const char *name;

		if (!inside)
			continue;
		any = true;
		name = link_node(inside, link_node(inside, 0) == node)->name;
		if (!cli->json) {
			out_line(cli, "  %s masquerades what comes from %s", node->name, name);
			continue;
		}
		json_begin(&json);
		json_string(&json, "event", "nat");
		json_string(&json, "router", node->name);
		json_string(&json, "inside", name);
		json_print(&json, cli);
	}
	return any;
}
