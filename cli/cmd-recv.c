/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-recv.c - recv: take what has arrived.
 */
#include "call.h"
#include "cli.h"

static enum result begin(struct item *item)
{
	uint32_t most = item->values[1].set ? (uint32_t)item->values[1].number : 0;

	return call_begun(socket_recv(item->values[0].socket, most, call_done, item, &item->cause));
}

const struct command cmd_recv = {
	.name = "recv",
	.summary = "receive once what has arrived, at most 4096 bytes",
	.details = "It does not wait: EAGAIN when nothing is there. 0 is the end of the stream, "
		   "the peer's FIN.",
	.example = "send client hello; recv server",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_SOCKET, "EP", NULL, 0, NULL}, {ARG_COUNT, "BYTES", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
};
