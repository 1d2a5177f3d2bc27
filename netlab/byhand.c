/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * byhand.c - addresses, routes and masquerading as the user sets them.
 */
#include <errno.h>
#include <sys/socket.h>

#include "alloc.h"
#include "lab.h"

/* ---------------------------------------------------------------- addresses */

static struct link_end *end_of(struct node_own *node, struct link *link, struct cause *cause)
{
	struct link_end *first = TAILQ_FIRST(&node->ends);

	if (is_switch(node)) {
		cause_set(cause, EINVAL, "%s is a switch: it has no addresses", node->name);
		return NULL;
	}
	if (!first) {
		cause_set(cause, ENOENT, "%s has no link yet: link it to another node first", node->name);
		return NULL;
	}
	if (link)
		return &link->end[link->end[1].node == node];
	if (TAILQ_NEXT(first, entry)) {
		cause_set(cause, EINVAL, "%s has several links: name the node at the other end, such as "
			"address %s %s ...", node->name, node->name,
			first->link->end[!first->e].node->name);
		return NULL;
	}
	return first;
}

static bool all_bits(const struct address *address, int from, bool value)
{
	for (int bit = from; bit < 32; bit++)
		if ((address->bytes[bit / 8] >> (7 - bit % 8) & 1) != value)
			return false;
	return true;
}

/* Can an interface have it? */
static int check_address(const struct address *address, int length, struct cause *cause)
{
	char text[ADDRESS_TEXT];
	const uint8_t *byte = address->bytes;
	bool six = address->family == AF_INET6;

	address_print(address, false, text, sizeof text);
	if (length < 1 || length > (six ? 128 : 32))
		return cause_set(cause, EINVAL, "%s/%d: a prefix of %s is 1 to %d bits long", text, length,
			six ? "IPv6" : "IPv4", six ? 128 : 32);
	if (six ? byte[0] == 0 || byte[0] == 0xff || byte[0] == 0xfe : byte[0] == 0 || byte[0] == 127 || byte[0] >= 224)
		return cause_set(cause, EINVAL, "%s is no address for an interface of a lab: take one of "
			"10.0.0.0/8 or fd00::/8", text);
	if (!six && length < 31 && (all_bits(address, length, false) || all_bits(address, length, true)))
		return cause_set(cause, EINVAL, "%s/%d is the %s address of its network: take another one",
			text, length, all_bits(address, length, true) ? "broadcast" : "first, unused");
	return 0;
}

/* It must be nobody's, and its network not that of another place. */
static int check_free(struct lab *lab, const struct link_end *end, const struct address *address,
	int length, struct cause *cause)
{
	const struct node_own *owner = node_by_address(lab, address);
	const struct end_address *own;
	char text[ADDRESS_TEXT];
	struct plan plan;
	struct link *link;
	int result = 0;

	address_print(address, false, text, sizeof text);
	if (owner)
		return cause_set(cause, EADDRINUSE, "%s is an address of %s already", text, owner->name);
	plan_make(&plan, lab, true);
	TAILQ_FOREACH(link, &lab->links, entry)
		for (int e = 0; e < 2; e++)
			TAILQ_FOREACH(own, &link->end[e].addresses, entry) {
				const struct link_end *at = &link->end[e];

				if (at == end || (at->domain == end->domain && at->domain != NO_DOMAIN) ||
					(&link->end[!e] == end) ||
					!prefixes_overlap(address, length, &own->address, own->length))
					continue;
				result = cause_set(cause, EADDRINUSE, "%s/%d overlaps with the network between "
					"%s and %s: choose other addresses", text, length,
					link_node(link, 0)->name, link_node(link, 1)->name);
			}
	plan_free(&plan);
	plan_make(&plan, lab, false); /* domains as they are */
	plan_free(&plan);
	return result;
}

static int take_away(struct link_end *end, const struct address *address, int length,
	struct cause *cause)
{
	struct end_address *own;
	char text[ADDRESS_TEXT];

	TAILQ_FOREACH(own, &end->addresses, entry)
		if (own->length == length && address_same_host(&own->address, address))
			break;
	if (!own)
		return cause_set(cause, ENOENT, "%s has no address %s/%d on that link", end->node->name,
			address_print(address, false, text, sizeof text), length);
	end->by_hand = true;
	address_remove(own);
	return 0;
}

/* The first by hand takes the place of the automatic one. */
static void replace_automatic(struct link_end *end, int family)
{
	struct end_address *own = address_of(end, family);

	if (own && !own->by_hand)
		address_remove(own);
}

/* IPv6 that is off would take it, and nobody would see it. */
static int check_spoken(const struct lab *lab, const struct address *address, struct cause *cause)
{
	char text[ADDRESS_TEXT];

	return lab_speaks(lab, address->family) ? 0 :
		cause_set(cause, EAFNOSUPPORT, "%s: IPv6 is off in this lab; first: ipv6 on",
			address_print(address, false, text, sizeof text));
}

int node_set_address(struct node *node, struct link *link, const struct address *address,
	int prefix_length, bool off, struct cause *cause)
{
	struct node_own *own = node_own(node);
	struct link_end *end = end_of(own, link, cause);
	int result;

	if (!end)
		return -1;
	if (off)
		result = take_away(end, address, prefix_length, cause);
	else if ((result = check_address(address, prefix_length, cause)) == 0 &&
		(result = check_spoken(own->lab, address, cause)) == 0 &&
		(result = check_free(own->lab, end, address, prefix_length, cause)) == 0) {
		replace_automatic(end, address->family);
		address_add(end, address, prefix_length, true);
		end->by_hand = own->lab->by_hand = true;
	}
	if (result == 0) {
		hand_routes_review(own);
		apply_later(own->lab);
	}
	return result;
}

int node_auto_address(struct node *node, struct link *link, struct cause *cause)
{
	struct link_end *end = end_of(node_own(node), link, cause);
	struct end_address *own, *next;
	struct address address[2];
	int length[2];

	if (!end)
		return -1;
	network_addresses(end, address, length);
	for (int family = 0; family < 2; family++)
		if (end_by_address(node_own(node)->lab, &address[family]) != end &&
			check_free(node_own(node)->lab, end, &address[family], length[family], cause) < 0)
			return -1;
	for (own = TAILQ_FIRST(&end->addresses); own; own = next) {
		next = TAILQ_NEXT(own, entry);
		address_remove(own);
	}
	for (int family = 0; family < 2; family++)
		address_add(end, &address[family], length[family], false);
	end->by_hand = false;
	hand_routes_review(node_own(node));
	apply_later(node_own(node)->lab);
	return 0;
}

void end_forget_ipv6(struct link_end *end)
{
	struct end_address *own, *next;
	struct address address[2];
	int length[2];

	if (!end->by_hand || !end->network)
		return;
	for (own = TAILQ_FIRST(&end->addresses); own; own = next) {
		next = TAILQ_NEXT(own, entry);
		if (own->address.family == AF_INET6)
			address_remove(own);
	}
	network_addresses(end, address, length);
	address_add(end, &address[1], length[1], false);
}

/* ------------------------------------------------------------------- routes */

struct hand_route *hand_route_find(const struct node_own *node, const struct address *prefix,
	int length)
{
	for (unsigned i = 0; i < node->hand_route_count; i++)
		if (node->hand_routes[i].length == length &&
			address_same_host(&node->hand_routes[i].prefix, prefix))
			return &node->hand_routes[i];
	return NULL;
}

/* The route to it is the interface's own, and not to be had twice. */
static bool is_own_prefix(const struct node_own *node, const struct address *prefix, int length)
{
	const struct link_end *end;
	const struct end_address *own;

	TAILQ_FOREACH(end, &node->ends, entry)
		TAILQ_FOREACH(own, &end->addresses, entry)
			if (own->length == length && prefix_holds(&own->address, length, prefix))
				return true;
	return false;
}

static bool is_own_address(const struct node_own *node, const struct address *prefix, int length)
{
	return length == (prefix->family == AF_INET ? 32 : 128) &&
		node_by_address(node->lab, prefix) == node;
}

/* Can the kernel reach it over one of the node's interfaces? */
static bool is_neighbours(const struct node_own *node, const struct address *via)
{
	const struct link_end *end;
	const struct end_address *own;

	TAILQ_FOREACH(end, &node->ends, entry)
		TAILQ_FOREACH(own, &end->addresses, entry)
			if (prefix_holds(&own->address, own->length, via) &&
				(via->family == AF_INET6 || own->length > 30 ||
					(!all_bits(via, own->length, false) &&
						!all_bits(via, own->length, true))))
				return true;
	return false;
}

/* Why the kernel cannot have it; NULL: it can. */
static const char *hinders(const struct node_own *node, const struct hand_route *route)
{
	if (!lab_speaks(node->lab, route->via.family))
		return "IPv6 is off";
	if (!is_neighbours(node, &route->via))
		return "via is on none of its networks";
	if (node_by_address(node->lab, &route->via) == node)
		return "via is its own address";
	if (is_own_address(node, &route->prefix, route->length))
		return "it is its own address";
	if (is_own_prefix(node, &route->prefix, route->length))
		return "it is on that network";
	return NULL;
}

static void tell_gone(const struct node_own *node, const struct hand_route *route, const char *why)
{
	char prefix[ADDRESS_TEXT], via[ADDRESS_TEXT];

	address_print(&route->prefix, false, prefix, sizeof prefix);
	address_print(&route->via, false, via, sizeof via);
	if (route->length)
		log_note(node->lab, "%s's route to %s/%d via %s is gone: %s", node->name, prefix,
			route->length, via, why);
	else
		log_note(node->lab, "%s's default route via %s is gone: %s", node->name, via, why);
}

void hand_routes_review(struct node_own *node)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < node->hand_route_count; i++) {
		struct hand_route route = node->hand_routes[i];
		const char *why = hinders(node, &route);

		if (why)
			tell_gone(node, &route, why);
		else
			node->hand_routes[kept++] = route;
	}
	node->hand_route_count = kept;
}

static int check_route(struct node_own *node, const struct address *prefix, int length,
	const struct address *via, struct cause *cause)
{
	char text[ADDRESS_TEXT];

	if (is_switch(node))
		return cause_set(cause, EINVAL, "%s is a switch: it has no routes", node->name);
	for (int bit = length; bit < (prefix->family == AF_INET ? 32 : 128); bit++)
		if (prefix->bytes[bit / 8] >> (7 - bit % 8) & 1)
			return cause_set(cause, EINVAL, "%s/%d has bits set behind its prefix: clear them",
				address_print(prefix, false, text, sizeof text), length);
	address_print(via, false, text, sizeof text);
	if (via->family != prefix->family)
		return cause_set(cause, EINVAL, "%s is of another family than the route's prefix", text);
	if (node_by_address(node->lab, via) == node)
		return cause_set(cause, EINVAL, "%s is %s itself: a route leads via another node", text,
			node->name);
	if (is_own_address(node, prefix, length))
		return cause_set(cause, EINVAL, "%s is %s itself: it needs no route there",
			address_print(prefix, false, text, sizeof text), node->name);
	if (is_own_prefix(node, prefix, length))
		return cause_set(cause, EEXIST, "%s/%d is a network of %s itself: it needs no route there",
			address_print(prefix, false, text, sizeof text), length, node->name);
	if (is_neighbours(node, via))
		return 0;
	return cause_set(cause, ENETUNREACH, "%s is on none of %s's networks: a route leads via a "
		"neighbour", text, node->name);
}

int node_set_route(struct node *node, const struct address *prefix, int prefix_length,
	const struct address *via, bool off, struct cause *cause)
{
	struct node_own *own = node_own(node);
	struct hand_route *route = hand_route_find(own, prefix, prefix_length);
	char text[ADDRESS_TEXT];

	if (!off && check_spoken(own->lab, prefix, cause) < 0)
		return -1;
	if (off && !route)
		return cause_set(cause, ENOENT, "%s has no route by hand to %s/%d", node->name,
			address_print(prefix, false, text, sizeof text), prefix_length);
	if (!off && check_route(own, prefix, prefix_length, via, cause) < 0)
		return -1;
	if (off) {
		*route = own->hand_routes[--own->hand_route_count];
	} else {
		if (!route) {
			own->hand_routes = alloc_resize(own->hand_routes, own->hand_route_count + 1,
				sizeof *route);
			route = &own->hand_routes[own->hand_route_count++];
		}
		*route = (struct hand_route){.prefix = *prefix, .via = *via, .length = prefix_length};
	}
	apply_later(own->lab);
	return 0;
}

/* ---------------------------------------------------------------------- NAT */

struct link *node_nat(const struct node *router)
{
	return node_own(router)->nat;
}

int node_set_nat(struct node *router, struct link *inside, bool off, struct cause *cause)
{
	struct node_own *own = node_own(router);
	struct link_end *first = TAILQ_FIRST(&own->ends);
	struct link *before = own->nat;

	if (router->kind != NODE_ROUTER)
		return cause_set(cause, EINVAL, "%s is a %s: only a router can masquerade", router->name,
			node_kind_name(router->kind));
	if (!off && !first)
		return cause_set(cause, ENOENT, "%s has no link yet: link it to both sides first",
			router->name);
	if (off && !before)
		return cause_set(cause, EALREADY, "%s does not masquerade", router->name);
	own->nat = off ? NULL : inside ? inside : first->link;
	apply_later(own->lab);
	if (apply_now(own->lab, cause) < 0) { /* a kernel without NAT says so here */
		own->nat = before;
		return -1;
	}
	own->lab->nats += (own->nat != NULL) - (before != NULL);
	return 0;
}

void node_nat_forget(struct node_own *router, const struct link *link)
{
	if (router->nat != link)
		return;
	router->nat = NULL;
	router->lab->nats--;
	log_note(router->lab, "%s does not masquerade any more: its link inside is gone", router->name);
}
