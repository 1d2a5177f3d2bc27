/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-router.c - router: make routers.
 */
#include "making.h"

static enum result make(struct item *item)
{
	return making_nodes(item, NODE_ROUTER);
}

const struct command cmd_router = {
	.name = "router",
	.summary = "make routers: they forward between their links",
	.details = "Hosts behind them find their routes by themselves, over any number of "
		   "routers; route sets others by hand, and nat lets a router masquerade.",
	.example = "router r1",
	.group = "Topology",
	.args = {{ARG_NEW_NODES, "NAME", NULL, 0, NULL}},
	.exec = make,
};
