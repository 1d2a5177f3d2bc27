/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "netif.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <linux/if.h>
#include <netlink/route/link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "alloc.h"
#include "netif_own.h"

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

	netif->takes_seed = -1;
	netif->socket = nl_socket_alloc();
	if (!netif->socket || nl_connect(netif->socket, NETLINK_ROUTE) < 0) {
		cause_set_errno(cause, errno, "cannot open an rtnetlink socket");
		netif_close(netif);
		return NULL;
	}
	/* no answer is longer, and so none needs a look before it is read */
	nl_socket_disable_msg_peek(netif->socket);
	nl_socket_set_msg_buf_size(netif->socket, 32768);
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

int netif_check(struct netif *netif, int code, struct cause *cause, const char *what)
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

int netif_errno(struct netif *netif, int code)
{
	int error = code < 0 ? netif->kernel_errno : 0;

	if (error) {
		netif->kernel_errno = 0;
		netif->kernel_says[0] = '\0';
	}
	return error;
}

struct nl_msg *netif_message(int type, int flags, const void *body, size_t size, size_t more)
{
	struct nl_msg *message = nlmsg_alloc_size((size_t)nlmsg_total_size((int)(size + more)));

	if (!message || !nlmsg_put(message, NL_AUTO_PORT, NL_AUTO_SEQ, type, 0, flags) ||
		nlmsg_append(message, (void *)body, size, NLMSG_ALIGNTO) < 0)
		abort();
	return message;
}

static int on_end(struct nl_msg *message, void *arg)
{
	(void)message;
	*(bool *)arg = true;
	return NL_STOP;
}

int netif_ask(struct netif *netif, struct nl_msg *message, nl_recvmsg_msg_cb_t each, void *arg)
{
	struct nl_cb *callbacks = nl_socket_get_cb(netif->socket);
	struct nl_cb *own = nl_cb_clone(callbacks);
	int code = nl_send_auto(netif->socket, message);
	bool ended = false;

	nl_cb_set(own, NL_CB_VALID, NL_CB_CUSTOM, each, arg);
	nl_cb_set(own, NL_CB_ACK, NL_CB_CUSTOM, on_end, &ended);
	nl_cb_set(own, NL_CB_FINISH, NL_CB_CUSTOM, on_end, &ended);
	while (code >= 0 && !ended)
		code = nl_recvmsgs(netif->socket, own);
	nl_cb_put(own);
	nl_cb_put(callbacks);
	nlmsg_free(message);
	return code;
}

/* ------------------------------------------------------- making and ending */

static void put_end(struct nl_msg *message, const struct netif_end *end)
{
	nla_put_string(message, IFLA_IFNAME, end->name);
	nla_put(message, IFLA_ADDRESS, sizeof end->mac, end->mac);
	nla_put_u32(message, IFLA_NUM_TX_QUEUES, 1);
	nla_put_u32(message, IFLA_NUM_RX_QUEUES, 1);
	if (end->ns >= 0)
		nla_put_u32(message, IFLA_NET_NS_FD, (uint32_t)end->ns);
	if (end->group)
		nla_put_u32(message, IFLA_GROUP, end->group);
}

int netif_veth(struct netif *netif, const struct netif_end *near, const struct netif_end *far,
	struct cause *cause)
{
	struct ifinfomsg body = {.ifi_index = near->ifindex}, peer = {.ifi_index = far->ifindex};
	struct nl_msg *message = netif_message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &body,
		sizeof body, 256);
	struct nlattr *info, *data, *other;

	put_end(message, near);
	if (near->bridge)
		nla_put_u32(message, IFLA_MASTER, (uint32_t)near->bridge);
	info = nla_nest_start(message, IFLA_LINKINFO);
	nla_put_string(message, IFLA_INFO_KIND, "veth");
	data = nla_nest_start(message, IFLA_INFO_DATA);
	other = nla_nest_start(message, VETH_INFO_PEER);
	nlmsg_append(message, &peer, sizeof peer, NLMSG_ALIGNTO);
	put_end(message, far);
	nla_nest_end(message, other);
	nla_nest_end(message, data);
	nla_nest_end(message, info);
	return netif_check(netif, nl_send_sync(netif->socket, message), cause, "make a veth pair");
}

int netif_bridge(struct netif *netif, const char *name, int ifindex, const uint8_t mac[6],
	struct cause *cause)
{
	struct ifinfomsg body = {.ifi_index = ifindex};
	struct nl_msg *message = netif_message(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &body,
		sizeof body, 128);
	struct nlattr *info, *data;
	int code;

	nla_put_string(message, IFLA_IFNAME, name);
	nla_put(message, IFLA_ADDRESS, 6, mac);
	info = nla_nest_start(message, IFLA_LINKINFO);
	nla_put_string(message, IFLA_INFO_KIND, "bridge");
	data = nla_nest_start(message, IFLA_INFO_DATA);
	nla_put_u32(message, IFLA_BR_STP_STATE, 0);
	nla_put_u8(message, IFLA_BR_MCAST_SNOOPING, 0);
	nla_nest_end(message, data);
	nla_nest_end(message, info);
	code = nl_send_sync(netif->socket, message);
	if (netif_check(netif, code, cause, "make a bridge (kernel option BRIDGE)") < 0)
		return -1;
	return netif_quiet(netif, ifindex, cause);
}

static int delete(struct netif *netif, int ifindex, unsigned group, const char *what,
	struct cause *cause)
{
	struct ifinfomsg body = {.ifi_index = ifindex};
	struct nl_msg *message = netif_message(RTM_DELLINK, 0, &body, sizeof body, 16);

	if (group)
		nla_put_u32(message, IFLA_GROUP, group);
	return netif_check(netif, nl_send_sync(netif->socket, message), cause, what);
}

int netif_delete(struct netif *netif, int ifindex, struct cause *cause)
{
	return delete(netif, ifindex, 0, "delete an interface", cause);
}

int netif_delete_group(struct netif *netif, unsigned group, struct cause *cause)
{
	return delete(netif, 0, group, "delete a group of interfaces", cause);
}

/* ------------------------------------------------------------ changing one */

static int set_flags(struct netif *netif, int ifindex, unsigned flags, const char *what,
	struct cause *cause)
{
	struct ifinfomsg body = {.ifi_index = ifindex, .ifi_flags = flags, .ifi_change = IFF_UP};
	struct nl_msg *message = netif_message(RTM_SETLINK, 0, &body, sizeof body, 0);

	return netif_check(netif, nl_send_sync(netif->socket, message), cause, what);
}

int netif_up(struct netif *netif, int ifindex, struct cause *cause)
{
	return set_flags(netif, ifindex, IFF_UP, "bring an interface up", cause);
}

int netif_down(struct netif *netif, int ifindex, struct cause *cause)
{
	return set_flags(netif, ifindex, 0, "take an interface down", cause);
}

int netif_enslave(struct netif *netif, int ifindex, int bridge, struct cause *cause)
{
	struct ifinfomsg body = {.ifi_index = ifindex};
	struct nl_msg *message = netif_message(RTM_SETLINK, 0, &body, sizeof body, 16);

	nla_put_u32(message, IFLA_MASTER, (uint32_t)bridge);
	return netif_check(netif, nl_send_sync(netif->socket, message), cause,
		"make an interface a port of a bridge");
}

int netif_quiet(struct netif *netif, int ifindex, struct cause *cause)
{
	struct ifinfomsg body = {.ifi_index = ifindex};
	struct nl_msg *message = netif_message(RTM_SETLINK, 0, &body, sizeof body, 32);
	struct nlattr *families = nla_nest_start(message, IFLA_AF_SPEC);
	struct nlattr *inet6 = nla_nest_start(message, AF_INET6);
	int code;

	nla_put_u8(message, IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
	nla_nest_end(message, inet6);
	nla_nest_end(message, families);
	code = nl_send_sync(netif->socket, message);
	if (code < 0 && netif->kernel_errno == EAFNOSUPPORT)
		return netif_errno(netif, code) ? 0 : -1; /* no IPv6 here, so no such address */
	return netif_check(netif, code, cause, "switch off an interface's link-local address");
}

int netif_offloads_off(const char *name, struct cause *cause)
{
	/* without checksums the kernel gives up most of the others by itself, and a
	 * change costs much more than a question */
	static const struct {
		uint32_t get, set;
	} off[] = {
		{ETHTOOL_GTXCSUM, ETHTOOL_STXCSUM},
		{ETHTOOL_GTSO, ETHTOOL_STSO},
		{ETHTOOL_GGSO, ETHTOOL_SGSO},
		{ETHTOOL_GGRO, ETHTOOL_SGRO},
	};
	autoclose int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = {0};

	memcpy(request.ifr_name, name, strnlen(name, IFNAMSIZ - 1));
	for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
		struct ethtool_value value = {.cmd = off[i].get};

		request.ifr_data = (void *)&value;
		if (ioctl(fd, SIOCETHTOOL, &request) == 0 && value.data == 0)
			continue;
		value = (struct ethtool_value){.cmd = off[i].set};
		if (ioctl(fd, SIOCETHTOOL, &request) < 0 && errno != EOPNOTSUPP)
			return cause_set_errno(cause, errno, "cannot switch off offloads of %s",
				name);
	}
	return 0;
}

/* -------------------------------------------------------------- looking at */

int netif_ready(struct netif *netif, int ifindex, struct cause *cause)
{
	struct rtnl_link *link = NULL;
	int code = rtnl_link_get_kernel(netif->socket, ifindex, NULL, &link);
	int ready;

	if (code < 0)
		return netif_check(netif, code, cause, "look at an interface");
	ready = rtnl_link_get_operstate(link) == IF_OPER_UP;
	rtnl_link_put(link);
	return ready;
}

int netif_list(struct netif *netif, int family, nl_recvmsg_msg_cb_t one,
	struct netif_listing listing, const char *what, struct cause *cause)
{
	struct ifinfomsg body = {.ifi_family = (unsigned char)family};
	struct nl_msg *message = netif_message(RTM_GETLINK, NLM_F_DUMP, &body, sizeof body, 0);

	return netif_check(netif, netif_ask(netif, message, one, &listing), cause, what);
}

static int on_interface(struct nl_msg *message, void *arg)
{
	const struct netif_listing *listing = arg;
	struct nlmsghdr *header = nlmsg_hdr(message);
	const struct ifinfomsg *body = nlmsg_data(header);
	struct nlattr *state = nlmsg_find_attr(header, sizeof *body, IFLA_OPERSTATE);

	if (header->nlmsg_type == RTM_NEWLINK && state && nla_get_u8(state) == IF_OPER_UP)
		listing->each(listing->arg, body->ifi_index);
	return NL_OK;
}

int netif_all_ready(struct netif *netif, netif_ready_fn each, void *arg, struct cause *cause)
{
	return netif_list(netif, AF_UNSPEC, on_interface, (struct netif_listing){each, arg},
		"list the interfaces", cause);
}

int netif_stats(struct netif *netif, int ifindex, struct netif_stats *stats, struct cause *cause)
{
	struct rtnl_link *link = NULL;
	int code = rtnl_link_get_kernel(netif->socket, ifindex, NULL, &link);

	if (code < 0)
		return netif_check(netif, code, cause, "read an interface's counters");
	*stats = (struct netif_stats){
		.rx = rtnl_link_get_stat(link, RTNL_LINK_RX_PACKETS),
		.tx = rtnl_link_get_stat(link, RTNL_LINK_TX_PACKETS),
		.rx_dropped = rtnl_link_get_stat(link, RTNL_LINK_RX_DROPPED),
		.tx_dropped = rtnl_link_get_stat(link, RTNL_LINK_TX_DROPPED),
	};
	rtnl_link_put(link);
	return 0;
}
