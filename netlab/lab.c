/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lab.c - a lab's beginning and end. The lab owns all; children hang in its
 * lists and end with it.
 */
#include "lab.h"

#include <stdlib.h>

#include "alloc.h"
#include "clock.h"
#include "netns.h"

struct lab *lab_new(struct event_base *base, const struct lab_ops *ops, void *arg,
	struct cause *cause)
{
	static uint32_t labs; /* a process may have had several */
	struct lab *lab = alloc_new(struct lab);

	lab->serial = ++labs;
	lab->base = base;
	lab->ops = ops;
	lab->arg = arg;
	lab->zero = clock_monotonic();
	lab->has_netem = -1;
	TAILQ_INIT(&lab->nodes);
	TAILQ_INIT(&lab->gone_nodes);
	TAILQ_INIT(&lab->talking);
	TAILQ_INIT(&lab->links);
	TAILQ_INIT(&lab->networks);
	TAILQ_INIT(&lab->endpoints);
	TAILQ_INIT(&lab->gone_endpoints);
	TAILQ_INIT(&lab->sockets);
	TAILQ_INIT(&lab->processes);
	TAILQ_INIT(&lab->pings);
	settle_init(lab);
	step_init(lab);
	faults_init(lab);
	if (wire_open(lab, cause) == 0)
		return lab;
	lab_free(lab);
	return NULL;
}

void lab_free(struct lab *lab)
{
	struct endpoint_own *endpoint;
	struct node_own *node;
	struct link *link;

	if (!lab)
		return;
	lab->closing = true;
	load_free(lab);
	leftout_free(lab);
	processes_free(lab);
	step_free(lab);
	settle_free(lab);
	TAILQ_CONCAT(&lab->endpoints, &lab->gone_endpoints, entry);
	while ((endpoint = TAILQ_FIRST(&lab->endpoints))) {
		TAILQ_REMOVE(&lab->endpoints, endpoint, entry);
		endpoint_free(endpoint);
	}
	if (lab->watch)
		event_free(lab->watch);
	if (lab->walk)
		event_free(lab->walk);
	observe_forget(lab);
	faults_free(lab);
	log_free(lab);
	sockets_free(lab);
	passages_free(&lab->wire.between);
	passages_free(&lab->wire.recent);
	while ((link = TAILQ_FIRST(&lab->links))) {
		TAILQ_REMOVE(&lab->links, link, entry);
		for (int e = 0; e < 2; e++)
			network_leave(&link->end[e]);
		link_free(link);
	}
	TAILQ_CONCAT(&lab->nodes, &lab->gone_nodes, entry);
	while ((node = TAILQ_FIRST(&lab->nodes))) {
		TAILQ_REMOVE(&lab->nodes, node, entry);
		node_free(node);
	}
	wire_close(lab);
	apply_free(lab);
	free(lab);
}

void lab_resume(struct lab *lab)
{
	netns_enter(lab->wire.home);
	roster_update(lab);
}

int64_t lab_now(const struct lab *lab)
{
	return lab_time(lab, clock_monotonic());
}

void lab_cancel(struct lab *lab, void *arg)
{
	endpoints_cancel(lab, arg);
	settle_cancel(lab, arg);
	step_cancel(lab, arg);
}
