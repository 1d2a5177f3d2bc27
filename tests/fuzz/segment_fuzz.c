/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * segment_fuzz.c - any bytes as a frame: the codecs of segments and of ICMP errors
 * stay inside of them, and what is read, printed and built agrees with itself.
 */
#include "../../netlab/icmp.h"
#include "../../netlab/segment.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

/* What was read, built anew, is read the same. */
static void build_and_read(const struct segment *segment, const void *payload)
{
	static uint8_t frame[70000];
	static const uint8_t mac[6] = {2};
	struct segment again;
	size_t length = segment_build(segment, mac, mac, payload, frame, sizeof(frame));

	if (length == 0) /* behind IPv6 extension headers or IPv4 options it was shorter */
		return;
	require(segment_checksums_ok(frame, length));
	require(segment_decode(frame, length, length, &again) == 0);
	require(address_equal(&again.src, &segment->src));
	require(address_equal(&again.dst, &segment->dst));
	require(again.seq == segment->seq && again.ack == segment->ack);
	require(again.flags == segment->flags && again.length == segment->length);
	require(again.window == segment->window && again.mss == segment->mss);
	require(again.window_scale == segment->window_scale);
	require(again.sack_permitted == segment->sack_permitted);
	require(again.has_timestamps == segment->has_timestamps);
	require(again.ts_value == segment->ts_value && again.ts_echo == segment->ts_echo);
	require(again.ip_id == segment->ip_id);
	require(length == (size_t)again.payload_offset + again.length);
	require(memcmp(frame + again.payload_offset, payload, again.length) == 0);
}

static void print(const struct segment *segment)
{
	char text[SEGMENT_TEXT], flags[10], address[ADDRESS_TEXT];
	uint8_t parsed;
	struct address host;

	segment_print(segment, segment->seq, segment->ack, text, sizeof(text));
	require(strlen(text) < sizeof(text) - 1);
	segment_flags(segment->flags, flags);
	require(segment_flags_parse(flags, &parsed) == 0 && parsed == segment->flags);
	address_print(&segment->src, true, address, sizeof(address));
	require(strlen(address) < sizeof(address) - 1);
	address_print(&segment->src, false, address, sizeof(address));
	require(address_parse(address, &host) == 0);
	require(address_same_host(&host, &segment->src));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t more[] = {0, 1, 1460, 70000};
	struct segment segment, cut;
	struct icmp_error error;
	struct icmp_echo echo;
	size_t headers;

	segment_checksums_ok(data, size);
	if (icmp_error_decode(data, size, &error) == 0)
		require(error.text && error.src.family == error.dst.family);
	icmp_echo_error(AF_INET, data, size, &echo);
	icmp_echo_error(AF_INET6, data, size, &echo);
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		if (segment_decode(data, size, size + more[i], &segment) < 0)
			continue;
		headers = segment.payload_offset;
		require(headers <= size);
		require(segment_space(&segment) - segment.length <= 2);
		print(&segment);
		require(segment_decode(data, headers, size + more[i], &cut) == 0);
		require(segment_decode(data, headers - 1, size + more[i], &cut) < 0);
		if (headers + segment.length <= size)
			build_and_read(&segment, data + headers);
	}
	return 0;
}
