/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * node.c - hosts, routers, switches: a namespace each, held by a descriptor and
 * without a name on the machine, with a sock_diag socket opened inside once it has
 * sockets (and an rtnetlink one for as long as it is talked to, node_netif.c).
 */
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "lab.h"
#include "machine.h"
#include "netns.h"

bool name_is_legal(const char *name)
{
	size_t length = strlen(name);

	if (length == 0 || length > 15 || !isalpha((unsigned char)name[0]))
		return false;
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-')
			return false;
	return true;
}

/* Words of the shell that stand where a name could. */
static bool name_is_reserved(const char *name)
{
	static const char *const words[] = {"all", "none", "default", "on", "off", "up", "down", "via",
		"inside", "error", "segment", "counter", "sysctl", NULL};

	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return false;
}

struct diag *node_open_diag(const struct node_own *node, struct cause *cause)
{
	struct diag *diag;

	netns_enter(node->ns);
	diag = diag_open(cause);
	netns_enter(node->lab->wire.home);
	return diag;
}

/* No router solicitations, no duplicate address detection, no addresses of
 * its own; a kernel without IPv6 has no such sysctl, and no such noise. */
void node_quieten(struct node_own *node)
{
	struct cause absent;

	if (node->quiet)
		return;
	node->quiet = true;
	netns_sysctl_write(node->ns, node->lab->wire.home, "net/ipv6/conf/default/disable_ipv6", "1",
		&absent);
	if (node->lab->ipv6 && !is_switch(node))
		node_ipv6(node, true, &absent);
}

/* What every host of a lab has, so that it behaves the same every time. In a
 * large lab most never have a socket, and where there are many namespaces each
 * sysctl takes the kernel long to find: it is done when the first comes up. */
int node_prepare(struct node_own *node, struct cause *cause)
{
	const char *tw_buckets = machine_max_tw_buckets();
	int home = node->lab->wire.home;

	if (node->prepared || is_switch(node))
		return 0;
	node->prepared = true;
	node_quieten(node);
	node->diag = node_open_diag(node, cause);
	if (!node->diag)
		return -1;
	/* else the next connection begins with what this one learned */
	if (netns_sysctl_write(node->ns, home, "net/ipv4/tcp_no_metrics_save", "1", cause) < 0)
		return -1;
	/* a namespace with a small hash has a small limit, too: the machine's instead */
	if (tw_buckets[0] && netns_sysctl_write(node->ns, home, "net/ipv4/tcp_max_tw_buckets",
				     tw_buckets, cause) < 0)
		return -1;
	return 0;
}

static int make_router(struct node_own *node, struct cause *cause)
{
	int home = node->lab->wire.home;

	if (netns_sysctl_write(node->ns, home, "net/ipv4/ip_forward", "1", cause) < 0)
		return -1;
	/* a packet that must go back where it came from is a fault to be seen, not
	 * a hint to be given */
	return netns_sysctl_write(node->ns, home, "net/ipv4/conf/all/send_redirects", "0", cause);
}

static int make_switch(struct node_own *node, struct cause *cause)
{
	const uint8_t mac[6] = {0x02, 5, 0, 0, (uint8_t)(node->node.index >> 8),
		(uint8_t)node->node.index};
	struct netif *netif;

	node_quieten(node);
	netif = node_netif(node, cause);
	node->bridge = node->next_ifindex++;
	if (!netif || netif_bridge(netif, "br0", node->bridge, mac, cause) < 0)
		return -1;
	return netif_up(netif, node->bridge, cause);
}

static int node_open(struct node_own *node, struct cause *cause)
{
	struct netif *netif;

	node->ns = netns_new(node->lab->wire.home, cause);
	if (node->ns < 0)
		return -1;
	if (is_switch(node))
		return make_switch(node, cause);
	if (node->node.kind == NODE_ROUTER && make_router(node, cause) < 0)
		return -1;
	netif = node_netif(node, cause);
	return netif ? netif_up(netif, 1, cause) : -1; /* lo */
}

const char *node_kind_name(enum node_kind kind)
{
	static const char *const names[] = {"host", "router", "switch"};

	static_assert(sizeof names / sizeof *names == NODE_KINDS, "a name for each");
	return kind < NODE_KINDS ? names[kind] : "node";
}

static int check_new(const struct lab *lab, const char *name, struct cause *cause)
{
	const struct node *other = node_find(lab, name);

	if (!name_is_legal(name))
		return cause_set(cause, EINVAL, "\"%.40s\" is no name for a node: 1 to 15 of A-Z a-z 0-9 _ -, "
			"a letter first", name);
	if (name_is_reserved(name))
		return cause_set(cause, EINVAL, "\"%s\" means something else in commands: take another name",
			name);
	if (other)
		return cause_set(cause, EEXIST, "there is a %s \"%s\" already: take another name",
			node_kind_name(other->kind), name);
	if (endpoint_find(lab, name))
		return cause_set(cause, EEXIST, "there is an endpoint \"%s\" already: take another name",
			name);
	if (lab->nodes_now == LAB_NODES_MAX)
		return cause_set(cause, ENOSPC, "no more than %d nodes in a lab", LAB_NODES_MAX);
	return 0;
}

struct node *node_new(struct lab *lab, const char *name, enum node_kind kind, struct cause *cause)
{
	struct node_own *node;

	if (check_new(lab, name, cause) < 0)
		return NULL;
	node = alloc_new(struct node_own);
	node->lab = lab;
	node->ns = node->crowd_fd = -1;
	node->next_port = FIRST_PORT;
	node->next_ifindex = 2; /* after lo */
	TAILQ_INIT(&node->ends);
	snprintf(node->name, sizeof node->name, "%s", name);
	node->node = (struct node){.name = node->name, .lab = lab, .kind = kind,
		.index = lab->node_count};
	if (node_open(node, cause) < 0) {
		node_free(node);
		return NULL;
	}
	lab->node_count++;
	lab->nodes_now++;
	TAILQ_INSERT_TAIL(&lab->nodes, node, entry);
	roster_add(&node->node);
	return &node->node;
}

/* What it holds of the kernel; the log may go on naming it. */
static void node_close(struct node_own *node)
{
	crowd_end(node);
	diag_close(node->diag);
	node->diag = NULL;
	node_netif_close(node);
	fd_close(&node->ns);
	settings_free(&node->have);
	free_pointer(&node->hand_routes);
	free_pointer(&node->options);
	free_pointer(&node->opened);
	counting_forget(node);
	free_pointer(&node->settings);
	node->hand_route_count = node->setting_count = 0;
}

void node_free(struct node_own *node)
{
	node_close(node);
	free(node);
}

int node_remove(struct node *node, struct cause *cause)
{
	struct node_own *own = node_own(node);
	struct lab *lab = own->lab;
	struct link_end *end;

	own->hand_route_count = 0; /* they go with it: no word of them */
	lab->nats -= own->nat != NULL;
	own->nat = NULL;
	while ((end = TAILQ_FIRST(&own->ends)))
		if (link_remove(end->link, cause) < 0)
			return -1;
	endpoints_remove(lab, node);
	processes_remove(lab, node);
	sockets_remove(lab, node);
	lab->taken_apart = true;
	lab->nodes_now--;
	TAILQ_REMOVE(&lab->nodes, own, entry);
	roster_update(lab);
	TAILQ_INSERT_TAIL(&lab->gone_nodes, own, entry);
	node_close(own);
	apply_later(lab);
	return 0;
}

int node_namespace(const struct node *node)
{
	return node_own(node)->ns;
}

struct node *node_find(const struct lab *lab, const char *name)
{
	struct node_own *node;

	TAILQ_FOREACH(node, &lab->nodes, entry)
		if (strcmp(node->name, name) == 0)
			return &node->node;
	return NULL;
}

struct node *node_next(const struct lab *lab, const struct node *node)
{
	struct node_own *next = node ? TAILQ_NEXT(node_own(node), entry) : TAILQ_FIRST(&lab->nodes);

	return next ? &next->node : NULL;
}

/* The first of that family over all its interfaces. */
static const struct end_address *first_address(const struct node_own *node, int family)
{
	const struct end_address *own;
	const struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		if ((own = address_of(end, family)))
			return own;
	return NULL;
}

int node_address_from(const struct node *to, const struct node *from, int family,
	struct address *address, struct cause *cause)
{
	const struct end_address *best = first_address(node_own(to), family), *own;
	const struct link_end *end, *mine;

	if (family == AF_INET6 && !lab_has_ipv6(to->lab))
		return cause_set(cause, EAFNOSUPPORT, "%s has no IPv6 address: say ipv6 on first", to->name);
	if (!best)
		return cause_set(cause, EADDRNOTAVAIL, "%s has no address%s", to->name,
			to->kind == NODE_SWITCH ? ": a switch has none"
						: " yet: link it to another node");
	*address = best->address;
	if (!from || from == to)
		return 0;
	TAILQ_FOREACH(end, &node_own(to)->ends, entry)
		TAILQ_FOREACH(own, &end->addresses, entry)
			TAILQ_FOREACH(mine, &node_own(from)->ends, entry) {
				const struct end_address *at = address_of(mine, family);

				if (!at || !prefix_holds(&own->address, own->length, &at->address))
					continue;
				*address = own->address;
				return 0;
			}
	if (apply_now(node_own(to)->lab, cause) < 0)
		return -1;
	TAILQ_FOREACH(end, &node_own(to)->ends, entry)
		if ((own = address_of(end, family)) && plan_reaches(node_own(from), &own->address)) {
			*address = own->address;
			return 0;
		}
	return 0;
}

int node_address(const struct node *node, struct address *address, struct cause *cause)
{
	return node_address_from(node, NULL, AF_INET, address, cause);
}
