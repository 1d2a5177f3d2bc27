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

/* Wait until the interface can send; about a tenth of a millisecond. */
static int await(struct netif *netif, int ifindex, const struct link_end *end, struct cause *cause)
{
	int64_t until = 0;
	int ready;

	if (!netif)
		return -1;
	while ((ready = netif_ready(netif, ifindex, cause)) == 0)
		if (!clock_look_again(&until))
			return cause_set(cause, ETIMEDOUT, "%s of %s does not come up: is it set down in "
				"there? exec %s ip link", end->host_name, end->node->name,
				end->node->name);
	return ready < 0 ? -1 : 0;
}

/* The host's end comes up last, and is ready at once, but when it lost its
 * carrier meanwhile. */
static int await_end(struct wire *wire, const struct link_end *end, struct cause *cause)
{
	if (await(wire->netif, end->ifindex, end, cause) < 0)
		return -1;
	return end->was_down ? await(node_netif(end->node, cause), end->host_ifindex, end, cause)
			     : 0;
}

static void is_ready(void *arg, int ifindex)
{
	struct lab *lab = arg;
	struct link *link;
	int e;

	link = wire_link_at(lab, ifindex, &e, false);
	if (link)
		link->end[e].ready = !link->end[e].was_down;
}

int wire_await(struct lab *lab, struct cause *cause)
{
	struct link *link;

	if (!lab->wire.links_not_ready)
		return 0;
	/* mostly all of them are, and one question is enough */
	if (netif_all_ready(lab->wire.netif, is_ready, lab, cause) < 0)
		return -1;
	TAILQ_FOREACH(link, &lab->links, entry)
		for (int e = 0; e < 2; e++) {
			struct link_end *end = &link->end[e];

			if (!link->up || end->ready)
				continue;
			/* waited for once: it may be down in the node for good */
			end->ready = true;
			if (await_end(&lab->wire, end, cause) < 0)
				return -1;
			end->was_down = false;
		}
	lab->wire.links_not_ready = false;
	return 0;
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
	wire_port(lab, near.ifindex, link, e, false);
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

/* The host's end last: it can send at once. */
int wire_raise(struct lab *lab, struct link *link, struct cause *cause)
{
	lab->wire.links_not_ready = true;
	for (int e = 0; e < 2; e++) {
		const struct link_end *end = &link->end[e];
		struct netif *netif = node_netif(end->node, cause);

		if (!netif || netif_up(lab->wire.netif, end->ifindex, cause) < 0 ||
			netif_up(netif, end->host_ifindex, cause) < 0)
			return -1;
	}
	return 0;
}

int wire_join(struct lab *lab, struct link *link, struct cause *cause)
{
	if (join(lab, link, cause) == 0)
		return 0;
	wire_part(lab, link);
	return -1;
}

void wire_part(struct lab *lab, struct link *link)
{
	struct wire *wire = &lab->wire;
	struct cause ignored;

	for (int e = 0; e < 2; e++) {
		struct link_end *end = &link->end[e];

		wire_port(lab, end->ifindex, NULL, 0, false);
		wire_port(lab, end->gate_out, NULL, 0, true);
		if (end->ifindex)
			netif_delete(wire->netif, end->ifindex, &ignored);
		if (end->gate_in)
			netif_delete(wire->netif, end->gate_in, &ignored);
		end->ifindex = end->gate_in = end->gate_out = 0;
	}
}

void wire_port(struct lab *lab, int ifindex, struct link *link, int e, bool gate)
{
	struct wire *wire = &lab->wire;
	int room = wire->port_room;

	if (ifindex >= room) {
		wire->port_room = ifindex * 2 + 16;
		wire->ports = alloc_resize(wire->ports, (size_t)wire->port_room, sizeof *wire->ports);
		wire->gate_ports = alloc_resize(wire->gate_ports, (size_t)wire->port_room,
			sizeof *wire->gate_ports);
		memset(wire->ports + room, 0, (size_t)(wire->port_room - room) * sizeof *wire->ports);
		memset(wire->gate_ports + room, 0,
			(size_t)(wire->port_room - room) * sizeof *wire->gate_ports);
	}
	(gate ? wire->gate_ports : wire->ports)[ifindex] = (struct port){link, e};
}

struct link *wire_link_at(const struct lab *lab, int ifindex, int *e, bool gate)
{
	const struct port *ports = gate ? lab->wire.gate_ports : lab->wire.ports;

	if (ifindex >= lab->wire.port_room)
		return NULL;
	*e = ports[ifindex].e;
	return ports[ifindex].link;
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
