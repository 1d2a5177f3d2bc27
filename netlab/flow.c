/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

#define BUCKETS 4096

struct flows {
	struct flow *bucket[BUCKETS];
	struct flow *oldest, *newest;
	size_t count;
	uint64_t begun; /* connections */
};

int address_compare(const struct address *a, const struct address *b)
{
	int order = memcmp(a->bytes, b->bytes, sizeof a->bytes);

	if (order)
		return order;
	if (a->family != b->family)
		return a->family - b->family;
	return a->port - b->port;
}

static size_t hash(const struct address *a, const struct address *b)
{
	uint32_t sum = 2166136261u;

	for (int i = 0; i < 16; i++)
		sum = (sum ^ a->bytes[i]) * 16777619u ^ b->bytes[i] << 8;
	sum = (sum ^ a->port) * 16777619u;
	sum = (sum ^ b->port) * 16777619u;
	return (sum ^ sum >> 15) % BUCKETS;
}

struct flows *flows_new(void)
{
	return alloc_new(struct flows);
}

void flows_free(struct flows *flows)
{
	struct flow *newer;

	if (!flows)
		return;
	for (struct flow *flow = flows->oldest; flow; flow = newer) {
		newer = flow->newer;
		free(flow);
	}
	free(flows);
}

static struct flow *find(const struct flows *flows, const struct address *a,
	const struct address *b)
{
	struct flow *flow = flows->bucket[hash(a, b)];

	while (flow && !(address_equal(&flow->a, a) && address_equal(&flow->b, b)))
		flow = flow->next;
	return flow;
}

struct flow *flows_find(const struct flows *flows, const struct address *src,
	const struct address *dst, int *side)
{
	*side = address_compare(src, dst) <= 0 ? 0 : 1;
	return *side ? find(flows, dst, src) : find(flows, src, dst);
}

static void forget_oldest(struct flows *flows)
{
	struct flow *flow = flows->oldest;
	struct flow **link = &flows->bucket[hash(&flow->a, &flow->b)];

	while (*link != flow)
		link = &(*link)->next;
	*link = flow->next;
	flows->oldest = flow->newer;
	if (flow->newer)
		flow->newer->older = NULL;
	flows->count--;
	free(flow);
}

static struct flow *make(struct flows *flows, const struct address *a, const struct address *b)
{
	struct flow **bucket = &flows->bucket[hash(a, b)];
	struct flow *flow = alloc_new(struct flow);

	if (flows->count == FLOWS_MAX)
		forget_oldest(flows);
	flow->a = *a;
	flow->b = *b;
	flow->next = *bucket;
	*bucket = flow;
	flow->older = flows->newest;
	if (flows->newest)
		flows->newest->newer = flow;
	else
		flows->oldest = flow;
	flows->newest = flow;
	flows->count++;
	flow->began = ++flows->begun;
	return flow;
}

/* A SYN with a number of its own begins the connection anew. So does one with
 * the old number (TCP_REPAIR) when its sender had ACKed something: who sends SYN
 * again because of no answer has ACKed nothing. */
static bool is_new_syn(const struct flow_side *me, const struct segment *segment)
{
	if (!(segment->flags & SEG_SYN))
		return false;
	return !me->known || segment->seq != me->isn || (!(segment->flags & SEG_ACK) && me->ack_known);
}

static void begin_if_new(struct flows *flows, struct flow *flow, int side,
	const struct segment *segment)
{
	struct flow_side *me = &flow->side[side];
	bool new_syn = is_new_syn(me, segment);

	if (new_syn && !(segment->flags & SEG_ACK)) {
		if (me->known)
			flow->incarnation++;
		/* a SYN that comes to nothing leaves what was before it */
		if (flow->side[0].began && flow->side[1].began) {
			flow->had_before = true;
			for (int i = 0; i < 2; i++)
				flow->isn_before[i] = flow->side[i].isn;
		}
		memset(flow->side, 0, sizeof flow->side);
		flow->began = ++flows->begun;
	} else if (new_syn) {
		bool ack_known = me->ack_known;
		uint32_t ack = me->ack;

		*me = (struct flow_side){.ack_known = ack_known, .ack = ack};
	}
	if (me->known)
		return;
	me->known = true;
	me->began = segment->flags & SEG_SYN;
	me->scale = segment->window_scale;
	/* joined in the middle: call its first byte 1; an RST that answers for
	 * nobody has no number of its own, tcpdump says 0 */
	me->isn = segment->flags & (SEG_SYN | SEG_RST) ? segment->seq : segment->seq - 1;
	me->sent = segment->seq;
}

int flow_scale(const struct flow *flow, int side)
{
	bool both = flow->side[0].scale >= 0 && flow->side[1].scale >= 0;

	return both ? flow->side[side].scale : 0;
}

/* What a segment that is made up in its sender's name has to carry. */
static void note_header(const struct flow *flow, int side, struct flow_side *me,
	const struct segment *segment)
{
	if (segment->flags & SEG_RST)
		return;
	if (segment->has_timestamps && (!me->stamps || seq_before(me->stamp, segment->ts_value)))
		me->stamp = segment->ts_value;
	me->stamps |= segment->has_timestamps;
	me->window = (uint32_t)segment->window
		<< (segment->flags & SEG_SYN ? 0 : flow_scale(flow, side));
}

static void note_ack_of_fin(struct flow_side *me, struct flow_view *view)
{
	if (view->acks_fin && !me->acked_fin) {
		me->acked_fin = true;
		me->fin_first = me->fin_sent;
	}
	view->is_last = view->acks_fin && me->fin_first;
}

/* A SYN was sent, and no SYN-ACK: what is no answer to that SYN is still about the
 * connection before, whose TIME-WAIT, say, has ACKed the SYN. */
static bool is_of_before(const struct flow *flow, int side, const struct segment *segment)
{
	const struct flow_side *other = &flow->side[!side];

	return flow->had_before && !(segment->flags & SEG_SYN) &&
		!(flow->side[0].began && flow->side[1].began) &&
		!(segment->flags & SEG_ACK && other->began && segment->ack == other->sent);
}

void flows_note(struct flows *flows, const struct segment *segment, struct flow_view *view)
{
	uint32_t space = segment_space(segment), end = segment->seq + space;
	struct flow_side *me, *other;

	view->flow = flows_find(flows, &segment->src, &segment->dst, &view->side);
	if (!view->flow)
		view->flow = view->side ? make(flows, &segment->dst, &segment->src)
					: make(flows, &segment->src, &segment->dst);
	begin_if_new(flows, view->flow, view->side, segment);
	me = &view->flow->side[view->side];
	other = &view->flow->side[!view->side];
	view->seq = segment->seq - me->isn;
	/* an RST without ACK carries a number of its peer's choosing */
	view->retransmission = space > 0 && !seq_before(me->sent, end);
	view->ack = 0;
	view->acks_fin = view->acks_syn = view->acks_new = view->acks_unsent = false;
	if (segment->flags & SEG_ACK) {
		view->ack = other->known ? segment->ack - other->isn : 1;
		view->acks_syn = view->ack == 1 && (!me->ack_known || me->ack != segment->ack);
		view->acks_fin = other->fin_sent && !seq_before(segment->ack, other->fin_end);
		view->acks_unsent = other->known && seq_before(other->sent, segment->ack);
		view->acks_new = !me->ack_known || seq_before(me->ack, segment->ack);
		if (view->acks_new)
			me->ack = segment->ack;
		me->ack_known = true;
	}
	note_ack_of_fin(me, view);
	if (seq_before(me->sent, end) && !(segment->flags & SEG_RST))
		me->sent = end;
	if (segment->flags & SEG_FIN) {
		me->fin_sent = true;
		me->fin_end = end;
	}
	note_header(view->flow, view->side, me, segment);
	if (is_of_before(view->flow, view->side, segment)) {
		view->seq = segment->seq - view->flow->isn_before[view->side];
		view->ack = segment->flags & SEG_ACK
			? segment->ack - view->flow->isn_before[!view->side]
			: 0;
	} else if (!me->began && segment->flags & SEG_RST && segment->seq == 0) {
		view->seq = 0; /* a refusal */
	}
}

enum arrival flow_arrive(struct flow *flow, int side, const struct segment *segment,
	bool *brings_fin)
{
	struct flow_side *me = &flow->side[side];
	const struct flow_side *other = &flow->side[!side];
	uint32_t end = segment->seq + segment_space(segment);

	*brings_fin = false;
	if (end == segment->seq || segment->flags & SEG_RST)
		return ARRIVES_NEXT;
	if (!me->taken_known || segment->flags & SEG_SYN) {
		me->taken_known = true;
		me->taken = segment->seq;
	}
	if (other->ack_known && seq_before(me->taken, other->ack))
		me->taken = other->ack;
	if (seq_before(me->taken, segment->seq)) {
		me->beyond = true;
		me->beyond_fin = segment->flags & SEG_FIN;
		me->beyond_seq = segment->seq;
		me->beyond_end = end;
		return ARRIVES_BEYOND;
	}
	if (!seq_before(me->taken, end))
		return ARRIVES_OLD;
	me->taken = end;
	if (me->beyond && !seq_before(me->taken, me->beyond_seq)) {
		if (seq_before(me->taken, me->beyond_end))
			me->taken = me->beyond_end;
		*brings_fin = me->beyond_fin;
		me->beyond = false;
	}
	return ARRIVES_NEXT;
}

/* ------------------------------------------------- what nobody has sent now */

uint32_t flow_next(const struct flow *flow, int side)
{
	const struct flow_side *me = &flow->side[side], *other = &flow->side[!side];
	uint32_t next = me->taken_known ? me->taken : me->isn;

	return other->ack_known && seq_before(next, other->ack) ? other->ack : next;
}

/* RFC 9293 3.10.7.4 and RFC 5961 5.2: not beyond what was sent, nor older than any
 * window, nor (tcp_ack() of Linux 6.7 and of stable kernels since then) from before
 * the connection. */
static enum arrival meet_ack(const struct flow *flow, int side, const struct segment *segment)
{
	const struct flow_side *me = &flow->side[side], *other = &flow->side[!side];

	if (!(segment->flags & SEG_ACK) || !other->known)
		return ARRIVES_NEXT;
	if (seq_before(other->sent, segment->ack))
		return ARRIVES_UNSENT;
	if (seq_before(segment->ack, other->isn + 1))
		return ARRIVES_OUTSIDE;
	return me->ack_known && seq_before(segment->ack, me->ack - me->window) ? ARRIVES_OUTSIDE
										: ARRIVES_NEXT;
}

enum arrival flow_meet(const struct flow *flow, int side, const struct segment *segment, bool anew)
{
	const struct flow_side *me = &flow->side[side];
	uint32_t next = flow_next(flow, side), end = segment->seq + segment_space(segment);
	enum arrival ack;

	if (me->stamps && segment->has_timestamps && seq_before(segment->ts_value, me->stamp))
		return ARRIVES_STALE;
	if (seq_before(next + flow->side[!side].window, segment->seq))
		return ARRIVES_OUTSIDE;
	if (seq_before(segment->seq, next) && !seq_before(next, end))
		return anew || seq_before(segment->seq, me->isn) ? ARRIVES_OUTSIDE : ARRIVES_OLD;
	ack = meet_ack(flow, side, segment);
	return ack == ARRIVES_NEXT && seq_before(next, segment->seq) ? ARRIVES_BEYOND : ack;
}

struct flow *flows_newest(const struct flows *flows, bool (*is)(void *arg, const struct flow *flow),
	void *arg)
{
	struct flow *newest = NULL;

	for (struct flow *flow = flows->newest; flow; flow = flow->older)
		if ((!newest || flow->began > newest->began) && is(arg, flow))
			newest = flow;
	return newest;
}
