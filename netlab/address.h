/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * address.h - transport addresses of either family: compare, print, parse.
 * Pure.
 */
#ifndef NETLAB_ADDRESS_H
#define NETLAB_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A transport address. */
struct address {
	uint8_t family;	   /* AF_INET or AF_INET6; 0: none */
	uint8_t bytes[16]; /* network order; IPv4 uses the first four */
	uint16_t port;	   /* host order */
};
#define ADDRESS_TEXT 56	   /* room for "[IPv6%..]:65535" */

bool address_equal(const struct address *a, const struct address *b);	 /* port too */
bool address_same_host(const struct address *a, const struct address *b); /* without port */
/* An IPv4 address as an IPv6 socket has it (RFC 4291 2.5.5.2) becomes one. */
void address_unmap(struct address *address);
/* "10.0.0.1:80", "[fd00::1]:80"; without the port (and its brackets) when
 * `port` is false; "-" when the family is 0.
 * Writes at most `size` bytes with the NUL; returns buf. */
const char *address_print(const struct address *address, bool port, char *buf, size_t size);
/* Parse "10.0.0.1" or "fd00::1" (no port); 0, or -1. */
int address_parse(const char *text, struct address *address);

#endif
