/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ping_error.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <netinet/ip_icmp.h>
#include <string.h>
#include <sys/socket.h>

#define ICMP_SIZE 8 /* of the header: type, code, checksum and 4 bytes more */
#define ANY	  (-1) /* code */

struct row {
	uint8_t type;
	int code;
	const char *text;
};

/* RFC 792, RFC 1812 5.2.7.1 */
static const struct row four[] = {
	{ICMP_DEST_UNREACH, ICMP_NET_UNREACH, "destination net unreachable"},
	{ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, "destination host unreachable"},
	{ICMP_DEST_UNREACH, ICMP_PROT_UNREACH, "destination protocol unreachable"},
	{ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, "destination port unreachable"},
	{ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, "fragmentation needed"},
	{ICMP_DEST_UNREACH, ICMP_NET_ANO, "destination net prohibited"},
	{ICMP_DEST_UNREACH, ICMP_HOST_ANO, "destination host prohibited"},
	{ICMP_DEST_UNREACH, ICMP_PKT_FILTERED, "communication prohibited"},
	{ICMP_DEST_UNREACH, ANY, "destination unreachable"},
	{ICMP_TIME_EXCEEDED, ICMP_EXC_TTL, "time to live exceeded"},
	{ICMP_TIME_EXCEEDED, ANY, "fragment reassembly time exceeded"},
	{ICMP_PARAMETERPROB, ANY, "parameter problem"},
	{0, 0, NULL},
};

/* RFC 4443 3 */
static const struct row six[] = {
	{ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_NOROUTE, "no route to the destination"},
	{ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_ADMIN, "communication prohibited"},
	{ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_ADDR, "address unreachable"},
	{ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_NOPORT, "port unreachable"},
	{ICMP6_DST_UNREACH, ANY, "destination unreachable"},
	{ICMP6_PACKET_TOO_BIG, ANY, "packet too big"},
	{ICMP6_TIME_EXCEEDED, ICMP6_TIME_EXCEED_TRANSIT, "hop limit exceeded"},
	{ICMP6_TIME_EXCEEDED, ANY, "fragment reassembly time exceeded"},
	{ICMP6_PARAM_PROB, ANY, "parameter problem"},
	{0, 0, NULL},
};

static const char *find_text(const struct row *row, uint8_t type, uint8_t code)
{
	for (; row->text; row++)
		if (row->type == type && (row->code == ANY || row->code == code))
			break;
	return row->text;
}

/* Length of the IPv4 header that a packet begins with; 0: it is none. */
static size_t header_size(const uint8_t *packet, size_t length)
{
	size_t size = length >= 20 && packet[0] >> 4 == 4 ? (size_t)(packet[0] & 15) * 4 : 0;

	return size >= 20 && size <= length ? size : 0;
}

static bool quotes_echo(const uint8_t *icmp, size_t length, uint8_t request, struct quoted *quoted)
{
	if (length < ICMP_SIZE || icmp[0] != request)
		return false;
	memcpy(&quoted->id, icmp + 4, sizeof quoted->id);
	return true;
}

static const char *error_four(const uint8_t *packet, size_t length, struct quoted *quoted)
{
	size_t outer = header_size(packet, length), size;
	const uint8_t *icmp = packet + outer, *inner = icmp + ICMP_SIZE;

	if (outer == 0 || length < outer + ICMP_SIZE)
		return NULL;
	length -= outer + ICMP_SIZE;
	size = header_size(inner, length);
	if (size == 0 || inner[9] != IPPROTO_ICMP ||
		!quotes_echo(inner + size, length - size, ICMP_ECHO, quoted))
		return NULL;
	quoted->to = (struct address){.family = AF_INET};
	memcpy(quoted->to.bytes, inner + 16, 4);
	return find_text(four, icmp[0], icmp[1]);
}

static const char *error_six(const uint8_t *packet, size_t length, struct quoted *quoted)
{
	const uint8_t *inner = packet + ICMP_SIZE;
	const size_t size = sizeof(struct ip6_hdr);

	if (length < ICMP_SIZE + size || inner[0] >> 4 != 6 || inner[6] != IPPROTO_ICMPV6 ||
		!quotes_echo(inner + size, length - ICMP_SIZE - size, ICMP6_ECHO_REQUEST, quoted))
		return NULL;
	quoted->to = (struct address){.family = AF_INET6};
	memcpy(quoted->to.bytes, inner + 24, 16);
	return find_text(six, packet[0], packet[1]);
}

const char *ping_error(int family, const uint8_t *packet, size_t length, struct quoted *quoted)
{
	return family == AF_INET ? error_four(packet, length, quoted)
				 : error_six(packet, length, quoted);
}
