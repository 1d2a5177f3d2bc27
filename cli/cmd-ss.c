/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-ss.c - ss: the sockets as the kernel has them.
 */
#include "cli.h"
#include "command.h"
#include "sockets.h"

enum { NODE, SUMMARY };

static enum result ss(struct item *item)
{
	const struct node *only = item->values[NODE].node;
	int result = item->values[SUMMARY].set
		? sockets_print_summary(item->cli, only, &item->cause)
		: sockets_print(item->cli, only, &item->cause);

	return result < 0 ? RESULT_FAILED : RESULT_OK;
}

const struct command cmd_ss = {
	.name = "ss",
	.summary = "show all TCP sockets, of one node or of all",
	.details = "State, queues, addresses and timer come from the kernel (sock_diag) at that "
		   "moment. A time-wait minisock is what is left of a closed socket: it belongs to "
		   "no process. summary counts them by state.",
	.example = "ss client",
	.group = "Looking",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_NODE, "NODE", NULL, ARG_OPTIONAL, NULL},
		{ARG_FLAG, "summary", "summary", ARG_OPTIONAL, NULL}},
	.exec = ss,
};
