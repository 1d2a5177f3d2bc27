/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link.c - links between two nodes: two veth pairs whose middle ends meet in
 * the wire, with addresses and static neighbours on the outer ends.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "alloc.h"
#include "lab.h"
#include "netns.h"

#define LINKS_MAX 254 /* 10.0.0.0/24 to 10.0.253.0/24 */

struct link *link_find(const struct lab *lab, const struct node *a, const struct node *b)
{
	struct link *link;

	TAILQ_FOREACH(link, &lab->links, entry) {
		const struct node *first = &link->end[0].node->node, *second = &link->end[1].node->node;

		if ((first == a && second == b) || (first == b && second == a))
			return link;
	}
	return NULL;
}

static void plan_end(struct link *link, int e, struct node_own *node)
{
	struct link_end *end = &link->end[e];

	end->node = node;
	snprintf(end->host_name, sizeof end->host_name, "eth%u", node->interfaces);
	end->host_ifindex = (int)node->interfaces + 2; /* after lo */
	end->address = (struct address){.family = AF_INET,
		.bytes = {10, 0, (uint8_t)link->number, (uint8_t)(e + 1)}};
	/* locally administered, one of its kind in the lab */
	memcpy(end->mac, (uint8_t[]){0x02, 0, 0, (uint8_t)(link->number >> 8),
		(uint8_t)link->number, (uint8_t)(e + 1)}, sizeof end->mac);
	TAILQ_INIT(&end->entering);
	TAILQ_INIT(&end->going);
}

/* What is set inside the node once its end is there. */
static int set_up_host(struct link *link, int e, struct cause *cause)
{
	struct link_end *end = &link->end[e], *other = &link->end[!e];
	struct node_own *node = end->node;
	int result;

	netns_enter(node->ns);
	result = netif_offloads_off(end->host_name, cause);
	netns_enter(link->lab->wire.home);
	if (result < 0)
		return -1;
	if (netif_address(node->netif, end->host_ifindex, &end->address, 24, cause) < 0)
		return -1;
	return netif_neighbour(node->netif, end->host_ifindex, &other->address, other->mac, cause);
}

struct link *link_new(struct lab *lab, struct node *a, struct node *b, struct cause *cause)
{
	struct link *link;

	if (a == b)
		cause_set(cause, EINVAL, "a link needs two hosts: %s cannot be linked to itself", a->name);
	else if (link_find(lab, a, b))
		cause_set(cause, EEXIST, "%s and %s are linked already", a->name, b->name);
	else if (lab->link_count == LINKS_MAX)
		cause_set(cause, ENOSPC, "no more than %d links", LINKS_MAX);
	else
		goto make;
	return NULL;
make:
	link = alloc_new(struct link);
	link->lab = lab;
	link->number = lab->link_count;
	plan_end(link, 0, node_own(a));
	plan_end(link, 1, node_own(b));
	if (wire_join(lab, link, cause) < 0 || set_up_host(link, 0, cause) < 0 ||
		set_up_host(link, 1, cause) < 0) {
		free(link);
		return NULL;
	}
	for (int e = 0; e < 2; e++) {
		struct node_own *node = link->end[e].node;

		node->interfaces++;
		if (!node->address.family)
			node->address = link->end[e].address;
	}
	lab->link_count++;
	TAILQ_INSERT_TAIL(&lab->links, link, entry);
	return link;
}

void link_free(struct link *link)
{
	struct passage_own *passage;

	for (int e = 0; e < 2; e++) {
		while ((passage = TAILQ_FIRST(&link->end[e].entering))) {
			TAILQ_REMOVE(&link->end[e].entering, passage, entry);
			passage_unref(passage);
		}
		while ((passage = TAILQ_FIRST(&link->end[e].going))) {
			TAILQ_REMOVE(&link->end[e].going, passage, entry);
			passage_unref(passage);
		}
	}
	free(link);
}
