/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-nat.c - nat: let a router masquerade.
 */
#include <errno.h>

#include "cli.h"
#include "command.h"
#include "shows.h"

enum { ROUTER, INSIDE, OFF };

static enum result nat(struct item *item)
{
	const struct value *value = item->values;

	if (!value[ROUTER].set && value[OFF].set) {
		cause_set(&item->cause, EINVAL, "a router is missing: nat ROUTER off");
		return RESULT_FAILED;
	}
	if (!value[ROUTER].set) {
		if (!shows_nat(item->cli) && !item->cli->json)
			out_line(item->cli, "  no router masquerades; nat ROUTER lets one");
		return RESULT_OK;
	}
	if (value[INSIDE].set && value[OFF].set) {
		cause_set(&item->cause, EINVAL, "off stands alone: nat %s off", value[ROUTER].text);
		return RESULT_FAILED;
	}
	return node_set_nat(value[ROUTER].node, value[INSIDE].link, value[OFF].set,
		       &item->cause) < 0
		       ? RESULT_FAILED
		       : RESULT_OK;
}

const struct command cmd_nat = {
	.name = "nat",
	.summary = "let a router masquerade what comes from inside",
	.details = "What comes from the link to the node INSIDE (without it: from the router's "
		   "first link) and leaves by another link gets the router's address there, and "
		   "a port of its own if need be. Without any word: which routers do. `topology "
		   "nat` is a lab to see it in.",
	.example = "topology nat",
	.group = "Topology",
	.args = {{ARG_ROUTER, "ROUTER", NULL, ARG_OPTIONAL, NULL},
		{ARG_PEER, "NODE", "inside", ARG_OPTIONAL, NULL},
		{ARG_FLAG, "off", "off", ARG_OPTIONAL, NULL}},
	.exec = nat,
};
