/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-cont.c - cont: SIGCONT to an endpoint's process.
 */
#include <signal.h>

#include "call.h"
#include "cli.h"

static enum result begin(struct item *item)
{
	return call_begun(
		endpoint_signal(item->values[0].endpoint, SIGCONT, call_done, item, &item->cause));
}

const struct command cmd_cont = {
	.name = "cont",
	.summary = "let a stopped process go on (SIGCONT)",
	.details = "It does now what has waited for it.",
	.example = "stop client; cont client",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_ENDPOINT, "EP", NULL, 0, NULL}},
	.exec = begin,
};
