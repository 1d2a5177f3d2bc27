/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-connect.c - connect: a client endpoint.
 */
#include "call.h"
#include "cli.h"

enum { NODE, TARGET, FROM, AS };

static enum result begin(struct item *item)
{
	const struct value *value = item->values;

	return call_begun(endpoint_connect(item->cli->lab, value[NODE].node, &value[TARGET].address,
		(uint16_t)value[FROM].number, value[AS].text, call_done, item, &item->cause));
}

const struct command cmd_connect = {
	.name = "connect",
	.summary = "start a client: socket, connect",
	.details = "Without from, the port is the next of 40000, 40001, ..., so that transcripts repeat; "
		   "once ip_local_port_range is set in the node, the kernel chooses. from PORT binds to "
		   "that port first, with SO_REUSEADDR. Where segments are held, connect returns at "
		   "once and its end is told later.",
	.example = "connect client server:80 as second",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_TARGET, "NODE:PORT", NULL, 0, NULL},
		{ARG_PORT, "PORT", "from", ARG_OPTIONAL, NULL},
		{ARG_NAME, "NAME", "as", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
