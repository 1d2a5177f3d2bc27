/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * place.c - the way through Ethernet, VLAN, IPv4 and IPv6 to TCP. No length
 * in the frame is believed before it is compared with what is there.
 */
#include "place.h"

#include <netinet/in.h>
#include <sys/socket.h>

#define ETHER_VLAN 0x8100  /* IEEE 802.1Q */
#define ETHER_QINQ 0x88a8  /* IEEE 802.1ad */
#define VLAN_TAG 4
#define IPV4_MF 0x2000
#define IPV4_OFFSET 0x1fff
#define IPV6_EXTENSION 8   /* the least */

static int find_ipv4(const uint8_t *frame, size_t captured, size_t on_wire, struct place *place)
{
	const uint8_t *ip = frame + place->ip;
	size_t header, total;

	if (captured < place->ip + IPV4_HEADER || ip[0] >> 4 != 4)
		return -1;
	header = (size_t)(ip[0] & 15) * 4;
	total = get16(ip + 2);
	if (header < IPV4_HEADER || total < header || place->ip + total > on_wire)
		return -1;
	if (ip[9] != IPPROTO_TCP || get16(ip + 6) & IPV4_OFFSET)
		return -1;
	place->family = AF_INET;
	place->tcp = place->ip + header;
	place->length = total - header;
	place->fragment = get16(ip + 6) & IPV4_MF;
	return 0;
}

/* The size of an IPv6 extension header behind which TCP may stand; 0 when it
 * is none of these. */
static size_t extension_size(uint8_t kind, const uint8_t *header, bool *fragment)
{
	switch (kind) {
	case IPPROTO_HOPOPTS:
	case IPPROTO_ROUTING:
	case IPPROTO_DSTOPTS:
	case IPPROTO_MH:
		return ((size_t)header[1] + 1) * 8;
	case IPPROTO_AH:
		return ((size_t)header[1] + 2) * 4;
	case IPPROTO_FRAGMENT:
		*fragment = header[3] & 1;
		return get16(header + 2) & 0xfff8 ? 0 : IPV6_EXTENSION;
	default:
		return 0;
	}
}

static int find_ipv6(const uint8_t *frame, size_t captured, size_t on_wire, struct place *place)
{
	const uint8_t *ip = frame + place->ip;
	size_t at = place->ip + IPV6_HEADER, end;
	uint8_t kind;

	if (captured < at || ip[0] >> 4 != 6)
		return -1;
	end = at + get16(ip + 4);
	if (end > on_wire)
		return -1;
	for (kind = ip[6]; kind != IPPROTO_TCP;) {
		size_t size;

		if (at + IPV6_EXTENSION > end || at + IPV6_EXTENSION > captured)
			return -1;
		size = extension_size(kind, frame + at, &place->fragment);
		if (size == 0)
			return -1;
		kind = frame[at];
		at += size;
	}
	if (at > end)
		return -1;
	place->family = AF_INET6;
	place->tcp = at;
	place->length = end - at;
	return 0;
}

/* Find the IP header behind Ethernet's and what it carries. */
static int find_ip(const uint8_t *frame, size_t captured, size_t on_wire, struct place *place)
{
	size_t at = ETHER_HEADER;
	uint16_t type;

	if (captured < at || on_wire < captured)
		return -1;
	type = get16(frame + at - 2);
	if (type == ETHER_VLAN || type == ETHER_QINQ) {
		at += VLAN_TAG;
		if (captured < at)
			return -1;
		type = get16(frame + at - 2);
	}
	*place = (struct place){.ip = at};
	if (type == ETHER_IPV4)
		return find_ipv4(frame, captured, on_wire, place);
	if (type == ETHER_IPV6)
		return find_ipv6(frame, captured, on_wire, place);
	return -1;
}

int place_find(const uint8_t *frame, size_t captured, size_t on_wire, struct place *place)
{
	size_t header;

	if (find_ip(frame, captured, on_wire, place) < 0)
		return -1;
	if (place->tcp + TCP_HEADER > captured)
		return -1;
	header = (size_t)(frame[place->tcp + 12] >> 4) * 4;
	if (header < TCP_HEADER || header > place->length || place->tcp + header > captured)
		return -1;
	return 0;
}
