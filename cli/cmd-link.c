/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-link.c - link: connect two nodes by a wire, or set its carrier.
 */
#include <errno.h>

#include "cli.h"
#include "command.h"
#include "impairs.h"

enum { A, B, UP, DOWN, NETEM };

static enum result carrier(struct item *item, struct link *link)
{
	const struct value *value = item->values;
	const char *a = value[A].node->name, *b = value[B].node->name;

	if (value[UP].set && value[DOWN].set)
		cause_set(&item->cause, EINVAL, "up and down at once; say one of them");
	else if (!link)
		cause_set(&item->cause, ENOENT,
			"%s and %s are not linked; `link %s %s` links them", a, b, a, b);
	else if (value[NETEM].set)
		cause_set(&item->cause, EINVAL,
			"%s sets the carrier alone; `netem %s-%s %s...` impairs",
			value[UP].set ? "up" : "down", a, b, value[NETEM].text);
	else if (link_set_up(link, value[UP].set, &item->cause) == 0)
		return RESULT_OK;
	return RESULT_FAILED;
}

static enum result linked_already(struct item *item)
{
	const struct value *value = item->values;
	const char *a = value[A].node->name, *b = value[B].node->name;

	if (value[NETEM].set)
		cause_set(&item->cause, EEXIST,
			"%s and %s are linked already; write `netem %s-%s %s...`", a, b, a, b,
			value[NETEM].text);
	else
		cause_set(&item->cause, EEXIST,
			"%s and %s are linked already; `unlink %s %s` comes first", a, b, a, b);
	return RESULT_FAILED;
}

/* A link whose impairments cannot be had is not left behind. */
static int make(struct item *item)
{
	const struct value *value = item->values;
	struct netem nothing = {0};
	struct cause ignored;
	struct link *link;

	if (value[NETEM].set && netem_change(&nothing, &value[NETEM].netem, &item->cause) < 0)
		return -1;
	link = link_new_named(item->cli->lab, value[A].node, value[A].interface, value[B].node,
		value[B].interface, &item->cause);
	if (!link)
		return -1;
	if (!value[NETEM].set || impairs_link(link, &value[NETEM].netem, &item->cause) == 0)
		return 0;
	link_remove(link, &ignored);
	return -1;
}

static enum result link_nodes(struct item *item)
{
	const struct value *value = item->values;
	struct value both = {.directions = DIRECTIONS_BOTH, .from = value[A].node};
	struct link *link = link_find(item->cli->lab, value[A].node, value[B].node);

	if (value[UP].set || value[DOWN].set)
		return carrier(item, link);
	if (link)
		return linked_already(item);
	if (make(item) < 0)
		return RESULT_FAILED;
	if (value[NETEM].set && !item->file) {
		both.link = link_find(item->cli->lab, value[A].node, value[B].node);
		impairs_tell(item->cli, &both);
	}
	return RESULT_OK;
}

const struct command cmd_link = {
	.name = "link",
	.summary = "connect two nodes by a wire; up, down: its carrier",
	.details = "Addresses, neighbours and routes come by themselves: the first link is "
		   "10.0.0.0/30, its first node has .1 and its second .2; the next one is "
		   "10.0.1.0/30; all that is linked to a switch is one network. IMPAIRMENT is of "
		   "both directions, in the words of netem: link h1 r1 delay 50ms loss 1%. "
		   "NODE:INTERFACE names the interface, which is eth0, eth1, ... else. What is "
		   "on the way when a link goes down is lost.",
	.example = "link client server down",
	.group = "Topology",
	.args = {{ARG_LINK_END, "NODE[:INTERFACE]", NULL, 0, NULL},
		{ARG_LINK_END, "NODE[:INTERFACE]", NULL, 0, NULL},
		{ARG_FLAG, "up", "up", ARG_OPTIONAL, NULL},
		{ARG_FLAG, "down", "down", ARG_OPTIONAL, NULL},
		{ARG_NETEM, "IMPAIRMENT", NULL, ARG_OPTIONAL, NULL}},
	.exec = link_nodes,
};
