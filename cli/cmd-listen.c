/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-listen.c - listen: a server endpoint.
 */
#include "call.h"
#include "cli.h"

enum { NODE, PORT, ECHO_, BACKLOG, AS };

static enum result begin(struct item *item)
{
	const struct value *value = item->values;

	return call_begun(endpoint_listen(item->cli->lab, value[NODE].node,
		(uint16_t)value[PORT].number, value[ECHO_].set,
		(uint32_t)value[BACKLOG].number, value[AS].text, call_done, item,
		&item->cause));
}

const struct command cmd_listen = {
	.name = "listen",
	.summary = "start a server: socket, bind, listen",
	.details = "It accepts by itself, and reads only when told by recv, unless echo is given: "
		   "then it sends back what it receives, and closes when its peer has closed. Its "
		   "connections are called NODE/1, NODE/2 and so on, the listener NODE/listen. "
		   "backlog: how many may wait to be accepted, as many as the kernel allows "
		   "(somaxconn) unless said.",
	.example = "listen server 8080 as web",
	.group = "Endpoints",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_PORT, "PORT", NULL, 0, NULL},
		{ARG_FLAG, "echo", "echo", ARG_OPTIONAL, NULL},
		{ARG_COUNT, "N", "backlog", ARG_OPTIONAL, NULL},
		{ARG_NAME, "NAME", "as", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
