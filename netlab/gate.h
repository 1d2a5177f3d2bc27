/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gate.h - the order of held segments: who waits, who is a copy of what
 * waits, who is next. Pure: it moves no frame and looks at no clock.
 *
 * Real kernels do not wait for the class: what is held is sent again, and
 * copies let through later would be answered with ACKs and RSTs that end
 * TIME-WAIT (RFC 1337). So a copy is absorbed: one whose whole sequence space
 * is held already, or was delivered while the ACK of it is still held on its
 * way back; or while either is passing, let through and not there yet.
 */
#ifndef NETLAB_GATE_H
#define NETLAB_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "flow.h"
#include "segment.h"

/* A segment that waits; what it carries belongs to the caller. */
struct gate_item {
	struct gate_item *next;
	const struct flow *flow;
	int side;		/* of the flow: its sender */
	unsigned incarnation;	/* of the flow, when it was sent */
	uint32_t seq, end, ack; /* as on the wire; end - seq is its space */
	uint8_t flags;
	uint32_t n;		/* its number */
	unsigned copies;	/* absorbed so far */
	void *load;		/* the caller's */
	void *newest_copy;	/* the caller's: what gate_offer() absorbed last, or NULL */
};

struct gate {
	struct gate_item *first, **last;
	unsigned count;
	const struct gate_item *passing; /* by the caller, as long as it lasts; or NULL */
};

void gate_init(struct gate *gate);

enum gate_verdict {
	GATE_HOLD,	     /* new: number it and gate_push() it */
	GATE_COPY_OF_HELD,   /* of *item */
	GATE_COPY_OF_PASSED, /* of the delivered passage *n, which the held *item ACKs; NULL:
				the ACK is passing, or still to come */
};
/* What to do with a segment that has just entered. `flow` as flows_note() left
 * it. Changes nothing. */
enum gate_verdict gate_judge(const struct gate *gate, const struct segment *segment,
	const struct flow *flow, int side, struct gate_item **item, uint32_t *n);

/* Append; the gate borrows the item until it is taken out. */
void gate_push(struct gate *gate, struct gate_item *item);
/* The oldest, taken out; NULL when none waits. */
struct gate_item *gate_pop(struct gate *gate);
/* Put in the first place: what takes the place of a dropped one. */
void gate_push_first(struct gate *gate, struct gate_item *item);

/* Note in the flow that the item was let through. */
void gate_delivered(struct flow *flow, const struct gate_item *item);

#endif
