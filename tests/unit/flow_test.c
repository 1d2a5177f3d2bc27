/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * flow_test.c - connections as the wire sees them: relative numbers,
 * retransmissions, incarnations.
 */
#include "../../netlab/flow.h"

#include <sys/socket.h>

#include "unit.h"

static struct flows *flows;
static struct flow_view view; /* of the last segment */

static struct address host(uint8_t last, uint16_t port)
{
	return (struct address){.family = AF_INET, .bytes = {10, 0, 0, last}, .port = port};
}

static void note(const struct address *src, const struct address *dst, uint8_t flags, uint32_t seq,
	uint32_t length, uint32_t ack)
{
	struct segment segment = {.src = *src, .dst = *dst, .flags = flags, .seq = seq,
		.length = length, .ack = ack};

	flows_note(flows, &segment, &view);
}

/* The client sends, numbers as on the wire. */
static void c(uint8_t flags, uint32_t seq, uint32_t length, uint32_t ack)
{
	struct address client = host(1, 40000), server = host(2, 80);

	note(&client, &server, flags, seq, length, ack);
}

static void s(uint8_t flags, uint32_t seq, uint32_t length, uint32_t ack)
{
	struct address client = host(1, 40000), server = host(2, 80);

	note(&server, &client, flags, seq, length, ack);
}

static void begin(void)
{
	flows = flows_new();
}

static void end(void)
{
	flows_free(flows);
}

/* Three segments: the client's numbers begin at 1000, the server's at 9000. */
static void begin_open(void)
{
	begin();
	c(SEG_SYN, 1000, 0, 0);
	s(SEG_SYN | SEG_ACK, 9000, 0, 1001);
	c(SEG_ACK, 1001, 0, 9001);
}

#define CHECK_NUMBERS(seq_, ack_) do { \
	CHECK_EQ(view.seq, seq_); \
	CHECK_EQ(view.ack, ack_); \
} while (0)

/* --------------------------------------------------------------- numbers */

static void an_opening_begins_at_zero(void)
{
	begin();
	c(SEG_SYN, 1000, 0, 0);
	CHECK_NUMBERS(0, 0);
	s(SEG_SYN | SEG_ACK, 9000, 0, 1001);
	CHECK_NUMBERS(0, 1);
	c(SEG_ACK, 1001, 0, 9001);
	CHECK_NUMBERS(1, 1);
	CHECK(!view.retransmission);
	end();
}

static void data_and_fins_count_on(void)
{
	begin_open();
	c(SEG_ACK | SEG_PSH, 1001, 10, 9001);
	CHECK_NUMBERS(1, 1);
	s(SEG_ACK, 9001, 0, 1011);
	CHECK_NUMBERS(1, 11);
	c(SEG_ACK | SEG_FIN, 1011, 0, 9001);
	CHECK_NUMBERS(11, 1);
	s(SEG_ACK | SEG_FIN, 9001, 0, 1012);
	CHECK_NUMBERS(1, 12);
	c(SEG_ACK, 1012, 0, 9002);
	CHECK_NUMBERS(12, 2);
	end();
}

static void both_directions_are_one_flow(void)
{
	struct address client = host(1, 40000), server = host(2, 80), other = host(1, 40001);
	struct flow *flow;
	int from_client, from_server;

	begin();
	CHECK(flows_find(flows, &client, &server, &from_client) == NULL);
	c(SEG_SYN, 1000, 0, 0);
	flow = view.flow;
	from_client = view.side;
	s(SEG_SYN | SEG_ACK, 9000, 0, 1001);
	CHECK(view.flow == flow);
	CHECK_EQ(view.side, !from_client);
	CHECK(flows_find(flows, &server, &client, &from_server) == flow);
	CHECK_EQ(from_server, !from_client);
	CHECK(flows_find(flows, &other, &server, &from_server) == NULL);
	end();
}

static void a_connection_to_oneself_has_two_sides(void)
{
	struct address a = host(1, 5000), b = host(1, 6000);

	begin();
	note(&a, &b, SEG_SYN, 100, 0, 0);
	note(&b, &a, SEG_SYN | SEG_ACK, 200, 0, 101);
	CHECK_NUMBERS(0, 1);
	note(&a, &b, SEG_ACK, 101, 0, 201);
	CHECK_NUMBERS(1, 1);
	end();
}

static void numbers_wrap_around(void)
{
	begin();
	c(SEG_SYN, 0xfffffffeu, 0, 0);
	s(SEG_SYN | SEG_ACK, 0xffffffffu, 0, 0xffffffffu);
	CHECK_NUMBERS(0, 1);
	c(SEG_ACK, 0xffffffffu, 0, 0);
	CHECK_NUMBERS(1, 1);
	CHECK(view.acks_syn);
	c(SEG_ACK | SEG_PSH, 0xffffffffu, 100, 0);
	CHECK_NUMBERS(1, 1);
	CHECK(!view.retransmission);
	c(SEG_ACK | SEG_PSH, 0xffffffffu, 100, 0);
	CHECK(view.retransmission);
	s(SEG_ACK, 0, 0, 99);
	CHECK_NUMBERS(1, 101);
	c(SEG_ACK | SEG_FIN, 99, 0, 0);
	CHECK_NUMBERS(101, 1);
	CHECK(!view.retransmission);
	s(SEG_ACK, 0, 0, 99);
	CHECK(!view.acks_fin);
	s(SEG_ACK, 0, 0, 100);
	CHECK(view.acks_fin);
	end();
}

static void a_fin_at_the_very_end_of_the_numbers(void)
{
	begin();
	c(SEG_SYN, 0xfffffffeu, 0, 0);
	s(SEG_SYN | SEG_ACK, 9000, 0, 0xffffffffu);
	c(SEG_ACK | SEG_FIN, 0xffffffffu, 0, 9001);
	s(SEG_ACK, 9001, 0, 0xffffffffu);
	CHECK(!view.acks_fin);
	s(SEG_ACK, 9001, 0, 0);
	CHECK_NUMBERS(1, 2);
	CHECK(view.acks_fin);
	end();
}

/* ------------------------------------------------ joined in the middle */

static void joined_in_the_middle_the_first_byte_is_one(void)
{
	begin();
	c(SEG_ACK | SEG_PSH, 5000, 10, 7000);
	CHECK_NUMBERS(1, 1);
	CHECK(!view.retransmission);
	s(SEG_ACK | SEG_PSH, 7000, 20, 5010);
	CHECK_NUMBERS(1, 11);
	CHECK(!view.retransmission);
	c(SEG_ACK | SEG_FIN, 5010, 0, 7020);
	CHECK_NUMBERS(11, 21);
	c(SEG_ACK | SEG_FIN, 5010, 0, 7020);
	CHECK(view.retransmission);
	end();
}

static void joined_at_a_fin(void)
{
	begin();
	c(SEG_ACK | SEG_FIN, 5000, 0, 7000);
	CHECK_NUMBERS(1, 1);
	s(SEG_ACK, 7000, 0, 5001);
	CHECK_NUMBERS(1, 2);
	CHECK(view.acks_fin);
	end();
}

static void a_syn_after_joining_in_the_middle_begins_anew(void)
{
	begin();
	c(SEG_ACK | SEG_FIN, 5000, 0, 7000);
	s(SEG_ACK, 7000, 0, 5001);
	c(SEG_SYN, 90000, 0, 0);
	CHECK_NUMBERS(0, 0);
	CHECK_EQ(view.flow->incarnation, 1);
	s(SEG_SYN | SEG_ACK, 70000, 0, 90001);
	CHECK_NUMBERS(0, 1);
	CHECK(!view.acks_fin);
	end();
}

/* -------------------------------------------------------- retransmission */

static void what_was_sent_before_is_a_retransmission(void)
{
	begin_open();
	c(SEG_ACK | SEG_PSH, 1001, 10, 9001);
	CHECK(!view.retransmission);
	c(SEG_ACK | SEG_PSH, 1001, 10, 9001);
	CHECK(view.retransmission);
	CHECK_EQ(view.seq, 1);
	c(SEG_ACK, 1004, 3, 9001); /* a part of it */
	CHECK(view.retransmission);
	c(SEG_ACK | SEG_PSH, 1001, 11, 9001); /* one byte is new */
	CHECK(!view.retransmission);
	c(SEG_ACK | SEG_PSH, 1001, 11, 9001);
	CHECK(view.retransmission);
	end();
}

static void a_syn_or_a_fin_again_is_a_retransmission(void)
{
	begin();
	c(SEG_SYN, 1000, 0, 0);
	CHECK(!view.retransmission);
	c(SEG_SYN, 1000, 0, 0);
	CHECK(view.retransmission);
	CHECK_EQ(view.flow->incarnation, 0);
	s(SEG_SYN | SEG_ACK, 9000, 0, 1001);
	CHECK(!view.retransmission);
	s(SEG_SYN | SEG_ACK, 9000, 0, 1001);
	CHECK(view.retransmission);
	c(SEG_ACK | SEG_FIN, 1001, 0, 9001);
	CHECK(!view.retransmission);
	c(SEG_ACK | SEG_FIN, 1001, 0, 9001);
	CHECK(view.retransmission);
	end();
}

static void an_empty_segment_is_no_retransmission(void)
{
	begin_open();
	c(SEG_ACK, 1001, 0, 9001);
	CHECK(!view.retransmission);
	s(SEG_RST, 9001, 0, 0);
	CHECK(!view.retransmission);
	end();
}

static void a_reset_sends_nothing(void)
{
	begin_open();
	c(SEG_RST, 4000, 0, 0); /* beyond what was sent */
	CHECK_EQ(view.seq, 3000);
	c(SEG_ACK | SEG_PSH, 1001, 10, 9001);
	CHECK(!view.retransmission);
	end();
}

/* RFC 9293 3.10.7.1: its number is 0 on the wire, and so it is told. */
static void a_refusal_has_the_number_that_it_has_on_the_wire(void)
{
	begin();
	c(SEG_SYN, 1000, 0, 0);
	s(SEG_RST | SEG_ACK, 0, 0, 1001);
	CHECK_NUMBERS(0, 1);
	c(SEG_SYN, 3000, 0, 0); /* the next try, which is taken */
	s(SEG_SYN | SEG_ACK, 9000, 0, 3001);
	CHECK_NUMBERS(0, 1);
	CHECK(!view.retransmission);
	end();
}

/* ------------------------------------------------------------------ ACKs */

static void the_first_ack_of_a_syn_is_told(void)
{
	begin();
	c(SEG_SYN, 1000, 0, 0);
	CHECK(!view.acks_syn);
	s(SEG_SYN | SEG_ACK, 9000, 0, 1001);
	CHECK(view.acks_syn);
	c(SEG_ACK, 1001, 0, 9001);
	CHECK(view.acks_syn);
	c(SEG_ACK | SEG_PSH, 1001, 10, 9001); /* the same ACK once more */
	CHECK(!view.acks_syn);
	s(SEG_ACK, 9001, 0, 1011);
	CHECK(!view.acks_syn);
	end();
}

static void an_ack_of_the_fin_is_told_each_time(void)
{
	begin_open();
	c(SEG_ACK | SEG_PSH, 1001, 10, 9001);
	c(SEG_ACK | SEG_FIN, 1011, 0, 9001);
	CHECK(!view.acks_fin);
	s(SEG_ACK, 9001, 0, 1011); /* of the data alone */
	CHECK(!view.acks_fin);
	s(SEG_ACK, 9001, 0, 1012);
	CHECK(view.acks_fin);
	s(SEG_ACK | SEG_FIN, 9001, 0, 1012);
	CHECK(view.acks_fin);
	c(SEG_ACK, 1012, 0, 9002);
	CHECK(view.acks_fin);
	end();
}

static void an_ack_without_a_fin_acks_none(void)
{
	begin_open();
	c(SEG_ACK | SEG_PSH, 1001, 10, 9001);
	s(SEG_ACK, 9001, 0, 1011);
	CHECK(!view.acks_fin);
	end();
}

/* ----------------------------------------------------------- incarnations */

static void a_syn_of_another_number_begins_anew(void)
{
	begin_open();
	c(SEG_ACK | SEG_FIN, 1001, 0, 9001);
	s(SEG_ACK | SEG_FIN, 9001, 0, 1002);
	c(SEG_ACK, 1002, 0, 9002);
	CHECK_EQ(view.flow->incarnation, 0);
	c(SEG_SYN, 500000, 0, 0);
	CHECK_EQ(view.flow->incarnation, 1);
	CHECK_NUMBERS(0, 0);
	CHECK(!view.retransmission);
	s(SEG_SYN | SEG_ACK, 800000, 0, 500001);
	CHECK_NUMBERS(0, 1);
	CHECK(!view.acks_fin); /* the old FIN is forgotten */
	CHECK(!view.retransmission);
	c(SEG_ACK, 500001, 0, 800001);
	CHECK_NUMBERS(1, 1);
	CHECK_EQ(view.flow->incarnation, 1);
	end();
}

/* TCP_REPAIR lets a connection begin with the number of the one before it. */
static void so_does_one_of_the_same_number_after_an_ack(void)
{
	begin();
	c(SEG_SYN, 1000, 0, 0);
	c(SEG_SYN, 1000, 0, 0);
	CHECK(view.retransmission);
	CHECK_EQ(view.flow->incarnation, 0);
	s(SEG_SYN | SEG_ACK, 9000, 0, 1001);
	c(SEG_ACK | SEG_FIN, 1001, 0, 9001);
	s(SEG_ACK | SEG_FIN, 9001, 0, 1002);
	c(SEG_SYN, 1000, 0, 0);
	CHECK(!view.retransmission);
	CHECK_EQ(view.flow->incarnation, 1);
	CHECK_EQ(flow_next(view.flow, view.side), 1000);
	end();
}

static void what_was_let_through_is_forgotten_then(void)
{
	begin_open();
	view.flow->side[view.side].delivered_any = true;
	view.flow->side[view.side].delivered = 1001;
	c(SEG_SYN, 500000, 0, 0);
	CHECK(!view.flow->side[view.side].delivered_any);
	end();
}

static void until_the_syn_ack_others_are_of_the_connection_before(void)
{
	begin_open();
	s(SEG_FIN | SEG_ACK, 9001, 0, 1001);
	c(SEG_FIN | SEG_ACK, 1001, 0, 9002);
	s(SEG_ACK, 9002, 0, 1002);
	c(SEG_SYN, 500, 0, 0);
	s(SEG_ACK, 9002, 0, 1002); /* its TIME-WAIT */
	CHECK_NUMBERS(2, 2);
	c(SEG_RST, 1002, 0, 0);
	CHECK_NUMBERS(2, 0);
	c(SEG_SYN, 500, 0, 0);
	CHECK_NUMBERS(0, 0);
	s(SEG_SYN | SEG_ACK, 70000, 0, 501);
	CHECK_NUMBERS(0, 1);
	c(SEG_ACK, 501, 0, 70001);
	CHECK_NUMBERS(1, 1);
	end();
}

static void a_refusal_after_an_answer_from_before_has_its_own_number(void)
{
	begin_open();
	c(SEG_SYN, 500, 0, 0);
	s(SEG_ACK, 9002, 0, 1002);
	c(SEG_SYN, 500, 0, 0);
	s(SEG_RST | SEG_ACK, 0, 0, 501);
	CHECK_NUMBERS(0, 1);
	end();
}

static void both_may_open_at_once(void)
{
	begin();
	c(SEG_SYN, 1000, 0, 0);
	s(SEG_SYN, 9000, 0, 0);
	CHECK_NUMBERS(0, 0);
	c(SEG_SYN | SEG_ACK, 1000, 0, 9001);
	CHECK_NUMBERS(0, 1);
	s(SEG_SYN | SEG_ACK, 9000, 0, 1001);
	CHECK_NUMBERS(0, 1);
	CHECK_EQ(view.flow->incarnation, 0);
	c(SEG_ACK | SEG_PSH, 1001, 10, 9001);
	CHECK_NUMBERS(1, 1);
	end();
}

/* ----------------------------------------------------------------- bounds */

static void the_oldest_flows_are_forgotten(void)
{
	struct address server = host(2, 80), client;
	int side;

	begin();
	for (unsigned i = 0; i < FLOWS_MAX + 2; i++) {
		client = (struct address){.family = AF_INET, .port = (uint16_t)i,
			.bytes = {10, 1, 0, (uint8_t)(i >> 16)}};
		note(&client, &server, SEG_SYN, i, 0, 0);
	}
	for (unsigned i = 0; i < FLOWS_MAX + 2; i++) {
		client = (struct address){.family = AF_INET, .port = (uint16_t)i,
			.bytes = {10, 1, 0, (uint8_t)(i >> 16)}};
		if (!flows_find(flows, &client, &server, &side) != (i < 2)) {
			CHECK_EQ(i, -1); /* forgotten too early, or not at all */
			break;
		}
	}
	end();
}

static void a_forgotten_flow_is_joined_in_the_middle(void)
{
	struct address server = host(2, 80), client;

	begin_open();
	for (unsigned i = 0; i < FLOWS_MAX; i++) {
		client = (struct address){.family = AF_INET, .port = (uint16_t)i,
			.bytes = {10, 1, 0, 1}};
		note(&client, &server, SEG_SYN, i, 0, 0);
	}
	c(SEG_ACK | SEG_PSH, 1501, 10, 9001);
	CHECK_NUMBERS(1, 1);
	end();
}

static void addresses_have_an_order(void)
{
	struct address a = host(1, 80), b = host(2, 80), a2 = host(1, 81);
	struct address six = {.family = AF_INET6, .bytes = {10, 0, 0, 1}, .port = 80};

	CHECK(address_compare(&a, &b) < 0);
	CHECK(address_compare(&b, &a) > 0);
	CHECK(address_compare(&a, &a2) < 0);
	CHECK_EQ(address_compare(&a, &a), 0);
	CHECK(address_compare(&a, &six) != 0);
	CHECK((address_compare(&a, &six) < 0) != (address_compare(&six, &a) < 0));
}

static void none_is_freed_without_harm(void)
{
	flows_free(NULL);
	begin();
	end();
}

/* ------------------------------------------------- what nobody has sent now */

/* As the client's, with numbers and timestamp; how it meets the server. */
static enum arrival meet(uint8_t flags, uint32_t seq, uint32_t length, uint32_t ack, uint32_t stamp,
	bool anew)
{
	struct segment segment = {.src = host(1, 40000), .dst = host(2, 80), .flags = flags,
		.seq = seq, .length = length, .ack = ack, .has_timestamps = stamp > 0,
		.ts_value = stamp};
	int side;
	struct flow *flow = flows_find(flows, &segment.src, &segment.dst, &side);

	return flow_meet(flow, side, &segment, anew);
}

/* The client's first data, timestamp 500; both offer 1000 bytes. */
static void begin_stamped(void)
{
	struct segment segment = {.src = host(1, 40000), .dst = host(2, 80),
		.flags = SEG_ACK | SEG_PSH, .seq = 1001, .length = 10, .ack = 9001,
		.has_timestamps = true, .ts_value = 500, .window = 1000};
	struct segment answer = {.src = segment.dst, .dst = segment.src, .flags = SEG_ACK,
		.seq = 9001, .ack = 1011, .has_timestamps = true, .ts_value = 700, .window = 1000};

	begin_open();
	flows_note(flows, &segment, &view);
	flows_note(flows, &answer, &view);
}

static void strays_are_met_by_number_ack_and_timestamp(void)
{
	const uint8_t fin = SEG_FIN | SEG_ACK;

	begin_stamped();
	CHECK_EQ(meet(fin, 1011, 0, 9001, 500, false), ARRIVES_NEXT);
	CHECK_EQ(meet(fin, 1011, 0, 9001, 501, false), ARRIVES_NEXT);
	CHECK_EQ(meet(fin, 1011, 0, 9001, 0, false), ARRIVES_NEXT);
	CHECK_EQ(meet(fin, 1011, 0, 9001, 499, false), ARRIVES_STALE);
	CHECK_EQ(meet(fin, 1012, 0, 9001, 500, false), ARRIVES_BEYOND);
	CHECK_EQ(meet(fin, 2011, 0, 9001, 500, false), ARRIVES_BEYOND);
	CHECK_EQ(meet(fin, 2012, 0, 9001, 500, false), ARRIVES_OUTSIDE);
	CHECK_EQ(meet(SEG_ACK, 1001, 10, 9001, 500, false), ARRIVES_OLD);
	CHECK_EQ(meet(SEG_ACK, 1001, 11, 9001, 500, false), ARRIVES_NEXT);
	CHECK_EQ(meet(SEG_ACK, 1001, 10, 9001, 500, true), ARRIVES_OUTSIDE);
	CHECK_EQ(meet(fin, 999, 0, 9001, 500, false), ARRIVES_OUTSIDE);
	CHECK_EQ(meet(fin, 1011, 0, 9002, 500, false), ARRIVES_UNSENT);
	CHECK_EQ(meet(fin, 1011, 0, 9000, 500, false), ARRIVES_OUTSIDE); /* of one before */
	CHECK_EQ(meet(SEG_RST, 1011, 0, 12345, 500, false), ARRIVES_NEXT);
	end();
}

/* Of what the server has sent: as far back as the client's window. */
static void an_old_ack_is_met_by_the_window(void)
{
	struct segment ack = {.src = host(1, 40000), .dst = host(2, 80), .flags = SEG_ACK,
		.seq = 1011, .ack = 12001, .window = 1000};
	const uint8_t fin = SEG_FIN | SEG_ACK;

	begin_stamped();
	s(SEG_ACK | SEG_PSH, 9001, 3000, 1011);
	flows_note(flows, &ack, &view);
	CHECK_EQ(meet(fin, 1011, 0, 11001, 500, false), ARRIVES_NEXT);
	CHECK_EQ(meet(fin, 1011, 0, 11000, 500, false), ARRIVES_OUTSIDE);
	CHECK_EQ(meet(fin, 1011, 0, 12002, 500, false), ARRIVES_UNSENT);
	end();
}

static void meeting_notes_nothing(void)
{
	struct flow before;

	begin_stamped();
	before = *view.flow;
	meet(SEG_FIN | SEG_ACK, 1011, 0, 9001, 501, false);
	meet(SEG_ACK, 1011, 100, 9002, 501, true);
	CHECK(memcmp(&before, view.flow, sizeof before) == 0);
	end();
}

static void what_comes_next_is_what_was_taken_or_acked(void)
{
	struct segment segment = {.src = host(1, 40000), .dst = host(2, 80), .flags = SEG_ACK,
		.seq = 1001, .length = 10, .ack = 9001};
	bool brings_fin;

	begin_open();
	CHECK_EQ(flow_next(view.flow, view.side), 1001);
	flows_note(flows, &segment, &view);
	CHECK_EQ(flow_next(view.flow, view.side), 1001); /* it is not there yet */
	flow_arrive(view.flow, view.side, &segment, &brings_fin);
	CHECK_EQ(flow_next(view.flow, view.side), 1011);
	s(SEG_ACK, 9001, 0, 1041); /* of something that was made up */
	CHECK(view.acks_unsent);
	CHECK_EQ(flow_next(view.flow, !view.side), 1041);
	c(SEG_ACK, 1011, 0, 9001);
	CHECK(!view.acks_unsent);
	end();
}

static void windows_are_scaled_but_for_a_syns(void)
{
	struct segment syn = {.src = host(1, 40000), .dst = host(2, 80), .flags = SEG_SYN, .seq = 1000,
		.window = 60000, .window_scale = 7};
	struct segment answer = {.src = syn.dst, .dst = syn.src, .flags = SEG_SYN | SEG_ACK,
		.seq = 9000, .ack = 1001, .window = 60000, .window_scale = -1};

	for (int scaled = 0; scaled < 2; scaled++) {
		struct segment ack = {.src = syn.src, .dst = syn.dst, .flags = SEG_ACK, .seq = 1001,
			.ack = 9001, .window = 500};

		begin();
		answer.window_scale = scaled ? 2 : -1;
		flows_note(flows, &syn, &view);
		CHECK_EQ(view.flow->side[view.side].window, 60000);
		flows_note(flows, &answer, &view);
		flows_note(flows, &ack, &view);
		CHECK_EQ(flow_scale(view.flow, view.side), scaled ? 7 : 0);
		CHECK_EQ(view.flow->side[view.side].window, scaled ? 500 << 7 : 500);
		end();
	}
}

static bool is_any(void *arg, const struct flow *flow)
{
	(void)arg;
	return flow != NULL;
}

static bool is_not(void *arg, const struct flow *flow)
{
	return flow != arg;
}

static void the_newest_connection_is_the_one_that_began_last(void)
{
	struct address client = host(1, 40001), server = host(2, 80);
	struct flow *first;

	begin();
	CHECK(flows_newest(flows, is_any, NULL) == NULL);
	c(SEG_SYN, 1000, 0, 0);
	first = view.flow;
	note(&client, &server, SEG_SYN, 5000, 0, 0);
	CHECK(flows_newest(flows, is_any, NULL) == view.flow);
	CHECK(flows_newest(flows, is_not, view.flow) == first);
	c(SEG_SYN, 2000, 0, 0); /* the old pair anew */
	CHECK(flows_newest(flows, is_any, NULL) == first);
	c(SEG_SYN, 2000, 0, 0);
	note(&client, &server, SEG_ACK, 5001, 0, 1);
	CHECK(flows_newest(flows, is_any, NULL) == first);
	end();
}

int main(void)
{
	RUN(an_opening_begins_at_zero);
	RUN(data_and_fins_count_on);
	RUN(both_directions_are_one_flow);
	RUN(a_connection_to_oneself_has_two_sides);
	RUN(numbers_wrap_around);
	RUN(a_fin_at_the_very_end_of_the_numbers);
	RUN(joined_in_the_middle_the_first_byte_is_one);
	RUN(joined_at_a_fin);
	RUN(a_syn_after_joining_in_the_middle_begins_anew);
	RUN(what_was_sent_before_is_a_retransmission);
	RUN(a_syn_or_a_fin_again_is_a_retransmission);
	RUN(an_empty_segment_is_no_retransmission);
	RUN(a_reset_sends_nothing);
	RUN(a_refusal_has_the_number_that_it_has_on_the_wire);
	RUN(the_first_ack_of_a_syn_is_told);
	RUN(an_ack_of_the_fin_is_told_each_time);
	RUN(an_ack_without_a_fin_acks_none);
	RUN(a_syn_of_another_number_begins_anew);
	RUN(so_does_one_of_the_same_number_after_an_ack);
	RUN(what_was_let_through_is_forgotten_then);
	RUN(until_the_syn_ack_others_are_of_the_connection_before);
	RUN(a_refusal_after_an_answer_from_before_has_its_own_number);
	RUN(both_may_open_at_once);
	RUN(the_oldest_flows_are_forgotten);
	RUN(a_forgotten_flow_is_joined_in_the_middle);
	RUN(addresses_have_an_order);
	RUN(none_is_freed_without_harm);
	RUN(strays_are_met_by_number_ack_and_timestamp);
	RUN(an_old_ack_is_met_by_the_window);
	RUN(meeting_notes_nothing);
	RUN(what_comes_next_is_what_was_taken_or_acked);
	RUN(windows_are_scaled_but_for_a_syns);
	RUN(the_newest_connection_is_the_one_that_began_last);
	return unit_end();
}
