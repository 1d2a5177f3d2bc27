/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-stays.c - stays: how long each socket was in each of its states.
 */
#include <stdio.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "stay.h"
#include "table.h"
#include "tell.h"
#include "timetext.h"

#define FROM_WIDTH 7 /* "123.456" */
#define FOR_WIDTH  6 /* "12.3 s", "801 us" */

static const struct column columns[] = {
	{"socket", ALIGN_LEFT, 0, 0},
	{"state", ALIGN_LEFT, 0, 0},
	{"from", ALIGN_RIGHT, 1, 0},
	{"for", ALIGN_RIGHT, 0, 0},
	{"its end", ALIGN_LEFT, 2, 10},
};

struct stays {
	struct cli *cli;
	struct table *table;
	const struct tcp_socket *only; /* NULL: all */
	unsigned rows;
};

static void row_text(struct stays *stays, const struct stay *stay)
{
	const struct cli *cli = stays->cli;
	char name[SOCKET_TEXT], time[TIME_TEXT];

	table_add(stays->table, STYLE_NONE, socket_text(cli->lab, stay->socket, name, sizeof name));
	table_add(stays->table, STYLE_NONE, state_name(stay->state));
	/* as wide as usual, so that the same is cut at the end of a line in every run */
	table_addf(stays->table, STYLE_DIM, "%*.3f", FROM_WIDTH, (double)stay->from / 1e9);
	table_addf(stays->table, STYLE_NONE, "%*s", FOR_WIDTH,
		time_text(stay_length(cli->lab, stay), time, sizeof time));
	table_add(stays->table, STYLE_NONE, !stay->end ? "it is there still"
		: stay->end->why ? stay->end->why : "not seen");
	table_end_row(stays->table);
}

static void row_json(struct cli *cli, const struct stay *stay)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "stay");
	json_string(&json, "socket", stay->socket->name);
	json_string(&json, "node", stay->socket->node->name);
	json_string(&json, "state", state_name(stay->state));
	json_seconds(&json, "from", stay->from);
	json_seconds(&json, "for", stay_length(cli->lab, stay));
	json_bool(&json, "ended", stay->end != NULL);
	json_print(&json, cli);
}

static void row(void *arg, const struct stay *stay)
{
	struct stays *stays = arg;

	if (stay->state == STATE_CLOSED || (stays->only && stay->socket != stays->only))
		return;
	if (stays->cli->json)
		row_json(stays->cli, stay);
	else
		row_text(stays, stay);
	stays->rows++;
}

static enum result tell(struct item *item)
{
	struct cli *cli = item->cli;
	struct table_format format = {.width = out_columns(cli), .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};
	struct stays stays = {.cli = cli, .only = item->values[0].socket,
		.table = table_new(columns, sizeof columns / sizeof *columns, &format)};
	const char *text;
	size_t length;

	stays_each(cli->lab, row, &stays);
	text = table_flush(stays.table, &length);
	if (!cli->json && stays.rows)
		out_raw(cli, text, length);
	else if (!cli->json)
		out_line(cli, "  no socket has changed its state yet");
	table_free(stays.table);
	return RESULT_OK;
}

const struct command cmd_stays = {
	.name = "stays",
	.summary = "show how long each socket, or one, was in each of its states",
	.details = "From the log: a state that was only passed through between two looks at the "
		   "kernel has no length of its own.",
	.example = "stays client",
	.group = "Looking",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_SOCKET_SEEN, "EP", NULL, ARG_OPTIONAL, NULL}},
	.exec = tell,
};
