/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif_tc.c - what enters an interface leaves by another one: an ingress hook, u32 and
 * mirred.
 */
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/tc_act/tc_mirred.h>
#include <netinet/in.h>
#include <netlink/route/act/mirred.h>
#include <netlink/route/classifier.h>
#include <netlink/route/cls/u32.h>
#include <netlink/route/qdisc.h>

#include "netif_own.h"

int netif_ingress(struct netif *netif, int ifindex, struct cause *cause)
{
	struct rtnl_qdisc *qdisc = rtnl_qdisc_alloc();
	int code;

	rtnl_tc_set_ifindex(TC_CAST(qdisc), ifindex);
	/* clsact has a hook for leaving, too, which costs as much again */
	rtnl_tc_set_parent(TC_CAST(qdisc), TC_H_INGRESS);
	rtnl_tc_set_handle(TC_CAST(qdisc), TC_HANDLE(TC_H_INGRESS >> 16, 0));
	rtnl_tc_set_kind(TC_CAST(qdisc), "ingress");
	code = rtnl_qdisc_add(netif->socket, qdisc, NLM_F_CREATE | NLM_F_EXCL);
	rtnl_qdisc_put(qdisc);
	return netif_check(netif, code, cause,
		"make an ingress hook (kernel option NET_SCH_INGRESS)");
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
	rtnl_tc_set_parent(TC_CAST(filter), TC_H_MAKE(TC_H_INGRESS, TC_H_MIN_INGRESS));
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
	return netif_check(netif, code, cause,
		"redirect a link (kernel options NET_CLS_U32 and NET_ACT_MIRRED)");
}

int netif_redirect_end(struct netif *netif, int ifindex, int priority, struct cause *cause)
{
	struct rtnl_cls *filter = filter_new(ifindex, priority);
	int code = rtnl_cls_delete(netif->socket, filter, 0);

	rtnl_cls_put(filter);
	return netif_check(netif, code, cause, "end a redirection");
}
