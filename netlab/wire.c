/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * wire.c - the hidden namespace between the hosts.
 *
 * Each link has two middle ends here. What enters at one is redirected by the
 * kernel out of the other (clsact, u32, mirred); netlab only looks on, through
 * one packet ring that sees all ends: a frame is seen when it enters, before
 * tc, and when it leaves, after the qdisc. So "entered and never left" is a
 * loss, and both times are exact.
 *
 * A held direction has two more filters before that one: they redirect TCP to
 * a veth whose far end lies in the gate's namespace and is read through a ring
 * of its own. A frame takes one way or the other, never both, so switching
 * neither loses nor doubles any. What the gate lets go leaves through the same
 * middle end as all else, qdisc included.
 *
 * All of the lab runs on one processor, whose backlog is first in, first out.
 * So a fence, a frame sent through a veth pair of the wire's own, arrives when
 * everything sent before it has been taken in by whomever it was for.
 */
#include "lab.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "machine.h"
#include "netns.h"

#define RING_FRAMES	1024 /* 2 MiB */
#define GATE_FRAMES	512
#define FENCE_ETHERTYPE 0x88b5 /* IEEE 802 local experimental */
#define LOST_AFTER	NS_PER_S

/* ------------------------------------------------------------ up and down */

static void on_ring(evutil_socket_t fd, short what, void *arg)
{
	struct lab *lab = arg;

	(void)fd;
	(void)what;
	wire_drain(lab);
	settle_soon(lab);
}

static int ring_begin(const struct lab *lab, int fd, uint32_t frames, struct cause *cause)
{
	return fd < 0 ? -1 : keeper_hold(lab->serial, fd, frames, PACKET_FRAME_SIZE, cause);
}

static int fence_make(struct wire *wire, struct cause *cause)
{
	struct netif_end out = {.name = "fence0", .ns = -1, .ifindex = wire->next_ifindex++,
		.mac = {0x02, 1, 0, 0, 0, 1}};
	struct netif_end in = {.name = "fence1", .ns = -1, .ifindex = wire->next_ifindex++,
		.mac = {0x02, 1, 0, 0, 0, 2}};

	wire->fence_out = out.ifindex;
	wire->fence_in = in.ifindex;
	if (netif_veth(wire->netif, &out, &in, cause) < 0)
		return -1;
	return netif_up(wire->netif, in.ifindex, cause);
}

int wire_open(struct lab *lab, struct cause *cause)
{
	struct wire *wire = &lab->wire;
	struct cause absent;

	*wire = (struct wire){.home = -1, .send_fd = -1, .ring_fd = -1, .gate_ns = -1,
		.next_ifindex = 2, .flows = flows_new()};
	gate_init(&wire->gate);
	wire->home = netns_new_home(cause);
	if (wire->home < 0)
		return -1;
	/* hosts made from here on get a small hash of their own, which makes a
	 * dump of their sockets sixty times faster; since Linux 6.1 */
	netns_sysctl_write(wire->home, wire->home, "net/ipv4/tcp_child_ehash_entries", "1024", &absent);
	netns_sysctl_write(wire->home, wire->home, "net/ipv6/conf/default/disable_ipv6", "1", &absent);
	wire->netif = netif_open(cause);
	if (!wire->netif || fence_make(wire, cause) < 0)
		return -1;
	wire->send_fd = packet_socket(cause);
	if (wire->send_fd < 0 || keeper_hold(lab->serial, wire->send_fd, 0, 0, cause) < 0)
		return -1;
	wire->ring_fd = packet_socket(cause);
	return ring_begin(lab, wire->ring_fd, RING_FRAMES, cause);
}

void wire_close(struct lab *lab)
{
	struct wire *wire = &lab->wire;
	struct gate_item *item;

	while ((item = gate_pop(&wire->gate))) {
		if (item->newest_copy)
			passage_unref(item->newest_copy);
		passage_unref(item->load);
	}
	if (wire->ring_event)
		event_free(wire->ring_event);
	if (wire->gate_event)
		event_free(wire->gate_event);
	ring_free(wire->ring);
	ring_free(wire->gate_ring);
	fd_close(&wire->ring_fd);
	fd_close(&wire->send_fd);
	netif_close(wire->netif);
	netif_close(wire->gate_netif);
	fd_close(&wire->gate_ns);
	fd_close(&wire->home);
	flows_free(wire->flows);
	keeper_drop(lab->serial);
}

static struct ring *ring_attach(struct lab *lab, int *fd, uint32_t frames, struct event **event,
	struct cause *cause)
{
	struct ring *ring;

	if (keeper_wait(cause) < 0)
		return NULL;
	ring = ring_new(*fd, frames, cause);
	if (!ring)
		return NULL;
	*event = event_new(lab->base, *fd, EV_READ | EV_PERSIST, on_ring, lab);
	event_add(*event, NULL);
	*fd = -1;
	return ring;
}

int wire_start(struct lab *lab, struct cause *cause)
{
	struct wire *wire = &lab->wire;

	if (!wire->ring)
		wire->ring = ring_attach(lab, &wire->ring_fd, RING_FRAMES, &wire->ring_event, cause);
	return wire->ring ? 0 : -1;
}

/* ---------------------------------------------------------------- links */

static int join_end(struct lab *lab, struct link *link, int e, struct cause *cause)
{
	struct wire *wire = &lab->wire;
	struct link_end *end = &link->end[e];
	char name[16];
	struct netif_end near = {.name = name, .ns = -1, .ifindex = wire->next_ifindex++,
		.mac = {0x02, 2, 0, (uint8_t)(link->number >> 8), (uint8_t)link->number,
			(uint8_t)(e + 1)}};
	struct netif_end far = {.name = end->host_name, .ns = end->node->ns,
		.ifindex = end->host_ifindex};

	snprintf(name, sizeof name, "l%u%c", link->number, 'a' + e);
	memcpy(far.mac, end->mac, sizeof far.mac);
	if (netif_veth(wire->netif, &near, &far, cause) < 0)
		return -1;
	end->ifindex = near.ifindex;
	if (netif_up(end->node->netif, far.ifindex, cause) < 0)
		return -1;
	return netif_ingress(wire->netif, end->ifindex, cause);
}

static int join(struct lab *lab, struct link *link, struct cause *cause)
{
	struct netif *netif = lab->wire.netif;

	if (join_end(lab, link, 0, cause) < 0 || join_end(lab, link, 1, cause) < 0)
		return -1;
	for (int e = 0; e < 2; e++)
		if (netif_redirect(netif, link->end[e].ifindex, REDIRECT_ALL,
			    link->end[!e].ifindex, cause) < 0)
			return -1;
	return 0;
}

int wire_join(struct lab *lab, struct link *link, struct cause *cause)
{
	struct cause ignored;

	if (join(lab, link, cause) == 0)
		return 0;
	for (int e = 0; e < 2; e++)
		if (link->end[e].ifindex)
			netif_delete(lab->wire.netif, link->end[e].ifindex, &ignored);
	return -1;
}

static struct link *link_by_ifindex(const struct lab *lab, int ifindex, int *e, bool gate)
{
	struct link *link;

	TAILQ_FOREACH(link, &lab->links, entry)
		for (*e = 0; *e < 2; ++*e)
			if ((gate ? link->end[*e].gate_out : link->end[*e].ifindex) == ifindex)
				return link;
	return NULL;
}

/* ------------------------------------------------------- seen on the wire */

static void number(struct lab *lab, struct passage_own *passage)
{
	passage->passage.n = ++lab->wire.passages;
}

/* Take the passage with those bytes from one of the direction's two lists. */
static struct passage_own *take(struct link_end *end, const struct frame *frame, bool going)
{
	struct passage_own *passage;

	TAILQ_FOREACH(passage, &end->going, entry) {
		if (!going)
			break;
		if (passage->length != frame->captured ||
			memcmp(passage->bytes, frame->bytes, frame->captured) != 0)
			continue;
		TAILQ_REMOVE(&end->going, passage, entry);
		return passage;
	}
	TAILQ_FOREACH(passage, &end->entering, entry) {
		if (passage->length != frame->captured ||
			memcmp(passage->bytes, frame->bytes, frame->captured) != 0)
			continue;
		TAILQ_REMOVE(&end->entering, passage, entry);
		return passage;
	}
	return NULL;
}

static void entered(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment)
{
	struct link_end *end = &link->end[direction];
	struct passage_own *passage = passage_new(lab, link, direction, frame, segment);

	/* a held one is numbered when the gate has judged it: copies have none */
	if (end->held) {
		TAILQ_INSERT_TAIL(&end->entering, passage, entry);
	} else {
		number(lab, passage);
		TAILQ_INSERT_TAIL(&end->going, passage, entry);
		observe_passage(lab, HAPPENED_ENTERED, passage, passage->passage.entered);
	}
}

static void left(struct lab *lab, struct link *link, int direction, const struct frame *frame)
{
	struct passage_own *passage = take(&link->end[direction], frame, true);

	if (!passage)
		return;
	if (!passage->passage.n) { /* it passed while the gate was being set */
		number(lab, passage);
		observe_passage(lab, HAPPENED_ENTERED, passage, passage->passage.entered);
	}
	passage->passage.left = lab_time(lab, frame->time);
	passage->passage.fate = FATE_DELIVERED;
	observe_passage(lab, HAPPENED_LEFT, passage, passage->passage.left);
	passage_unref(passage);
}

static void fence_arrived(struct wire *wire, const struct frame *frame)
{
	if (frame->outgoing || frame->captured < 18)
		return;
	memcpy(&wire->fence_seen, frame->bytes + 14, sizeof wire->fence_seen);
}

static void seen(struct lab *lab, const struct frame *frame)
{
	struct segment segment;
	struct link *link;
	int e;

	if (frame->ifindex == lab->wire.fence_in && frame->protocol == FENCE_ETHERTYPE) {
		fence_arrived(&lab->wire, frame);
		return;
	}
	link = link_by_ifindex(lab, frame->ifindex, &e, false);
	if (!link || segment_decode(frame->bytes, frame->captured, frame->length, &segment) < 0)
		return;
	lab->wire.frames++;
	if (frame->outgoing)
		left(lab, link, !e, frame);
	else
		entered(lab, link, e, frame, &segment);
}

static void drain_ring(struct lab *lab)
{
	struct frame frame;

	while (lab->wire.ring && ring_next(lab->wire.ring, &frame)) {
		seen(lab, &frame);
		ring_done(lab->wire.ring);
	}
}

/* --------------------------------------------------------------- the gate */

void gate_hold(struct lab *lab, struct passage_own *passage, bool first)
{
	struct gate_item *item = &passage->item;
	const struct segment *segment = &passage->passage.seg;

	number(lab, passage);
	item->side = passage->side;
	item->seq = segment->seq;
	item->end = segment->seq + segment_space(segment);
	item->ack = segment->ack;
	item->flags = segment->flags;
	item->n = passage->passage.n;
	item->load = passage;
	passage->passage.fate = FATE_HELD;
	passage_ref(passage);
	if (first)
		gate_push_first(&lab->wire.gate, item);
	else
		gate_push(&lab->wire.gate, item);
	observe_passage(lab, HAPPENED_ENTERED, passage, passage->passage.entered);
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
	struct passage_own *ack = item->load;
	int side;
	struct flow *flow = flows_find(lab->wire.flows, &copy->passage.seg.src,
		&copy->passage.seg.dst, &side);

	copy->passage.n = n;
	copy->passage.copy = ++flow->side[side].repeats;
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

/* Judge a frame that has come to the gate while its direction is held. */
static void judge(struct lab *lab, struct passage_own *passage)
{
	struct gate_item *item = NULL;
	uint32_t n = 0;
	enum gate_verdict verdict = gate_judge(&lab->wire.gate, &passage->passage.seg,
		passage->item.flow, passage->side, &item, &n);

	if (verdict == GATE_HOLD)
		gate_hold(lab, passage, false);
	else
		absorb(lab, passage, item, verdict, n);
}

static void at_gate(struct lab *lab, struct link *link, int direction, const struct frame *frame)
{
	struct passage_own *passage = take(&link->end[direction], frame, false);
	struct segment segment;
	struct cause cause;

	if (!passage) { /* captured since the ring was drained */
		drain_ring(lab);
		passage = take(&link->end[direction], frame, true);
	}
	if (!passage) { /* the capture ring had no room for it */
		if (segment_decode(frame->bytes, frame->captured, frame->length, &segment) < 0)
			return;
		entered(lab, link, direction, frame, &segment);
		passage = take(&link->end[direction], frame, true);
	}
	if (!link->end[direction].held) { /* a straggler, after release */
		if (!passage->passage.n) {
			number(lab, passage);
			observe_passage(lab, HAPPENED_ENTERED, passage, passage->passage.entered);
		}
		wire_deliver(lab, passage, &cause);
	} else {
		judge(lab, passage);
	}
	passage_unref(passage);
}

static void drain_gate(struct lab *lab)
{
	struct frame frame;
	struct link *link;
	int e;

	while (lab->wire.gate_ring && ring_next(lab->wire.gate_ring, &frame)) {
		link = frame.outgoing ? NULL : link_by_ifindex(lab, frame.ifindex, &e, true);
		if (link) {
			lab->wire.frames++;
			at_gate(lab, link, e, &frame);
		}
		ring_done(lab->wire.gate_ring);
	}
}

void wire_drain(struct lab *lab)
{
	uint64_t overruns;

	drain_ring(lab);
	drain_gate(lab);
	overruns = lab_overruns(lab);
	if (overruns == lab->wire.overruns_told)
		return;
	log_note(lab, "%llu frames passed unseen: the capture ring was full",
		(unsigned long long)(overruns - lab->wire.overruns_told));
	lab->wire.overruns_told = overruns;
}

uint64_t lab_overruns(const struct lab *lab)
{
	return lab->wire.ring ? ring_overruns(lab->wire.ring) : 0;
}

int wire_deliver(struct lab *lab, struct passage_own *passage, struct cause *cause)
{
	struct link_end *out = &passage->link->end[!passage->direction];

	passage->passage.fate = FATE_PASSING;
	passage->going_since = lab_now(lab);
	passage_ref(passage);
	TAILQ_INSERT_TAIL(&passage->link->end[passage->direction].going, passage, entry);
	return packet_send(lab->wire.send_fd, out->ifindex, passage->bytes, passage->length, cause);
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
	if (!wire->gate_netif || ring_begin(lab, fd, GATE_FRAMES, cause) < 0)
		return -1;
	wire->gate_ring = ring_attach(lab, &fd, GATE_FRAMES, &wire->gate_event, cause);
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
		netif_up(wire->gate_netif, out.ifindex, cause) < 0)
		return -1;
	end->gate_in = in.ifindex;
	end->gate_out = out.ifindex;
	return 0;
}

int wire_hold(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	struct link_end *end = &link->end[direction];
	struct netif *netif = lab->wire.netif;
	struct cause ignored;

	if (end->held)
		return 0;
	if (wire_start(lab, cause) < 0 || gate_way(lab, link, direction, cause) < 0)
		return -1;
	wire_drain(lab);
	end->held = true;
	if (netif_redirect(netif, end->ifindex, REDIRECT_TCP4, end->gate_in, cause) < 0)
		goto undo;
	if (netif_redirect(netif, end->ifindex, REDIRECT_TCP6, end->gate_in, cause) < 0) {
		netif_redirect_end(netif, end->ifindex, REDIRECT_TCP4, &ignored);
		goto undo;
	}
	lab->wire.held_directions++;
	return 0;
undo:
	end->held = false;
	return -1;
}

int wire_unhold(struct lab *lab, struct link *link, int direction, struct cause *cause)
{
	struct link_end *end = &link->end[direction];
	struct netif *netif = lab->wire.netif;

	if (netif_redirect_end(netif, end->ifindex, REDIRECT_TCP4, cause) < 0 ||
		netif_redirect_end(netif, end->ifindex, REDIRECT_TCP6, cause) < 0)
		return -1;
	lab->wire.held_directions--;
	return 0;
}

/* ------------------------------------------------------------------ fences */

void wire_fence(struct lab *lab)
{
	struct wire *wire = &lab->wire;
	uint8_t frame[ETH_ZLEN] = {0x02, 1, 0, 0, 0, 2, 0x02, 1, 0, 0, 0, 1,
		FENCE_ETHERTYPE >> 8, FENCE_ETHERTYPE & 0xff};
	struct cause cause;

	wire->fence_sent++;
	memcpy(frame + 14, &wire->fence_sent, sizeof wire->fence_sent);
	if (packet_send(wire->send_fd, wire->fence_out, frame, sizeof frame, &cause) < 0)
		wire->fence_seen = wire->fence_sent; /* nothing can be waited for */
}

bool wire_fenced(struct lab *lab)
{
	return lab->wire.fence_seen == lab->wire.fence_sent;
}

/* What entered long ago and has not left is lost. */
void wire_sweep(struct lab *lab, int64_t now)
{
	struct passage_own *passage, *next;
	struct link *link;

	TAILQ_FOREACH(link, &lab->links, entry)
		for (int d = 0; d < 2; d++)
			for (passage = TAILQ_FIRST(&link->end[d].going); passage; passage = next) {
				next = TAILQ_NEXT(passage, entry);
				if (passage->going_since + LOST_AFTER > now)
					break;
				TAILQ_REMOVE(&link->end[d].going, passage, entry);
				passage->passage.fate = FATE_LOST;
				observe_passage(lab, HAPPENED_FATE, passage, now);
				passage_unref(passage);
			}
}
