/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * step.c - holding, stepping, dropping and releasing.
 *
 *	idle -> awaits a segment -> settles -> idle
 *
 * A step is over when the kernel has taken the segment in and everything that
 * follows from it is known (settle.c).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"
#include "netns.h"

/* ------------------------------------------------------------ the hosts */

/* Time limits that a class would run into, raised while anything is held. */
static const struct {
	const char *key, *value;
} patience[] = {
	{"tcp_orphan_retries", "100"},
	{"tcp_retries2", "100"},
	{"tcp_syn_retries", "100"},
	{"tcp_synack_retries", "100"},
	{"tcp_fin_timeout", "3600"},
};
#define PATIENCE (sizeof patience / sizeof *patience)

static void make_patient(struct lab *lab, struct node_own *node)
{
	struct cause cause;
	char now[16];

	for (size_t i = 0; i < PATIENCE && !node->patient; i++) {
		node->impatient[i][0] = '\0';
		if (node_has_set(node, patience[i].key))
			continue; /* on purpose, so it holds */
		if (node_sysctl_quietly(&node->node, patience[i].key, NULL, node->impatient[i],
			    sizeof node->impatient[i], &cause) < 0 ||
			node_sysctl_quietly(&node->node, patience[i].key, patience[i].value, now, sizeof now,
				&cause) < 0)
			log_note(lab, "%s stays impatient: %s", node->name, cause.text);
	}
	node->patient = true;
}

const char *step_impatient(const struct node_own *node, const char *key)
{
	if (strncmp(key, "net.ipv4.", 9) == 0)
		key += 9;
	for (size_t i = 0; i < PATIENCE && node->patient; i++)
		if (strcmp(patience[i].key, key) == 0 && node->impatient[i][0])
			return node->impatient[i];
	return NULL;
}

/* Back to what it was, unless the user has set something else meanwhile. */
static void make_impatient(struct node_own *node)
{
	struct cause ignored;
	char now[16];

	for (size_t i = 0; i < PATIENCE && node->patient; i++)
		if (node->impatient[i][0] &&
			node_sysctl_quietly(&node->node, patience[i].key, NULL, now, sizeof now, &ignored) == 0 &&
			strcmp(now, patience[i].value) == 0)
			node_sysctl_quietly(&node->node, patience[i].key, node->impatient[i], now, sizeof now,
				&ignored);
	node->patient = false;
}

/* ------------------------------------------------------------ hold, release */

/* What hosts send is held where it enters the wire; on its further way, from
 * switches and routers, it runs free. */
static int hold_hosts(struct lab *lab, struct link *link, struct cause *cause)
{
	for (int direction = 0; direction < 2; direction++)
		if (link->end[direction].node->node.kind == NODE_HOST &&
			wire_hold(lab, link, direction, cause) < 0)
			return -1;
	return 0;
}

static int hold_all(struct lab *lab, struct cause *cause)
{
	struct link *link;

	if (TAILQ_EMPTY(&lab->links))
		return cause_set(cause, ENOENT, "there is no link to hold: make one first");
	TAILQ_FOREACH(link, &lab->links, entry)
		if (hold_hosts(lab, link, cause) < 0)
			return -1;
	lab->hold_all = true;
	return 0;
}

struct link_end *first_end(struct lab *lab, struct node *from, struct node *to,
	struct cause *cause)
{
	struct link *link = link_find(lab, from, to);
	struct link_end *next, *end;
	struct address address;

	if (link)
		return &link->end[&link->end[1].node->node == from];
	if (apply_now(lab, cause) < 0 || node_address(to, &address, cause) < 0)
		return NULL;
	next = plan_next_hop(node_own(from), &address);
	end = next ? end_beside(node_own(from), next) : NULL;
	if (end)
		return end;
	cause_set(cause, ENOENT, "there is no way from %s to %s", from->name, to->name);
	return NULL;
}

static void all_patient(struct lab *lab)
{
	struct node_own *node;

	TAILQ_FOREACH(node, &lab->nodes, entry)
		if (!is_switch(node))
			make_patient(lab, node);
}

static void all_impatient(struct lab *lab)
{
	struct node_own *node;

	TAILQ_FOREACH(node, &lab->nodes, entry)
		make_impatient(node);
}

int lab_hold(struct lab *lab, struct node *from, struct node *to, struct cause *cause)
{
	struct link_end *end;
	int result;

	if (from) {
		end = first_end(lab, from, to, cause);
		result = end ? wire_hold(lab, end->link, end->e, cause) : -1;
	} else {
		result = hold_all(lab, cause);
	}
	if (lab->wire.held_directions > 0)
		all_patient(lab);
	return result;
}

void step_hold_link(struct lab *lab, struct link *link)
{
	struct cause cause;

	if (hold_hosts(lab, link, &cause) < 0)
		log_note(lab, "%s", cause.text);
	all_patient(lab);
}

void step_unhold_link(struct lab *lab, struct link *link)
{
	for (int direction = 0; direction < 2; direction++) {
		lab->wire.held_directions -= link->end[direction].held;
		link->end[direction].held = false;
	}
	held_forget(lab, link);
	if (!lab_is_held(lab))
		all_impatient(lab);
}

bool lab_is_held(const struct lab *lab)
{
	return lab->hold_all || lab->wire.held_directions > 0;
}

static void deliver(struct lab *lab, struct gate_item *item)
{
	struct passage_own *passage = item->load;
	struct cause cause;
	int side;
	struct flow *flow = flows_find(lab->wire.flows, &passage->passage.seg.src,
		&passage->passage.seg.dst, &side);

	if (flow && !is_foreign(passage))
		gate_delivered(flow, item);
	if (item->newest_copy)
		passage_unref(item->newest_copy);
	item->newest_copy = NULL;
	if (wire_deliver(lab, passage, &cause) < 0)
		log_note(lab, "segment #%u: %s", passage->passage.n, cause.text);
}

void lab_release(struct lab *lab, lab_done_fn done, void *arg)
{
	struct gate_item *item;
	struct link *link;
	struct cause cause;

	apply_at_once(lab);
	wire_drain(lab);
	lab->hold_all = false;
	TAILQ_FOREACH(link, &lab->links, entry) {
		for (int d = 0; d < 2; d++) {
			link->end[d].releasing = link->end[d].held;
			link->end[d].held = false;
		}
	}
	while ((item = gate_pop(&lab->wire.gate))) {
		struct passage_own *passage = item->load;

		deliver(lab, item);
		passage_unref(passage);
		wire_drain(lab); /* what answers it goes on its way at once */
	}
	TAILQ_FOREACH(link, &lab->links, entry)
		for (int d = 0; d < 2; d++)
			if (link->end[d].releasing &&
				wire_unhold(lab, link, d, &cause) < 0)
				log_note(lab, "%s", cause.text);
	wire_drain(lab);
	astray_released(lab);
	all_impatient(lab);
	settle_then(lab, done, arg, NULL);
}

const struct passage *held_next(const struct lab *lab, const struct passage *passage)
{
	const struct gate_item *item = passage
		? ((const struct passage_own *)(const void *)passage)->item.next
		: lab->wire.gate.first;

	return item ? &((const struct passage_own *)item->load)->passage : NULL;
}

/* ------------------------------------------------------------- step, drop */

static void finish(struct lab *lab)
{
	struct passage_own *passage = lab->step.passage;
	step_done_fn done = lab->step.done;

	event_del(lab->step.timer);
	lab->wire.gate.passing = NULL;
	lab->step.phase = STEP_IDLE;
	lab->step.passage = NULL;
	lab->step.done = NULL;
	if (done)
		done(lab->step.arg, passage ? &passage->passage : NULL);
	if (passage)
		passage_unref(passage);
}

static void settled(void *arg, const struct lab_event *call)
{
	struct lab *lab = arg;

	(void)call;
	if (lab->step.phase != STEP_SETTLES)
		return;
	finish(lab);
}

static void settle(struct lab *lab)
{
	event_del(lab->step.timer);
	lab->step.phase = STEP_SETTLES;
	settle_then(lab, settled, lab, NULL);
}

/* The newest retransmission takes a dropped segment's place. */
static void replace(struct lab *lab, struct passage_own *copy)
{
	struct passage_own *again = passage_again(copy);

	if (!faults_judge(lab, again))
		gate_hold(lab, again, true);
	passage_unref(again);
	passage_unref(copy);
}

static void act(struct lab *lab)
{
	struct gate_item *item = gate_pop(&lab->wire.gate);
	struct passage_own *passage = item->load, *copy = item->newest_copy;

	lab->step.passage = passage; /* the gate's reference */
	if (lab->step.drop) {
		item->newest_copy = NULL;
		passage->passage.fate = FATE_DROPPED;
		observe_passage(lab, HAPPENED_FATE, passage, lab_now(lab));
		if (copy)
			replace(lab, copy);
	} else {
		lab->wire.gate.passing = item;
		deliver(lab, item);
	}
	settle(lab);
}

void step_segment_held(struct lab *lab)
{
	if (lab->step.phase == STEP_AWAITS_SEGMENT)
		event_active(lab->step.timer, EV_READ, 0);
}

/* Either time is up (EV_TIMEOUT), or a segment came (EV_READ). */
static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct lab *lab = arg;

	(void)fd;
	(void)what;
	switch (lab->step.phase) {
	case STEP_AWAITS_SEGMENT:
		wire_drain(lab);
		if (lab->wire.gate.count > 0)
			act(lab);
		else
			finish(lab);
		return;
	case STEP_IDLE:
	case STEP_SETTLES:
		return;
	}
}

static void begin(struct lab *lab, bool drop, int64_t patience_ns, step_done_fn done, void *arg)
{
	struct timeval longest = clock_timeval(patience_ns);

	lab->step.drop = drop;
	lab->step.done = done;
	lab->step.arg = arg;
	apply_at_once(lab); /* its way is the one that it has now */
	wire_drain(lab);
	lab->step.phase = STEP_AWAITS_SEGMENT;
	event_add(lab->step.timer, &longest);
	if (lab->wire.gate.count > 0)
		event_active(lab->step.timer, EV_READ, 0);
}

void lab_step(struct lab *lab, int64_t patience_ns, step_done_fn done, void *arg)
{
	begin(lab, false, patience_ns, done, arg);
}

void lab_drop(struct lab *lab, int64_t patience_ns, step_done_fn done, void *arg)
{
	begin(lab, true, patience_ns, done, arg);
}

void step_cancel(struct lab *lab, void *arg)
{
	if (lab->step.phase == STEP_IDLE || lab->step.arg != arg)
		return;
	lab->step.done = NULL;
	if (lab->step.phase == STEP_AWAITS_SEGMENT)
		finish(lab);
}

void step_init(struct lab *lab)
{
	lab->step.timer = event_new(lab->base, -1, EV_TIMEOUT, on_timer, lab);
}

void step_free(struct lab *lab)
{
	if (lab->step.passage)
		passage_unref(lab->step.passage);
	if (lab->step.timer)
		event_free(lab->step.timer);
}
