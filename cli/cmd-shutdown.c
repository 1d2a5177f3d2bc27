/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-shutdown.c - shutdown: close one direction.
 */
#include <sys/socket.h>

#include "call.h"
#include "cli.h"

static enum result begin(struct item *item)
{
	static const int hows[] = {SHUT_RD, SHUT_WR, SHUT_RDWR};
	int how = item->values[1].set ? hows[item->values[1].number] : SHUT_WR;

	return call_begun(socket_shutdown(item->values[0].socket, how, call_done, item,
		&item->cause));
}

const struct command cmd_shutdown = {
	.name = "shutdown",
	.summary = "close one direction of a connection (wr unless said)",
	.details = "wr sends FIN and can still receive: the half close of RFC 9293 3.6. rd sends "
		   "nothing. The descriptor stays open; close comes later.",
	.example = "shutdown client wr",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_SOCKET, "EP", NULL, 0, NULL},
		{ARG_CHOICE, NULL, NULL, ARG_OPTIONAL, "rd|wr|rdwr"}},
	.exec = begin,
};
