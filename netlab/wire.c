/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * wire.c - the hidden namespace between the hosts.
 *
 * Each link has two middle ends here. What enters at one is redirected by the
 * kernel out of the other (an ingress hook, u32, mirred); netlab only looks on, through
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

#include <linux/if_ether.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"
#include "machine.h"
#include "netns.h"

#define RING_FRAMES	1024 /* 2 MiB */
#define FENCE_ETHERTYPE 0x88b5 /* IEEE 802 local experimental */

/* ------------------------------------------------------------ up and down */

static void on_ring(evutil_socket_t fd, short what, void *arg)
{
	struct lab *lab = arg;

	(void)fd;
	(void)what;
	wire_drain(lab);
	settle_soon(lab);
}

int wire_ring_begin(const struct lab *lab, int fd, uint32_t frames, struct cause *cause)
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
	if (netif_up(wire->netif, in.ifindex, cause) < 0)
		return -1;
	return netif_up(wire->netif, out.ifindex, cause);
}

int wire_open(struct lab *lab, struct cause *cause)
{
	struct wire *wire = &lab->wire;
	struct cause absent;

	*wire = (struct wire){.home = -1, .send_fd = -1, .ring_fd = -1, .gate_ns = -1,
		.next_ifindex = 2, .due_fd = -1, .flows = flows_new()};
	gate_init(&wire->gate);
	TAILQ_INIT(&wire->between);
	TAILQ_INIT(&wire->recent);
	TAILQ_INIT(&wire->queues);
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
	return wire_ring_begin(lab, wire->ring_fd, RING_FRAMES, cause);
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
	if (wire->due)
		event_free(wire->due);
	fd_close(&wire->due_fd);
	free(wire->ports);
	free(wire->gate_ports);
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

struct ring *wire_ring_attach(struct lab *lab, int *fd, uint32_t frames, struct event **event,
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

	if (apply_now(lab, cause) < 0)
		return -1;
	if (!wire->ring)
		wire->ring = wire_ring_attach(lab, &wire->ring_fd, RING_FRAMES, &wire->ring_event, cause);
	return wire->ring ? wire_await(lab, cause) : -1;
}

/* ------------------------------------------------------- seen on the wire */

static void fence_arrived(struct wire *wire, const struct frame *frame)
{
	if (frame->outgoing || frame->captured < 18)
		return;
	memcpy(&wire->fence_seen, frame->bytes + 14, sizeof wire->fence_seen);
}

static void seen(struct lab *lab, const struct frame *frame)
{
	struct link *link;
	int e;

	if (frame->ifindex == lab->wire.fence_in && frame->protocol == FENCE_ETHERTYPE) {
		fence_arrived(&lab->wire, frame);
		return;
	}
	link = wire_link_at(lab, frame->ifindex, &e, false);
	if (link)
		transit_seen(lab, link, e, frame);
}

void wire_drain_ring(struct lab *lab)
{
	struct frame frame;

	while (lab->wire.ring && ring_next(lab->wire.ring, &frame)) {
		seen(lab, &frame);
		ring_done(lab->wire.ring);
	}
}

/* What found no room on its way to the gate is lost for good. */
static void tell_lost_at_gate(struct lab *lab)
{
	uint64_t lost = lab->wire.gate_ring ? ring_overruns(lab->wire.gate_ring) : 0;

	if (lost == lab->wire.gate_lost)
		return;
	log_note(lab, "%llu frames lost on their way to the gate: its ring was full",
		(unsigned long long)(lost - lab->wire.gate_lost));
	lab->wire.gate_lost = lost;
}

void wire_drain(struct lab *lab)
{
	uint64_t overruns;
	int64_t now;

	wire_drain_ring(lab);
	held_drain(lab);
	tell_lost_at_gate(lab);
	faults_prune(lab);
	overruns = lab_overruns(lab);
	now = lab_now(lab); /* what was just drained was unseen before that */
	if (overruns != lab->wire.overruns)
		lab->wire.unseen_at = now;
	lab->wire.overruns = overruns;
	if (overruns == lab->wire.overruns_told ||
		(lab->wire.overruns_told_at && now < lab->wire.overruns_told_at + NS_PER_S))
		return;
	log_note(lab, "%llu frames passed unseen: the capture ring was full",
		(unsigned long long)(overruns - lab->wire.overruns_told));
	lab->wire.overruns_told = overruns;
	lab->wire.overruns_told_at = now;
}

uint64_t lab_overruns(const struct lab *lab)
{
	return lab->wire.ring ? ring_overruns(lab->wire.ring) : 0;
}

int wire_leave_out(struct lab *lab, const struct filter *filter, struct cause *cause)
{
	struct sock_filter program[FILTER_PROGRAM];
	unsigned length = filter ? filter_compile(filter, program) : 0;

	return ring_filter(lab->wire.ring, program, length, cause);
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
