/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * network.c - networks and the addresses that come by themselves.
 *
 * A network is numbered when its first link is made and has its numbers for
 * good: what is decided depends on the order of the commands alone, never on
 * the moment. Two networks that a later link between switches makes one
 * broadcast domain keep their addresses; plan.c lets them hear each other.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "alloc.h"
#include "lab.h"

#define NARROW_MAX  25600 /* below 10.100.0.0 */
#define WIDE_MAX    100	  /* 10.100.0.0/16 to 10.199.0.0/16 */
#define WIDE_LENGTH 16

static unsigned hosts_of(int length)
{
	return (1u << (32 - length)) - 2;
}

/* --------------------------------------------------------------- addresses */

static unsigned hash(const struct address *address)
{
	uint32_t sum = address->family;

	for (int i = 0; i < 16; i++)
		sum = (sum ^ address->bytes[i]) * 16777619u;
	return (sum ^ sum >> 16) % 1024;
}

struct end_address *address_add(struct link_end *end, const struct address *address, int length,
	bool by_hand)
{
	struct end_address **bucket = &end->link->lab->address_hash[hash(address)];
	struct end_address *own = alloc_new(struct end_address);

	own->end = end;
	own->address = *address;
	own->address.port = 0;
	own->length = length;
	own->by_hand = by_hand;
	own->same_hash = *bucket;
	*bucket = own;
	TAILQ_INSERT_TAIL(&end->addresses, own, entry);
	return own;
}

void address_remove(struct end_address *address)
{
	struct lab *lab = address->end->link->lab;
	struct end_address **at = &lab->address_hash[hash(&address->address)];

	while (*at != address)
		at = &(*at)->same_hash;
	*at = address->same_hash;
	TAILQ_REMOVE(&address->end->addresses, address, entry);
	free(address);
}

struct link_end *end_by_address(const struct lab *lab, const struct address *address)
{
	const struct end_address *own = lab->address_hash[hash(address)];

	while (own && !address_same_host(&own->address, address))
		own = own->same_hash;
	return own ? own->end : NULL;
}

struct node_own *node_by_address(const struct lab *lab, const struct address *address)
{
	const struct link_end *end = end_by_address(lab, address);

	return end ? end->node : NULL;
}

struct end_address *address_of(const struct link_end *end, int family)
{
	struct end_address *own;

	TAILQ_FOREACH(own, &end->addresses, entry)
		if (own->address.family == family)
			return own;
	return NULL;
}

bool prefix_holds(const struct address *prefix, int length, const struct address *address)
{
	int bytes = length / 8, bits = length % 8;

	return prefix->family == address->family &&
		memcmp(prefix->bytes, address->bytes, (size_t)bytes) == 0 &&
		(bits == 0 || (prefix->bytes[bytes] ^ address->bytes[bytes]) >> (8 - bits) == 0);
}

bool end_is_on(const struct link_end *end, const struct address *address)
{
	const struct end_address *own;

	TAILQ_FOREACH(own, &end->addresses, entry)
		if (prefix_holds(&own->address, own->length, address))
			return true;
	return false;
}

/* ---------------------------------------------------------------- networks */

static void make_addresses(const struct network *network, unsigned number, struct address *four,
	struct address *six)
{
	unsigned n = network->number;

	*four = (struct address){.family = AF_INET};
	if (network->wide)
		memcpy(four->bytes, (uint8_t[]){10, (uint8_t)(100 + n), (uint8_t)(number >> 8),
			(uint8_t)number}, 4);
	else
		memcpy(four->bytes, (uint8_t[]){10, (uint8_t)(n >> 8), (uint8_t)n, (uint8_t)number}, 4);
	if (network->wide)
		n |= 0x8000;
	*six = (struct address){.family = AF_INET6,
		.bytes = {0xfd, 0, 0, 0, 0, 0, (uint8_t)(n >> 8), (uint8_t)n, [14] = (uint8_t)(number >> 8),
			(uint8_t)number}};
}

bool prefixes_overlap(const struct address *a, int a_length, const struct address *b, int b_length)
{
	return prefix_holds(a, a_length < b_length ? a_length : b_length, b);
}

/* Has the user given some of its addresses to somebody else? */
static bool is_taken_by_hand(const struct lab *lab, const struct network *network)
{
	struct address four, six;
	const struct end_address *own;
	const struct link *link;

	if (!lab->by_hand)
		return false;
	make_addresses(network, 0, &four, &six);
	TAILQ_FOREACH(link, &lab->links, entry)
		for (int e = 0; e < 2; e++)
			TAILQ_FOREACH(own, &link->end[e].addresses, entry)
				if (own->by_hand && (prefixes_overlap(&four, network->length, &own->address, own->length) ||
							    prefixes_overlap(&six, 64, &own->address, own->length)))
					return true;
	return false;
}

/* The place in the list, which is in the order of numbers, narrow ones first;
 * *after is NULL for the first place. */
static void find_number(struct lab *lab, struct network *network, struct network **after)
{
	struct network *each = lab->taken_apart || network->wide ? TAILQ_FIRST(&lab->networks)
								 : lab->networks_end;

	*after = NULL;
	network->number = each && !lab->taken_apart && !network->wide ? each->number : 0;
	for (; each && each->wide != network->wide && network->wide; each = TAILQ_NEXT(each, entry))
		*after = each;
	for (;; network->number++) {
		if (each && each->wide == network->wide && each->number == network->number) {
			*after = each;
			each = TAILQ_NEXT(each, entry);
		} else if (!is_taken_by_hand(lab, network)) {
			return;
		} else {
			lab->skipped = true;
		}
	}
}

static struct network *network_new(struct lab *lab, int length, bool wide, struct cause *cause)
{
	struct network *network = alloc_new(struct network), *after;

	*network = (struct network){.wide = wide, .length = length, .first_free = 1};
	find_number(lab, network, &after);
	if (network->number >= (wide ? WIDE_MAX : NARROW_MAX)) {
		free(network);
		cause_set(cause, ENOSPC, "no more than %u networks", wide ? WIDE_MAX : NARROW_MAX);
		return NULL;
	}
	network->used = alloc_zeroed((hosts_of(length) + 2) / 8 + 1, 1);
	if (after)
		TAILQ_INSERT_AFTER(&lab->networks, after, network, entry);
	else
		TAILQ_INSERT_HEAD(&lab->networks, network, entry);
	if (!wide && (!lab->networks_end || lab->networks_end->number < network->number))
		lab->networks_end = network;
	return network;
}

static void network_drop(struct lab *lab, struct network *network)
{
	if (network == lab->networks_end) /* the narrow ones come first */
		lab->networks_end = TAILQ_PREV(network, networks, entry);
	TAILQ_REMOVE(&lab->networks, network, entry);
	free(network->used);
	free(network);
}

static bool is_full(const struct network *network)
{
	return network->members >= hosts_of(network->length);
}

void network_addresses(const struct link_end *end, struct address address[2], int length[2])
{
	make_addresses(end->network, end->number, &address[0], &address[1]);
	length[0] = end->network->length;
	length[1] = 64;
}

static void take_number(struct network *network, struct link_end *end)
{
	unsigned number = network->first_free;
	struct address address[2];
	int length[2];

	while (network->used[number / 8] & 1 << number % 8)
		number++;
	network->used[number / 8] |= (uint8_t)(1 << number % 8);
	network->first_free = number + 1;
	network->members++;
	end->network = network;
	end->number = number;
	network_addresses(end, address, length);
	for (int family = 0; family < 2; family++)
		address_add(end, &address[family], length[family], false);
}

void network_leave(struct link_end *end)
{
	struct network *network = end->network;
	struct end_address *own;

	while ((own = TAILQ_FIRST(&end->addresses)))
		address_remove(own);
	if (!network)
		return;
	end->network = NULL;
	network->used[end->number / 8] &= (uint8_t)~(1 << end->number % 8);
	if (end->number < network->first_free)
		network->first_free = end->number;
	if (--network->members == 0)
		network_drop(end->link->lab, network);
}

/* ------------------------------------------------------- the network of a link */

/* Switches in the order in which they were come upon. */
struct search {
	struct node_own **queue;
	size_t count, room;
};

static void search_add(struct search *search, struct node_own *node)
{
	for (size_t i = 0; i < search->count; i++)
		if (search->queue[i] == node)
			return;
	if (search->count == search->room) {
		search->room = search->room ? search->room * 2 : 8;
		search->queue = alloc_resize(search->queue, search->room, sizeof *search->queue);
	}
	search->queue[search->count++] = node;
}

/* A network with room among those who hear the switch; else one without. */
static struct network *network_at(struct node_own *first)
{
	struct search search = {0};
	struct network *found = NULL;

	search_add(&search, first);
	for (size_t i = 0; i < search.count && (!found || is_full(found)); i++) {
		struct link_end *end;

		TAILQ_FOREACH(end, &search.queue[i]->ends, entry) {
			struct link_end *other = &end->link->end[!end->e];

			if (is_switch(other->node))
				search_add(&search, other->node);
			else if (other->network && (!found || is_full(found)))
				found = other->network;
			if (found && !is_full(found))
				break;
		}
	}
	free(search.queue);
	return found;
}

static struct network *network_for(struct link *link, struct link_end *end, struct cause *cause)
{
	struct link_end *other = &link->end[!end->e];
	struct network *network;

	if (!is_switch(other->node))
		return other->network ? other->network
				      : network_new(link->lab, 30, false, cause);
	network = network_at(other->node);
	if (!network)
		return network_new(link->lab, 24, false, cause);
	return is_full(network) ? network_new(link->lab, WIDE_LENGTH, true, cause) : network;
}

int network_join(struct link *link, struct cause *cause)
{
	for (int e = 0; e < 2; e++) {
		struct link_end *end = &link->end[e];
		struct network *network;

		if (is_switch(end->node))
			continue;
		network = network_for(link, end, cause);
		if (!network) {
			network_leave(&link->end[0]);
			return -1;
		}
		take_number(network, end);
	}
	return 0;
}
