/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ping_error_test.c - which ICMP errors are about an echo request, and which.
 */
#include "../../netlab/ping_error.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "unit.h"

/* From 10.0.1.2, about an echo request of 10.0.0.1 to 10.0.3.2; the outer header
 * has options, as a router's may. */
static const uint8_t four[] = {
	0x46, 0, 0, 60, 0, 0, 0, 0, 64, IPPROTO_ICMP, 0, 0, 10, 0, 1, 2, 10, 0, 0, 1, 1, 1, 1, 0,
	11, 0, 0, 0, 0, 0, 0, 0,
	0x45, 0, 0, 28, 0, 0, 0, 0, 1, IPPROTO_ICMP, 0, 0, 10, 0, 0, 1, 10, 0, 3, 2,
	8, 0, 0, 0, 0x12, 0x34, 0, 1,
};
enum { FOUR_TYPE = 24, FOUR_INNER = 32, FOUR_ECHO = 52 };

/* About an echo request to fd00::2. */
static const uint8_t six[] = {
	3, 0, 0, 0, 0, 0, 0, 0,
	0x60, 0, 0, 0, 0, 8, IPPROTO_ICMPV6, 1, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
	0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
	128, 0, 0, 0, 0x12, 0x34, 0, 1,
};

static uint8_t packet[sizeof four + sizeof six];
static struct quoted quoted;

static const char *error(int family)
{
	memset(&quoted, 0, sizeof quoted);
	return ping_error(family, packet, family == AF_INET ? sizeof four : sizeof six, &quoted);
}

/* With one byte changed. */
static const char *changed(int family, size_t at, uint8_t byte)
{
	memcpy(packet, family == AF_INET ? four : six, family == AF_INET ? sizeof four : sizeof six);
	packet[at] = byte;
	return error(family);
}

static void four_says_what_and_about_whom(void)
{
	CHECK_STR(changed(AF_INET, FOUR_TYPE, 11), "time to live exceeded");
	CHECK_EQ(quoted.id, htons(0x1234));
	CHECK_EQ(quoted.to.family, AF_INET);
	CHECK(memcmp(quoted.to.bytes, (uint8_t[]){10, 0, 3, 2}, 4) == 0);
	CHECK_STR(changed(AF_INET, FOUR_TYPE, 3), "destination net unreachable");
	packet[FOUR_TYPE + 1] = 1;
	CHECK_STR(error(AF_INET), "destination host unreachable");
	packet[FOUR_TYPE + 1] = 200;
	CHECK_STR(error(AF_INET), "destination unreachable");
}

static void six_says_what_and_about_whom(void)
{
	CHECK_STR(changed(AF_INET6, 0, 3), "hop limit exceeded");
	CHECK_EQ(quoted.id, htons(0x1234));
	CHECK_EQ(quoted.to.family, AF_INET6);
	CHECK_EQ(quoted.to.bytes[0], 0xfd);
	CHECK_EQ(quoted.to.bytes[15], 2);
	CHECK_STR(changed(AF_INET6, 0, 1), "no route to the destination");
	packet[1] = 3;
	CHECK_STR(error(AF_INET6), "address unreachable");
}

static void what_is_no_error_is_none(void)
{
	CHECK_STR(changed(AF_INET, FOUR_TYPE, 0), NULL);
	CHECK_STR(changed(AF_INET, FOUR_TYPE, 5), NULL); /* redirect */
	CHECK_STR(changed(AF_INET6, 0, 129), NULL);
	CHECK_STR(changed(AF_INET6, 0, 134), NULL); /* router advertisement */
}

static void about_something_else_is_none(void)
{
	CHECK_STR(changed(AF_INET, FOUR_INNER + 9, IPPROTO_UDP), NULL);
	CHECK_STR(changed(AF_INET, FOUR_ECHO, 0), NULL);
	CHECK_STR(changed(AF_INET, FOUR_INNER, 0x65), NULL);
	CHECK_STR(changed(AF_INET6, 8 + 6, IPPROTO_UDP), NULL);
	CHECK_STR(changed(AF_INET6, 48, 129), NULL);
}

static void cut_short_is_none(void)
{
	for (size_t length = 0; length < sizeof four; length++)
		CHECK_STR(ping_error(AF_INET, four, length, &quoted), NULL);
	for (size_t length = 0; length < sizeof six; length++)
		CHECK_STR(ping_error(AF_INET6, six, length, &quoted), NULL);
	CHECK_STR(changed(AF_INET, FOUR_INNER, 0x4f), NULL); /* a header longer than the packet */
	CHECK_STR(changed(AF_INET, 0, 0x41), NULL);	     /* and one shorter than itself */
}

int main(void)
{
	RUN(four_says_what_and_about_whom);
	RUN(six_says_what_and_about_whom);
	RUN(what_is_no_error_is_none);
	RUN(about_something_else_is_none);
	RUN(cut_short_is_none);
	return unit_end();
}
