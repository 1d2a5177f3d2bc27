/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * icmp.h - what ICMP says of TCP segments that did not arrive. Pure.
 */
#ifndef NETLAB_ICMP_H
#define NETLAB_ICMP_H

#include <stddef.h>
#include <stdint.h>

#include "address.h"

/* An error message, RFC 792 or RFC 4443 3. */
struct icmp_error {
	struct address from;	 /* who says so; no port */
	struct address src, dst; /* of the segment that it is about, with ports */
	uint32_t seq;		 /* of that segment, as on the wire */
	uint8_t type, code;
};

/* Read one from an Ethernet frame of which `captured` bytes are there. Returns 0,
 * or -1 for whatever is not an ICMP error about a TCP segment whose ports and
 * number are quoted in it. Never reads beyond `captured`. */
int icmp_error_decode(const uint8_t *frame, size_t captured, struct icmp_error *error);

/* What it says: "network unreachable"; static. `family` is AF_INET or AF_INET6. */
const char *icmp_error_text(int family, uint8_t type, uint8_t code);

#endif
