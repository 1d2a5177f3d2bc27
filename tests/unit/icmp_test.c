/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * icmp_test.c - ICMP errors: about segments, as Linux routers have sent them and
 * tcpdump has written them, and broken; about echo requests.
 */
#include "../../netlab/icmp.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "unit.h"

#define ETHER 14

/* 10.0.0.2 > 10.0.0.1: ICMP net 10.0.2.2 unreachable, about a SYN */
static const char four[] =
	"020000000001020000000002080045c00058293a000040013ca90a0000020a000001030013310000"
	"00004500003cf83a400040062c7f0a0000010a0002028950005025e5cc5500000000a002faf0f47f"
	"0000020405b40402080a65186196000000000103030a";
/* fd00::2 > fd00::1: ICMP6, unreachable route fd00:0:0:2::2, about a SYN */
static const char six[] =
	"02000000000102000000000286dd6006adce00583a40fd000000000000000000000000000002fd00"
	"00000000000000000000000000010100538400000000600d4a9d00280640fd000000000000000000"
	"000000000001fd000000000000020000000000000002e0ee0050f830541b00000000a002fd20f125"
	"0000020405a00402080af7e93a4f000000000103030a";

struct bytes {
	uint8_t at[200];
	size_t length;
};

static struct bytes bytes_of(const char *hex)
{
	struct bytes bytes = {.length = strlen(hex) / 2};

	for (size_t i = 0; i < bytes.length; i++) {
		char digits[3] = {hex[2 * i], hex[2 * i + 1], '\0'};

		bytes.at[i] = (uint8_t)strtoul(digits, NULL, 16);
	}
	return bytes;
}

/* Of a copy that is just as long as what is there, for the address sanitizer. */
static int decode(const struct bytes *bytes, size_t captured, struct icmp_error *error)
{
	uint8_t *copy = malloc(captured ? captured : 1);
	int result;

	memcpy(copy, bytes->at, captured);
	result = icmp_error_decode(copy, captured, error);
	free(copy);
	return result;
}

static void check_address(const struct address *address, const char *expected)
{
	char text[ADDRESS_TEXT];

	CHECK_STR(address_print(address, true, text, sizeof text), expected);
}

static void check_read(const char *hex, const char *src, const char *dst, uint32_t seq,
	const char *text)
{
	struct bytes bytes = bytes_of(hex);
	struct icmp_error error;

	CHECK_EQ(decode(&bytes, bytes.length, &error), 0);
	check_address(&error.src, src);
	check_address(&error.dst, dst);
	CHECK_EQ(error.seq, seq);
	CHECK_STR(error.text, text);
}

static void an_ipv4_error_is_read(void)
{
	check_read(four, "10.0.0.1:35152", "10.0.2.2:80", 0x25e5cc55u, "destination net unreachable");
}

static void an_ipv6_error_is_read(void)
{
	check_read(six, "[fd00::1]:57582", "[fd00:0:0:2::2]:80", 0xf830541bu,
		"no route to the destination");
}

/* All that is needed is quoted in the first 8 bytes behind the inner IP header. */
static void a_cut_one_is_read_or_refused(const char *hex, size_t needed)
{
	struct bytes bytes = bytes_of(hex);
	struct icmp_error error;

	for (size_t captured = 0; captured <= bytes.length; captured++)
		CHECK_EQ(decode(&bytes, captured, &error), captured < needed ? -1 : 0);
}

static void cut_ones(void)
{
	a_cut_one_is_read_or_refused(four, ETHER + 20 + 8 + 20 + 8);
	a_cut_one_is_read_or_refused(six, ETHER + 40 + 8 + 40 + 8);
}

static void refused_with(const char *hex, size_t at, uint8_t value)
{
	struct bytes bytes = bytes_of(hex);
	struct icmp_error error;

	bytes.at[at] = value;
	CHECK_EQ(decode(&bytes, bytes.length, &error), -1);
}

static void what_is_none_is_refused(void)
{
	refused_with(four, ETHER, 0x44);	       /* header too short */
	refused_with(four, ETHER, 0x4f);	       /* another one behind it */
	refused_with(four, ETHER + 9, 6);	       /* no ICMP */
	refused_with(four, ETHER + 20, 8);	       /* an echo request */
	refused_with(four, ETHER + 28, 0x60);	       /* about IPv6 */
	refused_with(four, ETHER + 28 + 9, 1);	       /* about no TCP */
	refused_with(six, ETHER, 0x50);		       /* no IP */
	refused_with(six, ETHER + 6, 1);	       /* no ICMPv6 */
	refused_with(six, ETHER + 40, 128);	       /* an echo request */
	refused_with(six, ETHER + 48 + 6, 17);	       /* about UDP */
}

/* ------------------------------------------------------- about echo requests */

/* From 10.0.1.2, about an echo request of 10.0.0.1 to 10.0.3.2; the outer header
 * has options, as a router's may. */
static const uint8_t echo_four[] = {
	0x46, 0, 0, 60, 0, 0, 0, 0, 64, IPPROTO_ICMP, 0, 0, 10, 0, 1, 2, 10, 0, 0, 1, 1, 1, 1, 0,
	11, 0, 0, 0, 0, 0, 0, 0,
	0x45, 0, 0, 28, 0, 0, 0, 0, 1, IPPROTO_ICMP, 0, 0, 10, 0, 0, 1, 10, 0, 3, 2,
	8, 0, 0, 0, 0x12, 0x34, 0, 1,
};
enum { FOUR_TYPE = 24, FOUR_INNER = 32, FOUR_ECHO = 52 };

/* About an echo request to fd00::2. */
static const uint8_t echo_six[] = {
	3, 0, 0, 0, 0, 0, 0, 0,
	0x60, 0, 0, 0, 0, 8, IPPROTO_ICMPV6, 1, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
	0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
	128, 0, 0, 0, 0x12, 0x34, 0, 1,
};

static uint8_t packet[sizeof echo_four + sizeof echo_six];
static struct icmp_echo quoted;

static const char *error(int family)
{
	memset(&quoted, 0, sizeof quoted);
	return icmp_echo_error(family, packet, family == AF_INET ? sizeof echo_four : sizeof echo_six, &quoted);
}

/* With one byte changed. */
static const char *changed(int family, size_t at, uint8_t byte)
{
	memcpy(packet, family == AF_INET ? echo_four : echo_six, family == AF_INET ? sizeof echo_four : sizeof echo_six);
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
	for (size_t length = 0; length < sizeof echo_four; length++)
		CHECK_STR(icmp_echo_error(AF_INET, echo_four, length, &quoted), NULL);
	for (size_t length = 0; length < sizeof echo_six; length++)
		CHECK_STR(icmp_echo_error(AF_INET6, echo_six, length, &quoted), NULL);
	CHECK_STR(changed(AF_INET, FOUR_INNER, 0x4f), NULL); /* a header longer than the packet */
	CHECK_STR(changed(AF_INET, 0, 0x41), NULL);	     /* and one shorter than itself */
}

int main(void)
{
	RUN(an_ipv4_error_is_read);
	RUN(an_ipv6_error_is_read);
	RUN(cut_ones);
	RUN(what_is_none_is_refused);
	RUN(four_says_what_and_about_whom);
	RUN(six_says_what_and_about_whom);
	RUN(what_is_no_error_is_none);
	RUN(about_something_else_is_none);
	RUN(cut_short_is_none);
	return unit_end();
}
