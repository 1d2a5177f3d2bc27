/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif.h - interfaces, addresses, neighbours and traffic redirection by
 * rtnetlink. The only user of libnl-3.
 */
#ifndef NETLAB_NETIF_H
#define NETLAB_NETIF_H

#include <stdbool.h>
#include <stdint.h>

#include "cause.h"
#include "segment.h"

struct netif; /* an rtnetlink socket in one namespace */

/* Open in the namespace the process is in now. */
struct netif *netif_open(struct cause *cause);
void netif_close(struct netif *netif);

/* One end of a veth pair to be made. */
struct netif_end {
	const char *name; /* up to 15 characters */
	int ns;		  /* namespace descriptor; -1: that of the socket */
	int ifindex;	  /* wanted number, free in that namespace */
	uint8_t mac[6];
};

/* Make a veth pair with both ends in their final namespaces, one queue each
 * (moving an end afterwards is many times slower); both are down.
 *
 * The end that comes up last can send at once. The other one gets its queue
 * only when the kernel's link-watch work has run (net/core/link_watch.c): what
 * is sent into it before that is lost. netif_ready() tells. */
int netif_veth(struct netif *netif, const struct netif_end *near, const struct netif_end *far,
	struct cause *cause);
/* Delete it, and its peer if it is a veth. */
int netif_delete(struct netif *netif, int ifindex, struct cause *cause);
/* 1 when what is sent into the interface goes out, 0 when not yet, -1 error. */
int netif_ready(struct netif *netif, int ifindex, struct cause *cause);
int netif_up(struct netif *netif, int ifindex, struct cause *cause);
int netif_address(struct netif *netif, int ifindex, const struct address *address,
	int prefix_length, struct cause *cause);
/* A permanent neighbour entry: no ARP, no neighbour discovery. */
int netif_neighbour(struct netif *netif, int ifindex, const struct address *address,
	const uint8_t mac[6], struct cause *cause);

/* Switch off the offloads that make one "frame" of many segments and leave
 * checksums undone. For the interface `name` of the current namespace. */
int netif_offloads_off(const char *name, struct cause *cause);

/* Priorities of the redirections on one ingress: the lower wins. */
#define REDIRECT_TCP4 1
#define REDIRECT_TCP6 2
#define REDIRECT_ALL  10

/* Give the interface an ingress hook (clsact), once before redirections. */
int netif_ingress(struct netif *netif, int ifindex, struct cause *cause);
/* Send what enters `ifindex` out of `to` instead (u32 and mirred): all of it,
 * or TCP over IPv4 or IPv6 only, as `priority` says. Takes effect between two
 * frames. */
int netif_redirect(struct netif *netif, int ifindex, int priority, int to, struct cause *cause);
int netif_redirect_end(struct netif *netif, int ifindex, int priority, struct cause *cause);

#endif
