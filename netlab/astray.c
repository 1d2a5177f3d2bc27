/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * astray.c - what a fault keeps back, or brings back: each frame waits with the
 * time at which it is due, and the gate's timer (impair_queue.c) lets it go. For its
 * sender's kernel it has been sent.
 */
#include <stdlib.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

#define AWAITED_MAX (3 * NS_PER_S) /* what is late for longer is not waited for */
#define SWAP_WITHIN (3 * NS_PER_S) /* where no next one comes, it goes on alone */
#define SWAP_HELD   (3600 * NS_PER_S) /* the next one waits for a step */

bool astray_keeps(const struct passage_own *passage)
{
	return passage->late_ns > 0 || passage->swapped_by;
}

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
	lab->faults.stale |= astray->swapped;
	free(astray);
	return passage;
}

static int out(struct lab *lab, struct passage_own *passage, int64_t time, struct cause *cause);

/* What was swapped with it follows, as if it had come just behind it. */
static void follow(struct lab *lab, const struct passage_own *passed, int64_t time)
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
		if (out(lab, passage, time, &cause) < 0)
			log_note(lab, "segment #%u: %s", passage->passage.n, cause.text);
		passage_unref(passage);
		next = TAILQ_FIRST(&lab->faults.astray); /* others may have followed it */
	}
}

static int send_double(struct lab *lab, struct passage_own *passage, int64_t time,
	struct cause *cause)
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
		result = out(lab, again, time, cause);
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
	follow(lab, passage, time);
	return passage->doubled_by ? send_double(lab, passage, time, cause) : 0;
}

int astray_send(struct lab *lab, struct passage_own *passage, int64_t time, struct cause *cause)
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

void astray_due(struct lab *lab, int64_t now)
{
	struct astray *astray;
	struct cause cause;

	while ((astray = TAILQ_FIRST(&lab->faults.astray)) && astray->due <= now) {
		bool enters = astray->enters;
		struct passage_own *passage = take(lab, astray);

		if (enters)
			again_enter(lab, passage);
		else if (astray_send(lab, passage, clock_monotonic(), &cause) < 0)
			log_note(lab, "segment #%u: %s", passage->passage.n, cause.text);
		passage_unref(passage);
		settle_soon(lab);
	}
}

unsigned astray_queued(const struct link_end *end)
{
	const struct astray *astray;
	unsigned count = 0;

	TAILQ_FOREACH(astray, &end->link->lab->faults.astray, entry)
		count += astray->passage->link == end->link && astray->passage->direction == end->e &&
			!astray->enters;
	return count;
}

bool astray_awaits_next(const struct link_end *end)
{
	const struct astray *astray;

	TAILQ_FOREACH(astray, &end->link->lab->faults.astray, entry)
		if (astray->swapped && astray->passage->link == end->link &&
			astray->passage->direction == end->e)
			return true;
	return false;
}

int64_t astray_next(const struct lab *lab)
{
	const struct astray *first = TAILQ_FIRST(&lab->faults.astray);

	return first ? first->due : -1;
}

const struct passage *late_next(const struct lab *lab, const struct passage *passage,
	int64_t *comes_in_ns)
{
	const struct astray *astray;
	bool begun = !passage;

	TAILQ_FOREACH(astray, &lab->faults.astray, entry) {
		if (begun && !astray->enters && astray->passage->passage.n) {
			*comes_in_ns = astray->due - clock_monotonic();
			return &astray->passage->passage;
		}
		begun |= &astray->passage->passage == passage;
	}
	return NULL;
}

bool astray_awaited(const struct lab *lab)
{
	const struct astray *astray;

	TAILQ_FOREACH(astray, &lab->faults.astray, entry)
		if (astray->awaited)
			return true;
	return false;
}

void astray_released(struct lab *lab)
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

void astray_later(struct lab *lab, struct passage_own *passage, int64_t after_ns)
{
	keep_back(lab, passage, after_ns)->enters = true;
}

void astray_forget(struct lab *lab, struct link *link, bool gone)
{
	struct astray *astray, *next;

	for (astray = TAILQ_FIRST(&lab->faults.astray); astray; astray = next) {
		struct passage_own *passage = astray->passage;
		bool enters = astray->enters;

		next = TAILQ_NEXT(astray, entry);
		if (passage->link != link || (enters && !gone))
			continue;
		take(lab, astray);
		if (enters)
			log_note(lab, "#%u does not come back: its link is gone",
				passage->passage.replayed_of);
		else
			transit_lost(lab, passage, lab_now(lab));
		passage_unref(passage);
	}
	impair_timer_set(lab);
}

void astray_free(struct lab *lab)
{
	struct astray *astray;

	while ((astray = TAILQ_FIRST(&lab->faults.astray)))
		passage_unref(take(lab, astray));
}
