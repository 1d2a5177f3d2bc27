/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * probe_netlink.c - the probes that ask rtnetlink, nf_tables and sock_diag.
 */
#include "probe_own.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_ether.h>
#include <linux/inet_diag.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/tc_act/tc_mirred.h>
#include <linux/veth.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define BUFFER_SIZE 8192

/* -------------------------------------------------------------- a talk each */

struct talk {
	struct mnl_socket *socket;
	struct nlmsghdr *header; /* of the request in the making */
	char buffer[BUFFER_SIZE];
};

static int talk_open(struct talk *talk, int protocol)
{
	talk->socket = mnl_socket_open2(protocol, SOCK_CLOEXEC);
	if (!talk->socket || mnl_socket_bind(talk->socket, 0, MNL_SOCKET_AUTOPID) < 0)
		return -1;
	mnl_socket_setsockopt(talk->socket, NETLINK_EXT_ACK, &(int){1}, sizeof(int));
	return 0;
}

/* Begin a request; returns its fixed part, zeroed. */
static void *talk_begin(struct talk *talk, int type, int flags, size_t size)
{
	talk->header = mnl_nlmsg_put_header(talk->buffer);
	talk->header->nlmsg_type = (uint16_t)type;
	talk->header->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	return mnl_nlmsg_put_extra_header(talk->header, size);
}

static int keep_message(const struct nlattr *attribute, void *says)
{
	if (mnl_attr_get_type(attribute) == NLMSGERR_ATTR_MSG)
		snprintf(says, sizeof((struct probe *)NULL)->says, "%.*s",
			(int)mnl_attr_get_payload_len(attribute),
			(const char *)mnl_attr_get_payload(attribute));
	return MNL_CB_OK;
}

/* 0, or -1 with errno, and what the kernel said about it. */
static int take_error(const struct nlmsghdr *header, struct probe *probe)
{
	const struct nlmsgerr *error = mnl_nlmsg_get_payload(header);
	size_t offset = sizeof *error;

	if (error->error == 0)
		return 0;
	if (!(header->nlmsg_flags & NLM_F_CAPPED))
		offset += MNL_ALIGN(error->msg.nlmsg_len) - sizeof error->msg;
	if (header->nlmsg_flags & NLM_F_ACK_TLVS)
		mnl_attr_parse(header, (unsigned)offset, keep_message, probe->says);
	errno = -error->error;
	return -1;
}

/* Send what is in the buffer, and read one message's answer into it. */
static ssize_t talk_exchange(struct talk *talk, size_t size)
{
	if (mnl_socket_sendto(talk->socket, talk->buffer, size) < 0)
		return -1;
	return mnl_socket_recvfrom(talk->socket, talk->buffer, sizeof talk->buffer);
}

static int talk_end(struct talk *talk, struct probe *probe)
{
	ssize_t got = talk_exchange(talk, talk->header->nlmsg_len);
	const struct nlmsghdr *header = (const void *)talk->buffer;

	if (got < 0)
		return -1;
	if (header->nlmsg_type != NLMSG_ERROR) {
		errno = EPROTO;
		return -1;
	}
	return take_error(header, probe);
}

/* -------------------------------------------------------------- interfaces */

#define CREATE (NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK)

static int make_link(struct talk *talk, const char *kind, const char *name, const char *peer,
	struct probe *probe)
{
	struct nlattr *info, *data, *other;

	talk_begin(talk, RTM_NEWLINK, CREATE, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(talk->header, IFLA_IFNAME, name);
	info = mnl_attr_nest_start(talk->header, IFLA_LINKINFO);
	mnl_attr_put_strz(talk->header, IFLA_INFO_KIND, kind);
	if (peer) {
		data = mnl_attr_nest_start(talk->header, IFLA_INFO_DATA);
		other = mnl_attr_nest_start(talk->header, VETH_INFO_PEER);
		mnl_nlmsg_put_extra_header(talk->header, sizeof(struct ifinfomsg));
		mnl_attr_put_strz(talk->header, IFLA_IFNAME, peer);
		mnl_attr_nest_end(talk->header, other);
		mnl_attr_nest_end(talk->header, data);
	}
	mnl_attr_nest_end(talk->header, info);
	return talk_end(talk, probe);
}

int probe_veth(struct probe *probe)
{
	struct talk talk;

	return talk_open(&talk, NETLINK_ROUTE) < 0 ? -1 : make_link(&talk, "veth", "one", "two", probe);
}

int probe_bridge(struct probe *probe)
{
	struct talk talk;

	return talk_open(&talk, NETLINK_ROUTE) < 0 ? -1 : make_link(&talk, "bridge", "br", NULL, probe);
}

/* --------------------------------------------------------- traffic control */

#define LOOPBACK 1

static int make_clsact(struct talk *talk, struct probe *probe)
{
	struct tcmsg *body = talk_begin(talk, RTM_NEWQDISC, CREATE, sizeof *body);

	body->tcm_ifindex = LOOPBACK;
	body->tcm_parent = TC_H_CLSACT;
	body->tcm_handle = TC_H_MAKE(TC_H_CLSACT, 0);
	mnl_attr_put_strz(talk->header, TCA_KIND, "clsact");
	return talk_end(talk, probe);
}

static void put_mirred(struct nlmsghdr *header)
{
	struct nlattr *actions = mnl_attr_nest_start(header, TCA_U32_ACT);
	struct nlattr *first = mnl_attr_nest_start(header, 1);
	struct tc_mirred redirect = {.action = TC_ACT_STOLEN, .eaction = TCA_EGRESS_REDIR,
		.ifindex = LOOPBACK};
	struct nlattr *options;

	mnl_attr_put_strz(header, TCA_ACT_KIND, "mirred");
	options = mnl_attr_nest_start(header, TCA_ACT_OPTIONS);
	mnl_attr_put(header, TCA_MIRRED_PARMS, sizeof redirect, &redirect);
	mnl_attr_nest_end(header, options);
	mnl_attr_nest_end(header, first);
	mnl_attr_nest_end(header, actions);
}

static int make_redirect(struct talk *talk, struct probe *probe)
{
	struct tcmsg *body = talk_begin(talk, RTM_NEWTFILTER, CREATE, sizeof *body);
	union { /* one key that matches all is zeros */
		struct tc_u32_sel sel;
		char with_key[sizeof(struct tc_u32_sel) + sizeof(struct tc_u32_key)];
	} all;
	struct nlattr *options;

	memset(&all, 0, sizeof all);
	all.sel.flags = TC_U32_TERMINAL;
	all.sel.nkeys = 1;
	body->tcm_ifindex = LOOPBACK;
	body->tcm_parent = TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS);
	body->tcm_info = TC_H_MAKE(1U << 16, htons(ETH_P_ALL));
	mnl_attr_put_strz(talk->header, TCA_KIND, "u32");
	options = mnl_attr_nest_start(talk->header, TCA_OPTIONS);
	mnl_attr_put(talk->header, TCA_U32_SEL, sizeof all.with_key, &all);
	put_mirred(talk->header);
	mnl_attr_nest_end(talk->header, options);
	return talk_end(talk, probe);
}

int probe_redirect(struct probe *probe)
{
	struct talk talk;

	if (talk_open(&talk, NETLINK_ROUTE) < 0 || make_clsact(&talk, probe) < 0)
		return -1;
	return make_redirect(&talk, probe);
}

#define PRNG_SEED (TCA_NETEM_SLOT_DIST + 1) /* TCA_NETEM_PRNG_SEED, Linux 6.6 */

static int make_netem(struct talk *talk, struct probe *probe)
{
	struct tcmsg *body = talk_begin(talk, RTM_NEWQDISC, CREATE, sizeof *body);
	struct tc_netem_qopt *basics;
	struct nlattr *options;

	body->tcm_ifindex = LOOPBACK;
	body->tcm_parent = TC_H_ROOT;
	body->tcm_handle = TC_H_MAKE(1U << 16, 0);
	mnl_attr_put_strz(talk->header, TCA_KIND, "netem");
	options = mnl_attr_nest_start(talk->header, TCA_OPTIONS);
	basics = mnl_nlmsg_put_extra_header(talk->header, sizeof *basics);
	basics->limit = 1000;
	mnl_attr_put_u64(talk->header, PRNG_SEED, 7);
	mnl_attr_nest_end(talk->header, options);
	return talk_end(talk, probe);
}

int probe_netem(struct probe *probe)
{
	struct talk talk;

	return talk_open(&talk, NETLINK_ROUTE) < 0 ? -1 : make_netem(&talk, probe);
}

/* The options are a struct, and attributes behind it. */
static int find_seed(const struct nlattr *options, void *found)
{
	const char *from = mnl_attr_get_payload(options);
	int left = (int)mnl_attr_get_payload_len(options);
	const struct nlattr *attribute;

	if (mnl_attr_get_type(options) != TCA_OPTIONS)
		return MNL_CB_OK;
	attribute = (const void *)(from + MNL_ALIGN(sizeof(struct tc_netem_qopt)));
	left -= MNL_ALIGN(sizeof(struct tc_netem_qopt));
	for (; mnl_attr_ok(attribute, left); attribute = mnl_attr_next(attribute)) {
		if (mnl_attr_get_type(attribute) == PRNG_SEED)
			*(bool *)found = mnl_attr_get_u64(attribute) == 7;
		left -= MNL_ALIGN(attribute->nla_len);
	}
	return MNL_CB_OK;
}

/* Of probe_netem()'s. An older kernel takes what it does not know, and does nothing. */
int probe_netem_seed(struct probe *probe __attribute__((unused)))
{
	bool found = false;
	struct talk talk;
	struct tcmsg *body;

	if (talk_open(&talk, NETLINK_ROUTE) < 0)
		return -1;
	/* the acknowledgement comes in any case, behind what is asked for */
	body = talk_begin(&talk, RTM_GETQDISC, NLM_F_ECHO | NLM_F_ACK, sizeof *body);
	body->tcm_ifindex = LOOPBACK;
	body->tcm_parent = TC_H_ROOT;
	if (talk_exchange(&talk, talk.header->nlmsg_len) < 0)
		return -1;
	if (((struct nlmsghdr *)talk.buffer)->nlmsg_type == RTM_NEWQDISC)
		mnl_attr_parse((const void *)talk.buffer, sizeof *body, find_seed, &found);
	errno = EOPNOTSUPP;
	return found ? 0 : -1;
}

/* --------------------------------------------------------------- nf_tables */

static struct nlmsghdr *nft_put(struct mnl_nlmsg_batch *batch, int type, int flags, int family,
	int resource)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(mnl_nlmsg_batch_current(batch));
	struct nfgenmsg *body;

	header->nlmsg_type = (uint16_t)type;
	header->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	body = mnl_nlmsg_put_extra_header(header, sizeof *body);
	body->nfgen_family = (uint8_t)family;
	body->version = NFNETLINK_V0;
	body->res_id = htons((uint16_t)resource);
	return header;
}

static struct nlmsghdr *nft_make(struct mnl_nlmsg_batch *batch, int type, int flags)
{
	return nft_put(batch, NFNL_SUBSYS_NFTABLES << 8 | type, NLM_F_CREATE | flags, NFPROTO_IPV4, 0);
}

static void put_chain(struct nlmsghdr *header)
{
	struct nlattr *hook;

	mnl_attr_put_strz(header, NFTA_CHAIN_TABLE, "t");
	mnl_attr_put_strz(header, NFTA_CHAIN_NAME, "c");
	hook = mnl_attr_nest_start(header, NFTA_CHAIN_HOOK);
	mnl_attr_put_u32(header, NFTA_HOOK_HOOKNUM, htonl(NF_INET_POST_ROUTING));
	mnl_attr_put_u32(header, NFTA_HOOK_PRIORITY, htonl(100));
	mnl_attr_nest_end(header, hook);
	mnl_attr_put_strz(header, NFTA_CHAIN_TYPE, "nat");
}

static void put_rule(struct nlmsghdr *header)
{
	struct nlattr *expressions, *first;

	mnl_attr_put_strz(header, NFTA_RULE_TABLE, "t");
	mnl_attr_put_strz(header, NFTA_RULE_CHAIN, "c");
	expressions = mnl_attr_nest_start(header, NFTA_RULE_EXPRESSIONS);
	first = mnl_attr_nest_start(header, NFTA_LIST_ELEM);
	mnl_attr_put_strz(header, NFTA_EXPR_NAME, "masq");
	mnl_attr_nest_end(header, first);
	mnl_attr_nest_end(header, expressions);
}

/* All or nothing: the only answer is the rule's, or the first failure. */
int probe_nat(struct probe *probe)
{
	struct mnl_nlmsg_batch *batch;
	struct nlmsghdr *header;
	struct talk talk;
	ssize_t got;

	if (talk_open(&talk, NETLINK_NETFILTER) < 0)
		return -1;
	batch = mnl_nlmsg_batch_start(talk.buffer, sizeof talk.buffer / 2);
	nft_put(batch, NFNL_MSG_BATCH_BEGIN, 0, AF_UNSPEC, NFNL_SUBSYS_NFTABLES);
	mnl_nlmsg_batch_next(batch);
	header = nft_make(batch, NFT_MSG_NEWTABLE, 0);
	mnl_attr_put_strz(header, NFTA_TABLE_NAME, "t");
	mnl_nlmsg_batch_next(batch);
	put_chain(nft_make(batch, NFT_MSG_NEWCHAIN, 0));
	mnl_nlmsg_batch_next(batch);
	put_rule(nft_make(batch, NFT_MSG_NEWRULE, NLM_F_APPEND | NLM_F_ACK));
	mnl_nlmsg_batch_next(batch);
	nft_put(batch, NFNL_MSG_BATCH_END, 0, AF_UNSPEC, NFNL_SUBSYS_NFTABLES);
	mnl_nlmsg_batch_next(batch);
	got = talk_exchange(&talk, mnl_nlmsg_batch_size(batch));
	return got < 0 ? -1 : take_error((const void *)talk.buffer, probe);
}

/* --------------------------------------------------------------- sock_diag */

/* A listening socket in this namespace; its port in network order, or 0. */
static uint16_t listen_somewhere(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t size = sizeof address;

	if (fd < 0 || listen(fd, 1) < 0 || getsockname(fd, (struct sockaddr *)&address, &size) < 0)
		return 0;
	return address.sin_port;
}

static struct inet_diag_req_v2 *ask_diag(struct talk *talk, int type, int flags)
{
	struct inet_diag_req_v2 *body = talk_begin(talk, type, flags, sizeof *body);

	body->sdiag_family = AF_INET;
	body->sdiag_protocol = IPPROTO_TCP;
	body->idiag_states = ~0U;
	return body;
}

int probe_diag(struct probe *probe)
{
	const struct nlmsghdr *header;
	uint16_t port = listen_somewhere();
	struct talk talk;

	if (port == 0 || talk_open(&talk, NETLINK_SOCK_DIAG) < 0)
		return -1;
	ask_diag(&talk, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
	if (talk_exchange(&talk, talk.header->nlmsg_len) < 0)
		return -1;
	header = (const void *)talk.buffer;
	if (header->nlmsg_type == SOCK_DIAG_BY_FAMILY)
		return 0;
	if (header->nlmsg_type == NLMSG_ERROR)
		return take_error(header, probe);
	snprintf(probe->says, sizeof probe->says, "a listening socket is not listed");
	return -1;
}

int probe_destroy(struct probe *probe)
{
	uint16_t port = listen_somewhere();
	struct inet_diag_req_v2 *body;
	struct talk talk;

	if (port == 0 || talk_open(&talk, NETLINK_SOCK_DIAG) < 0)
		return -1;
	body = ask_diag(&talk, SOCK_DESTROY, NLM_F_ACK);
	body->id.idiag_sport = port;
	body->id.idiag_cookie[0] = body->id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
	return talk_end(&talk, probe);
}
