/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link.c - links between two nodes: two veth pairs whose middle ends meet in
 * the wire.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "alloc.h"
#include "lab.h"
#include "netns.h"

#define LINKS_MAX 32768 /* what the names in the wire have room for */
#define PORTS_MAX 1023	/* of a bridge: net/bridge/br_private.h, BR_MAX_PORTS - 1 */
#define FEW	  8

/* ----------------------------------------------------------------- looking */

static struct link_end *end_towards(const struct node_own *node, const struct node *other)
{
	struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		if (&end->link->end[!end->e].node->node == other)
			return end;
	return NULL;
}

/* How many it has; no more than `most` are counted. */
static unsigned links_of(const struct node_own *node, unsigned most)
{
	struct link_end *end;
	unsigned count = 0;

	TAILQ_FOREACH(end, &node->ends, entry)
		if (++count == most)
			break;
	return count;
}

/* A switch may have a thousand links; the other node has few. */
struct link *link_find(const struct lab *lab, const struct node *a, const struct node *b)
{
	const struct link_end *end;

	(void)lab;
	if (links_of(node_own(a), FEW) <= links_of(node_own(b), FEW))
		end = end_towards(node_own(a), b);
	else
		end = end_towards(node_own(b), a);
	return end ? end->link : NULL;
}

struct link_end *end_at(const struct node_own *node, int ifindex)
{
	struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		if (end->host_ifindex == ifindex)
			return end;
	return NULL;
}

struct link_end *end_beside(const struct node_own *node, const struct link_end *other)
{
	struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		if (end->domain == other->domain)
			return end;
	return NULL;
}

struct link *link_next(const struct lab *lab, const struct link *link)
{
	return link ? TAILQ_NEXT(link, entry) : TAILQ_FIRST(&lab->links);
}

struct node *link_node(const struct link *link, int end)
{
	return &link->end[end].node->node;
}

const char *link_interface(const struct link *link, int end)
{
	return link->end[end].host_name;
}

bool link_is_up(const struct link *link)
{
	return link->up;
}

bool lab_is_plain(const struct lab *lab)
{
	return !lab->taken_apart && !lab->skipped;
}

/* ------------------------------------------------------------------ making */

static bool name_is_taken(const struct node_own *node, const char *name)
{
	const struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		if (strcmp(end->host_name, name) == 0)
			return true;
	return strcmp(name, "lo") == 0 || (is_switch(node) && strcmp(name, "br0") == 0);
}

static int name_end(struct link_end *end, const char *wanted, struct cause *cause)
{
	const struct link_end *last = TAILQ_LAST(&end->node->ends, link_ends);
	unsigned number = 0;

	if (wanted && !name_is_legal(wanted))
		return cause_set(cause, EINVAL, "\"%.40s\" is no name for an interface: 1 to 15 of A-Z a-z "
			"0-9 _ -, a letter first", wanted);
	if (wanted && name_is_taken(end->node, wanted))
		return cause_set(cause, EEXIST, "%s has an interface %s already", end->node->name, wanted);
	if (wanted) {
		snprintf(end->host_name, sizeof end->host_name, "%s", wanted);
		return 0;
	}
	/* mostly the next one after the last */
	if (last && !end->link->lab->taken_apart && sscanf(last->host_name, "eth%u", &number) == 1)
		number++;
	do
		snprintf(end->host_name, sizeof end->host_name, "eth%u", number++);
	while (name_is_taken(end->node, end->host_name));
	return 0;
}

static int plan_end(struct link *link, int e, struct node_own *node, const char *name,
	struct cause *cause)
{
	struct link_end *end = &link->end[e];

	end->link = link;
	end->e = e;
	end->node = node;
	end->domain = NO_DOMAIN;
	TAILQ_INIT(&end->addresses);
	TAILQ_INIT(&end->entering);
	TAILQ_INIT(&end->going);
	if (name_end(end, name, cause) < 0)
		return -1;
	node_quieten(node);
	end->host_ifindex = node->next_ifindex++;
	/* locally administered, one of its kind in the lab */
	memcpy(end->mac, (uint8_t[]){0x02, 0, (uint8_t)(link->number >> 16),
		(uint8_t)(link->number >> 8), (uint8_t)link->number, (uint8_t)(e + 1)},
		sizeof end->mac);
	TAILQ_INSERT_TAIL(&node->ends, end, entry);
	return 0;
}

/* What is set inside the node once its end is there. */
static int set_up_host(struct link *link, int e, struct cause *cause)
{
	struct link_end *end = &link->end[e];
	struct node_own *node = end->node;
	struct netif *netif;
	int result;

	if (is_switch(node)) { /* it sends on what others have made */
		netif = node_netif(node, cause);
		return netif ? netif_enslave(netif, end->host_ifindex, node->bridge, cause) : -1;
	}
	netns_enter(node->ns);
	result = netif_offloads_off(end->host_name, cause);
	netns_enter(link->lab->wire.home);
	return result;
}

/* Is the other switch reached already, over switches alone? */
static bool closes_loop(const struct node_own *from, const struct node_own *to,
	const struct link_end *came)
{
	const struct link_end *end;

	if (from == to)
		return true;
	TAILQ_FOREACH(end, &from->ends, entry) {
		const struct link_end *other = &end->link->end[!end->e];

		if (end != came && is_switch(other->node) && closes_loop(other->node, to, other))
			return true;
	}
	return false;
}

static int check_room(const struct node_own *node, struct cause *cause)
{
	if (!is_switch(node) || links_of(node, PORTS_MAX) < PORTS_MAX)
		return 0;
	return cause_set(cause, ENOSPC, "%s has %d links, and no switch can have more: link further "
		"nodes to another switch", node->name, PORTS_MAX);
}

static int check_new(const struct lab *lab, const struct node *a, const struct node *b,
	struct cause *cause)
{
	const struct link *link = a == b ? NULL : link_find(lab, a, b);

	if (a == b)
		return cause_set(cause, EINVAL, "a link needs two nodes: %s cannot be linked to itself",
			a->name);
	if (link)
		return cause_set(cause, EEXIST, "%s and %s are linked already", link_node(link, 0)->name,
			link_node(link, 1)->name);
	if (lab->link_count == LINKS_MAX)
		return cause_set(cause, ENOSPC, "no more than %d links in a lab", LINKS_MAX);
	if (check_room(node_own(a), cause) < 0 || check_room(node_own(b), cause) < 0)
		return -1;
	if (is_switch(node_own(a)) && is_switch(node_own(b)) &&
		closes_loop(node_own(a), node_own(b), NULL))
		return cause_set(cause, ELOOP, "%s and %s are joined by switches already: a loop of switches "
			"would send frames round for ever; put a router in between", a->name, b->name);
	return 0;
}

static void unlist_ends(struct link *link)
{
	for (int e = 0; e < 2; e++) {
		struct link_end *end = &link->end[e];

		if (!end->host_ifindex)
			continue;
		network_leave(end);
		apply_forget(end->node, end->host_ifindex);
		TAILQ_REMOVE(&end->node->ends, end, entry);
	}
}

struct link *link_new_named(struct lab *lab, struct node *a, const char *a_interface,
	struct node *b, const char *b_interface, struct cause *cause)
{
	struct link *link;

	if (check_new(lab, a, b, cause) < 0)
		return NULL;
	link = alloc_new(struct link);
	link->lab = lab;
	link->number = lab->link_count;
	link->up = true;
	if (plan_end(link, 0, node_own(a), a_interface, cause) < 0 ||
		plan_end(link, 1, node_own(b), b_interface, cause) < 0 ||
		network_join(link, cause) < 0)
		goto undo;
	if (wire_join(lab, link, cause) < 0)
		goto undo;
	if (set_up_host(link, 0, cause) < 0 || set_up_host(link, 1, cause) < 0 ||
		wire_raise(lab, link, cause) < 0) {
		wire_part(lab, link);
		goto undo;
	}
	lab->link_count++;
	TAILQ_INSERT_TAIL(&lab->links, link, entry);
	if (lab->hold_all)
		step_hold_link(lab, link);
	faults_link(lab, link);
	hand_routes_review(link->end[0].node);
	hand_routes_review(link->end[1].node);
	apply_later(lab);
	return link;
undo:
	unlist_ends(link);
	free(link);
	return NULL;
}

struct link *link_new(struct lab *lab, struct node *a, struct node *b, struct cause *cause)
{
	return link_new_named(lab, a, NULL, b, NULL, cause);
}

/* ------------------------------------------------------------- taking away */

int link_remove(struct link *link, struct cause *cause)
{
	struct lab *lab = link->lab;

	(void)cause; /* nothing of it can fail now */
	wire_drain(lab);
	for (int e = 0; e < 2; e++)
		node_nat_forget(link->end[e].node, link);
	step_unhold_link(lab, link);
	wire_part(lab, link);
	transit_forget(lab, link);
	astray_forget(lab, link, true);
	TAILQ_REMOVE(&lab->links, link, entry);
	unlist_ends(link);
	lab->taken_apart = true;
	hand_routes_review(link->end[0].node);
	hand_routes_review(link->end[1].node);
	link_free(link);
	impair_survey(lab);
	apply_later(lab);
	settle_soon(lab);
	return 0;
}

int link_set_up(struct link *link, bool up, struct cause *cause)
{
	struct lab *lab = link->lab;

	if (link->up == up)
		return cause_set(cause, EALREADY, "the link between %s and %s is %s already",
			link_node(link, 0)->name, link_node(link, 1)->name, up ? "up" : "down");
	for (int e = 0; e < 2; e++)
		if ((up ? netif_up : netif_down)(lab->wire.netif, link->end[e].ifindex, cause) < 0)
			return -1;
	link->up = up;
	link->end[0].ready = link->end[1].ready = false;
	link->end[0].forwards = link->end[1].forwards = false;
	link->end[0].was_down = link->end[1].was_down = true;
	link->end[0].node->awaits_ipv6 |= up && lab->ipv6;
	link->end[1].node->awaits_ipv6 |= up && lab->ipv6;
	lab->wire.links_not_ready = true;
	if (!up) {
		wire_drain(lab); /* what has left it before */
		transit_forget(lab, link);
		astray_forget(lab, link, false);
		impair_clear(&link->end[0]);
		impair_clear(&link->end[1]);
	}
	apply_later(lab);
	settle_soon(lab);
	return up ? wire_await(lab, cause) : 0;
}

void link_free(struct link *link)
{
	for (int e = 0; e < 2; e++) {
		passages_free(&link->end[e].entering);
		passages_free(&link->end[e].going);
		impair_free(&link->end[e]);
	}
	free(link);
}
