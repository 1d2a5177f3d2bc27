/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * apply.c - telling the kernels what plan.c wants: addresses, neighbours,
 * routes, bridge entries, masquerading. Each node remembers what it was told,
 * so only differences go out; and commands that build a large lab are followed
 * by one round for all of them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"
#include "nat.h"
#include "netns.h"

#define SOON (10 * NS_PER_MS)

struct telling {
	struct node_own *node;
	const struct settings *want;
	struct cause *cause;
};

static bool is_replaced(const struct telling *telling, const struct setting *old)
{
	for (size_t i = 0; i < telling->want->count; i++) {
		const struct setting *row = &telling->want->row[i];

		if (row->kind == old->kind && row->length == old->length &&
			(old->kind == SETTING_ROUTE || row->ifindex == old->ifindex) &&
			address_same_host(&row->address, &old->address))
			return true;
	}
	return false;
}

/* What is gone already was what we wanted. */
static void gone(void *arg, const struct setting *old)
{
	struct telling *telling = arg;
	const struct netif_route route = {.prefix = old->address, .prefix_length = old->length,
		.via = old->via, .ifindex = old->ifindex};
	struct cause ignored;
	struct netif *netif = old->kept ? NULL : node_netif(telling->node, &ignored);

	if (!netif)
		return;
	switch (old->kind) {
	case SETTING_ADDRESS:
		netif_address_del(netif, old->ifindex, &old->address, old->length, &ignored);
		return;
	case SETTING_NEIGHBOUR:
		if (!is_replaced(telling, old))
			netif_neighbour_del(netif, old->ifindex, &old->address, &ignored);
		return;
	case SETTING_FORWARD:
		netif_forward_del(netif, old->ifindex, old->mac, &ignored);
		return;
	case SETTING_ROUTE:
		if (!is_replaced(telling, old))
			netif_route_del(netif, &route, &ignored);
		return;
	}
}

static int come(void *arg, const struct setting *row)
{
	struct telling *telling = arg;
	struct cause *cause = telling->cause;
	struct netif *netif = node_netif(telling->node, cause);
	const struct netif_route route = {.prefix = row->address, .prefix_length = row->length,
		.via = row->via, .ifindex = row->ifindex};
	int result = 0;

	if (!netif)
		return -1;
	switch (row->kind) {
	case SETTING_ADDRESS:
		telling->node->awaits_ipv6 |= row->address.family == AF_INET6;
		result = netif_address(netif, row->ifindex, &row->address, row->length, cause);
		break;
	case SETTING_NEIGHBOUR:
		result = netif_neighbour(netif, row->ifindex, &row->address, row->mac, cause);
		break;
	case SETTING_FORWARD:
		result = netif_forward_add(netif, row->ifindex, row->mac, cause);
		break;
	case SETTING_ROUTE:
		result = netif_route_add(netif, &route, cause);
		break;
	}
	return result < 0 && cause->code == EEXIST ? 0 : result;
}

/* The first address of a network takes the others of its interface with it. */
static void doubt_others(struct settings *have, size_t gone)
{
	const struct setting *row = have->row;

	for (size_t i = gone; i > 0 && row[i - 1].kind == SETTING_ADDRESS &&
		row[i - 1].ifindex == row[gone].ifindex; i--)
		have->row[i - 1].dropped = true;
	for (size_t i = gone + 1; i < have->count && row[i].kind == SETTING_ADDRESS &&
		row[i].ifindex == row[gone].ifindex; i++)
		have->row[i].dropped = true;
}

/* An address that goes takes routes and other addresses with it, unseen. */
static void doubt(struct node_own *node, const struct settings *want)
{
	struct settings *have = &node->have;
	size_t kept = 0;
	bool any = false;

	for (size_t i = 0; i < have->count && have->row[i].kind == SETTING_ADDRESS; i++)
		if (!settings_hold(want, &have->row[i])) {
			doubt_others(have, i);
			any = true;
		}
	for (size_t i = 0; any && i < have->count; i++) {
		struct setting row = have->row[i];
		bool doubted = row.dropped || row.kind == SETTING_ROUTE;

		row.dropped = false;
		if (!doubted || !settings_hold(want, &row))
			have->row[kept++] = row;
	}
	have->count = any ? kept : have->count;
}

/* What was asked for by need stays as long as the address is where it was. */
static void keep(struct node_own *node, struct settings *want)
{
	struct netif *netif;
	struct cause ignored;

	for (size_t i = 0; i < node->have.count; i++) {
		const struct setting *row = &node->have.row[i];
		const struct link_end *at = row->kept ? end_by_address(node->lab, &row->address) : NULL;

		if (at && memcmp(at->mac, row->mac, sizeof row->mac) == 0)
			settings_add(want, row);
		else if (row->kept && (netif = node_netif(node, &ignored)))
			netif_neighbour_del(netif, row->ifindex, &row->address, &ignored);
	}
}

static int tell_node(struct plan *plan, struct node_own *node, struct cause *cause)
{
	struct settings want = {0};
	struct telling telling = {node, &want, cause};
	int result;

	plan_node(plan, node, &want);
	doubt(node, &want);
	keep(node, &want);
	settings_sort(&want);
	result = settings_differ(&node->have, &want, gone, come, &telling);
	if (result < 0)
		want.count = 0; /* nobody knows: all of it again the next time */
	settings_free(&node->have);
	node->have = want;
	return result;
}

static int tell_nat(struct node_own *node, struct cause *cause)
{
	const char *inside = "";
	int result;

	if (node->nat)
		inside = link_interface(node->nat, node->nat->end[1].node == node);
	if (strcmp(inside, node->nat_set) == 0)
		return 0;
	netns_enter(node->ns);
	result = *inside ? nat_set(inside, cause) : nat_clear(cause);
	netns_enter(node->lab->wire.home);
	if (result == 0)
		snprintf(node->nat_set, sizeof node->nat_set, "%s", inside);
	return result;
}

/* Without a carrier an address stays asleep. */
static bool comes_to_life(const struct node_own *node, const struct setting *row)
{
	const struct link_end *end = end_at(node, row->ifindex);

	return end && end->link->up;
}

/* The kernel makes IPv6 addresses its own a little later. */
static int await_ipv6(struct node_own *node, struct cause *cause)
{
	struct netif *netif = node->awaits_ipv6 ? node_netif(node, cause) : NULL;
	const struct setting *row = node->have.row;
	int64_t until = 0;

	if (node->awaits_ipv6 && !netif)
		return -1;
	for (size_t i = 0; netif && i < node->have.count; i++, row++)
		while (row->kind == SETTING_ADDRESS && row->address.family == AF_INET6 &&
			comes_to_life(node, row) && !netif_is_local(netif, &row->address))
			if (!clock_look_again(&until))
				return cause_set(cause, ETIMEDOUT, "%s's IPv6 address does not come to "
					"life", node->name);
	node->awaits_ipv6 = false;
	return 0;
}

/* Every router takes one from the time to live, and the one that takes the last
 * gives the packet up (RFC 1812 5.3.1, net/ipv4/ip_forward.c). */
static void tell_of_length(struct lab *lab, const struct plan *plan)
{
	if (plan->longest < TTL_DEFAULT || lab->told_of_length)
		return;
	lab->told_of_length = true;
	log_note(lab, "the longest way leads over %u routers; packets, whose "
		"net.ipv4.ip_default_ttl is %d, get over %d", plan->longest, TTL_DEFAULT,
		TTL_DEFAULT - 1);
}

int apply_now(struct lab *lab, struct cause *cause)
{
	struct node_own *node;
	struct plan plan;
	int result = 0;

	if (!lab->apply_due)
		return 0;
	lab->apply_due = false;
	event_del(lab->apply);
	plan_make(&plan, lab, false);
	TAILQ_FOREACH(node, &lab->nodes, entry) {
		if (tell_node(&plan, node, cause) < 0 || tell_nat(node, cause) < 0) {
			result = -1;
			break;
		}
	}
	tell_of_length(lab, &plan);
	plan_free(&plan);
	TAILQ_FOREACH(node, &lab->nodes, entry)
		if (result == 0)
			result = await_ipv6(node, cause);
	return result;
}

void apply_at_once(struct lab *lab)
{
	struct cause cause;

	if (apply_now(lab, &cause) < 0)
		log_note(lab, "%s", cause.text);
}

static void on_apply(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	apply_at_once(arg);
}

void apply_later(struct lab *lab)
{
	struct timeval wait = clock_timeval(SOON);

	if (!lab->apply)
		lab->apply = evtimer_new(lab->base, on_apply, lab);
	lab->apply_due = true;
	event_add(lab->apply, &wait);
}

void apply_forget(struct node_own *node, int ifindex)
{
	size_t kept = 0;

	for (size_t i = 0; i < node->have.count; i++)
		if (node->have.row[i].ifindex != ifindex)
			node->have.row[kept++] = node->have.row[i];
	node->have.count = kept;
}

void apply_free(struct lab *lab)
{
	if (lab->apply)
		event_free(lab->apply);
}

/* ------------------------------------------------- neighbours in large domains */

static void meet(struct node_own *node, const struct link_end *out, const struct link_end *next,
	const struct address *address)
{
	struct setting row = {.kind = SETTING_NEIGHBOUR, .ifindex = out->host_ifindex,
		.address = *address, .kept = true};
	struct netif *netif;
	struct cause ignored;
	size_t kept = 0;

	memcpy(row.mac, next->mac, sizeof row.mac);
	row.address.port = 0;
	if (settings_hold(&node->have, &row))
		return;
	netif = node_netif(node, &ignored);
	if (!netif || netif_neighbour(netif, row.ifindex, &row.address, row.mac, &ignored) < 0)
		return;
	/* it has taken the place of whoever had that address */
	for (size_t i = 0; i < node->have.count; i++)
		if (node->have.row[i].kind != row.kind || node->have.row[i].ifindex != row.ifindex ||
			!address_same_host(&node->have.row[i].address, &row.address))
			node->have.row[kept++] = node->have.row[i];
	node->have.count = kept;
	settings_add(&node->have, &row);
	settings_sort(&node->have);
}

void apply_meet(struct lab *lab, struct node_own *from, const struct address *to)
{
	struct node_own *node = from;

	for (int hop = 0; hop < HOPS_MAX && node != node_by_address(lab, to); hop++) {
		struct link_end *next = plan_next_hop(node, to);
		struct link_end *out = next ? end_beside(node, next) : NULL;
		const struct end_address *theirs, *ours;

		if (!out || !(theirs = address_of(next, to->family)) ||
			!(ours = address_of(out, to->family)))
			return;
		if (end_by_address(lab, to) == next)
			meet(node, out, next, to);
		meet(node, out, next, &theirs->address);
		meet(next->node, next, out, &ours->address);
		node = next->node;
	}
}
