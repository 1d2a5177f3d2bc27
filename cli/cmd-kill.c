/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-kill.c - kill: SIGKILL to an endpoint's process.
 */
#include <signal.h>

#include "call.h"
#include "cli.h"

static enum result begin(struct item *item)
{
	return call_begun(
		endpoint_signal(item->values[0].endpoint, SIGKILL, call_done, item, &item->cause));
}

const struct command cmd_kill = {
	.name = "kill",
	.summary = "end an endpoint's process at once (SIGKILL)",
	.details = "The kernel closes what it had open: FIN, or RST where data was unread.",
	.example = "kill client",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_ENDPOINT, "EP", NULL, 0, NULL}},
	.exec = begin,
};
