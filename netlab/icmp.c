/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "icmp.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "place.h"

#define ICMP_HEADER 8 /* of both families */
#define QUOTED_TCP  8 /* the least that is quoted of it: ports and number */

static const struct {
	int family;
	uint8_t type;
	int code; /* -1: any */
	const char *text;
} texts[] = {
	{AF_INET, ICMP_DEST_UNREACH, ICMP_NET_UNREACH, "network unreachable"},
	{AF_INET, ICMP_DEST_UNREACH, ICMP_HOST_UNREACH, "host unreachable"},
	{AF_INET, ICMP_DEST_UNREACH, ICMP_PROT_UNREACH, "protocol unreachable"},
	{AF_INET, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH, "port unreachable"},
	{AF_INET, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, "too big for the next link"},
	{AF_INET, ICMP_DEST_UNREACH, ICMP_PKT_FILTERED, "prohibited by a filter"},
	{AF_INET, ICMP_DEST_UNREACH, -1, "unreachable"},
	{AF_INET, ICMP_TIME_EXCEEDED, -1, "time to live exceeded"},
	{AF_INET, ICMP_PARAMETERPROB, -1, "parameter problem"},
	{AF_INET6, ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_NOROUTE, "no route to it"},
	{AF_INET6, ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_ADMIN, "prohibited by a filter"},
	{AF_INET6, ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_ADDR, "address unreachable"},
	{AF_INET6, ICMP6_DST_UNREACH, ICMP6_DST_UNREACH_NOPORT, "port unreachable"},
	{AF_INET6, ICMP6_DST_UNREACH, -1, "unreachable"},
	{AF_INET6, ICMP6_PACKET_TOO_BIG, -1, "too big for the next link"},
	{AF_INET6, ICMP6_TIME_EXCEEDED, -1, "hop limit exceeded"},
	{AF_INET6, ICMP6_PARAM_PROB, -1, "parameter problem"},
};
#define TEXTS (sizeof texts / sizeof *texts)

const char *icmp_error_text(int family, uint8_t type, uint8_t code)
{
	for (size_t i = 0; i < TEXTS; i++)
		if (texts[i].family == family && texts[i].type == type &&
			(texts[i].code < 0 || texts[i].code == code))
			return texts[i].text;
	return "an error";
}

/* An IP header at `ip`, of which `length` bytes are there: its addresses, and how
 * long it is; 0 when it does not carry that protocol. IPv6 extension headers are
 * not read: no kernel sends them here. */
static size_t read_ip(const uint8_t *ip, size_t length, uint8_t four, uint8_t six,
	struct address *src, struct address *dst)
{
	bool is_four = length > 0 && ip[0] >> 4 == 4;
	size_t header = is_four ? (size_t)(ip[0] & 15) * 4 : IPV6_HEADER;

	if (length < header || header < IPV4_HEADER)
		return 0;
	if (is_four ? ip[9] != four : ip[0] >> 4 != 6 || ip[6] != six)
		return 0;
	*src = *dst = (struct address){.family = is_four ? AF_INET : AF_INET6};
	memcpy(src->bytes, ip + (is_four ? 12 : 8), is_four ? 4 : 16);
	memcpy(dst->bytes, ip + (is_four ? 16 : 24), is_four ? 4 : 16);
	return header;
}

static bool is_error(int family, uint8_t type)
{
	if (family == AF_INET6)
		return !(type & ICMP6_INFOMSG_MASK);
	return type == ICMP_DEST_UNREACH || type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETERPROB;
}

int icmp_error_decode(const uint8_t *frame, size_t captured, struct icmp_error *error)
{
	struct address to;
	size_t at = ETHER_HEADER, header;

	if (captured < at)
		return -1;
	header = read_ip(frame + at, captured - at, IPPROTO_ICMP, IPPROTO_ICMPV6, &error->from, &to);
	at += header;
	if (header == 0 || captured < at + ICMP_HEADER)
		return -1;
	error->type = frame[at];
	error->code = frame[at + 1];
	at += ICMP_HEADER;
	header = read_ip(frame + at, captured - at, IPPROTO_TCP, IPPROTO_TCP, &error->src,
		&error->dst);
	at += header;
	if (header == 0 || captured < at + QUOTED_TCP || !is_error(error->from.family, error->type) ||
		error->src.family != error->from.family)
		return -1;
	error->src.port = get16(frame + at);
	error->dst.port = get16(frame + at + 2);
	error->seq = get32(frame + at + 4);
	return 0;
}
