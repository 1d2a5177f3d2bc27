/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-route.c - route: where a node sends packets, by hand.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "cli.h"
#include "command.h"

enum { NODE, PREFIX, VIA, OFF };

static struct address any(int family)
{
	return (struct address){.family = (uint8_t)family};
}

/* A default route of either family, or of both. */
static int take_default(struct node *node, struct cause *cause)
{
	struct address v4 = any(AF_INET), v6 = any(AF_INET6);
	struct cause ignored;
	bool has_v6 = node_set_route(node, &v6, 0, NULL, true, &ignored) == 0;

	return node_set_route(node, &v4, 0, NULL, true, cause) < 0 && !has_v6 ? -1 : 0;
}

/* --------------------------------------------- a node: all its addresses */

struct targets {
	int family; /* 0: of either */
	struct address *list;
	size_t count;
};

static void collect(void *arg, const struct node_address *row)
{
	struct targets *targets = arg;

	if (targets->family && row->address.family != targets->family)
		return;
	targets->list = reallocarray(targets->list, targets->count + 1, sizeof *targets->list);
	if (!targets->list)
		abort();
	targets->list[targets->count++] = row->address;
}

static int set_one(struct node *node, const struct address *to, const struct address *via,
	bool off, struct cause *cause)
{
	return node_set_route(node, to, to->family == AF_INET6 ? 128 : 32, via, off, cause);
}

/* The next hop to it is of its family. */
static int add_one(struct node *node, const struct address *to, const struct value *hop,
	struct cause *cause)
{
	struct address via = hop->address;

	if (via.family != to->family &&
		node_address_from(hop->node, node, to->family, &via, cause) < 0)
		return -1;
	return set_one(node, to, &via, false, cause);
}

static bool has_family(const struct targets *targets, int family)
{
	for (size_t i = 0; i < targets->count; i++)
		if (targets->list[i].family == family)
			return true;
	return false;
}

/* All of them, or none; of the other family those that can be. */
static int add_all(struct node *node, const struct targets *targets, const struct value *hop,
	struct cause *cause)
{
	bool usual = has_family(targets, hop->address.family);
	struct cause ignored;
	size_t i;

	for (i = 0; i < targets->count; i++)
		if (add_one(node, &targets->list[i], hop, cause) < 0 &&
			(!usual || targets->list[i].family == hop->address.family))
			break;
	if (i == targets->count)
		return 0;
	while (i-- > 0)
		set_one(node, &targets->list[i], NULL, true, &ignored);
	return -1;
}

static int take_all(struct node *node, const struct targets *targets, struct cause *cause)
{
	bool taken = false;

	for (size_t i = 0; i < targets->count; i++)
		taken |= set_one(node, &targets->list[i], NULL, true, cause) == 0;
	return taken ? 0 : -1;
}

static int route_to_node(struct item *item)
{
	const struct value *value = item->values;
	bool both = !value[VIA].set || value[VIA].node;
	struct targets targets = {.family = both ? 0 : value[VIA].address.family};
	int result;

	if (node_addresses(value[PREFIX].node, collect, &targets, &item->cause) < 0)
		result = -1;
	else if (targets.count == 0)
		result = cause_set(&item->cause, EADDRNOTAVAIL, "%s has no address to route to",
			value[PREFIX].text);
	else if (value[OFF].set)
		result = take_all(value[NODE].node, &targets, &item->cause);
	else
		result = add_all(value[NODE].node, &targets, &value[VIA], &item->cause);
	free(targets.list);
	return result;
}

/* --------------------------------------------------------------- a network */

/* The next hop, of the prefix's family; `default` has that of the next hop. */
static int add(struct item *item)
{
	const struct value *value = item->values;
	struct address prefix = value[PREFIX].address, via = value[VIA].address;

	if (!prefix.family)
		prefix.family = via.family;
	if (value[VIA].node && via.family != prefix.family &&
		node_address_from(value[VIA].node, value[NODE].node, prefix.family, &via,
			&item->cause) < 0)
		return -1;
	if (via.family != prefix.family)
		return cause_set(&item->cause, EINVAL,
			"%s and %s are of different families; take both of IPv4 or both of IPv6",
			value[PREFIX].text, value[VIA].text);
	return node_set_route(value[NODE].node, &prefix, value[PREFIX].prefix_length, &via, false,
		&item->cause);
}

static int route(struct item *item)
{
	const struct value *value = item->values;

	if (value[VIA].set == value[OFF].set)
		return cause_set(&item->cause, EINVAL,
			"either via or off belongs here; usage: "
			"route NODE PREFIX via NODE|ADDRESS, route NODE PREFIX off");
	if (value[PREFIX].node)
		return route_to_node(item);
	if (value[VIA].set)
		return add(item);
	if (!value[PREFIX].address.family)
		return take_default(value[NODE].node, &item->cause);
	return node_set_route(value[NODE].node, &value[PREFIX].address,
		value[PREFIX].prefix_length, NULL, true, &item->cause);
}

static enum result begin(struct item *item)
{
	return route(item) < 0 ? RESULT_FAILED : RESULT_OK;
}

const struct command cmd_route = {
	.name = "route",
	.summary = "set a node's route by hand, or take it away (off)",
	.details = "PREFIX is NETWORK/LENGTH, default, an address, or a node, which is each of "
		   "its addresses. via names the next hop, a neighbour or its address. A route "
		   "by hand goes before the automatic one to the same prefix.",
	.example = "route client 192.0.2.0/24 via server",
	.group = "Topology",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_PREFIX, "PREFIX", NULL, 0, NULL},
		{ARG_HOST, "NODE|ADDRESS", "via", ARG_OPTIONAL, NULL},
		{ARG_FLAG, "off", "off", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
