/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * segment.h - TCP segments in Ethernet frames: decode, print in tcpdump's
 * notation, build. Pure: plain data in, plain data out.
 */
#ifndef NETLAB_SEGMENT_H
#define NETLAB_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

/* The flag bits of octet 13, RFC 9293 3.1 */
#define SEG_FIN 0x01
#define SEG_SYN 0x02
#define SEG_RST 0x04
#define SEG_PSH 0x08
#define SEG_ACK 0x10
#define SEG_URG 0x20
#define SEG_ECE 0x40
#define SEG_CWR 0x80

struct segment {
	struct address src, dst;
	uint32_t seq, ack;	 /* as on the wire */
	uint8_t flags;
	uint16_t window;	 /* unscaled */
	uint32_t length;	 /* bytes of data */
	bool has_timestamps;	 /* RFC 7323 */
	uint32_t ts_value, ts_echo;
	uint16_t mss;		 /* 0: no such option */
	int8_t window_scale;	 /* -1: no such option */
	bool sack_permitted;
	uint16_t ip_id;		 /* IPv4 identification; 0 for IPv6 */
	uint16_t payload_offset; /* of the data, from the frame's first byte */
};

/* Decode an Ethernet frame (one or no VLAN tag, IPv4 with options, IPv6 with
 * extension headers that may stand before TCP). `captured` bytes are there of
 * `on_wire`; headers must be whole, data need not be. Returns 0, or -1 for
 * whatever is not a whole TCP header (other protocols, fragments but the
 * first, lengths that contradict each other). As the kernel does, it reads
 * options up to the first impossible one. Never reads beyond `captured`. */
int segment_decode(const uint8_t *frame, size_t captured, size_t on_wire, struct segment *segment);

/* Sequence space taken: data, plus one for SYN, plus one for FIN (RFC 9293 3.4). */
uint32_t segment_space(const struct segment *segment);

/* "S", "S.", "F.", "P.", "R", ".", "none": tcpdump's order F S R P . U E W. */
const char *segment_flags(uint8_t flags, char buf[10]);
/* Parse the same; -1 when a letter is unknown or there is none. */
int segment_flags_parse(const char *text, uint8_t *flags);

/* "[F.] seq 1 ack 1", "[P.] seq 1:11 ack 1 len 10", "[.] ack 2", "[S] seq 0",
 * "[R] seq 1": seq is printed where it matters as tcpdump does (SYN, FIN, RST
 * or data), ack where ACK is set. Numbers are those given, not the segment's.
 * Writes at most `size` bytes with the NUL; SEGMENT_TEXT is always enough. */
#define SEGMENT_TEXT 80
const char *segment_print(const struct segment *segment, int64_t seq, int64_t ack, char *buf,
	size_t size);

/* a before b in sequence space, RFC 9293 3.4 */
static inline bool seq_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

/* Are the IPv4 header's and TCP's checksums right? The frame must be whole;
 * false for what segment_decode() refuses, and for a first fragment. */
bool segment_checksums_ok(const uint8_t *frame, size_t length);

/* Build a frame from the segment (addresses, numbers, flags, window, options
 * as far as struct segment knows them) and its `length` bytes of data;
 * checksums are filled in, the IPv4 header says "do not fragment". Returns the
 * frame's length, or 0 when it does not fit `size`. */
size_t segment_build(const struct segment *segment, const uint8_t dst_mac[6],
	const uint8_t src_mac[6], const void *data, uint8_t *frame, size_t size);

#endif
