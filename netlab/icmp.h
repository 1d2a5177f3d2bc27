/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * icmp.h - ICMP errors (RFC 792, RFC 4443): what they say, and of what. Pure.
 */
#ifndef NETLAB_ICMP_H
#define NETLAB_ICMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

/* An error about a TCP segment. */
struct icmp_error {
	const char *text;	 /* "destination net unreachable"; static */
	bool too_big;		 /* for the next link: RFC 1191, RFC 8201 */
	struct address src, dst; /* of the segment, with ports */
	uint32_t seq;		 /* its number, as on the wire */
};

/* Read one from an Ethernet frame of which `captured` bytes are there. Returns 0,
 * or -1 for whatever is not an ICMP error about a TCP segment whose ports and
 * number are quoted in it. Never reads beyond `captured`. */
int icmp_error_decode(const uint8_t *frame, size_t captured, struct icmp_error *error);

/* An echo request as an error quotes it. */
struct icmp_echo {
	struct address to;
	uint16_t id; /* as on the wire */
};

/* What a raw socket of that family got (IPv4: from the IP header on; IPv6: from
 * the ICMPv6 header on), if it is an error about an echo request: what it says,
 * static, and whom it is about. Else NULL: also for a packet that is cut short. */
const char *icmp_echo_error(int family, const uint8_t *packet, size_t length,
	struct icmp_echo *echo);

#endif
