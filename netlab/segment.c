/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * segment.c - the codec of TCP segments: bytes of an Ethernet frame to plain
 * data and back, and tcpdump's notation of them. Pure, and called for every
 * frame: no allocation, and no printf on the way of a segment.
 */
#include "segment.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "place.h"
#include "text.h"

/* Option kinds and their lengths, RFC 9293 3.2, RFC 7323, RFC 2018. */
enum { OPTION_END, OPTION_NOP, OPTION_MSS, OPTION_SCALE, OPTION_SACK_OK, OPTION_TIMESTAMPS = 8 };
#define MSS_LENGTH 4
#define SCALE_LENGTH 3
#define SACK_OK_LENGTH 2
#define TIMESTAMPS_LENGTH 10
#define SCALE_MAX 14

/* ----------------------------------------------------------------- decode */

static void decode_option(const uint8_t *option, size_t length, struct segment *segment)
{
	if (option[0] == OPTION_TIMESTAMPS && length == TIMESTAMPS_LENGTH) {
		segment->has_timestamps = true;
		segment->ts_value = get32(option + 2);
		segment->ts_echo = get32(option + 6);
	} else if (option[0] == OPTION_MSS && length == MSS_LENGTH) {
		segment->mss = get16(option + 2);
	} else if (option[0] == OPTION_SCALE && length == SCALE_LENGTH) {
		/* RFC 7323 2.3: a larger shift counts as 14 */
		segment->window_scale = option[2] > SCALE_MAX ? SCALE_MAX : (int8_t)option[2];
	} else if (option[0] == OPTION_SACK_OK && length == SACK_OK_LENGTH) {
		segment->sack_permitted = true;
	}
}

/* As the kernel does, an option of impossible length ends the reading of
 * options and not the segment. */
static void decode_options(const uint8_t *option, const uint8_t *end, struct segment *segment)
{
	while (option < end && *option != OPTION_END) {
		if (*option == OPTION_NOP) {
			option++;
			continue;
		}
		if (end - option < 2 || option[1] < 2 || option[1] > end - option)
			return;
		decode_option(option, option[1], segment);
		option += option[1];
	}
}

static void decode_addresses(const uint8_t *frame, const struct place *place,
	struct segment *segment)
{
	const uint8_t *ip = frame + place->ip;

	segment->src.family = segment->dst.family = place->family;
	if (place->family == AF_INET) {
		memcpy(segment->src.bytes, ip + 12, 4);
		memcpy(segment->dst.bytes, ip + 16, 4);
		segment->ip_id = get16(ip + 4);
	} else {
		memcpy(segment->src.bytes, ip + 8, 16);
		memcpy(segment->dst.bytes, ip + 24, 16);
	}
}

int segment_decode(const uint8_t *frame, size_t captured, size_t on_wire, struct segment *segment)
{
	struct place place;
	const uint8_t *tcp;
	size_t header;

	if (place_find(frame, captured, on_wire, &place) < 0)
		return -1;
	tcp = frame + place.tcp;
	header = (size_t)(tcp[12] >> 4) * 4;
	if (place.tcp + header > UINT16_MAX)
		return -1;
	*segment = (struct segment){
		.seq = get32(tcp + 4),
		.ack = get32(tcp + 8),
		.flags = tcp[13],
		.window = get16(tcp + 14),
		.length = (uint32_t)(place.length - header),
		.window_scale = -1,
		.payload_offset = (uint16_t)(place.tcp + header),
	};
	decode_addresses(frame, &place, segment);
	segment->src.port = get16(tcp);
	segment->dst.port = get16(tcp + 2);
	decode_options(tcp + TCP_HEADER, tcp + header, segment);
	return 0;
}

uint32_t segment_space(const struct segment *segment)
{
	return segment->length + !!(segment->flags & SEG_SYN) + !!(segment->flags & SEG_FIN);
}

/* ------------------------------------------------------------------ print */

/* The flag bits from the lowest to the highest: tcpdump's order too. */
static const char flag_letters[] = "FSRP.UEW";

const char *segment_flags(uint8_t flags, char buf[10])
{
	char *p = buf;

	if (flags == 0)
		return memcpy(buf, "none", sizeof("none"));
	for (int bit = 0; bit < 8; bit++)
		if (flags & 1 << bit)
			*p++ = flag_letters[bit];
	*p = '\0';
	return buf;
}

int segment_flags_parse(const char *text, uint8_t *flags)
{
	unsigned parsed = 0;

	if (strcmp(text, "none") == 0) {
		*flags = 0;
		return 0;
	}
	if (*text == '\0')
		return -1;
	for (; *text; text++) {
		const char *letter = strchr(flag_letters, *text);

		if (!letter)
			return -1;
		parsed |= 1u << (letter - flag_letters);
	}
	*flags = (uint8_t)parsed;
	return 0;
}

/* Only an old segment's, as one may make it up, lies before its connection's. */
static char *put_relative(char *p, int64_t number)
{
	if (number < 0)
		p = put_char(p, '-');
	return put_number(p, (uint32_t)(number < 0 ? -number : number));
}

const char *segment_print(const struct segment *segment, int64_t seq, int64_t ack, char *buf,
	size_t size)
{
	char text[SEGMENT_TEXT], flags[10];
	char *p = text;

	p = put_char(p, '[');
	p = put_text(p, segment_flags(segment->flags, flags));
	p = put_char(p, ']');
	if (segment->length > 0 || segment->flags & (SEG_SYN | SEG_FIN | SEG_RST)) {
		p = put_relative(put_text(p, " seq "), seq);
		if (segment->length > 0)
			p = put_relative(put_char(p, ':'), seq + segment->length);
	}
	if (segment->flags & SEG_ACK)
		p = put_relative(put_text(p, " ack "), ack);
	if (segment->length > 0)
		p = put_number(put_text(p, " len "), segment->length);
	return put_out(text, p, buf, size);
}

/* -------------------------------------------------------------- checksums */

/* RFC 1071: the sum of 16-bit words, not yet folded. 64 kB cannot overflow. */
static uint32_t sum_bytes(const uint8_t *p, size_t length, uint32_t sum)
{
	for (; length > 1; p += 2, length -= 2)
		sum += get16(p);
	if (length)
		sum += (uint32_t)*p << 8;
	return sum;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* Of TCP with its pseudo header: 0xffff where the checksum in it is right. */
static uint16_t tcp_sum(const uint8_t *frame, const struct place *place)
{
	const uint8_t *ip = frame + place->ip;
	uint32_t sum = IPPROTO_TCP + (uint32_t)place->length;

	if (place->family == AF_INET)
		sum = sum_bytes(ip + 12, 8, sum);
	else
		sum = sum_bytes(ip + 8, 32, sum);
	return fold(sum_bytes(frame + place->tcp, place->length, sum));
}

bool segment_checksums_ok(const uint8_t *frame, size_t length)
{
	struct place place;

	if (place_find(frame, length, length, &place) < 0 || place.fragment)
		return false;
	if (place.family == AF_INET &&
	    fold(sum_bytes(frame + place.ip, place.tcp - place.ip, 0)) != 0xffff)
		return false;
	return tcp_sum(frame, &place) == 0xffff;
}

/* ------------------------------------------------------------------ build */

static uint8_t *put_timestamps(uint8_t *p, const struct segment *segment)
{
	p[0] = OPTION_TIMESTAMPS;
	p[1] = TIMESTAMPS_LENGTH;
	put32(p + 2, segment->ts_value);
	put32(p + 6, segment->ts_echo);
	return p + TIMESTAMPS_LENGTH;
}

/* The options in the order and with the padding that Linux gives them, so
 * that a rebuilt SYN is the SYN. Returns their length, a multiple of 4. */
static size_t build_options(uint8_t *options, const struct segment *segment)
{
	uint8_t *p = options;

	if (segment->mss) {
		*p++ = OPTION_MSS;
		*p++ = MSS_LENGTH;
		put16(p, segment->mss);
		p += 2;
	}
	if (segment->sack_permitted || segment->has_timestamps) {
		bool both = segment->sack_permitted && segment->has_timestamps;

		if (!both) {
			*p++ = OPTION_NOP;
			*p++ = OPTION_NOP;
		}
		if (segment->sack_permitted) {
			*p++ = OPTION_SACK_OK;
			*p++ = SACK_OK_LENGTH;
		}
		if (segment->has_timestamps)
			p = put_timestamps(p, segment);
	}
	if (segment->window_scale >= 0) {
		*p++ = OPTION_NOP;
		*p++ = OPTION_SCALE;
		*p++ = SCALE_LENGTH;
		*p++ = (uint8_t)segment->window_scale;
	}
	return (size_t)(p - options);
}

static void build_ipv4(uint8_t *ip, const struct segment *segment, size_t carried)
{
	memset(ip, 0, IPV4_HEADER);
	ip[0] = 0x45;
	put16(ip + 2, (uint16_t)(IPV4_HEADER + carried));
	put16(ip + 4, segment->ip_id);
	put16(ip + 6, IPV4_DF);
	ip[8] = 64;
	ip[9] = IPPROTO_TCP;
	memcpy(ip + 12, segment->src.bytes, 4);
	memcpy(ip + 16, segment->dst.bytes, 4);
	put16(ip + 10, (uint16_t)~fold(sum_bytes(ip, IPV4_HEADER, 0)));
}

static void build_ipv6(uint8_t *ip, const struct segment *segment, size_t carried)
{
	memset(ip, 0, IPV6_HEADER);
	ip[0] = 0x60;
	put16(ip + 4, (uint16_t)carried);
	ip[6] = IPPROTO_TCP;
	ip[7] = 64;
	memcpy(ip + 8, segment->src.bytes, 16);
	memcpy(ip + 24, segment->dst.bytes, 16);
}

static void build_tcp(uint8_t *tcp, const struct segment *segment, size_t header)
{
	memset(tcp, 0, TCP_HEADER);
	put16(tcp, segment->src.port);
	put16(tcp + 2, segment->dst.port);
	put32(tcp + 4, segment->seq);
	put32(tcp + 8, segment->ack);
	tcp[12] = (uint8_t)(header / 4 << 4);
	tcp[13] = segment->flags;
	put16(tcp + 14, segment->window);
}

size_t segment_build(const struct segment *segment, const uint8_t dst_mac[6],
	const uint8_t src_mac[6], const void *data, uint8_t *frame, size_t size)
{
	bool ipv4 = segment->src.family == AF_INET;
	struct place place = {.family = segment->src.family, .ip = ETHER_HEADER};
	uint8_t options[TCP_HEADER_MAX - TCP_HEADER];
	size_t optional = build_options(options, segment);
	size_t header = TCP_HEADER + optional;
	uint8_t *tcp;

	if ((!ipv4 && segment->src.family != AF_INET6) ||
	    segment->dst.family != segment->src.family || segment->length > UINT16_MAX)
		return 0;
	place.tcp = place.ip + (ipv4 ? IPV4_HEADER : IPV6_HEADER);
	place.length = header + segment->length;
	if (place.length + (ipv4 ? IPV4_HEADER : 0) > UINT16_MAX ||
	    place.tcp + place.length > size)
		return 0;
	memcpy(frame, dst_mac, 6);
	memcpy(frame + 6, src_mac, 6);
	put16(frame + 12, ipv4 ? ETHER_IPV4 : ETHER_IPV6);
	if (ipv4)
		build_ipv4(frame + place.ip, segment, place.length);
	else
		build_ipv6(frame + place.ip, segment, place.length);
	tcp = frame + place.tcp;
	build_tcp(tcp, segment, header);
	memcpy(tcp + TCP_HEADER, options, optional);
	if (segment->length)
		memcpy(tcp + header, data, segment->length);
	put16(tcp + 16, (uint16_t)~tcp_sum(frame, &place));
	return place.tcp + place.length;
}
