/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * impair.c - the impairments of a link's direction: who carries them out, what
 * became of its frames.
 *
 * The kernel's netem is the root qdisc of the leaving middle end, behind
 * everything that the gate does. Where the gate does it itself, all frames of
 * the direction are led there (held.c) and wait in a queue (impair_queue.c).
 * Either way the sender knows nothing of it: for its kernel the frame has been
 * sent.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include "alloc.h"
#include "clock.h"
#include "impair_own.h"

#define FRAME_LONGEST 1514

const char *backend_name(enum backend backend)
{
	static const char *const names[] = {"auto", "netem (kernel)", "emulated (gate)"};

	static_assert(sizeof names / sizeof *names == BACKENDS, "a name for each");
	return backend < BACKENDS ? names[backend] : "?";
}

unsigned impair_words(const struct link_end *end)
{
	return end->impair && !netem_is_none(&end->impair->set) ? end->impair->set.given : 0;
}

bool impair_by_gate(const struct link_end *end)
{
	return end->impair && end->impair->diverted;
}

/* ---------------------------------------------------------------- counting */

void impair_entered(struct link_end *end, const struct frame *frame)
{
	tally_entered(end->impair->tally, frame->bytes, frame->captured);
}

void impair_left(struct link_end *end, const struct frame *frame)
{
	struct impair *impair = end->impair;

	switch (tally_left(impair->tally, frame->bytes, frame->captured)) {
	case TALLY_IN_ORDER:
		return;
	case TALLY_REORDERED:
		impair->counts.reordered++;
		return;
	case TALLY_DOUBLED:
		impair->counts.doubled++;
		return;
	case TALLY_UNKNOWN:
		/* the gate knows by itself */
		impair->counts.corrupted += !impair->diverted && impair->set.given & NETEM_CORRUPT;
		return;
	}
}

int link_counts(struct link *link, int end, struct link_counts *counts, struct cause *cause)
{
	struct lab *lab = link->lab;
	struct link_end *in = &link->end[end], *out = &link->end[!end];
	struct netif_stats entering, leaving;
	struct netif_qdisc_stats queue = {0};

	wire_drain(lab);
	if (netif_stats(lab->wire.netif, in->ifindex, &entering, cause) < 0 ||
		netif_stats(lab->wire.netif, out->ifindex, &leaving, cause) < 0)
		return -1;
	if (in->impair && in->impair->in_kernel &&
		netif_qdisc_stats(lab->wire.netif, out->ifindex, &queue, cause) < 0)
		return -1;
	*counts = in->impair ? in->impair->counts : (struct link_counts){0};
	counts->entered = entering.rx;
	counts->left = leaving.tx;
	counts->lost += queue.dropped + in->fault_lost;
	counts->queued = queue.queued + astray_queued(in);
	if (in->impair && in->impair->queue)
		counts->queued += emulate_queued(in->impair->queue);
	return 0;
}

/* ----------------------------------------------------------- who carries it out */

static bool has_netem(struct lab *lab, struct cause *cause)
{
	if (lab->has_netem < 0)
		lab->has_netem = netif_netem_available(lab->wire.netif, cause) > 0;
	return lab->has_netem;
}

static int choose(struct lab *lab, enum backend wanted, enum backend *backend, struct cause *cause)
{
	*backend = wanted;
	if (wanted == BACKEND_GATE)
		return 0;
	*backend = has_netem(lab, cause) ? BACKEND_KERNEL : BACKEND_GATE;
	if (wanted == BACKEND_KERNEL && *backend == BACKEND_GATE)
		return cause_set(cause, EOPNOTSUPP, "this kernel has no netem (module sch_netem): load or "
			"install it (netlab doctor says how), or say backend gate");
	return 0;
}

static struct impair *impair_get(struct link_end *end)
{
	struct impair *impair = end->impair;

	if (impair)
		return impair;
	impair = end->impair = alloc_new(struct impair);
	impair->end = end;
	impair->tally = tally_new();
	return impair;
}

static uint64_t entropy(void)
{
	uint64_t any = 0;

	if (getrandom(&any, sizeof any, GRND_NONBLOCK) != sizeof any)
		any = (uint64_t)clock_monotonic();
	return any;
}

static int carry_in_gate(struct impair *impair, const struct netem *set, struct cause *cause)
{
	struct link *link = impair->end->link;
	const struct netem nothing = {0};
	uint64_t stream = (uint64_t)link->number * 2 + (uint64_t)impair->end->e;

	if (impair_timer(link->lab, cause) < 0)
		return -1;
	if (!impair->queue)
		impair->queue = emulate_new(stream);
	emulate_set(impair->queue, set, entropy());
	if (!impair->diverted && held_divert(link->lab, link, impair->end->e, cause) < 0)
		return -1;
	impair->diverted = true;
	if (impair->in_kernel && impair->at == BACKEND_KERNEL)
		return netif_netem(link->lab->wire.netif, impair_far_end(impair->end)->ifindex,
			&nothing, cause);
	return 0;
}

/* While the kernel puts the first qdisc in its place the interface drops what
 * it is to send (net/sched/sch_generic.c, dev_deactivate): until that is over
 * all frames wait at the gate. */
static int install(struct impair *impair, const struct netem *set, struct cause *cause)
{
	struct link_end *end = impair->end;
	struct lab *lab = end->link->lab;
	bool here = !impair->diverted;
	struct cause again;
	int result;

	if (here && held_divert(lab, end->link, end->e, cause) < 0)
		return -1;
	result = netif_netem(lab->wire.netif, impair_far_end(end)->ifindex, set, cause);
	wire_drain(lab);
	if (here && held_divert_end(lab, end->link, end->e, &again) < 0)
		log_note(lab, "%s", again.text);
	wire_drain(lab);
	impair->in_kernel = result == 0;
	return result;
}

static int carry_in_kernel(struct impair *impair, const struct netem *set, struct cause *cause)
{
	struct lab *lab = impair->end->link->lab;
	const struct netem nothing = {0};

	if (!impair->in_kernel) {
		if (install(impair, set, cause) < 0)
			return -1;
	} else if (netif_netem(lab->wire.netif, impair_far_end(impair->end)->ifindex, set, cause) < 0) {
		return -1;
	}
	if (impair->queue)
		emulate_set(impair->queue, &nothing, 0);
	return 0;
}

/* Frames under way stay so; from the next one on the set is at work. */
static int carry(struct impair *impair, const struct netem *set, enum backend backend,
	struct cause *cause)
{
	if (netem_is_none(set))
		backend = impair->at; /* whoever does it lets go */
	if (backend == BACKEND_AUTO)
		return 0;
	if ((backend == BACKEND_GATE ? carry_in_gate : carry_in_kernel)(impair, set, cause) < 0)
		return -1;
	impair->at = netem_is_none(set) ? BACKEND_AUTO : backend;
	if (impair->queue)
		impair_give_back(impair);
	return 0;
}

void impair_survey(struct lab *lab)
{
	struct link *link;

	lab->longest = 0;
	TAILQ_FOREACH(link, &lab->links, entry)
		for (int d = 0; d < 2; d++) {
			const struct impair *impair = link->end[d].impair;

			if (impair)
				lab->longest += netem_longest(&impair->set, FRAME_LONGEST);
		}
}

int link_netem(struct link *link, int end, const struct netem *change, struct cause *cause)
{
	struct lab *lab = link->lab;
	struct impair *impair = impair_get(&link->end[end]);
	struct netem set = impair->set;
	enum backend backend;

	if (netem_change(&set, change, cause) < 0 ||
		choose(lab, lab->backend, &backend, cause) < 0 || wire_start(lab, cause) < 0 ||
		carry(impair, &set, backend, cause) < 0)
		return -1;
	impair->set = set;
	impair_survey(lab);
	return 0;
}

const struct netem *link_netem_now(const struct link *link, int end)
{
	static const struct netem nothing;

	return link->end[end].impair ? &link->end[end].impair->set : &nothing;
}

enum backend link_backend(const struct link *link, int end)
{
	const struct impair *impair = link->end[end].impair;

	return impair ? impair->at : BACKEND_AUTO;
}

enum backend lab_backend(const struct lab *lab)
{
	return lab->backend;
}

int lab_set_backend(struct lab *lab, enum backend backend, struct cause *cause)
{
	enum backend chosen;
	struct link *link;

	if (choose(lab, backend, &chosen, cause) < 0)
		return -1;
	TAILQ_FOREACH(link, &lab->links, entry)
		for (int d = 0; d < 2; d++) {
			struct impair *impair = link->end[d].impair;

			if (impair && impair->at != BACKEND_AUTO && impair->at != chosen &&
				carry(impair, &impair->set, chosen, cause) < 0)
				return -1;
		}
	lab->backend = backend;
	return 0;
}

void impair_free(struct link_end *end)
{
	struct impair *impair = end->impair;

	if (!impair)
		return;
	impair_queue_free(impair);
	tally_free(impair->tally);
	free(impair);
	end->impair = NULL;
}
