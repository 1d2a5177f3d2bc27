/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "netif.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/sockios.h>
#include <linux/tc_act/tc_mirred.h>
#include <net/if.h>
#include <netlink/netlink.h>
#include <netlink/route/act/mirred.h>
#include <netlink/route/addr.h>
#include <netlink/route/classifier.h>
#include <netlink/route/cls/u32.h>
#include <netlink/route/link.h>
#include <netlink/route/link/veth.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/qdisc.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "alloc.h"

struct netif {
	struct nl_sock *socket;
	char kernel_says[160]; /* the extended acknowledgement of the last error */
	int kernel_errno;
};

/* libnl turns an error into a code of its own; the kernel's is kept here. */
static int on_error(struct sockaddr_nl *from, struct nlmsgerr *error, void *arg)
{
	struct netif *netif = arg;
	struct nlmsghdr *header = (struct nlmsghdr *)((char *)error - NLMSG_HDRLEN);
	size_t skip = sizeof *error;
	struct nlattr *text;

	(void)from;
	netif->kernel_errno = -error->error;
	if (!(header->nlmsg_flags & NLM_F_ACK_TLVS))
		return NL_STOP;
	if (!(header->nlmsg_flags & NLM_F_CAPPED))
		skip += NLMSG_ALIGN(error->msg.nlmsg_len) - sizeof error->msg;
	text = nlmsg_find_attr(header, (int)skip, NLMSGERR_ATTR_MSG);
	if (text)
		nla_strlcpy(netif->kernel_says, text, sizeof netif->kernel_says);
	return NL_STOP;
}

struct netif *netif_open(struct cause *cause)
{
	struct netif *netif = alloc_new(struct netif);
	int on = 1;

	netif->socket = nl_socket_alloc();
	if (!netif->socket || nl_connect(netif->socket, NETLINK_ROUTE) < 0) {
		cause_set_errno(cause, errno, "cannot open an rtnetlink socket");
		netif_close(netif);
		return NULL;
	}
	setsockopt(nl_socket_get_fd(netif->socket), SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
	nl_socket_modify_err_cb(netif->socket, NL_CB_CUSTOM, on_error, netif);
	return netif;
}

void netif_close(struct netif *netif)
{
	if (!netif)
		return;
	nl_socket_free(netif->socket);
	free_pointer(&netif);
}

/* Say what failed: the kernel's text where it gave one. */
static int check(struct netif *netif, int code, struct cause *cause, const char *what)
{
	int error = netif->kernel_errno;

	if (code >= 0)
		return 0;
	netif->kernel_errno = 0;
	if (!error)
		return cause_set(cause, EIO, "cannot %s: %s", what, nl_geterror(code));
	cause_set_errno(cause, error, "cannot %s", what);
	if (netif->kernel_says[0]) {
		size_t used = strlen(cause->text);

		snprintf(cause->text + used, sizeof cause->text - used, " (kernel: %s)",
			netif->kernel_says);
		netif->kernel_says[0] = '\0';
	}
	return -1;
}

static void describe_end(struct rtnl_link *link, const struct netif_end *end)
{
	struct nl_addr *mac = nl_addr_build(AF_LLC, end->mac, 6);

	rtnl_link_set_name(link, end->name);
	rtnl_link_set_ifindex(link, end->ifindex);
	rtnl_link_set_num_tx_queues(link, 1);
	rtnl_link_set_num_rx_queues(link, 1);
	rtnl_link_set_addr(link, mac);
	nl_addr_put(mac);
	if (end->ns >= 0)
		rtnl_link_set_ns_fd(link, end->ns);
}

int netif_veth(struct netif *netif, const struct netif_end *near, const struct netif_end *far,
	struct cause *cause)
{
	struct rtnl_link *link = rtnl_link_veth_alloc();
	struct rtnl_link *peer = link ? rtnl_link_veth_get_peer(link) : NULL;
	int code;

	if (!peer)
		return cause_set(cause, ENOMEM, "out of memory for a veth pair");
	describe_end(link, near);
	describe_end(peer, far);
	code = rtnl_link_add(netif->socket, link, NLM_F_CREATE | NLM_F_EXCL);
	rtnl_link_put(peer);
	rtnl_link_put(link);
	return check(netif, code, cause, "make a veth pair");
}

int netif_up(struct netif *netif, int ifindex, struct cause *cause)
{
	struct rtnl_link *link = rtnl_link_alloc();
	int code;

	rtnl_link_set_ifindex(link, ifindex);
	rtnl_link_set_flags(link, IFF_UP);
	code = rtnl_link_change(netif->socket, link, link, 0);
	rtnl_link_put(link);
	return check(netif, code, cause, "bring an interface up");
}

int netif_delete(struct netif *netif, int ifindex, struct cause *cause)
{
	struct rtnl_link *link = rtnl_link_alloc();
	int code;

	rtnl_link_set_ifindex(link, ifindex);
	code = rtnl_link_delete(netif->socket, link);
	rtnl_link_put(link);
	return check(netif, code, cause, "delete an interface");
}

int netif_ready(struct netif *netif, int ifindex, struct cause *cause)
{
	struct rtnl_link *link = NULL;
	const char *qdisc;
	int code = rtnl_link_get_kernel(netif->socket, ifindex, NULL, &link);
	int ready;

	if (code < 0)
		return check(netif, code, cause, "look at an interface");
	qdisc = rtnl_link_get_qdisc(link);
	ready = qdisc && strcmp(qdisc, "noop") != 0;
	rtnl_link_put(link);
	return ready;
}

static struct nl_addr *to_nl(const struct address *address)
{
	return nl_addr_build(address->family, address->bytes, address->family == AF_INET ? 4 : 16);
}

int netif_address(struct netif *netif, int ifindex, const struct address *address,
	int prefix_length, struct cause *cause)
{
	struct rtnl_addr *entry = rtnl_addr_alloc();
	struct nl_addr *local = to_nl(address);
	int code;

	nl_addr_set_prefixlen(local, prefix_length);
	rtnl_addr_set_ifindex(entry, ifindex);
	rtnl_addr_set_local(entry, local);
	if (address->family == AF_INET6)
		rtnl_addr_set_flags(entry, IFA_F_NODAD);
	code = rtnl_addr_add(netif->socket, entry, NLM_F_CREATE | NLM_F_EXCL);
	nl_addr_put(local);
	rtnl_addr_put(entry);
	return check(netif, code, cause, "give an address");
}

int netif_neighbour(struct netif *netif, int ifindex, const struct address *address,
	const uint8_t mac[6], struct cause *cause)
{
	struct rtnl_neigh *entry = rtnl_neigh_alloc();
	struct nl_addr *host = to_nl(address), *link = nl_addr_build(AF_LLC, mac, 6);
	int code;

	rtnl_neigh_set_ifindex(entry, ifindex);
	rtnl_neigh_set_dst(entry, host);
	rtnl_neigh_set_lladdr(entry, link);
	rtnl_neigh_set_state(entry, NUD_PERMANENT);
	code = rtnl_neigh_add(netif->socket, entry, NLM_F_CREATE | NLM_F_REPLACE);
	nl_addr_put(link);
	nl_addr_put(host);
	rtnl_neigh_put(entry);
	return check(netif, code, cause, "set a neighbour");
}

int netif_offloads_off(const char *name, struct cause *cause)
{
	static const uint32_t off[] = {ETHTOOL_STXCSUM, ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO};
	autoclose int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = {0};

	memcpy(request.ifr_name, name, strnlen(name, IFNAMSIZ - 1));
	for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
		struct ethtool_value value = {.cmd = off[i], .data = 0};

		request.ifr_data = (void *)&value;
		if (ioctl(fd, SIOCETHTOOL, &request) < 0 && errno != EOPNOTSUPP)
			return cause_set_errno(cause, errno, "cannot switch off offloads of %s", name);
	}
	return 0;
}

int netif_ingress(struct netif *netif, int ifindex, struct cause *cause)
{
	struct rtnl_qdisc *qdisc = rtnl_qdisc_alloc();
	int code;

	rtnl_tc_set_ifindex(TC_CAST(qdisc), ifindex);
	rtnl_tc_set_parent(TC_CAST(qdisc), TC_H_CLSACT);
	rtnl_tc_set_handle(TC_CAST(qdisc), TC_HANDLE(TC_H_CLSACT >> 16, 0));
	rtnl_tc_set_kind(TC_CAST(qdisc), "clsact");
	code = rtnl_qdisc_add(netif->socket, qdisc, NLM_F_CREATE | NLM_F_EXCL);
	rtnl_qdisc_put(qdisc);
	return check(netif, code, cause, "make an ingress hook (clsact; kernel option NET_SCH_INGRESS)");
}

static uint16_t filter_protocol(int priority)
{
	switch (priority) {
	case REDIRECT_TCP4:
		return ETH_P_IP;
	case REDIRECT_TCP6:
		return ETH_P_IPV6;
	default:
		return ETH_P_ALL;
	}
}

static struct rtnl_cls *filter_new(int ifindex, int priority)
{
	struct rtnl_cls *filter = rtnl_cls_alloc();

	rtnl_tc_set_ifindex(TC_CAST(filter), ifindex);
	rtnl_tc_set_parent(TC_CAST(filter), TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS));
	rtnl_cls_set_prio(filter, (uint16_t)priority);
	rtnl_cls_set_protocol(filter, filter_protocol(priority));
	rtnl_tc_set_kind(TC_CAST(filter), "u32");
	return filter;
}

static int match(struct rtnl_cls *filter, int priority)
{
	switch (priority) {
	case REDIRECT_TCP4: /* protocol, RFC 791 3.1 */
		return rtnl_u32_add_key_uint8(filter, IPPROTO_TCP, 0xff, 9, 0);
	case REDIRECT_TCP6: /* next header, RFC 8200 3 */
		return rtnl_u32_add_key_uint8(filter, IPPROTO_TCP, 0xff, 6, 0);
	default:
		return rtnl_u32_add_key(filter, 0, 0, 0, 0);
	}
}

int netif_redirect(struct netif *netif, int ifindex, int priority, int to, struct cause *cause)
{
	struct rtnl_cls *filter = filter_new(ifindex, priority);
	struct rtnl_act *redirect = rtnl_act_alloc();
	int code;

	rtnl_tc_set_kind(TC_CAST(redirect), "mirred");
	rtnl_mirred_set_action(redirect, TCA_EGRESS_REDIR);
	rtnl_mirred_set_policy(redirect, TC_ACT_STOLEN);
	rtnl_mirred_set_ifindex(redirect, (uint32_t)to);
	code = match(filter, priority);
	if (code >= 0)
		code = rtnl_u32_add_action(filter, redirect);
	rtnl_u32_set_cls_terminal(filter);
	if (code >= 0)
		code = rtnl_cls_add(netif->socket, filter, NLM_F_CREATE | NLM_F_EXCL);
	rtnl_act_put(redirect);
	rtnl_cls_put(filter);
	return check(netif, code, cause,
		"redirect a link (kernel options NET_CLS_U32 and NET_ACT_MIRRED)");
}

int netif_redirect_end(struct netif *netif, int ifindex, int priority, struct cause *cause)
{
	struct rtnl_cls *filter = filter_new(ifindex, priority);
	int code = rtnl_cls_delete(netif->socket, filter, 0);

	rtnl_cls_put(filter);
	return check(netif, code, cause, "end a redirection");
}
