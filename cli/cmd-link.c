/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-link.c - link: connect two hosts by a wire.
 */
#include "cli.h"
#include "command.h"

static enum result link_hosts(struct item *item)
{
	return link_new(item->cli->lab, item->values[0].node, item->values[1].node, &item->cause)
		? RESULT_OK
		: RESULT_FAILED;
}

const struct command cmd_link = {
	.name = "link",
	.summary = "connect two hosts by a wire",
	.details = "Addresses and neighbours come by themselves: the first link is 10.0.0.0/24, its "
		   "first host has .1 and its second .2; the next one is 10.0.1.0/24.",
	.example = "topology pair", /* a link needs hosts that are not linked yet */
	.group = "Lab",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_NODE, "NODE", NULL, 0, NULL}},
	.exec = link_hosts,
};
