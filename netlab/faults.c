/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * faults.c - chosen faults at work: which directions are looked at, and what a
 * segment that enters meets. What is then kept back is astray.c's.
 *
 *	enters -> lose, keep -> (held, step) -> late -> swap -> impairments -> out
 *	                                               double: a second one
 *
 * A direction that a fault looks at has its TCP led to the gate, as when it is
 * held; once the last fault on it is over, and what was swapped has been overtaken,
 * the kernel carries it again.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

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

bool faults_any(const struct lab *lab)
{
	const struct faults *rules = &lab->faults.rules;

	for (unsigned i = 0; i < rules->count; i++)
		if (fault_is_active(&rules->at[i]))
			return true;
	return false;
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

			if (!end->faulted || is_looked_at(lab, end) || astray_awaits_next(end))
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

/* It meets those that its entering has made strike; true when one loses it. */
static bool strike_all(struct lab *lab, struct passage_own *own)
{
	struct faults *rules = &lab->faults.rules;
	bool lost = false;

	for (unsigned i = 0; i < rules->count; i++) {
		if (rules->at[i].strikes)
			lost |= strike(lab, &rules->at[i], own);
		lab->faults.stale |= rules->at[i].ends;
	}
	return lost;
}

bool faults_judge(struct lab *lab, struct passage_own *own)
{
	struct passage *passage = &own->passage;
	const struct selector_facts facts = {.from = passage->from ? passage->from->name : "",
		.to = passage->to ? passage->to->name : "", .flags = passage->seg.flags,
		.length = passage->seg.length, .seq = passage->seq,
		.retransmission = passage->retransmission, .acks_fin = own->acks_fin,
		.is_last = own->is_last};

	if (lab->faults.rules.count == 0 || !fault_judge(&lab->faults.rules, &facts) ||
		!strike_all(lab, own))
		return false;
	own->link->end[own->direction].fault_lost++;
	wire_number(lab, own);
	passage->fate = FATE_LOST;
	observe_passage(lab, HAPPENED_ENTERED, own, passage->entered);
	return true;
}

/* ---------------------------------------------------------- beginning and end */

void faults_init(struct lab *lab)
{
	TAILQ_INIT(&lab->faults.astray);
	TAILQ_INIT(&lab->faults.kept);
}

void faults_free(struct lab *lab)
{
	struct kept *kept;

	astray_free(lab);
	while ((kept = TAILQ_FIRST(&lab->faults.kept))) {
		TAILQ_REMOVE(&lab->faults.kept, kept, entry);
		passage_unref(kept->passage);
		free(kept);
	}
	faults_clear(&lab->faults.rules);
}
