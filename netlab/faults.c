/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * faults.c - chosen faults at work: which directions are looked at, what a
 * segment that enters meets, and what is kept back.
 *
 *	enters -> lose, keep -> (held, step) -> late -> swap -> impairments -> out
 *	                                               double: a second one
 *
 * A direction that a fault looks at has its TCP led to the gate, as when it is
 * held; once the last fault on it is over the kernel carries it again. What is
 * kept back waits here with the time at which it is due; the gate's timer
 * (impair.c) lets it go. For the sender's kernel all of it has been sent.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

#define AWAITED_MAX (3 * NS_PER_S) /* what is late for longer is not waited for */
#define SWAP_WITHIN (3 * NS_PER_S) /* where no next one comes, it goes on alone */
#define SWAP_HELD   (3600 * NS_PER_S) /* the next one waits for a step */

/* ------------------------------------------------------------ who is looked at */

/* A fault with A>B looks at all that A sends, whichever way it goes; one without
 * at what the hosts send, not at what others make of it on its way. */
static bool looks_at(const struct fault *fault, const struct node *node)
{
	if (!fault_is_active(fault))
		return false;
	return fault->selector.from[0] ? strcmp(fault->selector.from, node->name) == 0
				       : node->kind == NODE_HOST;
}

static bool is_looked_at(const struct lab *lab, const struct link_end *end)
{
	const struct faults *rules = &lab->faults.rules;

	for (unsigned i = 0; i < rules->count; i++)
		if (looks_at(&rules->at[i], &end->node->node))
			return true;
	return false;
}

static int lead(struct lab *lab, struct link *link, struct cause *cause)
{
	for (int d = 0; d < 2; d++) {
		struct link_end *end = &link->end[d];

		if (end->faulted || !is_looked_at(lab, end))
			continue;
		if (held_lead(lab, link, d, cause) < 0)
			return -1;
		end->faulted = true;
	}
	return 0;
}

static int lead_all(struct lab *lab, struct cause *cause)
{
	struct link *link;

	TAILQ_FOREACH(link, &lab->links, entry)
		if (lead(lab, link, cause) < 0)
			return -1;
	return 0;
}

void faults_link(struct lab *lab, struct link *link)
{
	struct cause cause;

	if (lab->faults.rules.count > 0 && lead(lab, link, &cause) < 0)
		log_note(lab, "%s", cause.text);
}

void faults_prune(struct lab *lab)
{
	struct link *link;
	struct cause cause;

	if (!lab->faults.stale)
		return;
	lab->faults.stale = false;
	TAILQ_FOREACH(link, &lab->links, entry)
		for (int d = 0; d < 2; d++) {
			struct link_end *end = &link->end[d];

			if (!end->faulted || is_looked_at(lab, end))
				continue;
			end->faulted = false;
			if (held_lead_end(lab, link, d, &cause) < 0)
				log_note(lab, "%s", cause.text);
		}
}

/* -------------------------------------------------------------------- the list */

uint32_t lab_fault(struct lab *lab, const struct fault *wanted, struct cause *cause)
{
	struct faults *rules = &lab->faults.rules;
	uint32_t number;

	if (TAILQ_EMPTY(&lab->links)) {
		cause_set(cause, ENOENT, "there is no link, so no segment either: make one first");
		return 0;
	}
	if (impair_timer(lab, cause) < 0)
		return 0;
	wire_drain(lab);
	number = fault_add(rules, wanted)->number;
	if (lead_all(lab, cause) == 0)
		return number;
	rules->count--;
	lab->faults.stale = true;
	faults_prune(lab);
	return 0;
}

const struct fault *fault_next(const struct lab *lab, const struct fault *fault)
{
	const struct faults *rules = &lab->faults.rules;
	unsigned next = fault ? fault->number : 0; /* numbers count from 1 */

	return next < rules->count ? &rules->at[next] : NULL;
}

const struct fault *fault_find(const struct lab *lab, uint32_t number)
{
	const struct faults *rules = &lab->faults.rules;

	return number > 0 && number <= rules->count ? &rules->at[number - 1] : NULL;
}

int fault_off(struct lab *lab, uint32_t number, struct cause *cause)
{
	struct faults *rules = &lab->faults.rules;

	if (number > rules->count)
		return cause_set(cause, ENOENT, "there is no fault %u; faults lists them", number);
	wire_drain(lab); /* what has entered before */
	for (unsigned i = 0; i < rules->count; i++)
		if (number == 0 || rules->at[i].number == number)
			rules->at[i].off |= !rules->at[i].done;
	lab->faults.stale = true;
	wire_drain(lab);
	return 0;
}

/* ----------------------------------------------------------------- judging */

static void keep(struct lab *lab, const char *name, struct passage_own *passage)
{
	struct kept *kept = alloc_new(struct kept);

	memcpy(kept->name, name, sizeof kept->name);
	memcpy(passage->passage.kept, name, sizeof passage->passage.kept);
	kept->passage = passage;
	passage_ref(passage);
	TAILQ_INSERT_HEAD(&lab->faults.kept, kept, entry);
}

/* Returns true when it is lost. */
static bool strike(struct lab *lab, const struct fault *fault, struct passage_own *own)
{
	struct passage *passage = &own->passage;

	switch (fault->kind) {
	case FAULT_LOSE:
		passage->fault = fault->number;
		return true;
	case FAULT_LATE:
		passage->fault = passage->fault ? passage->fault : fault->number;
		own->late_ns = passage->late_ns += fault->ns;
		break;
	case FAULT_SWAP:
		passage->fault = passage->fault ? passage->fault : fault->number;
		passage->swapped = true;
		own->swapped_by = fault->number;
		break;
	case FAULT_DOUBLE:
		own->doubled_by = fault->number;
		own->double_ns = fault->ns;
		break;
	case FAULT_KEEP:
		keep(lab, fault->name, own);
		break;
	case FAULT_KINDS:
		break;
	}
	return false;
}

bool faults_judge(struct lab *lab, struct passage_own *own)
{
	struct faults *rules = &lab->faults.rules;
	struct passage *passage = &own->passage;
	const struct selector_facts facts = {.from = passage->from ? passage->from->name : "",
		.to = passage->to ? passage->to->name : "", .flags = passage->seg.flags,
		.length = passage->seg.length, .seq = passage->seq,
		.retransmission = passage->retransmission, .acks_fin = own->acks_fin,
		.after_fin = own->after_fin};
	bool lost = false;

	if (rules->count == 0 || !fault_judge(rules, &facts))
		return false;
	for (unsigned i = 0; i < rules->count; i++) {
		if (!rules->at[i].strikes)
			continue;
		lost |= strike(lab, &rules->at[i], own);
		lab->faults.stale |= rules->at[i].done;
	}
	if (!lost)
		return false;
	wire_number(lab, own);
	passage->fate = FATE_LOST;
	observe_passage(lab, HAPPENED_ENTERED, own, passage->entered);
	return true;
}

bool faults_delay(const struct passage_own *passage)
{
	return passage->late_ns > 0 || passage->swapped_by;
}

/* ------------------------------------------------------------- keeping back */

/* Those that are due at the same time keep their order. */
static struct astray *keep_back(struct lab *lab, struct passage_own *passage, int64_t wait_ns)
{
	struct astrays *list = &lab->faults.astray;
	struct astray *astray = alloc_new(struct astray), *before;

	astray->passage = passage;
	passage_ref(passage);
	astray->due = clock_monotonic() + wait_ns;
	astray->awaited = wait_ns <= AWAITED_MAX;
	before = TAILQ_LAST(list, astrays);
	while (before && before->due > astray->due)
		before = TAILQ_PREV(before, astrays, entry);
	if (before)
		TAILQ_INSERT_AFTER(list, before, astray, entry);
	else
		TAILQ_INSERT_HEAD(list, astray, entry);
	impair_timer_set(lab);
	return astray;
}

/* Off the list; the passage is the caller's to unref. */
static struct passage_own *take(struct lab *lab, struct astray *astray)
{
	struct passage_own *passage = astray->passage;

	TAILQ_REMOVE(&lab->faults.astray, astray, entry);
	free(astray);
	return passage;
}

static int out(struct lab *lab, struct passage_own *passage, int64_t time, struct cause *cause);

/* What was swapped with it follows. */
static void follow(struct lab *lab, const struct passage_own *passed)
{
	const struct segment *segment = &passed->passage.seg;
	struct astray *astray, *next;
	struct cause cause;

	for (astray = TAILQ_FIRST(&lab->faults.astray); astray; astray = next) {
		struct passage_own *passage = astray->passage;

		next = TAILQ_NEXT(astray, entry);
		if (!astray->swapped || !address_equal(&passage->passage.seg.src, &segment->src) ||
			!address_equal(&passage->passage.seg.dst, &segment->dst))
			continue;
		take(lab, astray);
		if (out(lab, passage, clock_monotonic(), &cause) < 0)
			log_note(lab, "segment #%u: %s", passage->passage.n, cause.text);
		passage_unref(passage);
		next = TAILQ_FIRST(&lab->faults.astray); /* others may have followed it */
	}
}

static int send_double(struct lab *lab, struct passage_own *passage, struct cause *cause)
{
	struct passage_own *again = passage_again(passage);
	int result = 0;

	again->passage.double_of = passage->passage.n;
	again->passage.fault = passage->doubled_by;
	again->passage.entered = lab_now(lab);
	passage->doubled_by = 0;
	if (passage->double_ns > 0)
		keep_back(lab, again, passage->double_ns);
	else
		result = out(lab, again, clock_monotonic(), cause);
	passage_unref(again);
	return result;
}

static int out(struct lab *lab, struct passage_own *passage, int64_t time, struct cause *cause)
{
	if (!passage->passage.n) { /* a double */
		wire_number(lab, passage);
		passage->passage.entered = lab_now(lab);
	}
	passage->passage.fate = FATE_PASSING;
	if (impair_send(lab, passage->link, passage->direction, passage->bytes, passage->length, time,
		    passage, cause) < 0)
		return -1;
	follow(lab, passage);
	return passage->doubled_by ? send_double(lab, passage, cause) : 0;
}

int faults_send(struct lab *lab, struct passage_own *passage, int64_t time, struct cause *cause)
{
	int64_t wait = passage->late_ns;
	bool held;

	if (wait > 0) {
		passage->late_ns = 0;
		keep_back(lab, passage, wait);
		return 0;
	}
	if (passage->swapped_by) {
		passage->swapped_by = 0;
		held = passage->link->end[passage->direction].held;
		keep_back(lab, passage, held ? SWAP_HELD : SWAP_WITHIN)->swapped = true;
		return 0;
	}
	return out(lab, passage, time, cause);
}

void faults_due(struct lab *lab, int64_t now)
{
	struct astray *astray;
	struct cause cause;

	while ((astray = TAILQ_FIRST(&lab->faults.astray)) && astray->due <= now) {
		bool enters = astray->enters;
		struct passage_own *passage = take(lab, astray);

		if (enters)
			faults_enter(lab, passage);
		else if (faults_send(lab, passage, clock_monotonic(), &cause) < 0)
			log_note(lab, "segment #%u: %s", passage->passage.n, cause.text);
		passage_unref(passage);
		settle_soon(lab);
	}
}

int64_t faults_next(const struct lab *lab)
{
	const struct astray *first = TAILQ_FIRST(&lab->faults.astray);

	return first ? first->due : -1;
}

bool faults_await(const struct lab *lab)
{
	const struct astray *astray;

	TAILQ_FOREACH(astray, &lab->faults.astray, entry)
		if (astray->awaited)
			return true;
	return false;
}

void faults_released(struct lab *lab)
{
	struct astray *astray, *next;

	for (astray = TAILQ_FIRST(&lab->faults.astray); astray; astray = next) {
		next = TAILQ_NEXT(astray, entry);
		if (!astray->swapped || astray->awaited)
			continue;
		/* behind all others that are due by then, and so to its right place */
		keep_back(lab, astray->passage, SWAP_WITHIN)->swapped = true;
		passage_unref(take(lab, astray));
	}
}

/* ---------------------------------------------------------- beginning and end */

void faults_later(struct lab *lab, struct passage_own *passage, int64_t after_ns)
{
	keep_back(lab, passage, after_ns)->enters = true;
}

void faults_forget(struct lab *lab, struct link *link)
{
	struct astray *astray, *next;

	for (astray = TAILQ_FIRST(&lab->faults.astray); astray; astray = next) {
		struct passage_own *passage = astray->passage;

		next = TAILQ_NEXT(astray, entry);
		if (passage->link != link)
			continue;
		take(lab, astray);
		if (!passage->passage.n)
			wire_number(lab, passage);
		transit_lost(lab, passage, lab_now(lab));
		passage_unref(passage);
	}
	impair_timer_set(lab);
}

void faults_init(struct lab *lab)
{
	TAILQ_INIT(&lab->faults.astray);
	TAILQ_INIT(&lab->faults.kept);
}

void faults_free(struct lab *lab)
{
	struct astray *astray;
	struct kept *kept;

	while ((astray = TAILQ_FIRST(&lab->faults.astray)))
		passage_unref(take(lab, astray));
	while ((kept = TAILQ_FIRST(&lab->faults.kept))) {
		TAILQ_REMOVE(&lab->faults.kept, kept, entry);
		passage_unref(kept->passage);
		free(kept);
	}
	faults_clear(&lab->faults.rules);
}
