/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * readback.c - which addresses and routes a node has: read from its kernel, and
 * told with the names that the lab has for them.
 */
#include "lab.h"

struct reading {
	struct node_own *node;
	node_address_fn address;
	node_route_fn route;
	void *arg;
};

static void each_address(void *arg, const struct netif_address *row)
{
	const struct reading *reading = arg;
	const struct link_end *end = end_at(reading->node, row->ifindex);
	const struct end_address *own;
	struct node_address out = {.node = &reading->node->node, .address = row->address,
		.prefix_length = row->prefix_length, .by_hand = true};

	if (!end)
		return;
	out.interface = end->host_name;
	out.peer = &end->link->end[!end->e].node->node;
	TAILQ_FOREACH(own, &end->addresses, entry)
		if (address_same_host(&own->address, &row->address))
			out.by_hand = own->by_hand;
	reading->address(reading->arg, &out);
}

static void each_route(void *arg, const struct netif_route *row)
{
	const struct reading *reading = arg;
	const struct link_end *end = end_at(reading->node, row->ifindex);
	const struct node_own *next = row->via.family
		? node_by_address(reading->node->lab, &row->via)
		: NULL;
	struct node_route out = {.node = &reading->node->node, .next = next ? &next->node : NULL,
		.prefix = row->prefix, .prefix_length = row->prefix_length, .via = row->via};

	if (!end)
		return;
	out.interface = end->host_name;
	out.by_hand = hand_route_find(reading->node, &row->prefix, row->prefix_length) != NULL;
	reading->route(reading->arg, &out);
}

/* What is to be read, up to date: a switch has none (false, *result is 0), nor has one
 * that cannot be asked (-1). */
static bool begin(struct reading *reading, struct netif **netif, int *result, struct cause *cause)
{
	*result = apply_now(reading->node->lab, cause);
	if (*result < 0 || is_switch(reading->node))
		return false;
	*netif = node_netif(reading->node, cause);
	*result = *netif ? 0 : -1;
	return *netif != NULL;
}

int node_addresses(const struct node *node, node_address_fn row, void *arg, struct cause *cause)
{
	struct reading reading = {.node = node_own(node), .address = row, .arg = arg};
	struct netif *netif;
	int result;

	return begin(&reading, &netif, &result, cause)
		? netif_addresses(netif, each_address, &reading, cause)
		: result;
}

int node_routes(const struct node *node, node_route_fn row, void *arg, struct cause *cause)
{
	struct reading reading = {.node = node_own(node), .route = row, .arg = arg};
	struct netif *netif;
	int result;

	return begin(&reading, &netif, &result, cause) ? netif_routes(netif, each_route, &reading, cause)
						       : result;
}
