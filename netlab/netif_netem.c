/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif_netem.c - sch_netem as the root qdisc of an interface.
 *
 * The message is built here and not by libnl-route, whose times are whole
 * microseconds rounded to ticks of 64 ns, and which knows neither rates, nor
 * the Gilbert-Elliott model, nor seeds. The kernel's side of it is
 * netem_change(), net/sched/sch_netem.c: the fixed part (struct tc_netem_qopt)
 * replaces what was set before, but an attribute that is left out leaves its
 * old value in force. So all of them go along each time, zero or not; and as a
 * table of the jitter's distribution cannot be taken away again, uniform
 * jitter has a table, too.
 */
#include <errno.h>
#include <linux/gen_stats.h>
#include <linux/pkt_sched.h>
#include <string.h>

#include "netif_own.h"

#define NETEM_HANDLE (1U << 16) /* "1:" as tc writes it */
#define PRNG_SEED (TCA_NETEM_SLOT_DIST + 1) /* TCA_NETEM_PRNG_SEED, Linux 6.6 */
#define NO_NETEM \
	"this kernel has no netem (option NET_SCH_NETEM, module sch_netem): say backend gate"
#define NO_SEED	"this kernel's netem takes no seed (Linux 6.6 does): say backend gate"

static struct nl_msg *qdisc_message(int type, int flags, int ifindex, uint32_t handle, size_t more)
{
	struct tcmsg body = {.tcm_ifindex = ifindex, .tcm_parent = TC_H_ROOT, .tcm_handle = handle};
	struct nl_msg *message = netif_message(type, flags, &body, sizeof body, more + 64);

	if (type == RTM_NEWQDISC)
		nla_put_string(message, TCA_KIND, "netem");
	return message;
}

/* -------------------------------------------------------------- parameters */

static void put_basics(struct nl_msg *message, const struct netem *set)
{
	struct tc_netem_qopt basics = {
		.limit = set->limit ? set->limit : NETEM_LIMIT_DEFAULT,
		.loss = set->gemodel ? 0 : set->loss,
		/* without a gap the kernel does not reorder at all */
		.gap = set->reorder && !set->gap ? 1 : set->reorder ? set->gap : 0,
		.duplicate = set->duplicate,
	};
	struct tc_netem_corr independent = {0};
	struct tc_netem_reorder reorder = {.probability = set->reorder};
	struct tc_netem_corrupt corrupt = {.probability = set->corrupt};

	nlmsg_append(message, &basics, sizeof basics, NLMSG_ALIGNTO);
	nla_put(message, TCA_NETEM_CORR, sizeof independent, &independent);
	nla_put(message, TCA_NETEM_REORDER, sizeof reorder, &reorder);
	nla_put(message, TCA_NETEM_CORRUPT, sizeof corrupt, &corrupt);
	nla_put_s64(message, TCA_NETEM_LATENCY64, set->delay_ns); /* Linux 4.15 */
	nla_put_s64(message, TCA_NETEM_JITTER64, set->jitter_ns);
}

static void put_rate(struct nl_msg *message, const struct netem *set)
{
	uint64_t bytes = (set->rate_bit + 7) / 8;
	struct tc_netem_rate rate = {.rate = bytes > UINT32_MAX ? UINT32_MAX : (uint32_t)bytes};

	nla_put(message, TCA_NETEM_RATE, sizeof rate, &rate);
	nla_put_u64(message, TCA_NETEM_RATE64, bytes); /* the larger one counts */
}

static void put_gemodel(struct nl_msg *message, const struct netem *set)
{
	struct tc_netem_gemodel model = {.p = set->p, .r = set->r, .h = UINT32_MAX - set->loss};
	struct nlattr *loss = nla_nest_start(message, TCA_NETEM_LOSS);

	nla_put(message, NETEM_LOSS_GE, sizeof model, &model);
	nla_nest_end(message, loss);
}

static void put_distribution(struct nl_msg *message, const struct netem *set)
{
	size_t size = NETEM_TABLE_SIZE * sizeof(int16_t);
	const int16_t *from = netem_table(set->distribution);
	int16_t *table = nla_data(nla_reserve(message, TCA_NETEM_DELAY_DIST, (int)size));

	if (from) {
		memcpy(table, from, size);
		return;
	}
	for (int i = 0; i < NETEM_TABLE_SIZE; i++)
		table[i] = (int16_t)((2 * i + 1 - NETEM_TABLE_SIZE) * NETEM_DIST_SCALE /
				     NETEM_TABLE_SIZE);
}

static int put_set(struct netif *netif, int ifindex, const struct netem *set)
{
	struct nl_msg *message = qdisc_message(RTM_NEWQDISC, NLM_F_CREATE, ifindex, NETEM_HANDLE,
		512 + NETEM_TABLE_SIZE * sizeof(int16_t));
	struct nlattr *options = nla_nest_start(message, TCA_OPTIONS);

	put_basics(message, set);
	put_rate(message, set);
	if (set->gemodel)
		put_gemodel(message, set);
	if (set->jitter_ns)
		put_distribution(message, set);
	if (set->given & NETEM_SEED)
		nla_put_u64(message, PRNG_SEED, set->seed);
	nla_nest_end(message, options);
	return nl_send_sync(netif->socket, message);
}

static int fail(struct netif *netif, int code, struct cause *cause, const char *what)
{
	if (netif->kernel_errno == ENOENT && strstr(netif->kernel_says, "unknown"))
		return cause_set(cause, netif_errno(netif, code), "cannot %s: " NO_NETEM, what);
	return netif_check(netif, code, cause, what);
}

int netif_netem(struct netif *netif, int ifindex, const struct netem *set, struct cause *cause)
{
	int code;

	if (set->jitter_ns > INT32_MAX)
		return cause_set(cause, ERANGE, "the kernel's netem takes a jitter of 2.1 s at "
			"most: make it less, or say backend gate");
	if (set->given & NETEM_SEED) {
		int takes_seed = netif_netem_seed(netif, cause);

		if (takes_seed < 0)
			return -1;
		if (!takes_seed)
			return cause_set(cause, EOPNOTSUPP, NO_SEED);
	}
	code = put_set(netif, ifindex, set);
	return code < 0 ? fail(netif, code, cause, "impair a link") : 0;
}

int netif_netem_end(struct netif *netif, int ifindex, struct cause *cause)
{
	struct nl_msg *message = qdisc_message(RTM_DELQDISC, 0, ifindex, NETEM_HANDLE, 0);

	return netif_check(netif, nl_send_sync(netif->socket, message), cause,
		"end a link's impairments");
}

/* ----------------------------------------------------------------- reading */

struct reading {
	struct netif_qdisc_stats stats;
	bool has_seed;
	uint64_t seed;
};

static void read_stats(struct netif_qdisc_stats *stats, struct nlattr *from)
{
	struct nlattr *parts[TCA_STATS_MAX + 1];
	struct gnet_stats_basic basic = {0};
	struct gnet_stats_queue queue = {0};

	if (nla_parse_nested(parts, TCA_STATS_MAX, from, NULL) < 0)
		return;
	nla_memcpy(&basic, parts[TCA_STATS_BASIC], sizeof basic);
	nla_memcpy(&queue, parts[TCA_STATS_QUEUE], sizeof queue);
	stats->sent = basic.packets;
	if (parts[TCA_STATS_PKT64])
		stats->sent = nla_get_u64(parts[TCA_STATS_PKT64]);
	stats->dropped = queue.drops;
	stats->queued = queue.qlen;
}

/* netem's options: a fixed part, and attributes behind it */
static void read_seed(struct reading *reading, const struct nlattr *options)
{
	const int fixed = NLA_ALIGN(sizeof(struct tc_netem_qopt));
	struct nlattr *seed;

	if (nla_len(options) <= fixed)
		return;
	seed = nla_find((struct nlattr *)((char *)nla_data(options) + fixed),
		nla_len(options) - fixed, PRNG_SEED);
	reading->has_seed = seed != NULL;
	reading->seed = seed ? nla_get_u64(seed) : 0;
}

static int on_qdisc(struct nl_msg *message, void *arg)
{
	struct reading *reading = arg;
	struct nlmsghdr *header = nlmsg_hdr(message);
	struct nlattr *attributes[TCA_MAX + 1];

	if (header->nlmsg_type != RTM_NEWQDISC ||
		nlmsg_parse(header, sizeof(struct tcmsg), attributes, TCA_MAX, NULL) < 0)
		return NL_OK;
	if (attributes[TCA_STATS2])
		read_stats(&reading->stats, attributes[TCA_STATS2]);
	if (attributes[TCA_KIND] && attributes[TCA_OPTIONS] &&
		nla_strcmp(attributes[TCA_KIND], "netem") == 0)
		read_seed(reading, attributes[TCA_OPTIONS]);
	return NL_OK;
}

static int read_root(struct netif *netif, int ifindex, struct reading *reading)
{
	/* without NLM_F_ECHO the answer goes to nobody: qdisc_notify() */
	struct nl_msg *message = qdisc_message(RTM_GETQDISC, NLM_F_ECHO, ifindex, 0, 0);

	*reading = (struct reading){0};
	return netif_ask(netif, message, on_qdisc, reading);
}

int netif_qdisc_stats(struct netif *netif, int ifindex, struct netif_qdisc_stats *stats,
	struct cause *cause)
{
	struct reading reading;
	int code = read_root(netif, ifindex, &reading);

	if (code < 0)
		return netif_check(netif, code, cause, "read a queue's counters");
	/* of an interface without a queue the kernel tells nothing */
	*stats = reading.stats;
	return 0;
}

/* ------------------------------------------------------- what there is here */

int netif_netem_available(struct netif *netif, struct cause *cause)
{
	/* netem_init() refuses to begin without options: nothing is changed */
	struct nl_msg *message = qdisc_message(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL,
		NETIF_LOOPBACK, 0, 0);
	int code = nl_send_sync(netif->socket, message);

	switch (netif_errno(netif, code)) {
	case EINVAL:
		return 1;
	case ENOENT:
		return 0;
	default:
		return netif_check(netif, code < 0 ? code : -NLE_FAILURE, cause,
			"find out whether this kernel has netem");
	}
}

static int ask_for_seed(struct netif *netif, struct reading *reading, uint64_t seed)
{
	const struct netem seeded = {.given = NETEM_SEED, .seed = seed};
	struct cause ignored;
	int code = put_set(netif, NETIF_LOOPBACK, &seeded);

	if (code < 0)
		return code;
	code = read_root(netif, NETIF_LOOPBACK, reading);
	netif_netem_end(netif, NETIF_LOOPBACK, &ignored);
	return code;
}

int netif_netem_seed(struct netif *netif, struct cause *cause)
{
	const uint64_t seed = 0x6e65746c61622121;
	struct reading reading;
	int code;

	if (netif->takes_seed < 0) {
		code = ask_for_seed(netif, &reading, seed);
		if (code < 0)
			return fail(netif, code, cause,
				"find out whether this kernel's netem takes a seed");
		netif->takes_seed = reading.has_seed && reading.seed == seed;
	}
	return netif->takes_seed;
}
