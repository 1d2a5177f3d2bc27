/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * again.c - segments that no kernel sends: one brought back from the past, byte
 * for byte, or one made up. It enters the wire like any other, in the place of its sender, and
 * is numbered, held and delayed like any other; but it is nobody's word, so the
 * bookkeeping of its connection does not know it (flow.c).
 */
#include <errno.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

/* ------------------------------------------------------------------ finding */

const struct passage *lab_kept(const struct lab *lab, const char *name, struct cause *cause)
{
	const struct kept *kept;

	TAILQ_FOREACH(kept, &lab->faults.kept, entry)
		if (strcmp(kept->name, name) == 0)
			return &kept->passage->passage;
	cause_set(cause, ENOENT, "no segment is kept as %.40s: keep SEGMENTS as %.40s comes first, "
		"and then the segment", name, name);
	return NULL;
}

const struct passage *lab_segment(const struct lab *lab, uint32_t n, struct cause *cause)
{
	for (uint64_t i = lab->log_end; i-- > lab->log_first;) {
		const struct passage *passage = lab_log_get(lab, i)->passage;

		if (passage && passage->n == n && !passage->copy)
			return passage;
	}
	cause_set(cause, ENOENT, "there is no segment #%u in the log; events lists them", n);
	return NULL;
}

/* ------------------------------------------------------------------ entering */

void again_enter(struct lab *lab, struct passage_own *passage)
{
	struct cause cause;

	passage->passage.entered = passage->going_since = lab_now(lab);
	if (passage->link->end[passage->direction].held) {
		gate_hold(lab, passage, false);
		return;
	}
	wire_number(lab, passage);
	observe_passage(lab, HAPPENED_ENTERED, passage, passage->passage.entered);
	if (astray_send(lab, passage, clock_monotonic(), &cause) < 0)
		log_note(lab, "segment #%u: %s", passage->passage.n, cause.text);
}

static int enter(struct lab *lab, struct passage_own *passage, int64_t after_ns, lab_done_fn done,
	void *arg, struct cause *cause)
{
	if (wire_start(lab, cause) < 0 || impair_timer(lab, cause) < 0)
		return -1;
	wire_drain(lab);
	if (after_ns > 0)
		astray_later(lab, passage, after_ns);
	else
		again_enter(lab, passage);
	settle_then(lab, done, arg, NULL);
	return 0;
}

/* ------------------------------------------------------------------- replay */

/* The link that it entered first, if it is still there. */
static struct link *first_link(struct lab *lab, const struct passage_own *own)
{
	struct link *link;

	TAILQ_FOREACH(link, &lab->links, entry)
		if (link->number == own->first_link)
			return link;
	return NULL;
}

/* What it says is judged anew, and only where its connection is still the same. */
static void judge_anew(struct lab *lab, struct passage_own *own)
{
	const struct segment *segment = &own->passage.seg;
	const struct flow *flow = flows_find(lab->wire.flows, &segment->src, &segment->dst, &own->side);
	const struct flow_side *other = flow ? &flow->side[!own->side] : NULL;

	own->acks_new = own->brings_fin = false;
	own->arrival = ARRIVES_NEXT;
	own->acks_fin = other && flow->incarnation == own->item.incarnation &&
		segment->flags & SEG_ACK && other->fin_sent &&
		!seq_before(segment->ack, other->fin_end);
	own->item.flow = NULL; /* nothing is a copy of it */
	own->item.newest_copy = NULL;
	own->item.copies = 0;
}

int lab_replay(struct lab *lab, const struct passage *passage, int64_t after_ns, lab_done_fn done,
	void *arg, struct cause *cause)
{
	const struct passage_own *old = (const struct passage_own *)(const void *)passage;
	struct link *link = first_link(lab, old);
	struct passage_own *own;
	int result;

	if (!link)
		return cause_set(cause, ENOENT, "the link by which #%u entered the wire is gone",
			passage->n);
	own = passage_again(old);
	own->link = link;
	own->direction = old->first_direction;
	memcpy(own->bytes, old->first_head, sizeof old->first_head);
	own->corrupted = old->corrupted;
	own->passage.replayed_of = passage->n;
	own->passage.double_of = own->passage.repeats = 0;
	own->passage.retransmission = false;
	own->passage.left = -1;
	judge_anew(lab, own);
	result = enter(lab, own, after_ns, done, arg, cause);
	passage_unref(own);
	return result;
}

/* ------------------------------------------------------------------- inject */

#define FRAME_MAX 1514
#define OLD_BY	  100000 /* ticks of a millisecond, as Linux counts timestamps */

struct between {
	const struct lab *lab;
	const struct node *from, *to;
};

static bool is_between(void *arg, const struct flow *flow)
{
	const struct between *between = arg;
	const struct node_own *a = node_by_address(between->lab, &flow->a);
	const struct node_own *b = node_by_address(between->lab, &flow->b);

	return a && b && ((&a->node == between->from && &b->node == between->to) ||
				 (&a->node == between->to && &b->node == between->from));
}

static int stamp(const struct flow *flow, int side, const struct injection *injection,
	struct segment *segment, struct cause *cause)
{
	const struct flow_side *me = &flow->side[side], *other = &flow->side[!side];

	segment->has_timestamps = injection->stamp == STAMP_GIVEN ||
		(me->stamps && injection->stamp != STAMP_NONE);
	if (injection->stamp == STAMP_OLD && !me->stamps)
		return cause_set(cause, EINVAL, "the connection uses no timestamps, so none can be old");
	segment->ts_value = injection->stamp == STAMP_GIVEN ? injection->stamp_value
		: injection->stamp == STAMP_OLD		    ? me->stamp - OLD_BY
							    : me->stamp;
	segment->ts_echo = segment->flags & SEG_ACK ? other->stamp : 0;
	return 0;
}

static int make_up(const struct flow *flow, int side, const struct injection *injection,
	struct segment *segment, struct cause *cause)
{
	const struct flow_side *me = &flow->side[side], *other = &flow->side[!side];

	*segment = (struct segment){.src = side ? flow->b : flow->a, .dst = side ? flow->a : flow->b,
		.flags = injection->flags, .length = injection->length, .window_scale = -1,
		.window = (uint16_t)(me->window >> (injection->flags & SEG_SYN ? 0 : flow_scale(flow, side)))};
	segment->seq = injection->has_seq ? me->isn + (uint32_t)injection->seq
					  : flow_next(flow, side);
	if (segment->flags & SEG_ACK)
		segment->ack = injection->has_ack ? other->isn + (uint32_t)injection->ack
						  : flow_next(flow, !side);
	return stamp(flow, side, injection, segment, cause);
}

/* The segment as a frame; returns its length, or -1. */
static int frame_of(const struct segment *segment, const struct link_end *end,
	const struct link_end *next, uint8_t *frame, struct cause *cause)
{
	char data[FRAME_MAX];
	size_t length;

	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (char)('a' + i % 26);
	length = segment->length > sizeof data
		? 0
		: segment_build(segment, next->mac, end->mac, data, frame, FRAME_MAX);
	if (length == 0)
		return cause_set(cause, EMSGSIZE, "%u bytes of data do not fit a frame of %d",
			segment->length, FRAME_MAX);
	return (int)length;
}

/* The segment as a passage; NULL with a cause. */
static struct passage_own *passage_of(struct lab *lab, const struct flow *flow, int side,
	struct segment *segment, struct link_end *end, struct cause *cause)
{
	const struct link_end *next = plan_next_hop(end->node, &segment->dst);
	uint8_t frame[FRAME_MAX];
	int length;

	if (!next) {
		cause_set(cause, ENETUNREACH, "%s knows no way there now", end->node->name);
		return NULL;
	}
	length = frame_of(segment, end, next, frame, cause);
	if (length < 0)
		return NULL;
	segment_decode(frame, (size_t)length, (size_t)length, segment);
	return passage_injected(lab, end, frame, (uint32_t)length, segment, flow, side);
}

int lab_inject(struct lab *lab, struct node *from, struct node *to,
	const struct injection *injection, lab_done_fn done, void *arg, struct cause *cause)
{
	struct between between = {lab, from, to};
	struct passage_own *own;
	struct segment segment;
	struct link_end *end;
	struct flow *flow;
	int side, result;

	wire_drain(lab);
	flow = flows_newest(lab->wire.flows, is_between, &between);
	if (!flow)
		return cause_set(cause, ENOENT, "there was no connection between %s and %s yet: "
			"connect comes first", from->name, to->name);
	side = node_by_address(lab, &flow->a) != node_own(from);
	end = first_end(lab, from, to, cause);
	if (!end || make_up(flow, side, injection, &segment, cause) < 0)
		return -1;
	own = passage_of(lab, flow, side, &segment, end, cause);
	if (!own)
		return -1;
	result = enter(lab, own, 0, done, arg, cause);
	passage_unref(own);
	return result;
}
