/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

#define BUCKETS 4096

/* A frame by its hash; index and next count from 1, 0 is none. */
struct seen {
	uint64_t hash, index, next; /* next: older, of the same bucket */
	uint32_t length;
	bool left;
};

struct tally {
	struct seen seen[TALLY_FRAMES];
	uint64_t newest[BUCKETS];
	uint64_t count;	  /* entered so far */
	uint64_t highest; /* index of the latest entered one that has left */
};

struct tally *tally_new(void)
{
	return alloc_new(struct tally);
}

void tally_free(struct tally *tally)
{
	free(tally);
}

static uint64_t hash(const uint8_t *frame, uint32_t length)
{
	uint64_t sum = 0xcbf29ce484222325u ^ length, word;

	for (; length >= 8; length -= 8, frame += 8) {
		memcpy(&word, frame, 8);
		sum = (sum ^ word) * 0x9e3779b97f4a7c15u;
		sum ^= sum >> 32;
	}
	for (; length > 0; length--, frame++)
		sum = (sum ^ *frame) * 0x100000001b3u;
	return sum ^ sum >> 29;
}

/* The slot may have been given to a newer frame. */
static struct seen *at(struct tally *tally, uint64_t index)
{
	struct seen *seen = index ? &tally->seen[index % TALLY_FRAMES] : NULL;

	return seen && seen->index == index ? seen : NULL;
}

void tally_entered(struct tally *tally, const uint8_t *frame, uint32_t length)
{
	uint64_t index = ++tally->count, sum = hash(frame, length);
	struct seen *seen = &tally->seen[index % TALLY_FRAMES];

	*seen = (struct seen){.hash = sum, .index = index, .next = tally->newest[sum % BUCKETS],
		.length = length};
	tally->newest[sum % BUCKETS] = index;
}

enum tally_verdict tally_left(struct tally *tally, const uint8_t *frame, uint32_t length)
{
	uint64_t sum = hash(frame, length);
	struct seen *each, *oldest = NULL;
	bool before = false;

	for (each = at(tally, tally->newest[sum % BUCKETS]); each; each = at(tally, each->next)) {
		if (each->hash != sum || each->length != length)
			continue;
		before |= each->left;
		if (!each->left)
			oldest = each;
	}
	if (!oldest)
		return before ? TALLY_DOUBLED : TALLY_UNKNOWN;
	oldest->left = true;
	if (oldest->index < tally->highest)
		return TALLY_REORDERED;
	tally->highest = oldest->index;
	return TALLY_IN_ORDER;
}
