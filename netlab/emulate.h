/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * emulate.h - what netem does, done by ourselves: for each frame of one
 * direction whether it is lost, doubled, corrupted, and when it leaves. A
 * time-stamped queue; it moves no frame and looks at no clock. Pure.
 *
 * With a seed the fate of the n-th frame depends on the seed, on n and on the
 * parameters alone, not on times: the same frames are lost, by index, and go on
 * being lost when some other impairment comes or goes. Only `limit` looks at
 * what waits. Where there is a choice it is net/sched/sch_netem.c's.
 */
#ifndef NETLAB_EMULATE_H
#define NETLAB_EMULATE_H

#include <stdbool.h>
#include <stdint.h>

#include "netem.h"

struct emulate;

/* Without parameters: everything leaves at once, in order. `stream`: makes two
 * directions with the same seed independent of each other. */
struct emulate *emulate_new(uint64_t stream);
/* What still waits is given to `forget` (its load; that of a doubled frame two
 * times), which may be NULL. */
void emulate_free(struct emulate *emulate, void (*forget)(void *load));
/* Nothing waits any more; `forget` as above. */
void emulate_clear(struct emulate *emulate, void (*forget)(void *load));

/* New parameters for the frames to come. What waits, leaves as it was to. The
 * stream begins at index 0: the seed's own, or without one any (`entropy`, to be
 * another each time). So it does in sch_netem with each change. */
void emulate_set(struct emulate *emulate, const struct netem *set, uint64_t entropy);

/* One of them at most is true of lost and overflowed; nothing was queued then,
 * and `load` is the caller's again. The others are told of queued frames only. */
struct emulate_verdict {
	bool lost;	  /* by loss; a frame both lost and doubled leaves once */
	bool overflowed;  /* lost because `limit` frames wait already */
	bool doubled;	  /* queued twice: emulate_pop() will give `load` two times */
	bool reordered;	  /* sent at once, before those that wait */
	int corrupt_bit;  /* bit to flip in the frame, and so in its double, counted from
			     its first byte's lowest; -1: none */
	uint64_t index;	  /* of the frame, from 0 since emulate_set() */
};
/* A frame of `length` bytes enters at `now` (ns from 0, any clock that never goes
 * back). `load` is not NULL. What is due but was not popped before still counts
 * for `limit`; there is none while nothing is impaired. */
struct emulate_verdict emulate_push(struct emulate *emulate, int64_t now, uint32_t length,
	void *load);
/* When the next frame leaves, or -1: none waits. It may be due already. */
int64_t emulate_next(const struct emulate *emulate);
/* The next frame that is due at `now`, its load; NULL: none yet. Frames with the
 * same time leave in the order in which they were pushed. */
void *emulate_pop(struct emulate *emulate, int64_t now);
/* How many wait. */
unsigned emulate_queued(const struct emulate *emulate);

#endif
