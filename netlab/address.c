/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * address.c - transport addresses of either family: compare, print, parse.
 */
#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "text.h"

static size_t address_size(const struct address *address)
{
	switch (address->family) {
	case AF_INET:
		return 4;
	case AF_INET6:
		return 16;
	default:
		return 0;
	}
}

void address_unmap(struct address *address)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

	if (address->family != AF_INET6 || memcmp(address->bytes, mapped, sizeof mapped) != 0)
		return;
	address->family = AF_INET;
	memmove(address->bytes, address->bytes + 12, 4);
	memset(address->bytes + 4, 0, 12);
}

bool address_same_host(const struct address *a, const struct address *b)
{
	return a->family == b->family && memcmp(a->bytes, b->bytes, address_size(a)) == 0;
}

bool address_equal(const struct address *a, const struct address *b)
{
	return a->port == b->port && address_same_host(a, b);
}

static char *put_ipv4(char *p, const uint8_t *bytes)
{
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			p = put_char(p, '.');
		p = put_number(p, bytes[i]);
	}
	return p;
}

const char *address_print(const struct address *address, bool port, char *buf, size_t size)
{
	char text[ADDRESS_TEXT], ipv6[INET6_ADDRSTRLEN];
	char *p = text;

	switch (address->family) {
	case AF_INET:
		p = put_ipv4(p, address->bytes);
		break;
	case AF_INET6:
		inet_ntop(AF_INET6, address->bytes, ipv6, sizeof(ipv6));
		if (port)
			p = put_char(p, '[');
		p = put_text(p, ipv6);
		if (port)
			p = put_char(p, ']');
		break;
	default:
		p = put_char(p, '-');
		port = false;
	}
	if (port)
		p = put_number(put_char(p, ':'), address->port);
	return put_out(text, p, buf, size);
}

int address_parse(const char *text, struct address *address)
{
	struct address parsed = {.family = AF_INET};

	if (inet_pton(AF_INET, text, parsed.bytes) != 1) {
		parsed.family = AF_INET6;
		if (inet_pton(AF_INET6, text, parsed.bytes) != 1)
			return -1;
	}
	*address = parsed;
	return 0;
}
