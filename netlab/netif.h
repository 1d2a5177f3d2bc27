/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif.h - interfaces, bridges, addresses, neighbours, routes, redirection and
 * impairment of traffic, by rtnetlink. Its sources, netif*.c, are the only
 * users of libnl-3.
 *
 * Everything here happens in the namespace of the struct netif, and when a
 * function returns, the kernel has done it.
 */
#ifndef NETLAB_NETIF_H
#define NETLAB_NETIF_H

#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "cause.h"
#include "netem.h"

struct netif; /* an rtnetlink socket in one namespace */

/* Open in the namespace the process is in now. */
struct netif *netif_open(struct cause *cause);
void netif_close(struct netif *netif);

/* -------------------------------------------------------------- interfaces */

/* One end of a veth pair to be made. */
struct netif_end {
	const char *name; /* up to 15 characters */
	int ns;		  /* namespace descriptor; -1: that of the socket */
	int ifindex;	  /* wanted number, free in that namespace */
	uint8_t mac[6];
	unsigned group;	  /* for netif_delete_group(); 0: none */
	int bridge;	  /* becomes a port of this bridge, which is in the end's
			     namespace; of the near end only; 0: none */
};

/* Make a veth pair with both ends in their final namespaces, one queue each
 * (moving an end afterwards is many times slower); both are down.
 *
 * The end that comes up last can send at once. The other one gets its queue
 * only when the kernel's link-watch work has run (net/core/link_watch.c): what
 * is sent into it before that is lost. netif_ready() tells. */
int netif_veth(struct netif *netif, const struct netif_end *near, const struct netif_end *far,
	struct cause *cause);
/* Make a Linux bridge: no spanning tree, so that a port forwards as soon as it
 * is up, no multicast snooping, no link-local address of its own. It is down. */
int netif_bridge(struct netif *netif, const char *name, int ifindex, const uint8_t mac[6],
	struct cause *cause);
/* Make an interface a port of a bridge. */
int netif_enslave(struct netif *netif, int ifindex, int bridge, struct cause *cause);
/* Who is behind a port of a bridge: frames to that address go out there alone,
 * none is learned or forgotten (netif_bridge.c). */
int netif_forward_add(struct netif *netif, int port, const uint8_t mac[6], struct cause *cause);
int netif_forward_del(struct netif *netif, int port, const uint8_t mac[6], struct cause *cause);
/* Delete it, and its peer if it is a veth. */
int netif_delete(struct netif *netif, int ifindex, struct cause *cause);
/* Delete all that were made with this group (not 0), in one request, which is
 * many times faster than one by one. ENODEV: there are none. */
int netif_delete_group(struct netif *netif, unsigned group, struct cause *cause);

int netif_up(struct netif *netif, int ifindex, struct cause *cause);
/* Down: both ends of a veth are without carrier, what waits in the queue is
 * lost, and IPv6 addresses and routes that lead there are gone. */
int netif_down(struct netif *netif, int ifindex, struct cause *cause);
/* No IPv6 link-local address by itself, and none of the noise that comes with
 * it; to be called before it is up. Nothing to do where there is no IPv6. */
int netif_quiet(struct netif *netif, int ifindex, struct cause *cause);
/* Switch off the offloads that make one "frame" of many segments and leave
 * checksums undone. For the interface `name` of the current namespace. */
int netif_offloads_off(const char *name, struct cause *cause);

/* 1 when what is sent into the interface goes out, 0 when not yet, -1 error:
 * the same work of the kernel's sets the operational state (RFC 2863) and gives
 * the interface its queue (net/core/link_watch.c). */
int netif_ready(struct netif *netif, int ifindex, struct cause *cause);

/* The same for all interfaces at once: those that are ready. */
typedef void (*netif_ready_fn)(void *arg, int ifindex);
int netif_all_ready(struct netif *netif, netif_ready_fn each, void *arg, struct cause *cause);
/* The ports of a bridge that forward; the others throw away what comes, and what
 * should go there. One that was without a carrier for as long as the link-watch
 * work needs to see it, begins to forward only when that has run again
 * (net/bridge/br.c, br_device_event()). */
int netif_all_forwarding(struct netif *netif, netif_ready_fn each, void *arg, struct cause *cause);

/* Frames since the interface was made. */
struct netif_stats {
	uint64_t rx, tx, rx_dropped, tx_dropped;
};
int netif_stats(struct netif *netif, int ifindex, struct netif_stats *stats, struct cause *cause);

/* ------------------------------------------ addresses, neighbours, routes */

/* IPv6 addresses can be used at once: no duplicate address detection. */
int netif_address(struct netif *netif, int ifindex, const struct address *address,
	int prefix_length, struct cause *cause);
int netif_address_del(struct netif *netif, int ifindex, const struct address *address,
	int prefix_length, struct cause *cause);

/* Does the kernel take packets for that address as its own? For IPv6 it does
 * only when a work queue has run after the address was given
 * (net/ipv6/addrconf.c, addrconf_dad_work), also without duplicate detection. */
bool netif_is_local(struct netif *netif, const struct address *address);

/* A permanent neighbour entry: no ARP, no neighbour discovery. */
int netif_neighbour(struct netif *netif, int ifindex, const struct address *address,
	const uint8_t mac[6], struct cause *cause);
int netif_neighbour_del(struct netif *netif, int ifindex, const struct address *address,
	struct cause *cause);

struct netif_route {
	struct address prefix;	/* its family always; length 0: default */
	int prefix_length;
	struct address via;	/* same family; family 0: on the link itself */
	int ifindex;		/* 0: the one that leads to `via` */
	int proto;		/* RTPROT_*, of one that is listed; ours are static */
};

/* Put a static route into the main table. One to the same prefix is replaced,
 * also that which came with an address. `via` must be on a network of the
 * interface, which must be up. */
int netif_route_add(struct netif *netif, const struct netif_route *route, struct cause *cause);
/* Take a static route away: the first with that prefix, and that `via` and
 * interface where they are given. */
int netif_route_del(struct netif *netif, const struct netif_route *route, struct cause *cause);

/* Row by row what the kernel has now, of both families; rows are borrowed for
 * the time of the call, in which no other function with this netif may be
 * called. Without loopback, without what is link-local. */
struct netif_address {
	int ifindex;
	struct address address;
	int prefix_length;
};
typedef void (*netif_address_fn)(void *arg, const struct netif_address *row);
int netif_addresses(struct netif *netif, netif_address_fn each, void *arg, struct cause *cause);
/* The main table's, with those that came with addresses (RTPROT_KERNEL); a
 * route with several next hops is several rows. */
typedef void (*netif_route_fn)(void *arg, const struct netif_route *row);
int netif_routes(struct netif *netif, netif_route_fn each, void *arg, struct cause *cause);

/* ------------------------------------------------------------- redirection */

/* Priorities of the redirections on one ingress: the lower wins. */
#define REDIRECT_TCP4 1
#define REDIRECT_TCP6 2
#define REDIRECT_GATE 5 /* all of it, before REDIRECT_ALL */
#define REDIRECT_ALL  10

/* Give the interface an ingress hook, once before redirections. Ten
 * times faster before the interface is up. */
int netif_ingress(struct netif *netif, int ifindex, struct cause *cause);
/* Send what enters `ifindex` out of `to` instead (u32 and mirred): all of it,
 * or TCP over IPv4 or IPv6 only, as `priority` says. Takes effect between two
 * frames. */
int netif_redirect(struct netif *netif, int ifindex, int priority, int to, struct cause *cause);
int netif_redirect_end(struct netif *netif, int ifindex, int priority, struct cause *cause);

/* -------------------------------------------------------------- impairment */

/* Does this kernel have netem? 1, 0, or -1. Changes nothing. */
int netif_netem_available(struct netif *netif, struct cause *cause);
/* Does its netem take a seed (Linux 6.6)? 1, 0, or -1. The first time it tries
 * that out on the loopback interface of the namespace. */
int netif_netem_seed(struct netif *netif, struct cause *cause);

/* Impair what leaves by the interface: the whole set, in place of what was set
 * before. What waits in netem's queue stays there with the time it has, also
 * when nothing in the set impairs. A seed begins its stream anew each time.
 *
 * The first time on an interface that is up, the kernel stops it meanwhile
 * (dev_deactivate(), net/sched/sch_generic.c): what is sent into it then is lost
 * and counted nowhere. So begin before it is up, with a set that impairs
 * nothing, or see to it that nothing is sent. Later changes lose nothing. */
int netif_netem(struct netif *netif, int ifindex, const struct netem *set, struct cause *cause);
/* Take netem itself away; what waits in its queue is lost, and what is sent
 * meanwhile. */
int netif_netem_end(struct netif *netif, int ifindex, struct cause *cause);

/* Of the interface's root qdisc: frames that left it, frames that it dropped
 * (netem: by loss or for the limit), frames that wait. Zero without netem. */
struct netif_qdisc_stats {
	uint64_t sent, dropped;
	uint32_t queued;
};
int netif_qdisc_stats(struct netif *netif, int ifindex, struct netif_qdisc_stats *stats,
	struct cause *cause);

#endif
