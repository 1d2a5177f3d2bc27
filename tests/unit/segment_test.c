/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * segment_test.c - the codec against bytes that the kernel sent and against
 * what tcpdump says of them (frames.h), and against broken bytes.
 */
#include "../../netlab/segment.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "frames.h"
#include "unit.h"

#define FRAMES (sizeof(captured_frames) / sizeof(captured_frames[0]))

struct bytes {
	uint8_t at[2048];
	size_t length;
};

static struct bytes bytes_of(const struct captured_frame *frame)
{
	struct bytes bytes = {.length = strlen(frame->hex) / 2};

	for (size_t i = 0; i < bytes.length; i++) {
		char digits[3] = {frame->hex[2 * i], frame->hex[2 * i + 1], '\0'};

		bytes.at[i] = (uint8_t)strtoul(digits, NULL, 16);
	}
	return bytes;
}

/* Decode a copy that is exactly as long as what was captured, so that the
 * address sanitizer sees every byte that is read beyond it. */
static int decode(const uint8_t *bytes, size_t captured, size_t on_wire, struct segment *segment)
{
	uint8_t *copy = malloc(captured ? captured : 1);
	int result;

	memcpy(copy, bytes, captured);
	result = segment_decode(copy, captured, on_wire, segment);
	free(copy);
	return result;
}

static const struct captured_frame *frame_named(const char *name)
{
	for (size_t i = 0; i < FRAMES; i++)
		if (strcmp(captured_frames[i].name, name) == 0)
			return &captured_frames[i];
	printf("no frame %s\n", name);
	exit(2);
}

static struct segment decoded(const char *name)
{
	const struct captured_frame *frame = frame_named(name);
	struct bytes bytes = bytes_of(frame);
	struct segment segment = {0};

	unit_about = name;
	CHECK_EQ(decode(bytes.at, bytes.length, frame->on_wire, &segment), 0);
	return segment;
}

/* The number behind `key` in tcpdump's line; false when it is not there. */
static bool number_of(const char *line, const char *key, uint32_t *number)
{
	const char *at = strstr(line, key);

	if (!at)
		return false;
	*number = (uint32_t)strtoul(at + strlen(key), NULL, 10);
	return true;
}

/* Our notation, made of tcpdump's line: "Flags [F.], seq 1, ack 1, win 63,
 * options [...], length 0". */
static void expect_of_tcpdump(const char *line, char *text, size_t size)
{
	const char *flags = strstr(line, "Flags ") + strlen("Flags ");
	const char *seq = strstr(line, ", seq ");
	uint32_t ack = 0, length = 0;
	int at = snprintf(text, size, "%.*s", (int)strcspn(flags, ","), flags);

	if (seq)
		at += snprintf(text + at, size - at, " seq %.*s", (int)strcspn(seq + 6, ","),
			seq + 6);
	if (number_of(line, ", ack ", &ack))
		at += snprintf(text + at, size - at, " ack %u", ack);
	if (number_of(line, ", length ", &length) && length)
		snprintf(text + at, size - at, " len %u", length);
}

static void frames_read_as_tcpdump_reads_them(void)
{
	for (size_t i = 0; i < FRAMES; i++) {
		const struct captured_frame *frame = &captured_frames[i];
		struct bytes bytes = bytes_of(frame);
		char seen[SEGMENT_TEXT], expected[200];
		struct segment segment;
		int result = decode(bytes.at, bytes.length, frame->on_wire, &segment);

		unit_about = frame->name;
		CHECK_EQ(result, frame->whole ? 0 : -1);
		if (result < 0 || !frame->whole)
			continue;
		expect_of_tcpdump(frame->tcpdump, expected, sizeof(expected));
		segment_print(&segment, segment.seq, segment.ack, seen, sizeof(seen));
		CHECK_STR(seen, expected);
	}
}

static void options_are_those_that_tcpdump_shows(void)
{
	for (size_t i = 0; i < FRAMES; i++) {
		const struct captured_frame *frame = &captured_frames[i];
		struct bytes bytes = bytes_of(frame);
		uint32_t window = 0, mss = 0, scale = (uint32_t)-1, value = 0, echo = 0;
		struct segment segment;
		bool timestamps;

		if (!frame->whole || decode(bytes.at, bytes.length, frame->on_wire, &segment) < 0)
			continue;
		unit_about = frame->name;
		number_of(frame->tcpdump, ", win ", &window);
		number_of(frame->tcpdump, "mss ", &mss);
		number_of(frame->tcpdump, "wscale ", &scale);
		number_of(frame->tcpdump, " ecr ", &echo);
		timestamps = number_of(frame->tcpdump, "TS val ", &value);
		CHECK_EQ(segment.window, window);
		CHECK_EQ(segment.mss, mss);
		CHECK_EQ(segment.window_scale, (int32_t)scale);
		CHECK_EQ(segment.sack_permitted, strstr(frame->tcpdump, "sackOK") != NULL);
		CHECK_EQ(segment.has_timestamps, timestamps);
		CHECK_EQ(segment.ts_value, value);
		CHECK_EQ(segment.ts_echo, echo);
	}
}

static void addresses_are_those_on_the_wire(void)
{
	struct segment v4 = decoded("SYN with its options"), v6 = decoded("IPv6 data");
	char text[ADDRESS_TEXT];

	CHECK_STR(address_print(&v4.src, true, text, sizeof(text)), "10.0.0.1:40000");
	CHECK_STR(address_print(&v4.dst, true, text, sizeof(text)), "10.0.0.2:80");
	CHECK_EQ(v4.ip_id, 0x2d43);
	CHECK_STR(address_print(&v6.src, true, text, sizeof(text)), "[fd00::1]:40003");
	CHECK_STR(address_print(&v6.dst, true, text, sizeof(text)), "[fd00::2]:81");
	CHECK_EQ(v6.ip_id, 0);
}

static void the_data_are_where_the_offset_says(void)
{
	static const char *const names[] = {"data", "data behind a VLAN tag", "IPv6 data"};

	for (size_t i = 0; i < 3; i++) {
		struct segment segment = decoded(names[i]);
		struct bytes bytes = bytes_of(frame_named(names[i]));

		CHECK_EQ(segment.length, 10);
		CHECK_EQ(segment.payload_offset + segment.length, bytes.length);
		CHECK(memcmp(bytes.at + segment.payload_offset, "0123456789", 10) == 0);
	}
}

static void sequence_space_counts_data_syn_and_fin(void)
{
	struct segment segment = {.length = 7, .flags = SEG_ACK};

	CHECK_EQ(segment_space(&segment), 7);
	segment.flags = SEG_FIN | SEG_ACK;
	CHECK_EQ(segment_space(&segment), 8);
	segment.flags = SEG_SYN | SEG_FIN;
	CHECK_EQ(segment_space(&segment), 9);
	segment.length = 0;
	segment.flags = SEG_RST | SEG_PSH | SEG_URG;
	CHECK_EQ(segment_space(&segment), 0);
}

static void every_cut_is_refused_or_reads_the_same(void)
{
	for (size_t i = 0; i < FRAMES; i++) {
		const struct captured_frame *frame = &captured_frames[i];
		struct bytes bytes = bytes_of(frame);
		struct segment whole, cut;

		if (!frame->whole)
			continue;
		memset(&whole, 0, sizeof(whole));
		decode(bytes.at, bytes.length, frame->on_wire, &whole);
		unit_about = frame->name;
		for (size_t length = 0; length < bytes.length; length++) {
			int result = decode(bytes.at, length, frame->on_wire, &cut);

			CHECK_EQ(result, length < whole.payload_offset ? -1 : 0);
			if (result == 0)
				CHECK(cut.length == whole.length && cut.seq == whole.seq);
		}
	}
}

/* Break one byte of "data" and see what becomes of it. */
static int decode_with(size_t offset, uint8_t value, struct segment *segment)
{
	struct bytes bytes = bytes_of(frame_named("data"));

	bytes.at[offset] = value;
	return decode(bytes.at, bytes.length, bytes.length, segment);
}

static void lengths_that_contradict_are_refused(void)
{
	struct bytes bytes = bytes_of(frame_named("data"));
	struct segment segment;

	CHECK_EQ(decode_with(14, 0x44, &segment), -1);	/* IPv4 header of 16 bytes */
	CHECK_EQ(decode_with(14, 0x65, &segment), -1);	/* version 6 in an IPv4 frame */
	CHECK_EQ(decode_with(14, 0x4f, &segment), -1);	/* IPv4 header of 60 bytes */
	CHECK_EQ(decode_with(17, 63, &segment), -1);	/* one byte longer than the frame */
	CHECK_EQ(decode_with(17, 19, &segment), -1);	/* shorter than the IPv4 header */
	CHECK_EQ(decode_with(17, 39, &segment), -1);	/* shorter than TCP's header */
	CHECK_EQ(decode_with(17, 51, &segment), -1);	/* shorter than TCP's options */
	CHECK_EQ(decode_with(17, 52, &segment), 0);	/* no data at all */
	CHECK_EQ(segment.length, 0);
	CHECK_EQ(decode_with(23, 17, &segment), -1);	/* UDP */
	CHECK_EQ(decode_with(46, 0x40, &segment), -1);	/* TCP header of 16 bytes */
	CHECK_EQ(decode_with(46, 0xf0, &segment), -1);	/* TCP header of 60: beyond the end */
	CHECK_EQ(decode(bytes.at, bytes.length, bytes.length - 1, &segment), -1);
	bytes.at[14] = 0x44; /* and TCP's header 4 bytes earlier would be whole */
	bytes.at[42] = 0x50;
	CHECK_EQ(decode(bytes.at, bytes.length, bytes.length, &segment), -1);
	bytes = bytes_of(frame_named("IPv6 data"));
	bytes.at[19]++;
	CHECK_EQ(decode(bytes.at, bytes.length, bytes.length, &segment), -1);
}

/* "IPv6 data" with a header put in before TCP. */
static struct bytes ipv6_behind(uint8_t kind, const uint8_t *header, size_t length)
{
	struct bytes bytes = bytes_of(frame_named("IPv6 data"));

	memmove(bytes.at + 54 + length, bytes.at + 54, bytes.length - 54);
	memcpy(bytes.at + 54, header, length);
	bytes.at[20] = kind;
	bytes.at[19] = (uint8_t)(bytes.at[19] + length);
	bytes.length += length;
	return bytes;
}

static void headers_before_tcp_have_their_sizes(void)
{
	static const struct {
		uint8_t kind, length, header[24];
		bool found;
	} rows[] = {
		{0, 8, {6, 0, 1, 4}, true},		/* hop by hop */
		{60, 16, {6, 1, 1, 12}, true},		/* destination options */
		{43, 24, {6, 2, 2, 0}, true},		/* routing */
		{51, 12, {6, 1}, true},			/* authentication */
		{44, 8, {6, 0, 0, 0}, true},		/* the only fragment */
		{44, 8, {6, 0, 0, 8}, false},		/* a later one */
		{60, 16, {60, 0, 1, 4, 0, 0, 0, 0, 6, 0, 1, 4}, true}, /* two of them */
		{60, 8, {6, 255}, false},
		{60, 8, {17, 0}, false},
		{59, 8, {6, 0}, false},			/* no next header */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bytes bytes = ipv6_behind(rows[i].kind, rows[i].header, rows[i].length);
		struct segment segment;
		char about[20];

		snprintf(about, sizeof(about), "row %zu", i);
		unit_about = about;
		CHECK_EQ(decode(bytes.at, bytes.length, bytes.length, &segment),
			rows[i].found ? 0 : -1);
		CHECK_EQ(segment_checksums_ok(bytes.at, bytes.length), rows[i].found);
		if (rows[i].found)
			CHECK_EQ(segment.payload_offset + 10, bytes.length);
	}
	unit_about = "";
}

static void a_first_fragment_has_no_checksum_to_trust(void)
{
	static const uint8_t more[] = {6, 0, 0, 1, 0, 0, 0, 7};
	struct bytes v4 = bytes_of(frame_named("data"));
	struct bytes v6 = ipv6_behind(44, more, sizeof(more));
	struct segment segment;

	/* "more fragments" for "do not fragment", and the header's checksum right
	 * again: 0xf972 + 0x2000, end around */
	v4.at[20] = 0x20;
	v4.at[24] = 0x19;
	v4.at[25] = 0x73;
	CHECK_EQ(decode(v4.at, v4.length, v4.length, &segment), 0);
	CHECK(!segment_checksums_ok(v4.at, v4.length));
	CHECK_EQ(decode(v6.at, v6.length, v6.length, &segment), 0);
	CHECK(!segment_checksums_ok(v6.at, v6.length));
}

static void padding_of_the_frame_is_not_data(void)
{
	struct bytes bytes = bytes_of(frame_named("RST of a closed port"));
	struct segment segment;

	CHECK_EQ(decode(bytes.at, 60, 60, &segment), 0);
	CHECK_EQ(segment.length, 0);
	CHECK(segment_checksums_ok(bytes.at, 60));
	CHECK_EQ(decode(bytes.at, 60, 54, &segment), -1); /* more captured than there was */
}

static void impossible_options_end_the_reading_of_options(void)
{
	struct bytes bytes = bytes_of(frame_named("SYN with its options"));
	struct segment segment;

	/* at 54: MSS 4 bytes, SACK permitted 2, timestamps 10, NOP, scale 3 */
	bytes.at[55] = 0;
	CHECK_EQ(decode(bytes.at, bytes.length, bytes.length, &segment), 0);
	CHECK_EQ(segment.mss, 0);
	CHECK(!segment.sack_permitted && !segment.has_timestamps);
	bytes.at[55] = 4;
	bytes.at[61] = 40;
	CHECK_EQ(decode(bytes.at, bytes.length, bytes.length, &segment), 0);
	CHECK_EQ(segment.mss, 1460);
	CHECK(segment.sack_permitted && !segment.has_timestamps);
	CHECK_EQ(segment.window_scale, -1);
	bytes.at[61] = 10;
	bytes.at[73] = 200;
	CHECK_EQ(decode(bytes.at, bytes.length, bytes.length, &segment), 0);
	CHECK_EQ(segment.window_scale, 14);
	bytes.at[46] = 0x80; /* TCP's header ends within the timestamps */
	CHECK_EQ(decode(bytes.at, bytes.length, bytes.length, &segment), 0);
	CHECK(segment.sack_permitted && !segment.has_timestamps);
	bytes.at[46] = 0xa0;
	bytes.at[54] = 0;
	CHECK_EQ(decode(bytes.at, bytes.length, bytes.length, &segment), 0);
	CHECK_EQ(segment.mss, 0);
	CHECK_EQ(segment.window_scale, -1);
}

static void checksums_are_right_on_the_wire(void)
{
	for (size_t i = 0; i < FRAMES; i++) {
		const struct captured_frame *frame = &captured_frames[i];
		struct bytes bytes = bytes_of(frame);

		unit_about = frame->name;
		CHECK_EQ(segment_checksums_ok(bytes.at, bytes.length),
			frame->whole && bytes.length == frame->on_wire);
	}
}

static void any_changed_byte_breaks_a_checksum(void)
{
	struct bytes v4 = bytes_of(frame_named("data")), v6 = bytes_of(frame_named("IPv6 data"));

	for (size_t i = 14; i < v4.length; i++) {
		v4.at[i] ^= 0x10;
		CHECK(!segment_checksums_ok(v4.at, v4.length));
		v4.at[i] ^= 0x10;
	}
	for (size_t i = 22; i < v6.length; i++) {
		v6.at[i] ^= 0x10;
		CHECK(!segment_checksums_ok(v6.at, v6.length));
		v6.at[i] ^= 0x10;
	}
}

/* What was decoded and is built again is the frame that the kernel sent. */
static void a_rebuilt_frame_is_the_frame(void)
{
	static const char *const names[] = {
		"SYN with its options", "bare ACK", "data", "FIN", "RST of an abort",
		"RST of a closed port", "RST without ACK", "SYN with ECN", "SYN-ACK",
		"IPv6 SYN", "IPv6 data",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct segment segment = decoded(names[i]);
		struct bytes bytes = bytes_of(frame_named(names[i]));
		uint8_t built[256];
		size_t length = segment_build(&segment, bytes.at, bytes.at + 6,
			bytes.at + segment.payload_offset, built, sizeof(built));

		CHECK_EQ(length, bytes.length);
		/* Linux gives its IPv6 frames a flow label; netlab gives none */
		if (segment.src.family == AF_INET6)
			memset(bytes.at + 15, 0, 3);
		CHECK(memcmp(built, bytes.at, length) == 0);
		CHECK(segment_checksums_ok(built, length));
	}
}

static void every_set_of_options_is_built_and_read_back(void)
{
	for (unsigned set = 0; set < 16; set++) {
		struct segment segment = {.flags = SEG_SYN, .window_scale = set & 1 ? 7 : -1,
			.mss = set & 2 ? 1460 : 0, .sack_permitted = set & 4,
			.has_timestamps = set & 8, .ts_value = set & 8 ? 5 : 0}, read;
		uint8_t mac[6] = {2}, frame[128];
		size_t length;

		address_parse("192.0.2.1", &segment.src);
		address_parse("192.0.2.2", &segment.dst);
		length = segment_build(&segment, mac, mac, NULL, frame, sizeof(frame));
		CHECK(length >= 54 && length % 4 == 54 % 4);
		CHECK(segment_checksums_ok(frame, length));
		CHECK_EQ(decode(frame, length, length, &read), 0);
		CHECK_EQ(read.window_scale, segment.window_scale);
		CHECK_EQ(read.mss, segment.mss);
		CHECK_EQ(read.sack_permitted, segment.sack_permitted);
		CHECK_EQ(read.has_timestamps, segment.has_timestamps);
		CHECK_EQ(read.ts_value, segment.ts_value);
	}
}

static void what_does_not_fit_is_not_built(void)
{
	struct segment segment = decoded("data");
	struct bytes bytes = bytes_of(frame_named("data"));
	static uint8_t data[70000], frame[70000];

	CHECK_EQ(segment_build(&segment, bytes.at, bytes.at + 6, data, frame, 75), 0);
	CHECK_EQ(segment_build(&segment, bytes.at, bytes.at + 6, data, frame, 76), 76);
	segment.length = 65535 - 52;
	CHECK_EQ(segment_build(&segment, bytes.at, bytes.at + 6, data, frame, sizeof(frame)),
		65535 + 14);
	CHECK(segment_checksums_ok(frame, 65535 + 14));
	segment.length++;
	CHECK_EQ(segment_build(&segment, bytes.at, bytes.at + 6, data, frame, sizeof(frame)), 0);
	segment.length = UINT32_MAX;
	CHECK_EQ(segment_build(&segment, bytes.at, bytes.at + 6, data, frame, sizeof(frame)), 0);
	segment.length = 0;
	segment.dst.family = AF_INET6;
	CHECK_EQ(segment_build(&segment, bytes.at, bytes.at + 6, data, frame, sizeof(frame)), 0);
	segment.src.family = segment.dst.family = 0;
	CHECK_EQ(segment_build(&segment, bytes.at, bytes.at + 6, data, frame, sizeof(frame)), 0);
}

static void flags_are_printed_and_parsed(void)
{
	char text[10];
	uint8_t parsed;

	for (int flags = 0; flags < 256; flags++) {
		CHECK_EQ(segment_flags_parse(segment_flags((uint8_t)flags, text), &parsed), 0);
		CHECK_EQ(parsed, flags);
	}
	CHECK_STR(segment_flags(0, text), "none");
	CHECK_STR(segment_flags(SEG_FIN | SEG_ACK, text), "F.");
	CHECK_STR(segment_flags(0xff, text), "FSRP.UEW");
	CHECK_EQ(segment_flags_parse(".F", &parsed), 0);
	CHECK_EQ(parsed, SEG_FIN | SEG_ACK);
	CHECK_EQ(segment_flags_parse("FX", &parsed), -1);
	CHECK_EQ(segment_flags_parse("f", &parsed), -1);
	CHECK_EQ(segment_flags_parse("", &parsed), -1);
}

static void segments_are_printed_with_relative_numbers(void)
{
	struct segment segment = {.flags = SEG_FIN | SEG_ACK, .seq = 99, .ack = 99};
	char text[SEGMENT_TEXT];

	CHECK_STR(segment_print(&segment, 1, 1, text, sizeof(text)), "[F.] seq 1 ack 1");
	segment.flags = SEG_PSH | SEG_ACK;
	segment.length = 10;
	CHECK_STR(segment_print(&segment, 1, 1, text, sizeof(text)), "[P.] seq 1:11 ack 1 len 10");
	segment.length = 0;
	segment.flags = SEG_ACK;
	CHECK_STR(segment_print(&segment, 1, 2, text, sizeof(text)), "[.] ack 2");
	segment.flags = SEG_SYN;
	CHECK_STR(segment_print(&segment, 0, 0, text, sizeof(text)), "[S] seq 0");
	segment.flags = SEG_RST;
	CHECK_STR(segment_print(&segment, 1, 7, text, sizeof(text)), "[R] seq 1");
	segment.flags = 0;
	CHECK_STR(segment_print(&segment, 1, 7, text, sizeof(text)), "[none]");
}

static void the_longest_text_fits_and_is_cut_to_size(void)
{
	struct segment segment = {.flags = 0xff, .length = UINT32_MAX};
	char text[SEGMENT_TEXT], small[8];

	segment_print(&segment, UINT32_MAX, UINT32_MAX, text, sizeof(text));
	CHECK_STR(text, "[FSRP.UEW] seq 4294967295:4294967294 ack 4294967295 len 4294967295");
	CHECK_STR(segment_print(&segment, 1, 1, small, sizeof(small)), "[FSRP.U");
	small[0] = 'x';
	segment_print(&segment, 1, 1, small, 0);
	CHECK_EQ(small[0], 'x');
}

static void addresses_are_parsed_and_printed(void)
{
	static const char *const good[] = {"10.0.0.1", "0.0.0.0", "255.255.255.255", "fd00::1",
		"::", "2001:db8:1111:2222:3333:4444:5555:6666", "::ffff:192.0.2.128"};
	static const char *const bad[] = {"", "10.0.0", "10.0.0.256", "10.0.0.1:80", "[fd00::1]",
		"fd00::1::2", "client", " 10.0.0.1"};
	struct address address;
	char text[ADDRESS_TEXT];

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		CHECK_EQ(address_parse(good[i], &address), 0);
		CHECK_EQ(address.port, 0);
		CHECK_STR(address_print(&address, false, text, sizeof(text)), good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		unit_about = bad[i];
		CHECK_EQ(address_parse(bad[i], &address), -1);
	}
}

static void ports_stand_behind_brackets_and_text_is_cut(void)
{
	struct address address = {0};
	char text[ADDRESS_TEXT];

	CHECK_STR(address_print(&address, true, text, sizeof(text)), "-");
	address_parse("fd00::1", &address);
	address.port = 65535;
	CHECK_STR(address_print(&address, true, text, sizeof(text)), "[fd00::1]:65535");
	CHECK_STR(address_print(&address, true, text, 5), "[fd0");
}

static void addresses_are_equal_by_what_counts(void)
{
	struct address a, b, c;

	address_parse("10.0.0.1", &a);
	address_parse("10.0.0.1", &b);
	address_parse("10.0.0.2", &c);
	b.bytes[15] = 9; /* beyond IPv4's four */
	CHECK(address_equal(&a, &b) && address_same_host(&a, &b));
	CHECK(!address_same_host(&a, &c));
	b.port = 1;
	CHECK(!address_equal(&a, &b) && address_same_host(&a, &b));
	address_parse("a00:1::", &c); /* the same first four bytes */
	CHECK(!address_same_host(&a, &c));
}

static void sequence_numbers_are_compared_around_the_end(void)
{
	CHECK(seq_before(1, 2) && !seq_before(2, 1) && !seq_before(2, 2));
	CHECK(seq_before(0xffffffff, 0) && !seq_before(0, 0xffffffff));
	CHECK(seq_before(0xfffffff0, 0x7fffffef));
}

int main(void)
{
	RUN(frames_read_as_tcpdump_reads_them);
	RUN(options_are_those_that_tcpdump_shows);
	RUN(addresses_are_those_on_the_wire);
	RUN(the_data_are_where_the_offset_says);
	RUN(sequence_space_counts_data_syn_and_fin);
	RUN(every_cut_is_refused_or_reads_the_same);
	RUN(lengths_that_contradict_are_refused);
	RUN(headers_before_tcp_have_their_sizes);
	RUN(a_first_fragment_has_no_checksum_to_trust);
	RUN(padding_of_the_frame_is_not_data);
	RUN(impossible_options_end_the_reading_of_options);
	RUN(checksums_are_right_on_the_wire);
	RUN(any_changed_byte_breaks_a_checksum);
	RUN(a_rebuilt_frame_is_the_frame);
	RUN(every_set_of_options_is_built_and_read_back);
	RUN(what_does_not_fit_is_not_built);
	RUN(flags_are_printed_and_parsed);
	RUN(segments_are_printed_with_relative_numbers);
	RUN(the_longest_text_fits_and_is_cut_to_size);
	RUN(addresses_are_parsed_and_printed);
	RUN(ports_stand_behind_brackets_and_text_is_cut);
	RUN(addresses_are_equal_by_what_counts);
	RUN(sequence_numbers_are_compared_around_the_end);
	return unit_end();
}
