/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * wire_link.c - the middle ends of the links: made and led into each other,
 * brought up and waited for, taken away; and which link an interface is an end of.
 */
#include "lab.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"

/* ------------------------------------------------------------------- ports */

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

/* -------------------------------------------------------- made, taken away */

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

/* ------------------------------------------------------------ up and ready */

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

static int not_up(const struct link_end *end, struct cause *cause)
{
	return cause_set(cause, ETIMEDOUT, "%s of %s does not come up: is it set down in there? exec %s "
		"ip link", end->host_name, end->node->name, end->node->name);
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
			return not_up(end, cause);
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

/* ------------------------------------------------------------ switches' ports */

/* The ports of a switch, which the kernel names in their order. */
struct ports {
	struct node_own *node;
	struct link_end *next;
};

static void port_forwards(void *arg, int ifindex)
{
	struct ports *ports = arg;
	struct link_end *end = ports->next;

	while (end && end->host_ifindex != ifindex)
		end = TAILQ_NEXT(end, entry);
	if (!end)
		end = end_at(ports->node, ifindex);
	if (!end)
		return;
	end->forwards = true;
	ports->next = TAILQ_NEXT(end, entry);
}

static struct link_end *port_not_forwarding(const struct node_own *node)
{
	struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		if (end->link->up && !end->forwards)
			return end;
	return NULL;
}

static int await_ports(struct node_own *node, struct cause *cause)
{
	struct netif *netif = node_netif(node, cause);
	struct link_end *end;
	int64_t until = 0;

	if (!netif)
		return -1;
	for (;;) {
		struct ports ports = {node, TAILQ_FIRST(&node->ends)};

		if (netif_all_forwarding(netif, port_forwards, &ports, cause) < 0)
			return -1;
		end = port_not_forwarding(node);
		if (!end)
			return 0;
		if (clock_look_again(&until))
			continue;
		end->forwards = true; /* waited for once */
		return not_up(end, cause);
	}
}

static int await_switches(struct lab *lab, struct cause *cause)
{
	struct node_own *node;

	TAILQ_FOREACH(node, &lab->nodes, entry)
		if (is_switch(node) && port_not_forwarding(node) && await_ports(node, cause) < 0)
			return -1;
	return 0;
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
	if (await_switches(lab, cause) < 0)
		return -1;
	lab->wire.links_not_ready = false;
	return 0;
}
