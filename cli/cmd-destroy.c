/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-destroy.c - destroy: end a socket by force.
 */
#include "call.h"
#include "cli.h"

static enum result begin(struct item *item)
{
	return call_begun(socket_destroy(item->values[0].socket, call_done, item, &item->cause));
}

const struct command cmd_destroy = {
	.name = "destroy",
	.summary = "end a socket by force (sock_diag), TIME-WAIT too",
	.details = "This is the lab's doing and not TCP's, and is told as such. Nothing else ends "
		   "a TIME-WAIT before its 60 s on Linux.",
	.example = "destroy client",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_SOCKET_SEEN, "EP", NULL, 0, NULL}},
	.exec = begin,
};
