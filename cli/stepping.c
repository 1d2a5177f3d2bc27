/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stepping.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "timetext.h"

#define PATIENCE 1000000000LL
#define TIMERS_NAMED 16

struct stepping {
	stepping_fn act;
	int64_t left, patience_ns;
};

static void name_timer(void *arg, const struct tcp_socket *row)
{
	char *text = arg, left[TIME_TEXT], piece[128];

	if (row->timer == TIMER_NONE)
		return;
	snprintf(piece, sizeof piece, "%s%s %s (%s in %s)", *text ? ", " : "", row->node->name,
		state_name(row->state),
		row->timer == TIMER_RETRANSMIT ? "retransmission" : timer_name(row->timer),
		time_text((int64_t)row->timer_ms * 1000000, left, sizeof left));
	if (strlen(text) + strlen(piece) < 240)
		strcat(text, piece);
}

/* Nothing came: which timers run, so what may come. */
static void nothing_came(struct item *item, int64_t patience_ns)
{
	struct cli *cli = item->cli;
	const struct node *node = NULL;
	struct cause ignored;
	unsigned others;
	char timers[256] = "", waited[TIME_TEXT];
	int64_t comes_in;
	bool late = late_next(cli->lab, NULL, &comes_in) != NULL;

	while ((node = node_next(cli->lab, node)))
		node_dump_followed(node, TIMERS_NAMED, name_timer, timers, &others, &ignored);
	cause_set(&item->cause, ETIMEDOUT, "no segment is %s, and none came within %s; %s%s",
		late ? "held (faults keep some back: see segments)" : "on the wire",
		time_text(patience_ns, waited, sizeof waited),
		timers[0] ? "timers that run: " : "no TCP timer runs, so somebody has to act",
		timers);
}

static void stepped(void *arg, const struct passage *passage)
{
	struct item *item = arg;
	struct stepping *stepping = item->data;
	bool ok = passage != NULL;

	if (ok && --stepping->left > 0) {
		stepping->act(item->cli->lab, stepping->patience_ns, stepped, item);
		return;
	}
	if (!ok)
		nothing_came(item, stepping->patience_ns);
	item->cli->table_due = true;
	free(stepping);
	item->data = NULL;
	item_done(item, ok);
}

enum result stepping_begin(struct item *item, stepping_fn act)
{
	struct stepping *stepping;

	if (!lab_is_held(item->cli->lab)) {
		cause_set(&item->cause, EINVAL, "nothing is held: hold comes first");
		return RESULT_FAILED;
	}
	stepping = malloc(sizeof *stepping);
	if (!stepping)
		abort();
	stepping->act = act;
	stepping->left = item->values[0].set ? item->values[0].number : 1;
	stepping->patience_ns = item->values[1].set ? item->values[1].ns : PATIENCE;
	item->data = stepping;
	act(item->cli->lab, stepping->patience_ns, stepped, item);
	return RESULT_WAIT;
}

void stepping_cancel(struct item *item)
{
	lab_cancel(item->cli->lab, item);
	free(item->data);
	item->data = NULL;
}
