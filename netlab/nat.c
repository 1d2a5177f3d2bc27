/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * nat.c - nftables' table "netlab" of a namespace, in nftables' own netlink
 * messages, one batch for all of them: the kernel takes it whole or not at all.
 *
 *	table inet netlab {
 *		chain inside {
 *			type filter hook prerouting priority mangle
 *			iifname INSIDE meta mark set MARK
 *		}
 *		chain outside {
 *			type nat hook postrouting priority srcnat
 *			meta mark MARK oifname != INSIDE masquerade
 *		}
 *	}
 *
 * The mark is there because older kernels do not know in postrouting where a
 * packet came in. Written with libmnl alone: what libnftnl would add to it is
 * another name for each attribute, and a dependency.
 */
#include "nat.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter_ipv4.h>
#include <net/if.h>
#include <string.h>

#define TABLE "netlab"
#define MARK  0x6e6c
#define ROOM  4096 /* the batch takes less than 1,200 bytes */

/* The messages of the batch, in order; their sequence numbers. */
enum step {
	STEP_BEGIN,
	STEP_TABLE, /* so that the next one has something to delete */
	STEP_DELETE,
	STEP_TABLE_ANEW,
	STEP_CHAIN_INSIDE,
	STEP_CHAIN_OUTSIDE,
	STEP_RULE_INSIDE,
	STEP_RULE_OUTSIDE,
	STEP_END,
	STEPS
};

/* What a kernel lacks that does not know what the step asks for. */
static const char *const options[STEPS] = {
	[STEP_BEGIN] = "NF_TABLES",
	[STEP_TABLE] = "NF_TABLES_INET",
	[STEP_CHAIN_INSIDE] = "NF_TABLES_INET",
	[STEP_CHAIN_OUTSIDE] = "NFT_NAT",
	[STEP_RULE_INSIDE] = "NF_TABLES",
	[STEP_RULE_OUTSIDE] = "NFT_MASQ",
};

static struct nlmsghdr *message(struct mnl_nlmsg_batch *batch, int type, int flags, enum step step)
{
	bool in_batch = step != STEP_BEGIN && step != STEP_END;
	struct nlmsghdr *header = mnl_nlmsg_put_header(mnl_nlmsg_batch_current(batch));
	struct nfgenmsg *body = mnl_nlmsg_put_extra_header(header, sizeof *body);

	header->nlmsg_type = (uint16_t)(in_batch ? NFNL_SUBSYS_NFTABLES << 8 | type : type);
	header->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	header->nlmsg_seq = step;
	body->nfgen_family = in_batch ? NFPROTO_INET : NFPROTO_UNSPEC;
	body->version = NFNETLINK_V0;
	body->res_id = htons(in_batch ? 0 : NFNL_SUBSYS_NFTABLES);
	return header;
}

static void put_table(struct mnl_nlmsg_batch *batch, int type, int flags, enum step step)
{
	mnl_attr_put_strz(message(batch, type, flags, step), NFTA_TABLE_NAME, TABLE);
	mnl_nlmsg_batch_next(batch);
}

static void put_chain(struct mnl_nlmsg_batch *batch, enum step step, const char *name,
	const char *type, unsigned hook, int priority)
{
	struct nlmsghdr *header = message(batch, NFT_MSG_NEWCHAIN, NLM_F_CREATE, step);
	struct nlattr *nest;

	mnl_attr_put_strz(header, NFTA_CHAIN_TABLE, TABLE);
	mnl_attr_put_strz(header, NFTA_CHAIN_NAME, name);
	nest = mnl_attr_nest_start(header, NFTA_CHAIN_HOOK);
	mnl_attr_put_u32(header, NFTA_HOOK_HOOKNUM, htonl(hook));
	mnl_attr_put_u32(header, NFTA_HOOK_PRIORITY, htonl((uint32_t)priority));
	mnl_attr_nest_end(header, nest);
	mnl_attr_put_strz(header, NFTA_CHAIN_TYPE, type);
	mnl_nlmsg_batch_next(batch);
}

/* ------------------------------------------------------------- expressions */

struct expression {
	struct nlmsghdr *header;
	struct nlattr *element, *data;
};

static struct expression begin(struct nlmsghdr *header, const char *name)
{
	struct expression expression = {.header = header};

	expression.element = mnl_attr_nest_start(header, NFTA_LIST_ELEM);
	mnl_attr_put_strz(header, NFTA_EXPR_NAME, name);
	expression.data = mnl_attr_nest_start(header, NFTA_EXPR_DATA);
	return expression;
}

static void end(const struct expression *expression)
{
	mnl_attr_nest_end(expression->header, expression->data);
	mnl_attr_nest_end(expression->header, expression->element);
}

/* Between the register and the packet's mark, or the name of an interface. */
static void put_meta(struct nlmsghdr *header, unsigned key, int which_register)
{
	struct expression meta = begin(header, "meta");

	mnl_attr_put_u32(header, NFTA_META_KEY, htonl(key));
	mnl_attr_put_u32(header, (uint16_t)which_register, htonl(NFT_REG_1));
	end(&meta);
}

static void put_value(struct nlmsghdr *header, int attribute, const void *value, size_t size)
{
	struct nlattr *nest = mnl_attr_nest_start(header, (uint16_t)attribute);

	mnl_attr_put(header, NFTA_DATA_VALUE, size, value);
	mnl_attr_nest_end(header, nest);
}

static void put_compare(struct nlmsghdr *header, unsigned operation, const void *value, size_t size)
{
	struct expression compare = begin(header, "cmp");

	mnl_attr_put_u32(header, NFTA_CMP_SREG, htonl(NFT_REG_1));
	mnl_attr_put_u32(header, NFTA_CMP_OP, htonl(operation));
	put_value(header, NFTA_CMP_DATA, value, size);
	end(&compare);
}

static void put_load(struct nlmsghdr *header, const void *value, size_t size)
{
	struct expression load = begin(header, "immediate");

	mnl_attr_put_u32(header, NFTA_IMMEDIATE_DREG, htonl(NFT_REG_1));
	put_value(header, NFTA_IMMEDIATE_DATA, value, size);
	end(&load);
}

/* ------------------------------------------------------------------- rules */

static struct nlattr *begin_rule(struct nlmsghdr *header, const char *chain)
{
	mnl_attr_put_strz(header, NFTA_RULE_TABLE, TABLE);
	mnl_attr_put_strz(header, NFTA_RULE_CHAIN, chain);
	return mnl_attr_nest_start(header, NFTA_RULE_EXPRESSIONS);
}

static void put_rules(struct mnl_nlmsg_batch *batch, const char interface[IFNAMSIZ])
{
	const uint32_t mark = MARK;
	struct nlmsghdr *header = message(batch, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND,
		STEP_RULE_INSIDE);
	struct nlattr *expressions = begin_rule(header, "inside");
	struct expression masquerade;

	put_meta(header, NFT_META_IIFNAME, NFTA_META_DREG);
	put_compare(header, NFT_CMP_EQ, interface, IFNAMSIZ);
	put_load(header, &mark, sizeof mark);
	put_meta(header, NFT_META_MARK, NFTA_META_SREG);
	mnl_attr_nest_end(header, expressions);
	mnl_nlmsg_batch_next(batch);

	header = message(batch, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND | NLM_F_ACK,
		STEP_RULE_OUTSIDE);
	expressions = begin_rule(header, "outside");
	put_meta(header, NFT_META_MARK, NFTA_META_DREG);
	put_compare(header, NFT_CMP_EQ, &mark, sizeof mark);
	put_meta(header, NFT_META_OIFNAME, NFTA_META_DREG);
	put_compare(header, NFT_CMP_NEQ, interface, IFNAMSIZ);
	masquerade = begin(header, "masq");
	end(&masquerade);
	mnl_attr_nest_end(header, expressions);
	mnl_nlmsg_batch_next(batch);
}

/* ---------------------------------------------------------------- the talk */

static int fail(const struct nlmsghdr *header, int error, struct cause *cause)
{
	const char *option = header->nlmsg_seq < STEPS ? options[header->nlmsg_seq] : NULL;

	if (option && (error == ENOENT || error == EOPNOTSUPP || error == EAFNOSUPPORT))
		return cause_set(cause, error, "cannot masquerade: this kernel lacks the option %s "
			"(or its module): take another kernel, or do without nat", option);
	return cause_set_errno(cause, error, "cannot masquerade");
}

/* The first error of a batch comes first; the last step says when it went well. */
static int await(struct mnl_socket *socket, enum step last, struct cause *cause)
{
	uint8_t buffer[ROOM * 2];

	for (;;) {
		ssize_t got = mnl_socket_recvfrom(socket, buffer, sizeof buffer);
		const struct nlmsghdr *header = (const void *)buffer;
		int left = (int)got;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return cause_set_errno(cause, errno, "no answer from nf_tables");
		for (; mnl_nlmsg_ok(header, left); header = mnl_nlmsg_next(header, &left)) {
			const struct nlmsgerr *error = mnl_nlmsg_get_payload(header);

			if (header->nlmsg_type == NLMSG_ERROR && error->error)
				return fail(header, -error->error, cause);
			if (header->nlmsg_type == NLMSG_ERROR && header->nlmsg_seq == last)
				return 0;
		}
	}
}

static int talk(struct mnl_nlmsg_batch *batch, enum step last, struct cause *cause)
{
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	int result;

	message(batch, NFNL_MSG_BATCH_END, 0, STEP_END);
	mnl_nlmsg_batch_next(batch);
	if (!socket && errno == EPROTONOSUPPORT)
		return cause_set(cause, errno, "cannot masquerade: this kernel lacks the option "
			"NF_TABLES: take another kernel, or do without nat");
	if (!socket)
		return cause_set_errno(cause, errno, "cannot open a netfilter socket");
	if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0 ||
		mnl_socket_sendto(socket, mnl_nlmsg_batch_head(batch),
			mnl_nlmsg_batch_size(batch)) < 0)
		result = cause_set_errno(cause, errno, "cannot ask nf_tables");
	else
		result = await(socket, last, cause);
	mnl_socket_close(socket);
	return result;
}

static struct mnl_nlmsg_batch *begin_batch(void *buffer, int flags_of_delete)
{
	struct mnl_nlmsg_batch *batch = mnl_nlmsg_batch_start(buffer, ROOM);

	message(batch, NFNL_MSG_BATCH_BEGIN, 0, STEP_BEGIN);
	mnl_nlmsg_batch_next(batch);
	put_table(batch, NFT_MSG_NEWTABLE, NLM_F_CREATE, STEP_TABLE);
	put_table(batch, NFT_MSG_DELTABLE, flags_of_delete, STEP_DELETE);
	return batch;
}

int nat_set(const char *inside, struct cause *cause)
{
	uint8_t buffer[ROOM * 2];
	char interface[IFNAMSIZ] = "";
	struct mnl_nlmsg_batch *batch = begin_batch(buffer, 0);
	int result;

	memcpy(interface, inside, strnlen(inside, IFNAMSIZ - 1));
	put_table(batch, NFT_MSG_NEWTABLE, NLM_F_CREATE, STEP_TABLE_ANEW);
	put_chain(batch, STEP_CHAIN_INSIDE, "inside", "filter", NF_INET_PRE_ROUTING,
		NF_IP_PRI_MANGLE);
	put_chain(batch, STEP_CHAIN_OUTSIDE, "outside", "nat", NF_INET_POST_ROUTING,
		NF_IP_PRI_NAT_SRC);
	put_rules(batch, interface);
	result = talk(batch, STEP_RULE_OUTSIDE, cause);
	mnl_nlmsg_batch_stop(batch);
	return result;
}

int nat_clear(struct cause *cause)
{
	uint8_t buffer[ROOM * 2];
	struct mnl_nlmsg_batch *batch = begin_batch(buffer, NLM_F_ACK);
	int result = talk(batch, STEP_DELETE, cause);

	mnl_nlmsg_batch_stop(batch);
	return result;
}
