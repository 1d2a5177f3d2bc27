/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-hold.c - hold: keep TCP segments on the wire.
 */
#include "cli.h"
#include "command.h"

static enum result hold(struct item *item)
{
	const struct value *way = &item->values[0];
	struct cli *cli = item->cli;

	if (lab_hold(cli->lab, way->from, way->to, &item->cause) < 0)
		return RESULT_FAILED;
	if (!cli->json)
		out_line(cli, "  lab     holds every TCP segment%s%s%s%s; step delivers the oldest",
			way->set ? " from " : "", way->set ? way->from->name : "",
			way->set ? " to " : "", way->set ? way->to->name : "");
	return RESULT_OK;
}

const struct command cmd_hold = {
	.name = "hold",
	.summary = "hold TCP segments on the wire, for step",
	.details = "Everywhere, or in one direction. Segments that are sent again meanwhile are "
		   "absorbed and counted. So that nothing gives up while you talk, the hosts' "
		   "limits are raised until release: tcp_orphan_retries, tcp_retries2, "
		   "tcp_syn_retries, tcp_synack_retries and tcp_fin_timeout. Only TCP is held.",
	.example = "hold client>server",
	.group = "Wire",
	.args = {{ARG_DIRECTION, "NODE>NODE", NULL, ARG_OPTIONAL, NULL}},
	.exec = hold,
};
