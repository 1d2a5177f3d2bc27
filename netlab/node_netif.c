/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * node_netif.c - the nodes' rtnetlink sockets. A node is talked to when it is
 * built or changed, and hardly ever after that: a bounded number is open, and who
 * was not talked to for longest gives up its own.
 */
#include "lab.h"
#include "netns.h"

#define OPEN_AT_MOST 128

void node_netif_close(struct node_own *node)
{
	if (!node->netif)
		return;
	TAILQ_REMOVE(&node->lab->talking, node, talking);
	node->lab->talking_count--;
	netif_close(node->netif);
	node->netif = NULL;
}

static int open_in(struct node_own *node, struct cause *cause)
{
	struct lab *lab = node->lab;

	if (lab->talking_count == OPEN_AT_MOST)
		node_netif_close(TAILQ_LAST(&lab->talking, nodes));
	netns_enter(node->ns);
	node->netif = netif_open(cause);
	netns_enter(lab->wire.home);
	if (!node->netif)
		return -1;
	lab->talking_count++;
	TAILQ_INSERT_HEAD(&lab->talking, node, talking);
	return 0;
}

struct netif *node_netif(struct node_own *node, struct cause *cause)
{
	struct lab *lab = node->lab;

	if (!node->netif && open_in(node, cause) < 0)
		return NULL;
	TAILQ_REMOVE(&lab->talking, node, talking);
	TAILQ_INSERT_HEAD(&lab->talking, node, talking);
	return node->netif;
}
