/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-stop.c - stop: SIGSTOP to an endpoint's process.
 */
#include <signal.h>

#include "call.h"
#include "cli.h"

static enum result begin(struct item *item)
{
	return call_begun(
		endpoint_signal(item->values[0].endpoint, SIGSTOP, call_done, item, &item->cause));
}

const struct command cmd_stop = {
	.name = "stop",
	.summary = "stop an endpoint's process (SIGSTOP)",
	.details = "Its kernel goes on: it completes handshakes and ACKs, but nobody accepts, "
		   "reads or closes.",
	.example = "stop client",
	.group = "Endpoints",
	.args = {{ARG_ENDPOINT, "EP", NULL, 0, NULL}},
	.exec = begin,
};
