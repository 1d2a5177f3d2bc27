/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "icmp.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "place.h"

#define HEADER	   8 /* of the message: type, code, checksum and 4 bytes more */
#define QUOTED_TCP 8 /* the least that is quoted of it: ports and number */
#define ANY	   (-1) /* code */

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

/* ----------------------------------------------------------------- reading */

struct header {
	int family;
	uint8_t protocol;
	struct address src, dst; /* no ports */
};

/* The IP header that `length` bytes begin with: its size; 0: there is none whole.
 * IPv6 extension headers are not read: what quotes them is taken for another
 * protocol. */
static size_t read_ip(const uint8_t *ip, size_t length, struct header *header)
{
	bool is_four = length > 0 && ip[0] >> 4 == 4, is_six = length > 0 && ip[0] >> 4 == 6;
	size_t size = is_four ? (size_t)(ip[0] & 15) * 4 : IPV6_HEADER;

	if ((!is_four && !is_six) || size < IPV4_HEADER || length < size)
		return 0;
	header->family = is_four ? AF_INET : AF_INET6;
	header->protocol = ip[is_four ? 9 : 6];
	header->src = header->dst = (struct address){.family = (uint8_t)header->family};
	memcpy(header->src.bytes, ip + (is_four ? 12 : 8), is_four ? 4 : 16);
	memcpy(header->dst.bytes, ip + (is_four ? 16 : 24), is_four ? 4 : 16);
	return size;
}

/* An error, from its ICMP header on: what it says, and what it quotes behind the IP
 * header, at *inner, of which *length bytes are there. NULL: it is none. */
static const char *read_error(int family, const uint8_t *icmp, size_t *length,
	struct header *header, const uint8_t **inner)
{
	size_t size;

	if (*length < HEADER)
		return NULL;
	*length -= HEADER;
	size = read_ip(icmp + HEADER, *length, header);
	if (size == 0 || header->family != family)
		return NULL;
	*length -= size;
	*inner = icmp + HEADER + size;
	return find_text(family == AF_INET ? four : six, icmp[0], icmp[1]);
}

int icmp_error_decode(const uint8_t *frame, size_t captured, struct icmp_error *error)
{
	const uint8_t *icmp, *tcp = NULL;
	struct header header;
	size_t size, length;

	if (captured < ETHER_HEADER)
		return -1;
	length = captured - ETHER_HEADER;
	size = read_ip(frame + ETHER_HEADER, length, &header);
	if (size == 0 ||
		header.protocol != (header.family == AF_INET ? IPPROTO_ICMP : IPPROTO_ICMPV6))
		return -1;
	length -= size;
	icmp = frame + ETHER_HEADER + size;
	error->text = read_error(header.family, icmp, &length, &header, &tcp);
	if (!error->text || header.protocol != IPPROTO_TCP || length < QUOTED_TCP)
		return -1;
	error->too_big = header.family == AF_INET
		? icmp[0] == ICMP_DEST_UNREACH && icmp[1] == ICMP_FRAG_NEEDED
		: icmp[0] == ICMP6_PACKET_TOO_BIG;
	error->src = header.src;
	error->dst = header.dst;
	error->src.port = get16(tcp);
	error->dst.port = get16(tcp + 2);
	error->seq = get32(tcp + 4);
	return 0;
}

const char *icmp_echo_error(int family, const uint8_t *packet, size_t length,
	struct icmp_echo *echo)
{
	bool is_four = family == AF_INET;
	const uint8_t *request = NULL;
	struct header header;
	const char *text;
	size_t size = 0;

	if (is_four && ((size = read_ip(packet, length, &header)) == 0 || header.family != family))
		return NULL;
	length -= size;
	text = read_error(family, packet + size, &length, &header, &request);
	if (!text || header.protocol != (is_four ? IPPROTO_ICMP : IPPROTO_ICMPV6) ||
		length < HEADER || request[0] != (is_four ? ICMP_ECHO : ICMP6_ECHO_REQUEST))
		return NULL;
	echo->to = header.dst;
	memcpy(&echo->id, request + 4, sizeof echo->id);
	return text;
}
