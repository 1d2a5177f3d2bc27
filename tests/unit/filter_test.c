/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * filter_test.c - the kernel itself runs the program, over frames that go
 * through a socket pair; the question must have the same answer.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../netlab/filter.h"
#include "../../netlab/place.h"
#include "unit.h"

static int in = -1, out = -1;

/* As address_print() prints it, with its port or without. */
static struct address at(const char *text)
{
	struct address address = {0};
	char host[64];
	const char *colon = strrchr(text, ':');
	bool port = text[0] == '[' || (colon && strchr(text, '.'));

	snprintf(host, sizeof host, "%s", text + (text[0] == '['));
	if (port)
		host[colon - text - (text[0] == '[' ? 2 : 0)] = '\0';
	if (address_parse(host, &address) < 0) {
		unit_fail(__FILE__, __LINE__);
		printf("no address: %s\n", text);
	}
	address.port = port ? (uint16_t)atoi(colon + 1) : 0;
	return address;
}

/* 1: let through, 0: left out. */
static int passes(const struct filter *filter, const uint8_t *frame, size_t length)
{
	struct sock_filter program[FILTER_PROGRAM];
	struct sock_fprog whole = {.len = (unsigned short)filter_compile(filter, program),
		.filter = program};
	uint8_t got[256];

	if (setsockopt(out, SOL_SOCKET, SO_ATTACH_FILTER, &whole, sizeof whole) < 0)
		return -errno;
	/* what the filter throws away was sent all the same */
	send(in, frame, length, 0);
	return recv(out, got, sizeof got, MSG_DONTWAIT) >= 0;
}

static size_t build(uint8_t *frame, const struct address *src, const struct address *dst)
{
	struct segment segment = {.src = *src, .dst = *dst, .seq = 7, .flags = SEG_ACK, .window = 1};
	static const uint8_t mac[6] = {2};
	size_t length = segment_build(&segment, mac, mac, NULL, frame, 256);

	if (length == 0)
		unit_fail(__FILE__, __LINE__);
	return length;
}

static void check_one(const struct filter *filter, const char *src, const char *dst, bool left_out)
{
	struct address from = at(src), to = at(dst);
	uint8_t frame[256];
	size_t length = build(frame, &from, &to);

	unit_about = src;
	CHECK_EQ(passes(filter, frame, length), !left_out);
	CHECK_EQ(filter_leaves_out(filter, &from, &to), left_out);
	unit_about = "";
}

static void check_both_ways(const struct filter *filter, const char *a, const char *b, bool left_out)
{
	check_one(filter, a, b, left_out);
	check_one(filter, b, a, left_out);
}

static struct filter two_clients(const char *server, const char *first, const char *second)
{
	return (struct filter){.server = at(server), .clients = {at(first), at(second)},
		.client_count = 2, .kept = {4444, 5555}, .kept_count = 2};
}

static void the_connections_of_the_load_are_left_out(void)
{
	struct filter four = two_clients("10.0.0.2:80", "10.0.0.1", "10.1.0.1");
	struct filter six = two_clients("[fd00::2]:80", "fd00::1", "fd00:0:0:9::1");

	check_both_ways(&four, "10.0.0.1:40000", "10.0.0.2:80", true);
	check_both_ways(&four, "10.1.0.1:1", "10.0.0.2:80", true);
	check_both_ways(&six, "[fd00::1]:40000", "[fd00::2]:80", true);
	check_both_ways(&six, "[fd00:0:0:9::1]:65535", "[fd00::2]:80", true);
}

static void all_others_pass(void)
{
	struct filter four = two_clients("10.0.0.2:80", "10.0.0.1", "10.1.0.1");
	struct filter six = two_clients("[fd00::2]:80", "fd00::1", "fd00:0:0:9::1");

	check_both_ways(&four, "10.0.0.1:40000", "10.0.0.2:81", false);
	check_both_ways(&four, "10.0.0.1:80", "10.0.0.2:40000", false);
	check_both_ways(&four, "10.0.0.3:40000", "10.0.0.2:80", false);
	check_both_ways(&four, "10.0.0.1:40000", "10.0.0.3:80", false);
	check_both_ways(&four, "10.0.0.1:4444", "10.0.0.2:80", false);
	check_both_ways(&four, "10.1.0.1:5555", "10.0.0.2:80", false);
	check_both_ways(&four, "[fd00::1]:40000", "[fd00::2]:80", false);
	check_both_ways(&six, "[fd00::1]:40000", "[fd00::2]:81", false);
	check_both_ways(&six, "[fd00::3]:40000", "[fd00::2]:80", false);
	check_both_ways(&six, "[fd00::1]:5555", "[fd00::2]:80", false);
	check_both_ways(&six, "10.0.0.1:40000", "10.0.0.2:80", false);
}

static void what_is_no_whole_tcp_passes(void)
{
	struct filter four = two_clients("10.0.0.2:80", "10.0.0.1", "10.1.0.1");
	struct address from = at("10.0.0.1:40000"), to = at("10.0.0.2:80");
	uint8_t frame[256];
	size_t length = build(frame, &from, &to);

	CHECK_EQ(passes(&four, frame, length), 0);
	frame[ETHER_HEADER + 9] = 17; /* UDP */
	CHECK_EQ(passes(&four, frame, length), 1);
	frame[ETHER_HEADER + 9] = 6;
	frame[ETHER_HEADER + 6] = 0x20; /* more fragments */
	CHECK_EQ(passes(&four, frame, length), 1);
	frame[ETHER_HEADER + 6] = 0;
	frame[ETHER_HEADER + 7] = 9; /* a later fragment */
	CHECK_EQ(passes(&four, frame, length), 1);
	frame[ETHER_HEADER + 7] = 0;
	frame[12] = 0x88, frame[13] = 0xb5; /* a fence */
	CHECK_EQ(passes(&four, frame, length), 1);
}

static void ip_options_move_the_ports(void)
{
	struct filter four = two_clients("10.0.0.2:80", "10.0.0.1", "10.1.0.1");
	struct address from = at("10.0.0.1:40000"), to = at("10.0.0.2:80");
	uint8_t frame[256];
	size_t length = build(frame, &from, &to), ports = ETHER_HEADER + IPV4_HEADER;

	memmove(frame + ports + 4, frame + ports, length - ports);
	memset(frame + ports, 1, 4); /* no operation */
	frame[ETHER_HEADER] = 0x46;
	CHECK_EQ(passes(&four, frame, length + 4), 0);
}

static void the_longest_program_has_room(void)
{
	struct filter six = {.server = at("[fd00::2]:80"), .client_count = FILTER_CLIENTS,
		.kept_count = FILTER_KEPT};
	struct sock_filter program[FILTER_PROGRAM];

	for (unsigned i = 0; i < FILTER_CLIENTS; i++) {
		six.clients[i] = at("fd00::1");
		six.clients[i].bytes[15] = (uint8_t)(100 + i);
	}
	for (unsigned i = 0; i < FILTER_KEPT; i++)
		six.kept[i] = (uint16_t)(1000 + i);
	CHECK(filter_compile(&six, program) < FILTER_PROGRAM);
	check_both_ways(&six, "[fd00::64]:40000", "[fd00::2]:80", true);
	check_both_ways(&six, "[fd00::73]:40000", "[fd00::2]:80", true);
	check_both_ways(&six, "[fd00::74]:40000", "[fd00::2]:80", false);
	check_both_ways(&six, "[fd00::73]:1063", "[fd00::2]:80", false);
	check_both_ways(&six, "[fd00::73]:1064", "[fd00::2]:80", true);
}

int main(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) < 0)
		return 1;
	in = pair[0];
	out = pair[1];
	RUN(the_connections_of_the_load_are_left_out);
	RUN(all_others_pass);
	RUN(what_is_no_whole_tcp_passes);
	RUN(ip_options_move_the_ports);
	RUN(the_longest_program_has_room);
	return unit_end();
}
