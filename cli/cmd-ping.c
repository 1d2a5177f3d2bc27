/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-ping.c - ping: ICMP echo from one node to another.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "tell.h"

enum { NODE, TARGET, COUNT };

struct pinging {
	struct ping *ping;
	int64_t left;
	unsigned sent, answered;
};

static void tell(struct item *item, int64_t took)
{
	char time[TIME_TEXT];
	struct json json;

	if (!item->cli->json) {
		if (took >= 0)
			out_line(item->cli, "  %s > %s  echo reply after %s",
				item->values[NODE].node->name, item->values[TARGET].text,
				time_text(took, time, sizeof time));
		else
			out_line(item->cli, "  %s > %s  no reply within 1 s",
				item->values[NODE].node->name, item->values[TARGET].text);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "ping");
	json_string(&json, "from", item->values[NODE].node->name);
	json_string(&json, "to", item->values[TARGET].text);
	if (took >= 0)
		json_seconds(&json, "time", took);
	else
		json_null(&json, "time");
	json_print(&json, item->cli);
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

static void answered(void *arg, int64_t took)
{
	struct item *item = arg;
	struct pinging *pinging = item->data;
	bool ok;

	pinging->ping = NULL;
	pinging->answered += took >= 0;
	tell(item, took);
	if (--pinging->left > 0 && next(item) == 0)
		return;
	ok = pinging->answered == pinging->sent && pinging->left == 0;
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
	pinging->sent++;
	return pinging->ping ? 0 : -1;
}

static enum result begin(struct item *item)
{
	struct pinging *pinging = calloc(1, sizeof *pinging);

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
	.example = "ping client server",
	.group = "Lab",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_HOST, "NODE", NULL, 0, NULL},
		{ARG_COUNT, "N", "count", ARG_OPTIONAL, NULL}},
	.exec = begin,
	.cancel = cancel,
};
