/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-host.c - host: make hosts.
 */
#include "making.h"

static enum result make(struct item *item)
{
	return making_nodes(item, NODE_HOST);
}

const struct command cmd_host = {
	.name = "host",
	.summary = "make hosts, each a network namespace of its own",
	.details = "A name is a letter and up to 14 letters, digits, '_' and '-'. Of several "
		   "names all are made or none. A host with several links does not forward "
		   "between them.",
	.example = "host alice bob",
	.group = "Topology",
	.args = {{ARG_NEW_NODES, "NAME", NULL, 0, NULL}},
	.exec = make,
};
