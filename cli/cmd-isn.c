/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-isn.c - isn: the initial sequence number of a node's next connection.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "argname.h"
#include "argnumber.h"
#include "cli.h"
#include "command.h"
#include "json.h"

enum { NODE, WHICH };

static void tell_json(struct cli *cli, const struct node *node, const struct isn *isn)
{
	static const char *const kinds[] = {"kernel", "value", "beyond", "same"};
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "isn");
	json_string(&json, "node", node->name);
	json_string(&json, "kind", kinds[isn->kind]);
	if (isn->next)
		json_int(&json, "next", isn->next);
	else
		json_null(&json, "next");
	if (isn->has_last) {
		json_int(&json, "last", isn->last);
		json_int(&json, "end", isn->end);
	}
	json_print(&json, cli);
}

static void tell(struct cli *cli, const struct node *node)
{
	struct isn isn;

	node_isn(node, &isn);
	if (cli->json) {
		tell_json(cli, node, &isn);
		return;
	}
	if (isn.has_last)
		out_line(cli, "  %-7s last connection: ISN %" PRIu32 ", it has sent up to %" PRIu32,
			node->name, isn.last, isn.end);
	switch (isn.kind) {
	case ISN_KERNEL:
		out_line(cli, "  %-7s next connection: the kernel chooses its ISN", node->name);
		return;
	case ISN_BEYOND:
		out_line(cli,
			"  %-7s next connection: ISN %" PRIu32 ", %" PRIu32 " beyond what the "
			"last one has sent by now", node->name, isn.next, isn.number);
		return;
	case ISN_VALUE:
	case ISN_SAME:
		out_line(cli, "  %-7s next connection: ISN %" PRIu32 "%s", node->name, isn.next,
			isn.kind == ISN_SAME ? ", the same again" : "");
		return;
	}
}

static int parse(struct item *item, enum isn_kind *kind, int64_t *number)
{
	const char *word = item->values[WHICH].text;

	*number = 0;
	*kind = ISN_VALUE;
	if (strcmp(word, "same") == 0 || strcmp(word, "kernel") == 0) {
		*kind = *word == 's' ? ISN_SAME : ISN_KERNEL;
		return 0;
	}
	if (*word == '+')
		*kind = ISN_BEYOND;
	if (argnumber_parse("number", word + (*word == '+'), *word == '+' ? 0 : 1, UINT32_MAX,
		    number, &item->cause) == 0)
		return 0;
	if (item->cause.code != EINVAL)
		return -1;
	return cause_set(&item->cause, EINVAL,
		WORD " is no initial number; say 1 to 4294967295, +N, same, or kernel", word);
}

static enum result begin(struct item *item)
{
	struct node *node = item->values[NODE].node;
	enum isn_kind kind;
	int64_t number;

	if (node->kind == NODE_SWITCH) {
		cause_set(&item->cause, EINVAL, "%s is a switch: it opens no connections",
			node->name);
		return RESULT_FAILED;
	}
	if (item->values[WHICH].set &&
		(parse(item, &kind, &number) < 0 ||
			node_set_isn(node, kind, (uint32_t)number, &item->cause) < 0))
		return RESULT_FAILED;
	tell(item->cli, node);
	return RESULT_OK;
}

const struct command cmd_isn = {
	.name = "isn",
	.summary = "choose the initial sequence number of a node's next connection",
	.details = "It holds for the next connection that an endpoint of the node opens, and for "
		   "no other. +N: N beyond the end of what its last connection has sent by then; "
		   "same: the number that one began with; kernel: as usual after all. The endpoint "
		   "sets it by TCP_REPAIR and TCP_QUEUE_SEQ before connect(). Alone it tells the "
		   "last connection's number.",
	.example = "isn client +100000",
	.group = "Endpoints",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL},
		{ARG_TEXT, "NUMBER|+N|same|kernel", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
};
