/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-unlink.c - unlink: take the link between two nodes away.
 */
#include "cli.h"
#include "command.h"

static enum result unlink_nodes(struct item *item)
{
	struct link *link = item->values[1].link;

	return link_remove(link, &item->cause) < 0 ? RESULT_FAILED : RESULT_OK;
}

const struct command cmd_unlink = {
	.name = "unlink",
	.summary = "take the link between two nodes away",
	.details = "Its interfaces and addresses go with it, and routes by hand that lead over "
		   "it; what is on the way in it is lost. To take only its carrier away: link NODE NODE down.",
	.example = "unlink client server",
	.group = "Topology",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_PEER, "NODE", NULL, 0, NULL}},
	.exec = unlink_nodes,
};
