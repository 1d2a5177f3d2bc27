/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-connect.c - connect: a client endpoint.
 */
#include <errno.h>
#include <inttypes.h>

#include "call.h"
#include "cli.h"
#include "json.h"

enum { NODE, TARGET, FROM, BY, AS };

/* Did it begin with the number that was asked for? The wire knows. */
static void tell_isn(struct cli *cli, const struct node *node)
{
	struct isn isn;
	struct json json;

	node_isn(node, &isn);
	if (!isn.asked)
		return;
	if (!cli->json) {
		if (isn.last == isn.asked)
			out_line(cli, "  %-7s ISN %" PRIu32 " as asked", node->name, isn.last);
		else
			out_line(cli,
				"  %-7s ISN %" PRIu32 ", not %" PRIu32 " as asked: the kernel "
				"goes beyond the TIME-WAIT whose place this takes",
				node->name, isn.last, isn.asked);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "isn");
	json_string(&json, "node", node->name);
	json_int(&json, "asked", isn.asked);
	json_int(&json, "last", isn.last);
	json_print(&json, cli);
}

static void done(void *arg, const struct lab_event *call)
{
	struct item *item = arg;

	tell_isn(item->cli, item->values[NODE].node);
	call_done(item, call);
}

static enum result begin(struct item *item)
{
	const struct value *value = item->values;
	const struct connect_from from = {.port = (uint16_t)value[FROM].number,
		.address = value[BY].address};

	if (value[BY].set && value[BY].address.family != value[TARGET].address.family) {
		cause_set(&item->cause, EAFNOSUPPORT,
			"by %s and %s are of two families of addresses: IPv4 and IPv6",
			value[BY].text, value[TARGET].text);
		return RESULT_FAILED;
	}
	return call_begun(endpoint_connect(item->cli->lab, value[NODE].node, &value[TARGET].address,
		&from, value[AS].text, done, item, &item->cause));
}

const struct command cmd_connect = {
	.name = "connect",
	.summary = "start a client: socket, connect",
	.details = "Without from, the port is the next free one of 40000, 40001, ..., so that "
		   "transcripts repeat; once ip_local_port_range is set in the node, the kernel chooses. from "
		   "PORT binds to that port first, with SO_REUSEADDR unless option says otherwise; "
		   "by ADDRESS binds to one of the node's addresses. Where segments are held, "
		   "connect returns at once and its end is told later.",
	.example = "connect client server:80 as second",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_TARGET, "NODE:PORT", NULL, 0, NULL},
		{ARG_PORT, "PORT", "from", ARG_OPTIONAL, NULL},
		{ARG_HOST, "ADDRESS", "by", ARG_OPTIONAL, NULL},
		{ARG_NAME, "NAME", "as", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
