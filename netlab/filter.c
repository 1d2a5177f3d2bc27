/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filter.h"

#include <string.h>
#include <sys/socket.h>

#include "place.h"

/* ------------------------------------------------------------- the question */

static bool is_client(const struct filter *filter, const struct address *address)
{
	for (unsigned i = 0; i < filter->kept_count; i++)
		if (filter->kept[i] == address->port)
			return false;
	for (unsigned i = 0; i < filter->client_count; i++)
		if (address_same_host(&filter->clients[i], address))
			return true;
	return false;
}

bool filter_leaves_out(const struct filter *filter, const struct address *a,
	const struct address *b)
{
	return (address_equal(&filter->server, b) && is_client(filter, a)) ||
		(address_equal(&filter->server, a) && is_client(filter, b));
}

/* ------------------------------------------------------------- the program */

#define ACCEPT 0x40000 /* bytes of the frame: all */
#define WAYS_OUT (4 * FILTER_CLIENTS + 16)

struct assembly {
	struct sock_filter *program;
	unsigned length;
	/* jumps to what comes after this part, wherever that will be */
	unsigned ways_out[WAYS_OUT], out_count;
};

static void put(struct assembly *a, uint16_t code, uint32_t k, uint8_t if_true, uint8_t if_false)
{
	a->program[a->length++] = (struct sock_filter){code, if_true, if_false, k};
}

static void load(struct assembly *a, uint16_t size, uint32_t offset)
{
	put(a, (uint16_t)(BPF_LD | size | BPF_ABS), offset, 0, 0);
}

/* Go on if the accumulator is k, else leave this part. Conditional jumps reach
 * 255 instructions, so the way out is a jump of its own. */
static void need(struct assembly *a, uint32_t k)
{
	put(a, BPF_JMP | BPF_JEQ | BPF_K, k, 1, 0);
	a->ways_out[a->out_count++] = a->length;
	put(a, BPF_JMP | BPF_JA, 0, 0, 0);
}

static void land(struct assembly *a, unsigned first)
{
	while (a->out_count > first) {
		unsigned jump = a->ways_out[--a->out_count];

		a->program[jump].k = a->length - jump - 1;
	}
}

static void need_address(struct assembly *a, uint32_t offset, const struct address *address)
{
	unsigned size = address->family == AF_INET6 ? 16 : 4;

	for (unsigned i = 0; i < size; i += 4) {
		load(a, BPF_W, offset + i);
		need(a, get32(address->bytes + i));
	}
}

/* Go on if one of the clients is there, else leave. */
static void need_client(struct assembly *a, uint32_t offset, const struct filter *filter)
{
	unsigned found[FILTER_CLIENTS], before = a->out_count;

	for (unsigned i = 0; i < filter->client_count; i++) {
		need_address(a, offset, &filter->clients[i]);
		found[i] = a->length;
		put(a, BPF_JMP | BPF_JA, 0, 0, 0);
		land(a, before);
	}
	a->ways_out[a->out_count++] = a->length;
	put(a, BPF_JMP | BPF_JA, 0, 0, 0);
	for (unsigned i = 0; i < filter->client_count; i++)
		a->program[found[i]].k = a->length - found[i] - 1;
}

/* Leave out what has the server at one offset and a client at the other; X is
 * the length of the IP header. */
static void one_way(struct assembly *a, const struct filter *filter, uint32_t server,
	uint32_t client, bool to_server)
{
	const uint32_t source_port = ETHER_HEADER, target_port = ETHER_HEADER + 2;

	need_address(a, server, &filter->server);
	put(a, BPF_LD | BPF_H | BPF_IND, to_server ? target_port : source_port, 0, 0);
	need(a, filter->server.port);
	need_client(a, client, filter);
	put(a, BPF_LD | BPF_H | BPF_IND, to_server ? source_port : target_port, 0, 0);
	for (unsigned i = 0; i < filter->kept_count; i++) {
		put(a, BPF_JMP | BPF_JEQ | BPF_K, filter->kept[i], 0, 1);
		put(a, BPF_RET | BPF_K, ACCEPT, 0, 0);
	}
	put(a, BPF_RET | BPF_K, 0, 0, 0);
	land(a, 0);
}

static void need_tcp(struct assembly *a, int family)
{
	load(a, BPF_H, ETHER_HEADER - 2);
	need(a, family == AF_INET6 ? ETHER_IPV6 : ETHER_IPV4);
	load(a, BPF_B, ETHER_HEADER + (family == AF_INET6 ? 6 : 9));
	need(a, 6);
	if (family == AF_INET6) {
		put(a, BPF_LDX | BPF_IMM, IPV6_HEADER, 0, 0);
		return;
	}
	load(a, BPF_H, ETHER_HEADER + 6);
	put(a, BPF_ALU | BPF_AND | BPF_K, 0x3fff, 0, 0); /* more fragments, offset */
	need(a, 0);
	put(a, BPF_LDX | BPF_B | BPF_MSH, ETHER_HEADER, 0, 0);
}

unsigned filter_compile(const struct filter *filter, struct sock_filter program[FILTER_PROGRAM])
{
	struct assembly a = {.program = program};
	bool six = filter->server.family == AF_INET6;
	uint32_t source = ETHER_HEADER + (six ? 8 : 12), target = source + (six ? 16 : 4);
	unsigned others[8], count;

	need_tcp(&a, filter->server.family);
	/* these leave the whole program */
	count = a.out_count;
	memcpy(others, a.ways_out, count * sizeof *others);
	a.out_count = 0;
	one_way(&a, filter, target, source, true);
	one_way(&a, filter, source, target, false);
	memcpy(a.ways_out, others, count * sizeof *others);
	a.out_count = count;
	land(&a, 0);
	put(&a, BPF_RET | BPF_K, ACCEPT, 0, 0);
	return a.length;
}
