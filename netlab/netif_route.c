/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif_route.c - addresses, neighbours and routes: given, taken away, listed.
 */
#include <netinet/in.h>
#include <netlink/route/addr.h>
#include <netlink/route/neighbour.h>
#include <string.h>

#include "netif_own.h"

static size_t size_of(int family)
{
	return family == AF_INET ? 4 : 16;
}

struct nl_addr *netif_to_nl(const struct address *address)
{
	return nl_addr_build(address->family, address->bytes, size_of(address->family));
}

/* --------------------------------------------------------------- addresses */

static struct rtnl_addr *to_entry(int ifindex, const struct address *address, int prefix_length)
{
	struct rtnl_addr *entry = rtnl_addr_alloc();
	struct nl_addr *local = netif_to_nl(address);

	nl_addr_set_prefixlen(local, prefix_length);
	rtnl_addr_set_ifindex(entry, ifindex);
	rtnl_addr_set_local(entry, local);
	if (address->family == AF_INET6)
		rtnl_addr_set_flags(entry, IFA_F_NODAD);
	nl_addr_put(local);
	return entry;
}

int netif_address(struct netif *netif, int ifindex, const struct address *address,
	int prefix_length, struct cause *cause)
{
	struct rtnl_addr *entry = to_entry(ifindex, address, prefix_length);
	int code = rtnl_addr_add(netif->socket, entry, NLM_F_CREATE | NLM_F_EXCL);

	rtnl_addr_put(entry);
	return netif_check(netif, code, cause, "give an address");
}

int netif_address_del(struct netif *netif, int ifindex, const struct address *address,
	int prefix_length, struct cause *cause)
{
	struct rtnl_addr *entry = to_entry(ifindex, address, prefix_length);
	int code = rtnl_addr_delete(netif->socket, entry, 0);

	rtnl_addr_put(entry);
	return netif_check(netif, code, cause, "take an address away");
}

/* -------------------------------------------------------------- neighbours */

int netif_neighbour(struct netif *netif, int ifindex, const struct address *address,
	const uint8_t mac[6], struct cause *cause)
{
	struct rtnl_neigh *entry = rtnl_neigh_alloc();
	struct nl_addr *host = netif_to_nl(address), *link = nl_addr_build(AF_LLC, mac, 6);
	int code;

	rtnl_neigh_set_ifindex(entry, ifindex);
	rtnl_neigh_set_dst(entry, host);
	rtnl_neigh_set_lladdr(entry, link);
	rtnl_neigh_set_state(entry, NUD_PERMANENT);
	code = rtnl_neigh_add(netif->socket, entry, NLM_F_CREATE | NLM_F_REPLACE);
	nl_addr_put(link);
	nl_addr_put(host);
	rtnl_neigh_put(entry);
	return netif_check(netif, code, cause, "set a neighbour");
}

int netif_neighbour_del(struct netif *netif, int ifindex, const struct address *address,
	struct cause *cause)
{
	struct rtnl_neigh *entry = rtnl_neigh_alloc();
	struct nl_addr *host = netif_to_nl(address);
	int code;

	rtnl_neigh_set_ifindex(entry, ifindex);
	rtnl_neigh_set_dst(entry, host);
	code = rtnl_neigh_delete(netif->socket, entry, 0);
	nl_addr_put(host);
	rtnl_neigh_put(entry);
	return netif_check(netif, code, cause, "forget a neighbour");
}

/* ------------------------------------------------------------------ routes */

static struct nl_msg *route_message(int type, int flags, const struct netif_route *route)
{
	struct rtmsg body = {
		.rtm_family = route->prefix.family,
		.rtm_dst_len = (unsigned char)route->prefix_length,
		.rtm_table = RT_TABLE_MAIN,
		.rtm_protocol = RTPROT_STATIC,
		.rtm_type = RTN_UNICAST,
		/* of one that is taken away, any */
		.rtm_scope = type == RTM_DELROUTE ? RT_SCOPE_NOWHERE :
			route->via.family	  ? RT_SCOPE_UNIVERSE :
						    RT_SCOPE_LINK,
	};
	size_t size = size_of(route->prefix.family);
	struct nl_msg *message = netif_message(type, flags, &body, sizeof body, 64);

	if (route->prefix_length > 0)
		nla_put(message, RTA_DST, (int)size, route->prefix.bytes);
	if (route->via.family)
		nla_put(message, RTA_GATEWAY, (int)size, route->via.bytes);
	if (route->ifindex)
		nla_put_u32(message, RTA_OIF, (uint32_t)route->ifindex);
	return message;
}

int netif_route_add(struct netif *netif, const struct netif_route *route, struct cause *cause)
{
	struct nl_msg *message = route_message(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, route);

	return netif_check(netif, nl_send_sync(netif->socket, message), cause, "set a route");
}

int netif_route_del(struct netif *netif, const struct netif_route *route, struct cause *cause)
{
	struct nl_msg *message = route_message(RTM_DELROUTE, 0, route);

	return netif_check(netif, nl_send_sync(netif->socket, message), cause,
		"take a route away");
}

/* ------------------------------------------------------------------ listed */

struct listing {
	netif_address_fn address;
	netif_route_fn route;
	void *arg;
};

static void read_address(struct address *address, int family, const struct nlattr *attribute)
{
	*address = (struct address){.family = (uint8_t)(attribute ? family : 0)};
	if (attribute && (size_t)nla_len(attribute) == size_of(family))
		memcpy(address->bytes, nla_data(attribute), size_of(family));
}

static int on_address(struct nl_msg *message, void *arg)
{
	const struct listing *listing = arg;
	struct nlmsghdr *header = nlmsg_hdr(message);
	const struct ifaddrmsg *body = nlmsg_data(header);
	struct nlattr *attributes[IFA_MAX + 1];
	struct netif_address row;

	if (header->nlmsg_type != RTM_NEWADDR || body->ifa_index == NETIF_LOOPBACK ||
		body->ifa_scope != RT_SCOPE_UNIVERSE ||
		(body->ifa_family != AF_INET && body->ifa_family != AF_INET6) ||
		nlmsg_parse(header, sizeof *body, attributes, IFA_MAX, NULL) < 0)
		return NL_OK;
	row.ifindex = (int)body->ifa_index;
	row.prefix_length = body->ifa_prefixlen;
	read_address(&row.address, body->ifa_family,
		attributes[IFA_LOCAL] ? attributes[IFA_LOCAL] : attributes[IFA_ADDRESS]);
	listing->address(listing->arg, &row);
	return NL_OK;
}

/* What the kernel itself puts there: fe80::/64 and ff00::/8. */
static bool is_noise(const struct netif_route *row)
{
	const uint8_t *bytes = row->prefix.bytes;

	return row->ifindex == NETIF_LOOPBACK ||
		(row->prefix.family == AF_INET6 && row->prefix_length > 0 &&
			(bytes[0] == 0xff || (bytes[0] == 0xfe && bytes[1] == 0x80)));
}

static void tell_route(const struct listing *listing, struct netif_route *row,
	const struct nlattr *gateway)
{
	read_address(&row->via, row->prefix.family, gateway);
	if (!is_noise(row))
		listing->route(listing->arg, row);
}

/* One row for each next hop. */
static void tell_hops(const struct listing *listing, struct netif_route *row,
	const struct nlattr *hops)
{
	const struct rtnexthop *hop = nla_data(hops);
	int left = nla_len(hops);

	for (; RTNH_OK(hop, left); left -= RTNH_ALIGN(hop->rtnh_len), hop = RTNH_NEXT(hop)) {
		row->ifindex = hop->rtnh_ifindex;
		tell_route(listing, row, nla_find((struct nlattr *)RTNH_DATA(hop),
			hop->rtnh_len - (int)sizeof *hop, RTA_GATEWAY));
	}
}

static int on_route(struct nl_msg *message, void *arg)
{
	const struct listing *listing = arg;
	struct nlmsghdr *header = nlmsg_hdr(message);
	const struct rtmsg *body = nlmsg_data(header);
	struct nlattr *attributes[RTA_MAX + 1];
	struct netif_route row = {.prefix_length = body->rtm_dst_len, .proto = body->rtm_protocol};

	if (header->nlmsg_type != RTM_NEWROUTE || body->rtm_table != RT_TABLE_MAIN ||
		body->rtm_type != RTN_UNICAST || body->rtm_flags & RTM_F_CLONED ||
		(body->rtm_family != AF_INET && body->rtm_family != AF_INET6) ||
		nlmsg_parse(header, sizeof *body, attributes, RTA_MAX, NULL) < 0)
		return NL_OK;
	read_address(&row.prefix, body->rtm_family, attributes[RTA_DST]);
	row.prefix.family = body->rtm_family; /* a default route has no RTA_DST */
	if (attributes[RTA_MULTIPATH]) {
		tell_hops(listing, &row, attributes[RTA_MULTIPATH]);
		return NL_OK;
	}
	if (attributes[RTA_OIF])
		row.ifindex = (int)nla_get_u32(attributes[RTA_OIF]);
	tell_route(listing, &row, attributes[RTA_GATEWAY]);
	return NL_OK;
}

static int on_lookup(struct nl_msg *message, void *arg)
{
	const struct rtmsg *body = nlmsg_data(nlmsg_hdr(message));
	bool *local = arg;

	*local = nlmsg_hdr(message)->nlmsg_type == RTM_NEWROUTE && body->rtm_type == RTN_LOCAL;
	return NL_OK;
}

bool netif_is_local(struct netif *netif, const struct address *address)
{
	struct rtmsg body = {.rtm_family = address->family,
		.rtm_dst_len = address->family == AF_INET ? 32 : 128};
	struct nl_msg *message = netif_message(RTM_GETROUTE, 0, &body, sizeof body, 32);
	struct cause ignored;
	bool local = false;

	nla_put(message, RTA_DST, address->family == AF_INET ? 4 : 16, address->bytes);
	netif_check(netif, netif_ask(netif, message, on_lookup, &local), &ignored, "look a route up");
	return local;
}

int netif_addresses(struct netif *netif, netif_address_fn each, void *arg, struct cause *cause)
{
	struct ifaddrmsg body = {.ifa_family = AF_UNSPEC};
	struct listing listing = {.address = each, .arg = arg};
	struct nl_msg *message = netif_message(RTM_GETADDR, NLM_F_DUMP, &body, sizeof body, 0);

	return netif_check(netif, netif_ask(netif, message, on_address, &listing), cause,
		"list the addresses");
}

int netif_routes(struct netif *netif, netif_route_fn each, void *arg, struct cause *cause)
{
	struct rtmsg body = {.rtm_family = AF_UNSPEC};
	struct listing listing = {.route = each, .arg = arg};
	struct nl_msg *message = netif_message(RTM_GETROUTE, NLM_F_DUMP, &body, sizeof body, 0);

	return netif_check(netif, netif_ask(netif, message, on_route, &listing), cause,
		"list the routes");
}
