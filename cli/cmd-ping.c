/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-ping.c - ping: ICMP echo from one node to another.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "pingtext.h"
#include "timetext.h"

enum { NODE, TARGET, COUNT, IPV6 };

struct pinging {
	struct ping *ping;
	int64_t left;
	unsigned sent, answered;
	int64_t shortest, longest, sum;
};

static void tell(struct item *item, const struct ping_answer *answer)
{
	char text[PING_TEXT];
	struct json json;

	if (!item->cli->json) {
		out_line(item->cli, "  %s > %s  %s", item->values[NODE].node->name,
			item->values[TARGET].text, ping_text(answer, text, sizeof text));
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "ping");
	json_string(&json, "from", item->values[NODE].node->name);
	json_string(&json, "to", item->values[TARGET].text);
	ping_json(&json, answer);
	json_print(&json, item->cli);
}

static void sum_up_json(struct cli *cli, const struct pinging *pinging)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "pings");
	json_int(&json, "sent", pinging->sent);
	json_int(&json, "answered", pinging->answered);
	if (pinging->answered) {
		json_seconds(&json, "min", pinging->shortest);
		json_seconds(&json, "avg", pinging->sum / pinging->answered);
		json_seconds(&json, "max", pinging->longest);
	}
	json_print(&json, cli);
}

static void sum_up(struct cli *cli, const struct pinging *pinging)
{
	char shortest[TIME_TEXT], mean[TIME_TEXT], longest[TIME_TEXT];

	if (pinging->sent < 2)
		return;
	if (cli->json) {
		sum_up_json(cli, pinging);
		return;
	}
	if (!pinging->answered) {
		out_line(cli, "  0 of %u answered", pinging->sent);
		return;
	}
	out_line(cli, "  %u of %u answered: min %s, avg %s, max %s", pinging->answered,
		pinging->sent,
		time_text(pinging->shortest, shortest, sizeof shortest),
		time_text(pinging->sum / pinging->answered, mean, sizeof mean),
		time_text(pinging->longest, longest, sizeof longest));
}

static void count(struct pinging *pinging, int64_t took)
{
	if (took < 0)
		return;
	if (!pinging->answered || took < pinging->shortest)
		pinging->shortest = took;
	if (took > pinging->longest)
		pinging->longest = took;
	pinging->sum += took;
	pinging->answered++;
}

static void cancel(struct item *item)
{
	struct pinging *pinging = item->data;

	if (pinging && pinging->ping)
		ping_cancel(pinging->ping);
	free(pinging);
	item->data = NULL;
}

static int next(struct item *item);

static void answered(void *arg, const struct ping_answer *answer)
{
	struct item *item = arg;
	struct pinging *pinging = item->data;
	bool ok;

	pinging->ping = NULL;
	count(pinging, answer->round_trip_ns);
	tell(item, answer);
	if (--pinging->left > 0 && next(item) == 0)
		return;
	ok = pinging->answered == pinging->sent && pinging->left == 0;
	sum_up(item->cli, pinging);
	if (!ok && pinging->left == 0)
		cause_set(&item->cause, ETIMEDOUT, "%u of %u echo requests were not answered",
			pinging->sent - pinging->answered, pinging->sent);
	cancel(item);
	item_done(item, ok);
}

static int next(struct item *item)
{
	struct pinging *pinging = item->data;

	pinging->ping = node_ping(item->values[NODE].node, &item->values[TARGET].address, answered,
		item, &item->cause);
	pinging->sent += pinging->ping != NULL;
	return pinging->ping ? 0 : -1;
}

static int choose_family(struct value *value, struct cause *cause)
{
	if (!value[IPV6].set || value[TARGET].address.family == AF_INET6)
		return 0;
	if (value[TARGET].node)
		return node_address_from(value[TARGET].node, value[NODE].node, AF_INET6,
			&value[TARGET].address, cause);
	return cause_set(cause, EINVAL, "%s is no IPv6 address", value[TARGET].text);
}

static enum result begin(struct item *item)
{
	struct pinging *pinging;

	if (choose_family(item->values, &item->cause) < 0)
		return RESULT_FAILED;
	pinging = calloc(1, sizeof *pinging);
	if (!pinging)
		abort();
	pinging->left = item->values[COUNT].set ? item->values[COUNT].number : 1;
	item->data = pinging;
	if (next(item) == 0)
		return RESULT_WAIT;
	cancel(item);
	return RESULT_FAILED;
}

const struct command cmd_ping = {
	.name = "ping",
	.summary = "send ICMP echo requests and tell the round trips",
	.details = "One after the other, each when the one before is answered or given up: "
		   "three seconds later than the links' delays would have it. Where an ICMP error "
		   "comes instead, it is told, and which node sent it; of many in a row a node "
		   "sends one a second or so (net.ipv4.icmp_ratelimit). Of several addresses "
		   "of a node it is the one that is nearest; ipv6 takes that of IPv6.",
	.example = "ping client server",
	.group = "Lab",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_HOST, "NODE|ADDRESS", NULL, 0, NULL},
		{ARG_COUNT, "N", "count", ARG_OPTIONAL, NULL},
		{ARG_FLAG, "ipv6", "ipv6", ARG_OPTIONAL, NULL}},
	.exec = begin,
	.cancel = cancel,
};
