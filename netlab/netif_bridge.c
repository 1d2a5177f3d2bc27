/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif_bridge.c - static entries of a bridge's forwarding table.
 */
#include <linux/neighbour.h>
#include <netlink/route/neighbour.h>
#include <sys/socket.h>

#include "netif_own.h"

static struct rtnl_neigh *entry_new(int port, const uint8_t mac[6])
{
	struct rtnl_neigh *entry = rtnl_neigh_alloc();
	struct nl_addr *address = nl_addr_build(AF_LLC, mac, 6);

	rtnl_neigh_set_family(entry, AF_BRIDGE);
	rtnl_neigh_set_ifindex(entry, port);
	rtnl_neigh_set_lladdr(entry, address);
	/* sticky: a frame with a false source address does not move it */
	rtnl_neigh_set_flags(entry, NTF_MASTER | NTF_STICKY);
	rtnl_neigh_set_state(entry, NUD_NOARP); /* static, not the port's own */
	nl_addr_put(address);
	return entry;
}

int netif_forward_add(struct netif *netif, int port, const uint8_t mac[6], struct cause *cause)
{
	struct rtnl_neigh *entry = entry_new(port, mac);
	int code = rtnl_neigh_add(netif->socket, entry, NLM_F_CREATE | NLM_F_REPLACE);

	rtnl_neigh_put(entry);
	return netif_check(netif, code, cause, "tell a switch who is behind a port");
}

int netif_forward_del(struct netif *netif, int port, const uint8_t mac[6], struct cause *cause)
{
	struct rtnl_neigh *entry = entry_new(port, mac);
	int code = rtnl_neigh_delete(netif->socket, entry, 0);

	rtnl_neigh_put(entry);
	return netif_check(netif, code, cause, "tell a switch who is gone from a port");
}
