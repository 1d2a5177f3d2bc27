/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * icmp_test.c - ICMP errors about segments: as Linux routers have sent them and
 * tcpdump has written them, and broken.
 */
#include "../../netlab/icmp.h"

#include <stdbool.h>
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

static void check_address(const struct address *address, bool port, const char *expected)
{
	char text[ADDRESS_TEXT];

	CHECK_STR(address_print(address, port, text, sizeof text), expected);
}

static void an_ipv4_error_is_read(void)
{
	struct bytes bytes = bytes_of(four);
	struct icmp_error error;

	CHECK_EQ(decode(&bytes, bytes.length, &error), 0);
	check_address(&error.from, false, "10.0.0.2");
	check_address(&error.src, true, "10.0.0.1:35152");
	check_address(&error.dst, true, "10.0.2.2:80");
	CHECK_EQ(error.seq, 0x25e5cc55u);
	CHECK_STR(icmp_error_text(AF_INET, error.type, error.code), "network unreachable");
}

static void an_ipv6_error_is_read(void)
{
	struct bytes bytes = bytes_of(six);
	struct icmp_error error;

	CHECK_EQ(decode(&bytes, bytes.length, &error), 0);
	check_address(&error.from, false, "fd00::2");
	check_address(&error.src, true, "[fd00::1]:57582");
	check_address(&error.dst, true, "[fd00:0:0:2::2]:80");
	CHECK_EQ(error.seq, 0xf830541bu);
	CHECK_STR(icmp_error_text(AF_INET6, error.type, error.code), "no route to it");
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

static void every_one_has_a_text(void)
{
	CHECK_STR(icmp_error_text(AF_INET, 11, 0), "time to live exceeded");
	CHECK_STR(icmp_error_text(AF_INET6, 3, 0), "hop limit exceeded");
	CHECK_STR(icmp_error_text(AF_INET, 3, 15), "unreachable");
	CHECK_STR(icmp_error_text(AF_INET, 200, 0), "an error");
}

int main(void)
{
	RUN(an_ipv4_error_is_read);
	RUN(an_ipv6_error_is_read);
	RUN(cut_ones);
	RUN(what_is_none_is_refused);
	RUN(every_one_has_a_text);
	return unit_end();
}
