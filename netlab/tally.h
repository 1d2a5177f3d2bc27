/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tally.h - what an impaired direction does to its frames, counted by
 * comparing what enters with what leaves. Pure.
 */
#ifndef NETLAB_TALLY_H
#define NETLAB_TALLY_H

#include <stdbool.h>
#include <stdint.h>

struct tally;

enum tally_verdict {
	TALLY_IN_ORDER,
	TALLY_REORDERED, /* one that entered later has left already */
	TALLY_DOUBLED,	 /* it has left before */
	TALLY_UNKNOWN,	 /* nothing like it has entered: corrupted, or unseen */
};

/* Remembers the newest TALLY_FRAMES frames. */
#define TALLY_FRAMES 8192
struct tally *tally_new(void);
void tally_free(struct tally *tally);
void tally_entered(struct tally *tally, const uint8_t *frame, uint32_t length);
enum tally_verdict tally_left(struct tally *tally, const uint8_t *frame, uint32_t length);

#endif
