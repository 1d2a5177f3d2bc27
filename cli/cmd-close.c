/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-close.c - close: the descriptor, and so the connection.
 */
#include "call.h"
#include "cli.h"

static enum result begin(struct item *item)
{
	return call_begun(socket_close(item->values[0].socket, call_done, item, &item->cause));
}

const struct command cmd_close = {
	.name = "close",
	.summary = "close a connection: its kernel sends FIN",
	.details = "Where data is unread, Linux sends RST instead. A server's bare name means its "
		   "one accepted connection, or its listener when there is none.",
	.example = "close client",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_SOCKET, "EP", NULL, 0, NULL}},
	.exec = begin,
};
