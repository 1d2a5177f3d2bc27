/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rungs.h"

#include <stdlib.h>

#define NODES_ALL 5

/* ------------------------------------------------------------------ hosts */

static bool takes_part(const struct node *node, const struct lab_event *event)
{
	const struct passage *passage = event->passage;

	return (passage && (passage->from == node || passage->to == node)) ||
		(event->socket && event->socket->node == node) ||
		(event->endpoint && event->endpoint->node == node);
}

/* The host's index, or -1. */
static int host_find(const struct rungs *rungs, const struct node *node,
	const struct address *address)
{
	for (unsigned i = 0; i < rungs->host_count; i++) {
		const struct rung_host *host = &rungs->hosts[i];

		if (node ? host->node == node
			 : !host->node && address && address_same_host(&host->address, address))
			return (int)i;
	}
	return -1;
}

static void host_add(struct rungs *rungs, const struct node *node, const struct address *address)
{
	if (host_find(rungs, node, address) >= 0)
		return;
	if (rungs->host_count == rungs->host_max) {
		rungs->too_many = true;
		return;
	}
	rungs->hosts[rungs->host_count++] = (struct rung_host){
		.node = node, .address = node ? (struct address){0} : *address};
}

/* A router that masquerades stands before the host that it first sends to. */
static void routers_between(struct rungs *rungs, const struct lab_event *const *events,
	size_t count)
{
	for (size_t e = 0; e < count; e++) {
		const struct passage *passage = events[e]->passage;
		int router, host;

		if (!passage || !passage->from || !passage->to ||
			passage->from->kind != NODE_ROUTER)
			continue;
		router = host_find(rungs, passage->from, NULL);
		host = host_find(rungs, passage->to, NULL);
		for (; host >= 0 && router > host; router--) {
			struct rung_host between = rungs->hosts[router];

			rungs->hosts[router] = rungs->hosts[router - 1];
			rungs->hosts[router - 1] = between;
		}
		return;
	}
}

static void hosts_make(struct rungs *rungs, const struct lab_event *const *events, size_t count,
	const struct node *const *nodes, size_t node_count)
{
	bool all = node_count <= NODES_ALL && node_count <= rungs->host_max;

	for (size_t n = 0; n < node_count; n++) {
		size_t e = 0;

		while (e < count && !takes_part(nodes[n], events[e]))
			e++;
		if ((all && nodes[n]->kind == NODE_HOST) || e < count)
			host_add(rungs, nodes[n], NULL);
	}
	routers_between(rungs, events, count);
	for (size_t e = 0; e < count; e++) {
		const struct passage *passage = events[e]->passage;

		if (passage && !passage->from)
			host_add(rungs, NULL, &passage->seg.src);
		if (passage && !passage->to)
			host_add(rungs, NULL, &passage->seg.dst);
	}
}

const char *rung_host_name(const struct rung_host *host, char buf[ADDRESS_TEXT])
{
	return host->node ? host->node->name
			  : address_print(&host->address, false, buf, ADDRESS_TEXT);
}

/* ----------------------------------------------------------------- moments */

static struct rung *add(struct rungs *rungs, enum rung_kind kind, int64_t time,
	const struct lab_event *event, int from, int to)
{
	struct rung *rung;

	if (rungs->count == rungs->room) {
		rungs->room = rungs->room ? rungs->room * 2 : 64;
		rungs->at = reallocarray(rungs->at, rungs->room, sizeof *rungs->at);
		if (!rungs->at)
			abort();
	}
	rung = &rungs->at[rungs->count];
	*rung = (struct rung){.kind = kind, .time = time, .event = event, .from = (unsigned)from,
		.to = (unsigned)to, .order = (unsigned)rungs->count++};
	return rung;
}

/* The newest rung about that passage, or (NULL) about that number. */
static struct rung *newest(const struct rungs *rungs, const struct passage *passage, uint32_t n)
{
	for (size_t i = rungs->count; i-- > 0;) {
		const struct passage *of = rungs->at[i].event->passage;

		if (of && (passage ? of == passage : of->n == n))
			return &rungs->at[i];
	}
	return NULL;
}

/* Has its departure been drawn? Asked once, when its fate is known. */
static bool take_waiting(struct rungs *rungs, const struct passage *passage)
{
	if (rungs->waiting == 0 || !newest(rungs, passage, 0))
		return false;
	rungs->waiting--;
	return true;
}

static void add_delivered(struct rungs *rungs, const struct lab_event *event, int64_t begin,
	int from, int to)
{
	const struct passage *passage = event->passage;
	const struct rung *departs = rungs->waiting ? newest(rungs, passage, 0) : NULL;
	bool waited = take_waiting(rungs, passage), held = departs && departs->held;

	if (!waited && passage_at_once(passage)) {
		add(rungs, RUNG_ARROW, event->time, event, from, to);
		return;
	}
	if (!waited && passage->entered >= begin)
		add(rungs, RUNG_DEPARTS, passage->entered, event, from, to);
	add(rungs, RUNG_ARRIVES, passage->left, event, from, to)->held = held;
}

/* Copies of what is held are told with its arrival; of what passed, by the first. */
static void add_copy(struct rungs *rungs, const struct lab_event *event, int from, int to)
{
	struct rung *of = newest(rungs, NULL, event->passage->n);

	if (of && of->kind == RUNG_COPIES)
		of->copies++;
	else if (of && (of->kind == RUNG_ARRIVES || of->kind == RUNG_ARROW))
		add(rungs, RUNG_COPIES, event->time, event, from, to)->copies = 1;
}

static void add_segment(struct rungs *rungs, const struct lab_event *event, int64_t begin)
{
	const struct passage *passage = event->passage;
	int from = host_find(rungs, passage->from, &passage->seg.src);
	int to = host_find(rungs, passage->to, &passage->seg.dst);

	if (from < 0 || to < 0)
		return;
	switch (event->fate) {
	case FATE_HELD:
		add(rungs, RUNG_DEPARTS, passage->entered, event, from, to)->held = true;
		rungs->waiting++;
		return;
	case FATE_LATE:
		if (newest(rungs, passage, 0))
			return; /* it was held before that */
		add(rungs, RUNG_DEPARTS, passage->entered, event, from, to);
		rungs->waiting++;
		return;
	case FATE_DELIVERED:
		add_delivered(rungs, event, begin, from, to);
		return;
	case FATE_LOST:
	case FATE_CORRUPTED:
	case FATE_DROPPED:
		if (take_waiting(rungs, passage))
			add(rungs, RUNG_DROPPED, event->time, event, from, to);
		else
			add(rungs, RUNG_LOST, passage->entered, event, from, to);
		return;
	case FATE_ABSORBED:
		add_copy(rungs, event, from, to);
		return;
	case FATE_PASSING:
	case FATES:
		return;
	}
}

static void add_event(struct rungs *rungs, const struct lab_event *event, int64_t begin)
{
	const struct node *node = event->socket ? event->socket->node
		: event->endpoint		? event->endpoint->node
						: NULL;
	int host = node ? host_find(rungs, node, NULL) : -1;

	if (event->kind == LAB_SEGMENT)
		add_segment(rungs, event, begin);
	else if (event->kind == LAB_NOTE)
		add(rungs, RUNG_REMARK, event->time, event, 0, 0);
	else if (host >= 0)
		add(rungs, RUNG_NOTE, event->time, event, host, host);
}

static int by_time(const void *a, const void *b)
{
	const struct rung *first = a, *second = b;

	if (first->time != second->time)
		return first->time < second->time ? -1 : 1;
	return first->order < second->order ? -1 : first->order > second->order;
}

/* Nothing happened on its way: one arrow is enough. */
static void join_delayed(struct rungs *rungs)
{
	size_t kept = 0;

	for (size_t i = 0; i < rungs->count; i++) {
		const struct rung *next = i + 1 < rungs->count ? &rungs->at[i + 1] : NULL;
		struct rung *rung = &rungs->at[kept++];

		*rung = rungs->at[i];
		if (rung->kind != RUNG_DEPARTS || rung->held || !next || next->event != rung->event)
			continue;
		rung->kind = RUNG_ARROW;
		rung->delayed = true;
		i++;
	}
	rungs->count = kept;
}

/* One connection has two addresses, whichever way a segment goes. */
static bool is_another(const struct segment *one, const struct segment *other)
{
	return !(address_equal(&one->src, &other->src) && address_equal(&one->dst, &other->dst)) &&
		!(address_equal(&one->src, &other->dst) && address_equal(&one->dst, &other->src));
}

void rungs_make(struct rungs *rungs, const struct lab_event *const *events, size_t count,
	const struct node *const *nodes, size_t node_count, unsigned host_max)
{
	const struct passage *first = NULL;

	*rungs = (struct rungs){.host_max = host_max < RUNG_HOSTS_MAX ? host_max : RUNG_HOSTS_MAX};
	hosts_make(rungs, events, count, nodes, node_count);
	for (size_t i = 0; i < count; i++) {
		const struct passage *passage = events[i]->passage;

		if (passage && first)
			rungs->several |= is_another(&first->seg, &passage->seg);
		else if (passage)
			first = passage;
		add_event(rungs, events[i], events[0]->time);
	}
	if (rungs->count)
		qsort(rungs->at, rungs->count, sizeof *rungs->at, by_time);
	join_delayed(rungs);
}

void rungs_free(struct rungs *rungs)
{
	free(rungs->at);
	rungs->at = NULL;
}
