/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "optionlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "json.h"
#include "table.h"
#include "tell_own.h"

static const struct column columns[] = {
	{"option", ALIGN_LEFT, 0, 0},	{"set", ALIGN_LEFT, 0, 0},
	{"now", ALIGN_LEFT, 0, 0},	{"what it is", ALIGN_LEFT, 1, 12},
	{"what it does", ALIGN_LEFT, 2, 12},
};

/* What a list is made of. */
struct listing {
	struct cli *cli;
	const struct node *node;
	const struct endpoint *endpoint; /* or NULL */
	const struct option_entry *only;	 /* or NULL: all */
	const char *answers;		 /* of a socket, "NAME\tVALUE\n"; or NULL */
	struct table *table;
	const struct option_entry *row;	 /* scratch: the sysctl that is looked for */
	char set[OPTION_TEXT];
};

/* What the socket answered for that option; false: nothing. */
static bool answer_of(const struct listing *listing, const struct option_entry *row,
	char now[OPTION_TEXT])
{
	size_t length = strlen(row->name);
	const char *line = listing->answers;

	for (; line && *line; line = strchr(line, '\n') + 1)
		if (strncmp(line, row->name, length) == 0 && line[length] == '\t') {
			line += length + 1;
			snprintf(now, OPTION_TEXT, "%.*s", (int)strcspn(line, "\n"), line);
			return true;
		}
	return false;
}

static void find_setting(void *arg, const char *key, const char *value)
{
	struct listing *listing = arg;

	if (option_find(key) == listing->row)
		option_print_text(listing->row, value, listing->set);
}

static void look_at_sysctl(struct listing *listing, const struct option_entry *row,
	char now[OPTION_TEXT])
{
	struct cause cause;
	char text[OPTION_TEXT];

	listing->row = row;
	node_settings(listing->node, find_setting, listing);
	if (node_sysctl((struct node *)(uintptr_t)listing->node, row->real, NULL, text, sizeof text,
		    &cause) == 0)
		option_print_text(row, text, now);
	else if (row->since)
		snprintf(now, OPTION_TEXT, "since Linux %s", row->since);
	else
		snprintf(now, OPTION_TEXT, "not here");
}

/* An endpoint's own go before those of its node. */
static void look_at_socket(struct listing *listing, const struct option_entry *row,
	char now[OPTION_TEXT])
{
	const struct socket_options *own =
		listing->endpoint ? endpoint_options(listing->endpoint) : NULL;
	const struct socket_options *nodes = node_options(listing->node);
	size_t bit = (size_t)(row - option_table);

	if (socket_options_have(own, bit))
		option_print(row, own->value[bit], listing->set);
	else if (socket_options_have(nodes, bit))
		option_print(row, nodes->value[bit], listing->set);
	answer_of(listing, row, now);
}

static void print_json(struct listing *listing, const struct option_entry *row, const char *now)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "option");
	json_string(&json, "owner",
		listing->endpoint ? listing->endpoint->name : listing->node->name);
	json_string(&json, "name", row->name);
	json_string(&json, "real", row->real);
	json_string(&json, "set", *listing->set ? listing->set : NULL);
	json_string(&json, "now", *now ? now : NULL);
	json_print(&json, listing->cli);
}

static void add_row(struct listing *listing, const struct option_entry *row)
{
	char now[OPTION_TEXT] = "";

	listing->set[0] = '\0';
	if (row->kind == OPTION_SYSCTL)
		look_at_sysctl(listing, row, now);
	else
		look_at_socket(listing, row, now);
	if (listing->cli->json) {
		print_json(listing, row, now);
		return;
	}
	table_add(listing->table, STYLE_NONE, row->name);
	table_add(listing->table, STYLE_BOLD, *listing->set ? listing->set : "-");
	table_add(listing->table, STYLE_NONE, *now ? now : "-");
	table_add(listing->table, STYLE_NONE, option_key(row));
	if (!listing->only)
		table_add(listing->table, STYLE_DIM, row->gloss);
	table_end_row(listing->table);
}

static void print(struct listing *listing)
{
	struct table_format format = {.width = out_columns(listing->cli), .indent = 2,
		.heading = true, .color = listing->cli->color, .utf8 = listing->cli->utf8};
	size_t count = sizeof columns / sizeof *columns - (listing->only ? 1 : 0);
	const char *text;
	size_t length;

	listing->table = table_new(columns, count, &format);
	for (const struct option_entry *row = option_table; row->name; row++)
		if (!listing->only || listing->only == row)
			add_row(listing, row);
	text = table_flush(listing->table, &length);
	if (length && !listing->cli->json)
		out_raw(listing->cli, text, length);
	if (listing->only && !listing->cli->json)
		tell_more(listing->cli, listing->only->gloss); /* in full: it is all that is asked for */
	table_free(listing->table);
}

/* ----------------------------------------------------------------- its life */

static void answered(void *arg, const struct lab_event *call)
{
	struct item *item = arg;
	struct listing *listing = item->data;

	listing->answers = call && !call->error ? call->text : NULL;
	print(listing);
	item_done(item, true);
}

static void ended(struct item *item, bool ok)
{
	(void)ok;
	free(item->data);
	item->data = NULL;
}

/* The one open socket that the name means, if it is one. */
static struct tcp_socket *socket_of(const struct item *item, const struct value *owner)
{
	struct cause ambiguous;

	if (owner->socket)
		return owner->socket;
	if (!owner->endpoint)
		return NULL;
	return socket_find(item->cli->lab, owner->endpoint->name, SOCKET_TO_USE, &ambiguous);
}

enum result optionlist_begin(struct item *item, const struct value *owner,
	const struct option_entry *only)
{
	struct tcp_socket *socket = socket_of(item, owner);
	struct listing *listing = calloc(1, sizeof *listing);

	if (!listing)
		abort();
	*listing = (struct listing){.cli = item->cli, .only = only, .node = owner->node,
		.endpoint = owner->socket ? owner->socket->endpoint : owner->endpoint};
	if (!listing->node)
		listing->node = listing->endpoint->node;
	item->data = listing;
	item->ended = ended;
	if (socket && socket_get_options(socket, answered, item, &item->cause) == 0)
		return RESULT_WAIT;
	print(listing);
	return RESULT_OK;
}
