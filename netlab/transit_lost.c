/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * transit_lost.c - what never arrives: known by what a queue no longer has, by
 * the time that has passed, or by the link that is gone.
 */
#include "lab.h"

#include "clock.h"
#include "icmp.h"

#define LOST_AFTER   NS_PER_S		/* where nobody can tell */
#define INSIDE_LIMIT (200 * NS_PER_MS)	/* of a switch or router */

void transit_lost(struct lab *lab, struct passage_own *passage, int64_t time)
{
	if (!passage->passage.n)
		wire_number(lab, passage);
	transit_ends(lab, passage, FATE_LOST, time);
}

/* Nobody that the lab knows of has the address it is for, and no router has said that
 * it leads nowhere: so the router itself has it, by an address that a program has set. */
static bool was_taken(const struct passage_own *passage)
{
	return !passage->passage.to && passage->passage.inside &&
		passage->passage.inside->kind == NODE_ROUTER;
}

/* Where frames have passed unseen, nobody knows whether this one has. */
static void lose(struct lab *lab, struct passages *list, struct passage_own *passage, int64_t now)
{
	TAILQ_REMOVE(list, passage, entry);
	if (was_taken(passage))
		transit_taken(lab, passage);
	else if (lab->wire.unseen_at == 0 || lab->wire.unseen_at < passage->going_since)
		transit_lost(lab, passage, now);
	passage_unref(passage);
}

static void lose_older(struct lab *lab, struct passages *list, int64_t than, int64_t now)
{
	struct passage_own *passage, *next;

	for (passage = TAILQ_FIRST(list); passage; passage = next) {
		next = TAILQ_NEXT(passage, entry);
		if (passage->going_since < than)
			lose(lab, list, passage, now);
	}
}

/* What a kernel's queue no longer has, and has not let out, it has lost. */
static bool is_queued(struct lab *lab, struct link_end *end)
{
	int64_t asked = lab_now(lab);

	if (TAILQ_EMPTY(&end->going))
		return false;
	if (impair_queued(end) != 0)
		return true;
	wire_drain_ring(lab);
	if (!impair_by_gate(end) && impair_words(end))
		lose_older(lab, &end->going, asked, asked);
	return false;
}

bool transit_under_way(struct lab *lab)
{
	struct link *link;
	bool any = false;

	TAILQ_FOREACH(link, &lab->links, entry)
		for (int d = 0; d < 2; d++)
			if (link->end[d].impair)
				any |= is_queued(lab, &link->end[d]);
	return any;
}

/* What is inside of that node, and is what the error is about. */
static struct passage_own *find_inside(struct lab *lab, const struct node_own *node,
	const struct icmp_error *error)
{
	struct passage_own *passage;

	TAILQ_FOREACH(passage, &lab->wire.between, entry) {
		const struct segment *segment = &passage->passage.seg;

		if (passage->passage.inside == &node->node && segment->seq == error->seq &&
			address_equal(&segment->src, &error->src) &&
			address_equal(&segment->dst, &error->dst))
			return passage;
	}
	return NULL;
}

void transit_icmp(struct lab *lab, const struct node_own *node, const struct frame *frame)
{
	struct icmp_error error;
	struct passage_own *passage;

	if (TAILQ_EMPTY(&lab->wire.between) ||
		icmp_error_decode(frame->bytes, frame->captured, &error) < 0)
		return;
	passage = find_inside(lab, node, &error);
	if (!passage)
		return;
	TAILQ_REMOVE(&lab->wire.between, passage, entry);
	passage->passage.icmp = error.text;
	passage->too_big = error.too_big;
	transit_lost(lab, passage, lab_time(lab, frame->time));
	passage_unref(passage);
}

bool transit_inside(const struct lab *lab, int64_t now)
{
	const struct passage_own *passage;

	TAILQ_FOREACH(passage, &lab->wire.between, entry)
		if (passage->passage.to && passage->going_since >= now - INSIDE_LIMIT)
			return true;
	return false;
}

void transit_sweep(struct lab *lab, int64_t now)
{
	struct link *link;

	lose_older(lab, &lab->wire.between, now - INSIDE_LIMIT, now);
	TAILQ_FOREACH(link, &lab->links, entry)
		for (int d = 0; d < 2; d++) {
			struct link_end *end = &link->end[d];

			if (!end->impair || !is_queued(lab, end))
				lose_older(lab, &end->going, now - LOST_AFTER, now);
			/* it found no room on its way to the gate */
			lose_older(lab, &end->entering, now - LOST_AFTER, now);
		}
}

void transit_forget(struct lab *lab, struct link *link)
{
	struct passage_own *passage, *next;
	int64_t now = lab_now(lab);

	for (int d = 0; d < 2; d++) {
		while ((passage = TAILQ_FIRST(&link->end[d].going)))
			lose(lab, &link->end[d].going, passage, now);
		while ((passage = TAILQ_FIRST(&link->end[d].entering)))
			lose(lab, &link->end[d].entering, passage, now);
	}
	for (passage = TAILQ_FIRST(&lab->wire.recent); passage; passage = next) {
		next = TAILQ_NEXT(passage, entry);
		if (passage->link != link)
			continue;
		TAILQ_REMOVE(&lab->wire.recent, passage, entry);
		lab->wire.recent_count--;
		passage_unref(passage);
	}
}
