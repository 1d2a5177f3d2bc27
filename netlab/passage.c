/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * passage.c - one segment's way over the wire: its bytes, its numbers, its
 * fate. Counted references: lists, happenings and the log hold them.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "lab.h"

static const struct node *host_of(const struct lab *lab, const struct address *address)
{
	const struct node_own *node = node_by_address(lab, address);

	return node ? &node->node : NULL;
}

static struct passage_own *make(struct lab *lab, struct link *link, int direction,
	const uint8_t *bytes, uint32_t length, const struct segment *segment)
{
	struct passage_own *own = alloc_new(struct passage_own);
	struct passage *passage = &own->passage;

	own->references = 1;
	own->link = link;
	own->direction = direction;
	own->length = length;
	own->bytes = alloc_copy(bytes, length);
	own->first_link = link->number;
	own->first_direction = direction;
	memcpy(own->first_head, bytes, sizeof own->first_head);
	passage->seg = *segment;
	passage->from = host_of(lab, &segment->src);
	passage->to = host_of(lab, &segment->dst);
	passage->fate = FATE_PASSING;
	passage->left = -1;
	passage->prompt = lab->longest == 0;
	return own;
}

void passage_waits(struct passage_own *passage, enum fate fate)
{
	passage->passage.fate = fate;
	passage->passage.prompt = false;
}

struct passage_own *passage_new(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment)
{
	struct passage_own *own = make(lab, link, direction, frame->bytes, frame->captured, segment);
	struct passage *passage = &own->passage;
	struct flow_view view;

	flows_note(lab->wire.flows, segment, &view);
	own->side = view.side;
	own->acks_new = view.acks_new;
	own->acks_fin = view.acks_fin;
	own->is_last = view.is_last;
	/* what passed unseen may have been sent */
	own->acks_unsent = view.acks_unsent && lab_overruns(lab) == 0;
	own->item.flow = view.flow;
	own->item.incarnation = view.flow->incarnation;
	passage->seq = view.seq;
	passage->ack = view.ack;
	passage->retransmission = view.retransmission;
	if ((segment->flags & (SEG_SYN | SEG_ACK)) == SEG_SYN && passage->from && !view.retransmission)
		isn_seen(node_own(passage->from), segment);
	own->going_since = passage->entered = lab_time(lab, frame->time);
	return own;
}

struct passage_own *passage_injected(struct lab *lab, struct link_end *end, const uint8_t *bytes,
	uint32_t length, const struct segment *segment, const struct flow *flow, int side)
{
	struct passage_own *own = make(lab, end->link, end->e, bytes, length, segment);
	const struct node_own *to = transit_destination(lab, end->node, &segment->dst);
	const struct flow_side *other = &flow->side[!side];

	own->passage.to = to ? &to->node : NULL;
	own->side = side;
	own->item.incarnation = flow->incarnation;
	own->acks_fin = segment->flags & SEG_ACK && other->fin_sent &&
		!seq_before(segment->ack, other->fin_end);
	own->passage.injected = true;
	own->passage.seq = segment->seq - flow->side[side].isn;
	own->passage.ack = segment->ack - other->isn;
	return own;
}

struct passage_own *passage_again(const struct passage_own *passage)
{
	struct passage_own *again = alloc_copy(passage, sizeof *passage);

	again->references = 1;
	again->bytes = alloc_copy(passage->bytes, passage->length);
	again->corrupted = false;
	again->late_ns = 0;
	again->swapped_by = again->doubled_by = 0;
	again->passage.fault = 0;
	again->passage.late_ns = 0;
	again->passage.swapped = false;
	again->passage.kept[0] = '\0';
	again->passage.n = again->passage.copy = again->passage.copies = 0;
	again->passage.fate = FATE_PASSING;
	again->told = FATE_PASSING;
	again->stays = again->otherwise = NULL;
	again->receiver = NULL;
	return again;
}

void passages_free(struct passages *list)
{
	struct passage_own *passage;

	while ((passage = TAILQ_FIRST(list))) {
		TAILQ_REMOVE(list, passage, entry);
		passage_unref(passage);
	}
}

void passage_ref(struct passage_own *passage)
{
	passage->references++;
}

void passage_unref(struct passage_own *passage)
{
	if (--passage->references > 0)
		return;
	free(passage->bytes);
	free(passage);
}
