/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate.h"

#include <stddef.h>

void gate_init(struct gate *gate)
{
	*gate = (struct gate){0};
	gate->last = &gate->first;
}

static bool same_way(const struct gate_item *item, const struct flow *flow, int side)
{
	return item->flow == flow && item->side == side && item->incarnation == flow->incarnation;
}

/* SYN-ACK is no copy of the SYN that was sent before the peer's came (RFC 9293
 * 3.5, simultaneous open). */
static bool is_answer_to(const struct gate_item *item, uint8_t flags)
{
	return flags & SEG_SYN && (flags ^ item->flags) & SEG_ACK;
}

/* A held item that has that number in its space. */
static struct gate_item *holder(const struct gate *gate, const struct flow *flow, int side,
	uint32_t seq, uint8_t flags)
{
	for (struct gate_item *item = gate->first; item; item = item->next)
		if (same_way(item, flow, side) && !seq_before(seq, item->seq) &&
			seq_before(seq, item->end) && !is_answer_to(item, flags))
			return item;
	return NULL;
}

/* The held item that ends where the segment ends, if what is held covers the
 * segment without a gap, in whatever order it waits. */
static struct gate_item *covered(const struct gate *gate, const struct flow *flow, int side,
	uint32_t seq, uint32_t end, uint8_t flags)
{
	struct gate_item *item = NULL;

	for (; seq_before(seq, end); seq = item->end) {
		item = holder(gate, flow, side, seq, flags);
		if (!item)
			return NULL;
	}
	return item;
}

static bool is_ack(const struct gate_item *item, const struct flow *flow, int side, uint32_t end)
{
	return item && same_way(item, flow, !side) && item->flags & SEG_ACK &&
		!seq_before(item->ack, end);
}

/* The ACK up to `end` that is held on its way back. */
static struct gate_item *held_ack(const struct gate *gate, const struct flow *flow, int side,
	uint32_t end)
{
	for (struct gate_item *item = gate->first; item; item = item->next)
		if (is_ack(item, flow, side, end))
			return item;
	return NULL;
}

static bool is_passing(const struct gate_item *item, const struct flow *flow, int side,
	uint32_t seq, uint32_t end)
{
	return item && same_way(item, flow, side) && !seq_before(seq, item->seq) &&
		!seq_before(item->end, end);
}

enum gate_verdict gate_judge(const struct gate *gate, const struct segment *segment,
	const struct flow *flow, int side, struct gate_item **item, uint32_t *n)
{
	const struct flow_side *sender = &flow->side[side];
	uint32_t end = segment->seq + segment_space(segment);

	if (end == segment->seq || segment->flags & SEG_RST)
		return GATE_HOLD;
	*item = covered(gate, flow, side, segment->seq, end, segment->flags);
	if (*item)
		return GATE_COPY_OF_HELD;
	if (!sender->delivered_any || seq_before(sender->delivered, end))
		return GATE_HOLD;
	*item = held_ack(gate, flow, side, end);
	if (*item || is_passing(gate->passing, flow, side, segment->seq, end) ||
		is_ack(gate->passing, flow, side, end)) {
		*n = sender->delivered_n;
		return GATE_COPY_OF_PASSED;
	}
	return GATE_HOLD;
}

void gate_push(struct gate *gate, struct gate_item *item)
{
	item->next = NULL;
	*gate->last = item;
	gate->last = &item->next;
	gate->count++;
}

void gate_push_first(struct gate *gate, struct gate_item *item)
{
	item->next = gate->first;
	if (!gate->first)
		gate->last = &item->next;
	gate->first = item;
	gate->count++;
}

struct gate_item *gate_pop(struct gate *gate)
{
	struct gate_item *item = gate->first;

	if (!item)
		return NULL;
	gate->first = item->next;
	if (!gate->first)
		gate->last = &gate->first;
	gate->count--;
	return item;
}

void gate_delivered(struct flow *flow, const struct gate_item *item)
{
	struct flow_side *sender = &flow->side[item->side];

	if (item->seq == item->end || item->incarnation != flow->incarnation)
		return;
	if (sender->delivered_any && !seq_before(sender->delivered, item->end))
		return;
	sender->delivered_any = true;
	sender->delivered = item->end;
	sender->delivered_n = item->n;
	sender->repeats = item->copies;
}
