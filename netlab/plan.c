/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan.c - what the kernels are to be told so that everybody reaches
 * everybody: neighbours within a broadcast domain, shortest paths over routers
 * between them. It looks at the lab's lists and changes nothing else;
 * apply.c compares the outcome with what the kernels know.
 *
 * Which ends hear each other is found first (plan_domain.c). Links that are down
 * belong to no domain: paths lead around them.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "alloc.h"
#include "lab.h"

/* -------------------------------------------------------- within the domain */

static void want_addresses(const struct link_end *end, struct settings *want)
{
	const struct end_address *own;

	TAILQ_FOREACH(own, &end->addresses, entry)
		if (lab_speaks(end->link->lab, own->address.family))
			settings_add(want, &(struct setting){.kind = SETTING_ADDRESS,
				.ifindex = end->host_ifindex, .address = own->address,
				.length = own->length});
}

static struct address prefix_of(const struct end_address *own)
{
	struct address prefix = own->address;

	for (int bit = own->length; bit < 128; bit++)
		prefix.bytes[bit / 8] &= (uint8_t)~(0x80 >> bit % 8);
	return prefix;
}

/* The kernel itself has the route to a network that an interface is on. */
static bool is_own_network(const struct node_own *node, const struct address *address)
{
	const struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		if (end_is_on(end, address))
			return true;
	return false;
}

/* Whatever else the others of the domain are called is on this link, too. */
static void want_on_link(const struct link_end *end, const struct link_end *other,
	struct settings *want)
{
	const struct end_address *own;

	TAILQ_FOREACH(own, &other->addresses, entry) {
		if (!lab_speaks(end->link->lab, own->address.family))
			continue;
		if (!is_own_network(end->node, &own->address))
			settings_add(want, &(struct setting){.kind = SETTING_ROUTE,
				.ifindex = end->host_ifindex, .address = prefix_of(own),
				.length = own->length});
	}
}

static void want_neighbours(const struct link_end *end, const struct link_end *other,
	struct settings *want)
{
	const struct end_address *own;

	TAILQ_FOREACH(own, &other->addresses, entry) {
		struct setting row = {.kind = SETTING_NEIGHBOUR, .ifindex = end->host_ifindex,
			.address = own->address};

		if (!lab_speaks(end->link->lab, own->address.family))
			continue;
		memcpy(row.mac, other->mac, sizeof row.mac);
		settings_add(want, &row);
	}
}

static void want_domain(const struct plan *plan, const struct link_end *end, struct settings *want)
{
	const struct domain *domain = &plan->domains[end->domain];
	const struct network *last = end->network;

	for (unsigned i = 0; i < domain->count; i++) {
		const struct link_end *other = plan->ends[domain->first + i];

		if (other == end)
			continue;
		if (other->network != last || other->by_hand || end->by_hand)
			want_on_link(end, other, want);
		last = other->network;
		if (domain->count <= MESH_MAX)
			want_neighbours(end, other, want);
	}
}

/* Everybody behind that port, through further switches, of which there is no
 * loop: link_new() sees to that. */
static void want_behind(const struct link_end *port, int ifindex, struct settings *want)
{
	const struct link_end *other = &port->link->end[!port->e], *next;
	struct setting row = {.kind = SETTING_FORWARD, .ifindex = ifindex};

	if (!port->link->up)
		return;
	if (!is_switch(other->node)) {
		memcpy(row.mac, other->mac, sizeof row.mac);
		settings_add(want, &row);
		return;
	}
	TAILQ_FOREACH(next, &other->node->ends, entry)
		if (next != other)
			want_behind(next, ifindex, want);
}

/* A switch need not learn, and floods nothing meanwhile. */
static void want_forward(const struct node_own *node, struct settings *want)
{
	const struct link_end *port;

	TAILQ_FOREACH(port, &node->ends, entry)
		want_behind(port, port->host_ifindex, want);
}

/* ------------------------------------------------------------ between domains */

/* One step of a search: who was come upon, and by which end of whom the way to
 * it leaves the node that asks. */
struct visit {
	unsigned domain;
	const struct link_end *out, *next; /* own end; the first router's; NULL: attached */
	unsigned routers;		   /* on the way */
};

static void want_route(const struct end_address *to, const struct visit *visit,
	struct settings *want)
{
	const struct end_address *via = address_of(visit->next, to->address.family);
	const struct end_address *each;

	/* rather by an address of a network that both have */
	TAILQ_FOREACH(each, &visit->next->addresses, entry)
		if (each->address.family == to->address.family && end_is_on(visit->out, &each->address)) {
			via = each;
			break;
		}
	if (via)
		settings_add(want, &(struct setting){.kind = SETTING_ROUTE,
			.ifindex = visit->out->host_ifindex, .address = prefix_of(to),
			.length = to->length, .via = via->address});
}

/* A route to each prefix of the domain. */
static void want_routes(const struct plan *plan, const struct visit *visit, struct settings *want)
{
	const struct domain *domain = &plan->domains[visit->domain];
	const struct network *last = NULL;

	for (unsigned i = 0; i < domain->count; i++) {
		const struct link_end *end = plan->ends[domain->first + i];
		const struct end_address *own;

		if (end->network == last && !end->by_hand)
			continue;
		last = end->network;
		TAILQ_FOREACH(own, &end->addresses, entry)
			if (lab_speaks(end->link->lab, own->address.family) &&
				!is_own_network(visit->out->node, &own->address))
				want_route(own, visit, want);
	}
}

/* All domains that the node reaches, nearest first, into `visits`. */
static size_t search(struct plan *plan, const struct node_own *node, struct visit *visits)
{
	size_t head, tail = 0;
	struct link_end *end;

	plan->search++;
	TAILQ_FOREACH(end, &node->ends, entry) {
		if (end->domain == NO_DOMAIN || plan->seen[end->domain] == plan->search)
			continue;
		plan->seen[end->domain] = plan->search;
		visits[tail++] = (struct visit){.domain = end->domain, .out = end};
	}
	for (head = 0; head < tail; head++) {
		const struct domain *domain = &plan->domains[visits[head].domain];

		for (unsigned i = 0; i < domain->count; i++) {
			struct link_end *at = plan->ends[domain->first + i];

			if (at->node->node.kind != NODE_ROUTER || at->node == node)
				continue;
			TAILQ_FOREACH(end, &at->node->ends, entry) {
				if (end->domain == NO_DOMAIN || plan->seen[end->domain] == plan->search)
					continue;
				plan->seen[end->domain] = plan->search;
				visits[tail++] = (struct visit){.domain = end->domain,
					.out = visits[head].out,
					.next = visits[head].next ? visits[head].next : at,
					.routers = visits[head].routers + 1};
			}
		}
	}
	if (tail > 0 && visits[tail - 1].routers > plan->longest)
		plan->longest = visits[tail - 1].routers;
	return tail;
}

/* A node with one way out needs one route. */
static void want_default(const struct visit *visit, struct settings *want)
{
	const struct end_address *four = address_of(visit->next, AF_INET);
	const struct end_address *six = address_of(visit->next, AF_INET6);
	struct end_address all = {.length = 0};

	all.address = (struct address){.family = AF_INET};
	if (four)
		want_route(&all, visit, want);
	all.address = (struct address){.family = AF_INET6};
	if (six && lab_speaks(visit->out->link->lab, AF_INET6))
		want_route(&all, visit, want);
}

static void want_ways(struct plan *plan, const struct node_own *node, struct settings *want)
{
	struct visit *visits = alloc_zeroed(plan->domain_count + 1, sizeof *visits);
	size_t count = search(plan, node, visits);
	const struct visit *way = NULL;
	bool single = node->node.kind == NODE_HOST;

	for (size_t i = 0; i < count; i++) {
		if (!visits[i].next)
			continue;
		if (way && way->next != visits[i].next)
			single = false;
		way = &visits[i];
	}
	for (size_t i = 0; i < count && !(single && way); i++)
		if (visits[i].next)
			want_routes(plan, &visits[i], want);
	if (single && way)
		want_default(way, want);
	free(visits);
}

/* ----------------------------------------------------------------- by hand */

static bool same_prefix(const struct setting *row, const struct hand_route *route)
{
	return row->kind == SETTING_ROUTE && row->length == route->length &&
		address_same_host(&row->address, &route->prefix);
}

static void want_by_hand(const struct node_own *node, struct settings *want)
{
	for (unsigned i = 0; i < node->hand_route_count; i++) {
		const struct hand_route *route = &node->hand_routes[i];
		const struct link_end *end;
		size_t kept = 0;

		TAILQ_FOREACH(end, &node->ends, entry)
			if (end_is_on(end, &route->via))
				break;
		if (!end) /* see hand_routes_review() */
			continue;
		for (size_t r = 0; r < want->count; r++)
			if (!same_prefix(&want->row[r], route))
				want->row[kept++] = want->row[r];
		want->count = kept;
		settings_add(want, &(struct setting){.kind = SETTING_ROUTE,
			.ifindex = end->host_ifindex, .address = route->prefix,
			.length = route->length, .via = route->via});
	}
}

void plan_node(struct plan *plan, struct node_own *node, struct settings *want)
{
	struct link_end *end;

	if (is_switch(node)) {
		want_forward(node, want);
		settings_sort(want);
		return;
	}
	TAILQ_FOREACH(end, &node->ends, entry) {
		want_addresses(end, want);
		if (end->domain != NO_DOMAIN)
			want_domain(plan, end, want);
	}
	want_ways(plan, node, want);
	settings_one_route(want);
	want_by_hand(node, want);
	settings_sort(want);
}
