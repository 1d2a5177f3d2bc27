/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-timewait.c - timewait: a node without TIME-WAIT, or with so many at most.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "command.h"
#include "json.h"

enum { NODE, HOW, MAX };
enum how { OFF, ON };

#define KEY "tcp_max_tw_buckets"

/* What that number means, for whoever lives by RFC 9293. */
static void tell(struct cli *cli, const struct node *node, const char *now)
{
	struct json json;

	if (cli->json) {
		json_begin(&json);
		json_string(&json, "event", "timewait");
		json_string(&json, "node", node->name);
		json_int(&json, "max", strtoll(now, NULL, 10));
		json_print(&json, cli);
	} else if (strcmp(now, "0") == 0) {
		out_line(cli,
			"  %-7s makes no TIME-WAIT any more (" KEY " = 0): not what TCP says, "
			"RFC 9293 3.6.1", node->name);
	} else {
		out_line(cli,
			"  %-7s makes TIME-WAITs, %s at most (" KEY "): what closes beyond that "
			"has none", node->name, now);
	}
}

static int set(struct item *item, char *now, size_t size)
{
	const struct value *value = item->values;
	struct node *node = value[NODE].node;
	char max[16];

	if (value[HOW].set && value[MAX].set)
		return cause_set(&item->cause, EINVAL,
			"either %s or max: on is as many as the machine allows", value[HOW].text);
	if (value[MAX].set) {
		snprintf(max, sizeof max, "%d", (int)value[MAX].number);
		return node_sysctl(node, KEY, max, now, size, &item->cause);
	}
	if (!value[HOW].set)
		return node_sysctl(node, KEY, NULL, now, size, &item->cause);
	if (value[HOW].number == OFF)
		return node_sysctl(node, KEY, "0", now, size, &item->cause);
	return node_sysctl_restore(node, KEY, now, size, &item->cause);
}

static enum result begin(struct item *item)
{
	const struct node *node = item->values[NODE].node;
	char now[32];

	if (node->kind == NODE_SWITCH) {
		cause_set(&item->cause, EINVAL, "%s is a switch: it has no sockets", node->name);
		return RESULT_FAILED;
	}
	if (set(item, now, sizeof now) < 0)
		return RESULT_FAILED;
	tell(item->cli, node, now);
	return RESULT_OK;
}

const struct command cmd_timewait = {
	.name = "timewait",
	.summary = "let a node make no TIME-WAITs, so many at most, or as usual (on)",
	.details = "off is tcp_max_tw_buckets=0: what closes first is gone as soon as its FIN is "
		   "ACKed, TIME-WAIT and orphaned FIN-WAIT-2 alike, and the kernel counts a "
		   "TCPTimeWaitOverflow. TIME-WAITs that are there stay. Alone it tells how it is.",
	.example = "timewait client off",
	.group = "Endpoints",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL},
		{ARG_CHOICE, NULL, NULL, ARG_OPTIONAL, "off|on"},
		{ARG_COUNT, "N", "max", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
