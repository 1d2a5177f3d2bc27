/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ping_error.h - ICMP errors about an echo request. Pure.
 */
#ifndef NETLAB_PING_ERROR_H
#define NETLAB_PING_ERROR_H

#include <stddef.h>
#include <stdint.h>

#include "netlab.h"

/* An echo request as an error quotes it. */
struct quoted {
	struct address to;
	uint16_t id; /* as on the wire */
};

/* What a raw socket of that family got (IPv4: from the IP header on; IPv6: from
 * the ICMPv6 header on), if it is an error about an echo request: what it says,
 * static, and whom it is about. Else NULL: also for a packet that is cut short. */
const char *ping_error(int family, const uint8_t *packet, size_t length, struct quoted *quoted);

#endif
