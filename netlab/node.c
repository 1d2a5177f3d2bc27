/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * node.c - hosts: a namespace each, held by a descriptor and without a name
 * on the machine, with an rtnetlink and a sock_diag socket opened inside.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "lab.h"
#include "machine.h"
#include "netns.h"

static bool name_is_legal(const char *name)
{
	size_t length = strlen(name);

	if (length == 0 || length > 15 || !isalpha((unsigned char)name[0]))
		return false;
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-')
			return false;
	return true;
}

/* What every host of a lab has, so that it behaves the same every time. */
static int make_predictable(struct node_own *node, struct cause *cause)
{
	const char *tw_buckets = machine_max_tw_buckets();
	int home = node->lab->wire.home;
	struct cause absent;

	/* else the next connection begins with what this one learned */
	if (netns_sysctl_write(node->ns, home, "net/ipv4/tcp_no_metrics_save", "1", cause) < 0)
		return -1;
	/* a namespace with a small hash has a small limit, too: the machine's instead */
	if (tw_buckets[0] && netns_sysctl_write(node->ns, home, "net/ipv4/tcp_max_tw_buckets",
				     tw_buckets, cause) < 0)
		return -1;
	/* no router solicitations, no duplicate address detection; a kernel
	 * without IPv6 has no such sysctl, and no such noise */
	netns_sysctl_write(node->ns, home, "net/ipv6/conf/default/disable_ipv6", "1", &absent);
	return 0;
}

static int node_open(struct node_own *node, struct cause *cause)
{
	struct lab *lab = node->lab;

	node->ns = netns_new(lab->wire.home, cause);
	if (node->ns < 0 || make_predictable(node, cause) < 0)
		return -1;
	netns_enter(node->ns);
	node->netif = netif_open(cause);
	node->diag = node->netif ? diag_open(cause) : NULL;
	netns_enter(lab->wire.home);
	if (!node->diag)
		return -1;
	return netif_up(node->netif, 1, cause); /* lo */
}

struct node *node_new(struct lab *lab, const char *name, struct cause *cause)
{
	struct node_own *node;

	if (!name_is_legal(name)) {
		cause_set(cause, EINVAL, "\"%s\" is no name for a host: 1 to 15 of A-Z a-z 0-9 _ -, "
			"a letter first", name);
		return NULL;
	}
	if (node_find(lab, name)) {
		cause_set(cause, EEXIST, "there is a host \"%s\" already: take another name", name);
		return NULL;
	}
	node = alloc_new(struct node_own);
	node->lab = lab;
	node->ns = -1;
	node->next_port = FIRST_PORT;
	snprintf(node->name, sizeof node->name, "%s", name);
	node->node = (struct node){.name = node->name, .lab = lab};
	if (node_open(node, cause) < 0) {
		node_free(node);
		return NULL;
	}
	node->node.index = lab->node_count++;
	TAILQ_INSERT_TAIL(&lab->nodes, node, entry);
	return &node->node;
}

void node_free(struct node_own *node)
{
	diag_close(node->diag);
	netif_close(node->netif);
	fd_close(&node->ns);
	free(node);
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

struct node_own *node_by_address(const struct lab *lab, const struct address *address)
{
	const struct link *link;

	TAILQ_FOREACH(link, &lab->links, entry)
		for (int e = 0; e < 2; e++)
			if (address_same_host(&link->end[e].address, address))
				return link->end[e].node;
	return NULL;
}

int node_address(const struct node *node, struct address *address, struct cause *cause)
{
	*address = node_own(node)->address;
	if (!address->family)
		return cause_set(cause, EADDRNOTAVAIL, "%s has no address yet: link it to another host",
			node->name);
	return 0;
}

/* "tcp_fin_timeout", "net.ipv4.tcp_fin_timeout" or with slashes */
static int sysctl_path(const char *key, char *path, size_t size, struct cause *cause)
{
	if (strstr(key, "..") || key[0] == '/' || strlen(key) > 120)
		return cause_set(cause, EINVAL, "\"%s\" is no sysctl: say net.ipv4.NAME or NAME", key);
	if (strncmp(key, "net.", 4) == 0 || strncmp(key, "net/", 4) == 0)
		snprintf(path, size, "%s", key);
	else
		snprintf(path, size, "net/ipv4/%s", key);
	for (char *dot = path; (dot = strchr(dot, '.')); )
		*dot = '/';
	return 0;
}

int node_sysctl(struct node *node, const char *key, const char *value, char *out, size_t size,
	struct cause *cause)
{
	struct node_own *own = node_own(node);
	int home = own->lab->wire.home;
	char path[160];

	if (sysctl_path(key, path, sizeof path, cause) < 0)
		return -1;
	if (value && netns_sysctl_write(own->ns, home, path, value, cause) < 0)
		return -1;
	return netns_sysctl_read(own->ns, home, path, out, size, cause);
}

/* ------------------------------------------------------------- dumping it */

struct dump {
	const struct node *node;
	socket_row_fn row;
	void *arg;
	uint32_t *count;
};

static void each_row(void *arg, const struct diag_row *from)
{
	struct dump *dump = arg;
	const struct socket_own *known;
	struct tcp_socket row = {
		.node = dump->node,
		.listener = from->state == STATE_LISTEN,
		.minisock = from->minisock,
		.state = from->state,
		.local = from->local,
		.peer = from->peer,
		.recv_queue = from->recv_queue,
		.send_queue = from->send_queue,
		.timer = from->timer,
		.timer_ms = from->timer_ms,
		.retransmits = from->retransmits,
		.cookie = from->cookie,
	};

	if (dump->count) {
		dump->count[from->state]++;
		return;
	}
	known = socket_owned_at(node_own(dump->node)->lab, dump->node, &from->local, &from->peer);
	if (known) {
		memcpy(row.name, known->socket.name, sizeof row.name);
		row.endpoint = known->socket.endpoint;
		row.number = known->socket.number;
		row.open = known->socket.open;
	}
	dump->row(dump->arg, &row);
}

static int dump_families(const struct node *node, struct dump *dump, struct cause *cause)
{
	return diag_dump(node_own(node)->diag, each_row, dump, cause);
}

int node_dump(const struct node *node, socket_row_fn row, void *arg, struct cause *cause)
{
	struct dump dump = {.node = node, .row = row, .arg = arg};

	return dump_families(node, &dump, cause);
}

int node_count(const struct node *node, uint32_t count[TCP_STATES], struct cause *cause)
{
	struct dump dump = {.node = node, .count = count};

	memset(count, 0, TCP_STATES * sizeof *count);
	return dump_families(node, &dump, cause);
}
