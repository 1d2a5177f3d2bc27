/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-address.c - address: an interface's address, by hand.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli.h"
#include "command.h"

enum { NODE, PEER, ADDRESS, OFF, AUTO };

/* All that the node has, or has on the link to `peer`. */
struct all {
	const struct node *peer;
	struct node_address *rows;
	size_t count;
};

static void collect(void *arg, const struct node_address *row)
{
	struct all *all = arg;

	if (all->peer && row->peer != all->peer)
		return;
	all->rows = reallocarray(all->rows, all->count + 1, sizeof *all->rows);
	if (!all->rows)
		abort();
	all->rows[all->count++] = *row;
}

static int take_all(struct lab *lab, struct node *node, const struct node *peer,
	struct cause *cause)
{
	struct all all = {.peer = peer};
	int result = node_addresses(node, collect, &all, cause);

	for (size_t i = 0; i < all.count && result == 0; i++)
		result = node_set_address(node, link_find(lab, node, all.rows[i].peer),
			&all.rows[i].address, all.rows[i].prefix_length, true, cause);
	free(all.rows);
	return result;
}

static enum result address(struct item *item)
{
	const struct value *value = item->values;
	int result;

	if (value[AUTO].set && (value[ADDRESS].set || value[OFF].set))
		result = cause_set(&item->cause, EINVAL, "auto stands alone: address %s auto",
			value[NODE].text);
	else if (value[AUTO].set)
		result = node_auto_address(value[NODE].node, value[PEER].link, &item->cause);
	else if (value[ADDRESS].set)
		result = node_set_address(value[NODE].node, value[PEER].link,
			&value[ADDRESS].address, value[ADDRESS].prefix_length, value[OFF].set,
			&item->cause);
	else if (value[OFF].set)
		result = take_all(item->cli->lab, value[NODE].node, value[PEER].node, &item->cause);
	else
		result = cause_set(&item->cause, EINVAL,
			"address: ADDRESS/LENGTH, off or auto is missing; `show addresses %s` "
			"shows them",
			value[NODE].text);
	return result < 0 ? RESULT_FAILED : RESULT_OK;
}

const struct command cmd_address = {
	.name = "address",
	.summary = "give a node's interface an address by hand, take it away (off), or auto",
	.details = "PEER is the node at the other end of the link; it may be left out where "
		   "there is one link only. The first address given so takes the place of the "
		   "automatic one of its family, others are added to it. off without an address "
		   "takes away all that the node has there, the automatic ones too; nothing "
		   "comes in their place. auto: the automatic ones again, and none by hand.",
	.example = "address client 10.0.0.9/24",
	.group = "Topology",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_PEER, "PEER", NULL, ARG_OPTIONAL, NULL},
		{ARG_CIDR, "ADDRESS/LENGTH", NULL, ARG_OPTIONAL, NULL},
		{ARG_FLAG, "off", "off", ARG_OPTIONAL, NULL},
		{ARG_FLAG, "auto", "auto", ARG_OPTIONAL, NULL}},
	.exec = address,
};
