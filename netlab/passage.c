/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * passage.c - one segment's way over the wire: its bytes, its numbers, its
 * fate. Counted references: lists, happenings and the log hold them.
 */
#include <stdlib.h>

#include "alloc.h"
#include "lab.h"

static const struct node *host_of(const struct lab *lab, const struct address *address)
{
	const struct node_own *node = node_by_address(lab, address);

	return node ? &node->node : NULL;
}

struct passage_own *passage_new(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment)
{
	struct passage_own *own = alloc_new(struct passage_own);
	struct passage *passage = &own->passage;
	struct flow_view view;

	flows_note(lab->wire.flows, segment, &view);
	own->references = 1;
	own->link = link;
	own->direction = direction;
	own->length = frame->captured;
	own->bytes = alloc_copy(frame->bytes, frame->captured);
	own->side = view.side;
	own->acks_new = view.acks_new;
	own->acks_fin = view.acks_fin;
	own->item.flow = view.flow;
	own->item.incarnation = view.flow->incarnation;
	passage->seg = *segment;
	passage->seq = view.seq;
	passage->ack = view.ack;
	passage->retransmission = view.retransmission;
	passage->from = host_of(lab, &segment->src);
	if ((segment->flags & (SEG_SYN | SEG_ACK)) == SEG_SYN && passage->from && !view.retransmission)
		isn_seen(node_own(passage->from), segment);
	passage->to = host_of(lab, &segment->dst);
	passage->fate = FATE_PASSING;
	passage->entered = lab_time(lab, frame->time);
	passage->left = -1;
	own->going_since = passage->entered;
	return own;
}

struct passage_own *passage_again(const struct passage_own *passage)
{
	struct passage_own *again = alloc_copy(passage, sizeof *passage);

	again->references = 1;
	again->bytes = alloc_copy(passage->bytes, passage->length);
	again->corrupted = false;
	again->passage.n = again->passage.copy = again->passage.copies = 0;
	again->passage.fate = FATE_PASSING;
	again->told = FATE_PASSING;
	again->stays = NULL;
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
