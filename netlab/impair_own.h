/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * impair_own.h - what the files impair*.c share with each other and with nobody
 * else: a direction's impairments.
 */
#ifndef NETLAB_IMPAIR_OWN_H
#define NETLAB_IMPAIR_OWN_H

#include "emulate.h"
#include "lab.h"
#include "tally.h"

struct impair {
	TAILQ_ENTRY(impair) entry; /* in wire.queues, while something waits */
	bool waiting;
	struct link_end *end;
	struct netem set;
	enum backend at;	/* who carries it out; AUTO: nobody yet */
	bool in_kernel;		/* netem is installed, perhaps without parameters */
	bool diverted;		/* all frames go to the gate */
	struct emulate *queue;
	struct tally *tally;
	struct link_counts counts; /* lost: by the gate; doubled, reordered, corrupted */
};

/* Where what enters at the end leaves. */
static inline struct link_end *impair_far_end(struct link_end *end)
{
	return &end->link->end[!end->e];
}

/* Lead the frames past the gate again, unless it impairs them or some wait there
 * still. It has a queue. */
void impair_give_back(struct impair *impair);
/* The queue, if it has one, goes with what waits in it. */
void impair_queue_free(struct impair *impair);

#endif
