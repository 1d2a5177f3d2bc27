/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-counters.c - counters: what the kernel has counted since the last look.
 */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "table.h"

enum { NODE, ALL };

static const struct column columns[] = {
	{"node", ALIGN_LEFT, 0, 0}, {"counter", ALIGN_LEFT, 0, 0}, {"change", ALIGN_RIGHT, 0, 0},
	{"what it counts", ALIGN_LEFT, 1, 20},
};

struct counting {
	struct cli *cli;
	const struct node *node;
	struct table *table;
	bool all;
	unsigned rows; /* of the node */
};

static void print_json(const struct counting *counting, const struct node_counter *row)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "counter");
	json_string(&json, "node", counting->node->name);
	json_string(&json, "name", row->name);
	json_int(&json, "value", row->value);
	json_int(&json, "changed", row->changed);
	json_string(&json, "gloss", row->gloss);
	json_print(&json, counting->cli);
}

static void each(void *arg, const struct node_counter *row)
{
	struct counting *counting = arg;

	if (row->changed == 0 || (!counting->all && strncmp(row->name, "Tcp", 3) != 0))
		return;
	counting->rows++;
	if (counting->cli->json) {
		print_json(counting, row);
		return;
	}
	table_add(counting->table, STYLE_NONE, counting->node->name);
	table_add(counting->table, STYLE_NONE, row->name);
	table_addf(counting->table, STYLE_NONE, "%" PRId64, row->changed);
	table_add(counting->table, STYLE_DIM, row->gloss ? row->gloss : "");
	table_end_row(counting->table);
}

static int look(struct counting *counting, struct node *node, struct cause *cause)
{
	counting->node = node;
	counting->rows = 0;
	return node->kind == NODE_SWITCH ? 0 : node_counters(node, true, each, counting, cause);
}

/* One node, or all. */
static bool look_at_all(struct counting *counting, struct node *only, struct cause *cause)
{
	struct node *node = NULL;
	size_t length;
	const char *text;
	unsigned rows = 0;

	while ((node = node_next(counting->cli->lab, node))) {
		if (only && node != only)
			continue;
		if (look(counting, node, cause) < 0)
			return false;
		rows += counting->rows;
	}
	text = table_flush(counting->table, &length);
	if (rows && !counting->cli->json)
		out_raw(counting->cli, text, length);
	if (!rows && !counting->cli->json)
		out_line(counting->cli, "  nothing was counted%s%s since the last look",
			only ? " in " : "", only ? only->name : "");
	return true;
}

static void settled(void *arg, const struct lab_event *call)
{
	struct item *item = arg;
	struct cli *cli = item->cli;
	struct table_format format = {.width = out_columns(cli), .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};
	struct counting counting = {.cli = cli, .all = item->values[ALL].set,
		.table = table_new(columns, sizeof columns / sizeof *columns, &format)};
	bool ok;

	(void)call;
	ok = look_at_all(&counting, item->values[NODE].node, &item->cause);
	table_free(counting.table);
	item_done(item, ok);
}

static enum result begin(struct item *item)
{
	lab_settle(item->cli->lab, settled, item);
	return RESULT_WAIT;
}

const struct command cmd_counters = {
	.name = "counters",
	.summary = "show what the kernel's TCP counters have counted since the last look",
	.details = "Names as nstat(8) prints them: Tcp of /proc/net/snmp, TcpExt of "
		   "/proc/net/netstat, each node's own. The first look counts from the node's "
		   "beginning. all: also those of IP, ICMP and UDP. What a counter counts is said "
		   "as the kernel's source has it, which is not always what netstat -s says.",
	.example = "counters client",
	.group = "Looking",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_NODE, "NODE", NULL, ARG_OPTIONAL, NULL},
		{ARG_FLAG, "all", "all", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
