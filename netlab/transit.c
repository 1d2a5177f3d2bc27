/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * transit.c - from frames to passages: what enters a link, leaves it, goes on
 * to the next one, and arrives.
 *
 * A segment is one passage from the host that sends it to the host that it is
 * for, over however many links. Between two links it is inside a switch or a
 * router; when it comes out of there it is known again by its bytes, all but
 * those that a router changes. A router that masquerades changes more: there a
 * passage ends, and another one begins.
 */
#include "lab.h"

#include <string.h>

#define RECENT_MAX 256

void wire_number(struct lab *lab, struct passage_own *passage)
{
	passage->passage.n = ++lab->wire.passages;
}

/* ------------------------------------------------------------- known again */

static bool has_bytes(const struct passage_own *passage, const struct frame *frame)
{
	return passage->length == frame->captured &&
		memcmp(passage->bytes, frame->bytes, frame->captured) == 0;
}

static struct passage_own *find_bytes(struct passages *list, const struct frame *frame)
{
	struct passage_own *passage;

	TAILQ_FOREACH(passage, list, entry)
		if (has_bytes(passage, frame))
			return passage;
	return NULL;
}

/* Take the passage with those bytes from one of the direction's two lists. */
struct passage_own *wire_take(struct link_end *end, const struct frame *frame, bool going)
{
	struct passage_own *passage = going ? find_bytes(&end->going, frame) : NULL;

	if (passage) {
		TAILQ_REMOVE(&end->going, passage, entry);
		return passage;
	}
	passage = find_bytes(&end->entering, frame);
	if (passage)
		TAILQ_REMOVE(&end->entering, passage, entry);
	return passage;
}

/* The same packet but for its Ethernet header and what every router changes:
 * TTL and header checksum (RFC 791), hop limit (RFC 8200). */
static bool is_same_packet(const struct passage_own *passage, const struct frame *frame)
{
	const uint8_t *a = passage->bytes, *b = frame->bytes;

	if (passage->length != frame->captured || frame->captured < 54 || memcmp(a + 12, b + 12, 2) != 0)
		return false;
	if (frame->protocol == 0x86dd)
		return memcmp(a + 14, b + 14, 7) == 0 &&
			memcmp(a + 22, b + 22, frame->captured - 22) == 0;
	return memcmp(a + 14, b + 14, 8) == 0 && a[23] == b[23] &&
		memcmp(a + 26, b + 26, frame->captured - 26) == 0;
}

static struct passage_own *take_between(struct lab *lab, const struct frame *frame)
{
	struct passage_own *passage;

	TAILQ_FOREACH(passage, &lab->wire.between, entry)
		if (is_same_packet(passage, frame)) {
			TAILQ_REMOVE(&lab->wire.between, passage, entry);
			passage->passage.inside = NULL;
			return passage;
		}
	return NULL;
}

static bool differs_by_a_bit(const struct passage_own *passage, const struct frame *frame)
{
	int bits = 0;

	if (passage->length != frame->captured)
		return false;
	for (uint32_t i = 0; i < frame->captured && bits < 2; i++)
		bits += __builtin_popcount(passage->bytes[i] ^ frame->bytes[i]);
	return bits == 1;
}

/* netem's corrupt flips one bit of the frame. */
static struct passage_own *take_corrupted(struct link_end *end, const struct frame *frame)
{
	struct passage_own *passage;

	if (!(impair_words(end) & NETEM_CORRUPT))
		return NULL;
	TAILQ_FOREACH(passage, &end->going, entry)
		if (differs_by_a_bit(passage, frame)) {
			TAILQ_REMOVE(&end->going, passage, entry);
			passage->corrupted = true;
			memcpy(passage->bytes, frame->bytes, frame->captured);
			return passage;
		}
	return NULL;
}

/* ---------------------------------------------------------------- entering */

/* Where its passage ends: at the node that has the address, or at a router on
 * the way that masquerades. */
struct node_own *transit_destination(struct lab *lab, struct node_own *from,
	const struct address *to)
{
	struct node_own *last = node_by_address(lab, to), *node = from;

	for (int hop = 0; lab->nats > 0 && last && node != last && hop < HOPS_MAX; hop++) {
		const struct link_end *next = plan_next_hop(node, to);

		if (!next)
			break;
		node = next->node;
		if (node->nat == next->link && node != last)
			return node;
	}
	return last;
}

static struct passage_own *begins(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment)
{
	struct passage_own *passage = passage_new(lab, link, direction, frame, segment);
	struct node_own *node = link->end[direction].node, *to;

	to = transit_destination(lab, node, &segment->dst);
	passage->passage.to = to ? &to->node : NULL;
	if (node->nat)
		passage->passage.from = &node->node;
	return passage;
}

/* Some program in the node speaks TCP, perhaps one that came from outside. */
static void is_at_work(struct node_own *node)
{
	struct cause ignored;

	node->watched = true;
	node_prepare(node, &ignored);
}

/* It was seen on another link before. */
static void goes_on(struct passage_own *passage, struct link *link, int direction,
	const struct frame *frame)
{
	passage->link = link;
	passage->direction = direction;
	passage->going_since = lab_time(link->lab, frame->time);
	memcpy(passage->bytes, frame->bytes, frame->captured);
}

/* Only hosts, and routers that masquerade or speak for themselves, send; the
 * rest comes from elsewhere, or is a copy that a switch has flooded. */
static bool may_begin(const struct lab *lab, const struct node_own *node,
	const struct segment *segment)
{
	return node->node.kind == NODE_HOST || node->nat ||
		node_by_address(lab, &segment->src) == node;
}

struct passage_own *wire_entered(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment)
{
	struct link_end *end = &link->end[direction];
	struct passage_own *passage = NULL;

	if (end->node->node.kind != NODE_HOST)
		passage = take_between(lab, frame);
	if (passage)
		goes_on(passage, link, direction, frame);
	else if (may_begin(lab, end->node, segment))
		passage = begins(lab, link, direction, frame, segment);
	else
		return NULL;
	is_at_work(end->node);
	/* the gate numbers it when it has judged it: copies of what is held have none */
	if (end->led) {
		TAILQ_INSERT_TAIL(&end->entering, passage, entry);
	} else {
		TAILQ_INSERT_TAIL(&end->going, passage, entry);
		if (passage->passage.n || passage->passage.double_of)
			return passage;
		wire_number(lab, passage);
		observe_passage(lab, HAPPENED_ENTERED, passage, passage->passage.entered);
	}
	return passage;
}

/* ----------------------------------------------------------------- leaving */

/* What it meets at its receiver: noted for what its sender has sent in this
 * incarnation, guessed at for strays. */
static void arrived(struct lab *lab, struct passage_own *passage)
{
	const struct segment *segment = &passage->passage.seg;
	bool anew;
	int side;
	struct flow *flow = flows_find(lab->wire.flows, &segment->src, &segment->dst, &side);

	if (!flow)
		return;
	anew = flow->incarnation != passage->item.incarnation;
	passage->stray = anew || passage->acks_unsent || is_foreign(passage);
	passage->next = flow_next(flow, side);
	if (passage->stray)
		passage->arrival = flow_meet(flow, side, segment, anew);
	else
		passage->arrival = flow_arrive(flow, side, segment, &passage->brings_fin);
	passage->acks_fin &= !anew;
}

void transit_ends(struct lab *lab, struct passage_own *passage, enum fate fate, int64_t time)
{
	passage->passage.fate = fate;
	if (lab->wire.gate.passing == &passage->item)
		lab->wire.gate.passing = NULL;
	observe_passage(lab, HAPPENED_FATE, passage, time);
}

/* A flipped bit in an address of the Ethernet header may do no harm. */
static bool is_refused(const struct passage_own *passage, const struct frame *frame,
	const struct link_end *far)
{
	return passage->corrupted && (memcmp(frame->bytes, far->mac, 6) != 0 ||
					     !segment_checksums_ok(frame->bytes, frame->captured));
}

/* So that a second one like it is known as its double. */
static void remember(struct lab *lab, const struct passage_own *passage)
{
	struct wire *wire = &lab->wire;
	struct passage_own *copy = passage_again(passage), *oldest;

	copy->passage.double_of = passage->passage.n;
	TAILQ_INSERT_TAIL(&wire->recent, copy, entry);
	if (++wire->recent_count <= RECENT_MAX)
		return;
	oldest = TAILQ_FIRST(&wire->recent);
	TAILQ_REMOVE(&wire->recent, oldest, entry);
	wire->recent_count--;
	passage_unref(oldest);
}

/* Does it go on from there? To whom nobody is, a router still may know a way; where
 * it masquerades, another passage begins. */
static bool is_on_its_way(const struct passage_own *passage, const struct node_own *at)
{
	if (passage->passage.to)
		return &at->node != passage->passage.to;
	return is_switch(at) || (at->node.kind == NODE_ROUTER && !at->nat);
}

/* Who has it now: a switch that does not know for whom it is sends it to all, and
 * they throw it away. */
static struct node_own *taker(const struct link_end *far, const struct frame *frame)
{
	struct node_own *near = far->link->end[!far->e].node;

	return is_switch(near) && !is_switch(far->node) && memcmp(frame->bytes, far->mac, 6) != 0
		? near : far->node;
}

/* It has left the wire at its receiver. */
static void delivered(struct lab *lab, struct passage_own *passage)
{
	if (!passage->passage.n)
		wire_number(lab, passage);
	passage->passage.fate = FATE_DELIVERED;
	arrived(lab, passage);
	observe_passage(lab, HAPPENED_LEFT, passage, passage->passage.left);
	settle_delivered(lab, passage);
}

static void leaves(struct lab *lab, struct passage_own *passage, const struct link_end *far,
	const struct frame *frame)
{
	int64_t time = lab_time(lab, frame->time);

	if (!passage->passage.n && !passage->passage.double_of) {
		/* it passed while the gate was being set */
		wire_number(lab, passage);
		observe_passage(lab, HAPPENED_ENTERED, passage, passage->passage.entered);
	}
	if (is_on_its_way(passage, far->node)) {
		passage->going_since = time;
		passage->passage.inside = &taker(far, frame)->node;
		passage_ref(passage);
		TAILQ_INSERT_TAIL(&lab->wire.between, passage, entry);
		return;
	}
	is_at_work(far->node);
	passage->passage.left = time;
	if (is_refused(passage, frame, far)) {
		transit_ends(lab, passage, FATE_CORRUPTED, time);
		return;
	}
	delivered(lab, passage);
}

void transit_taken(struct lab *lab, struct passage_own *passage)
{
	passage->passage.inside = NULL;
	passage->passage.left = passage->going_since;
	delivered(lab, passage);
}

/* netem's duplicate: the same bytes leave again. */
static void leaves_again(struct lab *lab, struct link *link, int direction,
	const struct frame *frame)
{
	struct passage_own *first, *again;

	TAILQ_FOREACH(first, &lab->wire.recent, entry)
		if (first->link == link && first->direction == direction && has_bytes(first, frame))
			break;
	if (!first)
		return;
	again = passage_again(first);
	leaves(lab, again, &link->end[!direction], frame);
	passage_unref(again);
}

static void left(struct lab *lab, struct link *link, int direction, const struct frame *frame)
{
	struct link_end *end = &link->end[direction];
	struct passage_own *passage = wire_take(end, frame, true);

	if (!passage)
		passage = take_corrupted(end, frame);
	if (!passage) {
		if (impair_words(end) & NETEM_DUPLICATE)
			leaves_again(lab, link, direction, frame);
		return;
	}
	leaves(lab, passage, &link->end[!direction], frame);
	if (impair_words(end) & NETEM_DUPLICATE)
		remember(lab, passage);
	passage_unref(passage);
}

static void tell_frame(struct lab *lab, const struct link *link, int direction,
	const struct frame *frame)
{
	const struct lab_frame told = {.link = link, .end = direction, .leaves = frame->outgoing,
		.time = lab_time(lab, frame->time), .bytes = frame->bytes,
		.captured = frame->captured, .length = frame->length};

	lab->ops->frame(lab->arg, &told);
}

void transit_seen(struct lab *lab, struct link *link, int e, const struct frame *frame)
{
	int direction = frame->outgoing ? !e : e;
	struct link_end *end = &link->end[direction];
	struct segment segment;

	if (lab->ops->frame)
		tell_frame(lab, link, direction, frame);
	if (end->impair)
		(frame->outgoing ? impair_left : impair_entered)(end, frame);
	if (segment_decode(frame->bytes, frame->captured, frame->length, &segment) < 0) {
		if (!frame->outgoing)
			transit_icmp(lab, end->node, frame);
		if (!(frame->outgoing && impair_words(end) & NETEM_CORRUPT))
			return;
	}
	lab->wire.frames++;
	if (frame->outgoing)
		left(lab, link, direction, frame);
	else
		wire_entered(lab, link, direction, frame, &segment);
}
