/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif_bridge.c - static entries of a bridge's forwarding table, and which of its
 * ports forward.
 */
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/msg.h>
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

static int on_port(struct nl_msg *message, void *arg)
{
	const struct netif_listing *listing = arg;
	struct nlmsghdr *header = nlmsg_hdr(message);
	const struct ifinfomsg *body = nlmsg_data(header);
	struct nlattr *port = nlmsg_find_attr(header, sizeof *body, IFLA_PROTINFO);
	struct nlattr *state = port ? nla_find(nla_data(port), nla_len(port), IFLA_BRPORT_STATE)
				    : NULL;

	if (header->nlmsg_type == RTM_NEWLINK && state && nla_get_u8(state) == BR_STATE_FORWARDING)
		listing->each(listing->arg, body->ifi_index);
	return NL_OK;
}

int netif_all_forwarding(struct netif *netif, netif_ready_fn each, void *arg, struct cause *cause)
{
	return netif_list(netif, AF_BRIDGE, on_port, (struct netif_listing){each, arg},
		"list a switch's ports", cause);
}
