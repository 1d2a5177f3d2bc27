/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-abort.c - abort: close with SO_LINGER 0.
 */
#include "call.h"
#include "cli.h"

static enum result begin(struct item *item)
{
	return call_begun(socket_abort(item->values[0].socket, call_done, item, &item->cause));
}

const struct command cmd_abort = {
	.name = "abort",
	.summary = "close a connection by RST (SO_LINGER 0)",
	.details = "No FIN, no TIME-WAIT; what is unsent or unread is lost.",
	.example = "abort client",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_SOCKET, "EP", NULL, 0, NULL}},
	.exec = begin,
};
