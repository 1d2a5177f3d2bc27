/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * held.c - the gate's ways and its frames: what is redirected to it is judged
 * (gate.c), waits, and leaves through the wire's other end.
 */
#include "lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"
#include "netns.h"

#define GATE_FRAMES 2048 /* 4 MiB */

void gate_hold(struct lab *lab, struct passage_own *passage, bool first)
{
	struct gate_item *item = &passage->item;
	const struct segment *segment = &passage->passage.seg;
	bool on_its_way = passage->passage.n > 0; /* seen on another link before */

	if (!on_its_way)
		wire_number(lab, passage);
	item->side = passage->side;
	item->seq = segment->seq;
	item->end = segment->seq + segment_space(segment);
	item->ack = segment->ack;
	item->flags = segment->flags;
	item->n = passage->passage.n;
	item->load = passage;
	passage_waits(passage, FATE_HELD);
	passage_ref(passage);
	if (first)
		gate_push_first(&lab->wire.gate, item);
	else
		gate_push(&lab->wire.gate, item);
	observe_passage(lab, on_its_way ? HAPPENED_FATE : HAPPENED_ENTERED, passage,
		on_its_way ? lab_now(lab) : passage->passage.entered);
	step_segment_held(lab);
}

static void absorb_copy_of_held(struct passage_own *copy, struct gate_item *item)
{
	struct passage_own *original = item->load;

	copy->passage.n = item->n;
	copy->passage.copy = original->passage.copies = ++item->copies;
	if (item->newest_copy)
		passage_unref(item->newest_copy);
	item->newest_copy = copy;
	passage_ref(copy);
}

static void absorb_copy_of_passed(struct lab *lab, struct passage_own *copy, struct gate_item *item,
	uint32_t n)
{
	struct passage_own *ack = item ? item->load : NULL;
	int side;
	struct flow *flow = flows_find(lab->wire.flows, &copy->passage.seg.src,
		&copy->passage.seg.dst, &side);

	copy->passage.n = n;
	copy->passage.copy = ++flow->side[side].repeats;
	if (!ack)
		return;
	ack->passage.repeats++;
	ack->passage.repeats_of = n;
}

static void absorb(struct lab *lab, struct passage_own *copy, struct gate_item *item,
	enum gate_verdict verdict, uint32_t n)
{
	copy->passage.fate = FATE_ABSORBED;
	if (verdict == GATE_COPY_OF_HELD)
		absorb_copy_of_held(copy, item);
	else
		absorb_copy_of_passed(lab, copy, item, n);
	observe_passage(lab, HAPPENED_ENTERED, copy, copy->passage.entered);
}

/* A copy of what is held, or was just delivered, goes no further. */
static bool is_absorbed(struct lab *lab, struct passage_own *passage)
{
	struct gate_item *item = NULL;
	uint32_t n = 0;
	enum gate_verdict verdict = gate_judge(&lab->wire.gate, &passage->passage.seg,
		passage->item.flow, passage->side, &item, &n);

	if (verdict == GATE_HOLD)
		return false;
	absorb(lab, passage, item, verdict, n);
	return true;
}

/* The passage that the frame belongs to, taken from where it was seen entering;
 * NULL: it is none. */
static struct passage_own *passage_at_gate(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment)
{
	struct link_end *end = &link->end[direction];
	struct passage_own *passage = wire_take(end, frame, impair_by_gate(end) && !end->led);

	if (!passage) { /* captured since the ring was drained */
		wire_drain_ring(lab);
		passage = wire_take(end, frame, true);
	}
	if (!passage && wire_entered(lab, link, direction, frame, segment))
		passage = wire_take(end, frame, true); /* the capture ring had no room for it */
	return passage;
}

/* Is this its first link? */
static bool begins(const struct passage_own *passage)
{
	return !passage->passage.n && !passage->passage.double_of;
}

static int go_on(struct lab *lab, struct passage_own *passage, int64_t time, struct cause *cause)
{
	if (begins(passage)) { /* only looked at, or a straggler after release */
		wire_number(lab, passage);
		if (astray_keeps(passage))
			passage_waits(passage, FATE_LATE);
		observe_passage(lab, HAPPENED_ENTERED, passage, passage->passage.entered);
	}
	return astray_send(lab, passage, time, cause);
}

/* Copies are absorbed first: faults count what there would be without them. */
static void judge(struct lab *lab, struct passage_own *passage, int64_t time)
{
	bool held = passage->link->end[passage->direction].held;
	struct cause cause;

	if (held && is_absorbed(lab, passage))
		return;
	if (begins(passage) && faults_judge(lab, passage))
		return;
	if (held)
		gate_hold(lab, passage, false);
	else if (go_on(lab, passage, time, &cause) < 0)
		log_note(lab, "%s", cause.text);
}

static void at_gate(struct lab *lab, struct link *link, int direction, const struct frame *frame)
{
	struct passage_own *passage = NULL;
	struct segment segment;
	struct cause cause;

	if (segment_decode(frame->bytes, frame->captured, frame->length, &segment) == 0 &&
		!leftout_segment(lab, &segment)) {
		lab->wire.frames++;
		passage = passage_at_gate(lab, link, direction, frame, &segment);
	}
	if (passage) {
		judge(lab, passage, frame->time);
		passage_unref(passage);
	} else if (impair_send(lab, link, direction, frame->bytes, frame->captured, frame->time,
			   NULL, &cause) < 0) {
		log_note(lab, "%s", cause.text);
	}
}

void held_drain(struct lab *lab)
{
	struct frame frame;
	struct link *link;
	int e;

	while (lab->wire.gate_ring && ring_next(lab->wire.gate_ring, &frame)) {
		link = frame.outgoing ? NULL : wire_link_at(lab, frame.ifindex, &e, true);
		if (link)
			at_gate(lab, link, e, &frame);
		ring_done(lab->wire.gate_ring);
	}
}

int wire_deliver(struct lab *lab, struct passage_own *passage, struct cause *cause)
{
	passage->passage.fate = FATE_PASSING;
	if (astray_keeps(passage)) {
		passage_waits(passage, FATE_LATE);
		observe_passage(lab, HAPPENED_FATE, passage, lab_now(lab));
	}
	return astray_send(lab, passage, clock_monotonic(), cause);
}

static int gate_open(struct lab *lab, struct cause *cause)
{
	struct wire *wire = &lab->wire;
	struct cause absent;
	int fd;

	if (wire->gate_ring)
		return 0;
	if (wire->gate_ns < 0)
		wire->gate_ns = netns_new(wire->home, cause);
	if (wire->gate_ns < 0)
		return -1;
	netns_sysctl_write(wire->gate_ns, wire->home, "net/ipv6/conf/default/disable_ipv6", "1",
		&absent);
	netns_enter(wire->gate_ns);
	fd = packet_socket(cause);
	if (!wire->gate_netif)
		wire->gate_netif = netif_open(cause);
	netns_enter(wire->home);
	if (!wire->gate_netif || wire_ring_begin(lab, fd, GATE_FRAMES, cause) < 0)
		return -1;
	wire->gate_ring = wire_ring_attach(lab, &fd, GATE_FRAMES, &wire->gate_event, cause);
	fd_close(&fd);
	return wire->gate_ring ? 0 : -1;
}

/* The veth that leads from the wire into the gate's namespace. */
static int gate_way(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	struct wire *wire = &lab->wire;
	struct link_end *end = &link->end[direction];
	char name[16];
	struct netif_end in = {.name = name, .ns = -1,
		.mac = {0x02, 3, 0, (uint8_t)(link->number >> 8), (uint8_t)link->number,
			(uint8_t)(direction + 1)}};
	struct netif_end out = in;

	if (end->gate_in)
		return 0;
	if (gate_open(lab, cause) < 0)
		return -1;
	snprintf(name, sizeof name, "g%u%c", link->number, 'a' + direction);
	in.ifindex = out.ifindex = wire->next_ifindex++;
	in.mac[1] = 4;
	out.ns = wire->gate_ns;
	if (netif_veth(wire->netif, &in, &out, cause) < 0 ||
		netif_up(wire->gate_netif, out.ifindex, cause) < 0 ||
		netif_up(wire->netif, in.ifindex, cause) < 0) /* last: it is the one that sends */
		return -1;
	end->gate_in = in.ifindex;
	end->gate_out = out.ifindex;
	wire_port(lab, out.ifindex, link, direction, true);
	return 0;
}

int held_lead(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	struct link_end *end = &link->end[direction];
	struct netif *netif = lab->wire.netif;
	struct cause ignored;

	if (end->led)
		return 0;
	if (wire_start(lab, cause) < 0 || gate_way(lab, link, direction, cause) < 0)
		return -1;
	wire_drain(lab);
	end->led = true;
	if (netif_redirect(netif, end->ifindex, REDIRECT_TCP4, end->gate_in, cause) < 0)
		goto undo;
	if (netif_redirect(netif, end->ifindex, REDIRECT_TCP6, end->gate_in, cause) < 0) {
		netif_redirect_end(netif, end->ifindex, REDIRECT_TCP4, &ignored);
		goto undo;
	}
	return 0;
undo:
	end->led = false;
	return -1;
}

int held_lead_end(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	struct link_end *end = &link->end[direction];
	struct netif *netif = lab->wire.netif;

	if (!end->led || end->held || end->faulted)
		return 0;
	if (netif_redirect_end(netif, end->ifindex, REDIRECT_TCP4, cause) < 0 ||
		netif_redirect_end(netif, end->ifindex, REDIRECT_TCP6, cause) < 0)
		return -1;
	end->led = false;
	return 0;
}

int wire_hold(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	struct link_end *end = &link->end[direction];

	if (end->held)
		return 0;
	if (held_lead(lab, link, direction, cause) < 0)
		return -1;
	wire_drain(lab); /* what came before is not held */
	end->held = true;
	lab->wire.held_directions++;
	return 0;
}

int wire_unhold(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	lab->wire.held_directions--;
	return held_lead_end(lab, link, direction, cause);
}

int held_divert(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	if (wire_start(lab, cause) < 0 || gate_way(lab, link, direction, cause) < 0)
		return -1;
	wire_drain(lab);
	return netif_redirect(lab->wire.netif, link->end[direction].ifindex, REDIRECT_GATE,
		link->end[direction].gate_in, cause);
}

int held_divert_end(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	return netif_redirect_end(lab->wire.netif, link->end[direction].ifindex, REDIRECT_GATE, cause);
}

/* A copy may have come another way than what it is a copy of. */
static void forget_copy(struct gate_item *item, const struct link *link)
{
	struct passage_own *copy = item->newest_copy;

	if (!copy || copy->link != link)
		return;
	item->newest_copy = NULL;
	passage_unref(copy);
}

void held_forget(struct lab *lab, struct link *link)
{
	struct gate kept, *gate = &lab->wire.gate;
	struct gate_item *item;

	gate_init(&kept);
	while ((item = gate_pop(gate))) {
		struct passage_own *passage = item->load;

		if (passage->link != link) {
			forget_copy(item, link);
			gate_push(&kept, item);
			continue;
		}
		if (item->newest_copy)
			passage_unref(item->newest_copy);
		item->newest_copy = NULL;
		transit_lost(lab, passage, lab_now(lab));
		passage_unref(passage);
	}
	while ((item = gate_pop(&kept)))
		gate_push(gate, item);
}
