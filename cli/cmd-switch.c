/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-switch.c - switch: make switches.
 */
#include "making.h"

static enum result make(struct item *item)
{
	return making_nodes(item, NODE_SWITCH);
}

const struct command cmd_switch = {
	.name = "switch",
	.summary = "make switches: all their links are one network",
	.details = "A switch is a Linux bridge. Whatever is linked to it has an address in one "
		   "network, over any number of switches. Switches must not be linked in a ring.",
	.example = "switch s1 s2",
	.group = "Topology",
	.args = {{ARG_NEW_NODES, "NAME", NULL, 0, NULL}},
	.exec = make,
};
