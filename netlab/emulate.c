/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "emulate.h"

#include <limits.h>
#include <stdlib.h>

#include "alloc.h"

struct waiting {
	bool reordered;	/* it leaves before all that are not */
	int64_t time;
	uint64_t order; /* of queueing */
	void *load;
};

struct emulate {
	struct netem set;
	const int16_t *table; /* the shape of the jitter; NULL: uniform */
	uint64_t stream, key; /* key: of the stream, from the seed */
	uint64_t index;	      /* of the next frame */
	bool bad;	      /* state of gemodel */
	uint64_t since;	      /* frames since the last one that was reordered */
	int64_t last;	      /* the latest time at which any leaves, or has left */
	struct waiting *heap; /* the next to leave on top */
	unsigned count, room;
	uint64_t order;
};

struct emulate *emulate_new(uint64_t stream)
{
	struct emulate *emulate = alloc_new(struct emulate);

	emulate->stream = stream;
	return emulate;
}

void emulate_clear(struct emulate *emulate, void (*forget)(void *load))
{
	for (unsigned i = 0; forget && i < emulate->count; i++)
		forget(emulate->heap[i].load);
	emulate->count = 0;
	emulate->last = 0;
}

void emulate_free(struct emulate *emulate, void (*forget)(void *load))
{
	if (!emulate)
		return;
	emulate_clear(emulate, forget);
	free(emulate->heap);
	free(emulate);
}

/* ------------------------------------------------------------------ chance
 *
 * Nothing is drawn from a generator with a state: each number is a hash of the
 * key, the frame's index and what it is for, so that none depends on which
 * others were asked for. */

enum purpose {
	TO_LOSE,
	TO_CHANGE_STATE,
	TO_DOUBLE,
	TO_CORRUPT,
	WHICH_BIT,
	TO_REORDER,
	JITTER,
	PURPOSES
};

/* Of a frame and, if it is doubled, of its copy. */
enum which { ORIGINAL, COPY };

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio, odd */

/* The output function of SplitMix64: every bit of the input moves every bit. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static uint64_t draw(const struct emulate *emulate, uint64_t index, enum which which,
	enum purpose purpose)
{
	uint64_t frame = mix(emulate->key + (index + 1) * GOLDEN);

	return mix(frame + ((uint64_t)which * PURPOSES + purpose + 1) * GOLDEN);
}

/* Does it happen, with a probability of netem's? */
static bool happens(const struct emulate *emulate, uint64_t index, enum which which,
	enum purpose purpose, uint32_t probability)
{
	return probability > 0 && draw(emulate, index, which, purpose) >> 32 <= probability;
}

void emulate_set(struct emulate *emulate, const struct netem *set, uint64_t entropy)
{
	uint64_t seed = set->given & NETEM_SEED ? set->seed : entropy;

	emulate->set = *set;
	emulate->table = netem_table(set->distribution);
	emulate->key = mix(mix(seed + GOLDEN) + emulate->stream);
	emulate->index = 0;
	emulate->bad = false;
	emulate->since = 0;
}

/* ------------------------------------------------------------------- queue */

static bool leaves_before(const struct waiting *a, const struct waiting *b)
{
	if (a->reordered != b->reordered)
		return a->reordered;
	if (a->time != b->time)
		return a->time < b->time;
	return a->order < b->order;
}

static void queue(struct emulate *emulate, const struct waiting *item)
{
	unsigned at = emulate->count++;

	if (at == emulate->room) {
		emulate->room = at ? at * 2 : 16;
		emulate->heap = alloc_resize(emulate->heap, emulate->room, sizeof *emulate->heap);
	}
	for (; at > 0 && leaves_before(item, &emulate->heap[(at - 1) / 2]); at = (at - 1) / 2)
		emulate->heap[at] = emulate->heap[(at - 1) / 2];
	emulate->heap[at] = *item;
}

/* Take the top off: the last one sinks from there to its place. */
static void unqueue(struct emulate *emulate)
{
	unsigned count = --emulate->count, at = 0, child;
	struct waiting *heap = emulate->heap;

	while ((child = at * 2 + 1) < count) {
		if (child + 1 < count && leaves_before(&heap[child + 1], &heap[child]))
			child++;
		if (!leaves_before(&heap[child], &heap[count]))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = heap[count];
}

int64_t emulate_next(const struct emulate *emulate)
{
	return emulate->count ? emulate->heap[0].time : -1;
}

void *emulate_pop(struct emulate *emulate, int64_t now)
{
	void *load;

	if (emulate->count == 0 || emulate->heap[0].time > now)
		return NULL;
	load = emulate->heap[0].load;
	unqueue(emulate);
	return load;
}

unsigned emulate_queued(const struct emulate *emulate)
{
	return emulate->count;
}

/* -------------------------------------------------------------------- fate */

/* What becomes of a frame, but for the time. */
struct fate {
	bool leaves, leaves_twice;
	bool overtakes, copy_overtakes;
};

/* Does this state of the model lose frames? It then changes for the next frame,
 * whatever becomes of this one. */
static bool meets_loss(struct emulate *emulate, uint64_t index)
{
	const struct netem *set = &emulate->set;
	bool bad = emulate->bad;

	if (!set->gemodel)
		return true;
	if (happens(emulate, index, ORIGINAL, TO_CHANGE_STATE, bad ? set->r : set->p))
		emulate->bad = !bad;
	return bad;
}

/* Is it sent at once? Of those that could be, the first gap - 1 since the last
 * one are not. */
static bool overtakes(struct emulate *emulate, uint64_t index, enum which which)
{
	const struct netem *set = &emulate->set;

	if (emulate->since + 1 < set->gap ||
		!happens(emulate, index, which, TO_REORDER, set->reorder)) {
		emulate->since++;
		return false;
	}
	emulate->since = 0;
	return true;
}

/* A loss takes one of the two that a doubled frame would be. If it took none, the
 * copy enters as a frame of its own, to be lost as such. */
static struct fate decide(struct emulate *emulate, uint64_t index)
{
	const struct netem *set = &emulate->set;
	uint32_t loss = meets_loss(emulate, index) ? set->loss : 0;
	bool lost = happens(emulate, index, ORIGINAL, TO_LOSE, loss);
	bool doubled = happens(emulate, index, ORIGINAL, TO_DOUBLE, set->duplicate);
	struct fate fate = {.leaves = !lost || doubled};

	fate.leaves_twice = doubled && !lost && !happens(emulate, index, COPY, TO_LOSE, loss);
	fate.overtakes = fate.leaves && overtakes(emulate, index, ORIGINAL);
	fate.copy_overtakes = fate.leaves_twice && overtakes(emulate, index, COPY);
	return fate;
}

static int corrupt_bit(const struct emulate *emulate, uint64_t index, uint32_t length)
{
	uint64_t bits = (uint64_t)length * 8;

	if (bits == 0 || !happens(emulate, index, ORIGINAL, TO_CORRUPT, emulate->set.corrupt))
		return -1;
	return (int)(draw(emulate, index, ORIGINAL, WHICH_BIT) % (bits < INT_MAX ? bits : INT_MAX));
}

/* -------------------------------------------------------------------- time */

/* -jitter to jitter, or by the table. */
static int64_t vary(const struct emulate *emulate, uint64_t index, enum which which)
{
	uint64_t drawn = draw(emulate, index, which, JITTER);
	int64_t jitter = emulate->set.jitter_ns;

	if (jitter == 0)
		return 0;
	if (emulate->table)
		return (int64_t)((__int128)jitter * emulate->table[drawn % NETEM_TABLE_SIZE] /
			NETEM_DIST_UNIT);
	return (int64_t)(((__int128)jitter * 2 * (drawn >> 32)) >> 32) - jitter;
}

static int64_t later(int64_t time, int64_t by)
{
	return time > INT64_MAX - by ? INT64_MAX : time + by;
}

/* With a rate it is sent when the last one is, and the delay counts from when it
 * came: the wait for the rate is a part of it. */
static int64_t leaves_at(struct emulate *emulate, uint64_t index, enum which which, int64_t now,
	uint32_t length)
{
	int64_t delay = emulate->set.delay_ns + vary(emulate, index, which);
	int64_t time = later(now, delay > 0 ? delay : 0);

	if (emulate->set.rate_bit) {
		if (time < emulate->last)
			time = emulate->last;
		time = later(time, netem_sending(&emulate->set, length));
	}
	if (time > emulate->last)
		emulate->last = time;
	return time;
}

/* -------------------------------------------------------------------- push */

static bool is_full(const struct emulate *emulate)
{
	uint32_t limit = emulate->set.limit ? emulate->set.limit : NETEM_LIMIT_DEFAULT;

	return emulate->count >= limit && !netem_is_none(&emulate->set);
}

static void enter(struct emulate *emulate, uint64_t index, enum which which, bool overtaking,
	int64_t now, uint32_t length, void *load)
{
	struct waiting item = {.reordered = overtaking, .order = emulate->order++, .load = load};

	item.time = overtaking ? now : leaves_at(emulate, index, which, now, length);
	queue(emulate, &item);
}

struct emulate_verdict emulate_push(struct emulate *emulate, int64_t now, uint32_t length,
	void *load)
{
	uint64_t index = emulate->index++;
	struct emulate_verdict verdict = {.index = index, .corrupt_bit = -1};
	struct fate fate = decide(emulate, index);

	verdict.lost = !fate.leaves;
	verdict.overflowed = fate.leaves && is_full(emulate);
	if (verdict.lost || verdict.overflowed)
		return verdict;
	verdict.reordered = fate.overtakes;
	verdict.corrupt_bit = corrupt_bit(emulate, index, length);
	enter(emulate, index, ORIGINAL, fate.overtakes, now, length, load);
	verdict.doubled = fate.leaves_twice && !is_full(emulate);
	if (verdict.doubled)
		enter(emulate, index, COPY, fate.copy_overtakes, now, length, load);
	return verdict;
}
