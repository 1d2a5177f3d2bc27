/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gate_test.c - who waits at the gate, in which order, and who is a copy of
 * what waits or has passed.
 */
#include "../../netlab/gate.h"

#include <sys/socket.h>

#include "unit.h"

#define ITEMS_MAX 16

enum { CLIENT, SERVER };

/* One connection whose segments come to a gate. */
static struct flows *flows;
static struct gate gate;
static struct gate_item items[ITEMS_MAX];
static unsigned used;
static uint32_t isn[2];

static void begin_at(uint32_t client_isn, uint32_t server_isn)
{
	flows = flows_new();
	gate_init(&gate);
	used = 0;
	isn[CLIENT] = client_isn;
	isn[SERVER] = server_isn;
}

static void begin(void)
{
	begin_at(1000, 9000);
}

static void end(void)
{
	flows_free(flows);
}

/* A segment with relative numbers. */
static struct segment segment(int from, uint8_t flags, uint32_t seq, uint32_t length, uint32_t ack)
{
	struct address client = {.family = AF_INET, .bytes = {10, 0, 0, 1}, .port = 40000};
	struct address server = {.family = AF_INET, .bytes = {10, 0, 0, 2}, .port = 80};

	return (struct segment){
		.src = from == CLIENT ? client : server,
		.dst = from == CLIENT ? server : client,
		.flags = flags,
		.seq = isn[from] + seq,
		.ack = flags & SEG_ACK ? isn[!from] + ack : 0,
		.length = length,
	};
}

static struct gate_item *seen_item;
static uint32_t seen_n;

/* It enters: noted and judged, and held when it is new. */
static enum gate_verdict enters(int from, uint8_t flags, uint32_t seq, uint32_t length,
	uint32_t ack)
{
	struct segment entering = segment(from, flags, seq, length, ack);
	struct gate_item *item;
	enum gate_verdict verdict;
	struct flow_view view;

	flows_note(flows, &entering, &view);
	seen_item = NULL;
	seen_n = 0;
	verdict = gate_judge(&gate, &entering, view.flow, view.side, &seen_item, &seen_n);
	if (verdict != GATE_HOLD)
		return verdict;
	item = &items[used++];
	*item = (struct gate_item){.flow = view.flow, .side = view.side,
		.incarnation = view.flow->incarnation, .seq = entering.seq,
		.end = entering.seq + segment_space(&entering), .ack = entering.ack,
		.flags = flags, .n = used};
	gate_push(&gate, item);
	return verdict;
}

/* The oldest is let through; its number. */
static uint32_t step(void)
{
	struct gate_item *item = gate_pop(&gate);

	gate_delivered((struct flow *)(uintptr_t)item->flow, item);
	return item->n;
}

/* Both directions are known, nothing is held, nothing was let through. */
static void open_connection(void)
{
	struct flow_view view;
	struct segment syn = segment(CLIENT, SEG_SYN, 0, 0, 0);
	struct segment syn_ack = segment(SERVER, SEG_SYN | SEG_ACK, 0, 0, 1);
	struct segment ack = segment(CLIENT, SEG_ACK, 1, 0, 1);

	flows_note(flows, &syn, &view);
	flows_note(flows, &syn_ack, &view);
	flows_note(flows, &ack, &view);
}

/* ------------------------------------------------------------------ order */

static void what_waits_goes_in_the_order_it_came(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1);
	enters(SERVER, SEG_ACK, 1, 0, 11);
	enters(CLIENT, SEG_ACK | SEG_FIN, 11, 0, 1);
	CHECK_EQ(gate.count, 3);
	CHECK_EQ(gate_pop(&gate)->n, 1);
	CHECK_EQ(gate_pop(&gate)->n, 2);
	CHECK_EQ(gate_pop(&gate)->n, 3);
	CHECK(gate_pop(&gate) == NULL);
	CHECK_EQ(gate.count, 0);
	end();
}

static void an_emptied_gate_fills_again(void)
{
	struct gate_item a = {.n = 1}, b = {.n = 2}, c = {.n = 3};

	gate_init(&gate);
	gate_push(&gate, &a);
	gate_pop(&gate);
	gate_push(&gate, &b);
	gate_push(&gate, &c);
	CHECK_EQ(gate.count, 2);
	CHECK_EQ(gate_pop(&gate)->n, 2);
	CHECK_EQ(gate_pop(&gate)->n, 3);
}

static void what_replaces_a_dropped_one_comes_first(void)
{
	struct gate_item a = {.n = 1}, b = {.n = 2}, c = {.n = 3};

	gate_init(&gate);
	gate_push_first(&gate, &b); /* into an empty gate */
	gate_push(&gate, &c);
	gate_push_first(&gate, &a);
	CHECK_EQ(gate.count, 3);
	CHECK_EQ(gate_pop(&gate)->n, 1);
	CHECK_EQ(gate_pop(&gate)->n, 2);
	CHECK_EQ(gate_pop(&gate)->n, 3);
}

/* --------------------------------------------------------- copies of held */

static void the_same_segment_again_is_a_copy(void)
{
	begin();
	open_connection();
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1), GATE_COPY_OF_HELD);
	CHECK(seen_item == &items[0]);
	CHECK_EQ(gate.count, 1);
	end();
}

static void judging_changes_nothing(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1), GATE_COPY_OF_HELD);
	CHECK_EQ(items[0].copies, 0); /* the caller counts */
	CHECK_EQ(gate.count, 1);
	end();
}

static void a_part_of_what_is_held_is_a_copy(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_PSH, 1, 100, 1);
	CHECK_EQ(enters(CLIENT, SEG_ACK, 1, 40, 1), GATE_COPY_OF_HELD);
	CHECK_EQ(enters(CLIENT, SEG_ACK, 41, 20, 1), GATE_COPY_OF_HELD);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 61, 40, 1), GATE_COPY_OF_HELD);
	end();
}

static void what_two_held_ones_cover_is_a_copy(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK, 1, 10, 1);
	enters(CLIENT, SEG_ACK | SEG_PSH, 11, 10, 1);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 20, 1), GATE_COPY_OF_HELD);
	CHECK(seen_item == &items[1]); /* the one that it ends with */
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 5, 10, 1), GATE_COPY_OF_HELD);
	end();
}

/* FAILS: gate.c's covered() goes through the gate once, so it finds a union only
 * when its parts wait in the order of their numbers. They do not when the
 * retransmission of a dropped segment waits behind what was sent later. */
static void what_two_held_ones_cover_is_a_copy_in_whatever_order_they_wait(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK, 1, 10, 1);
	enters(CLIENT, SEG_ACK | SEG_PSH, 11, 10, 1);
	gate_push(&gate, gate_pop(&gate));
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 20, 1), GATE_COPY_OF_HELD);
	end();
}

static void anything_new_in_it_makes_it_new(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 11, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 20, 10, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 29, 1), GATE_HOLD); /* a gap: 12 to 19 */
	end();
}

static void a_syn_again_is_a_copy(void)
{
	begin();
	CHECK_EQ(enters(CLIENT, SEG_SYN, 0, 0, 0), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_SYN, 0, 0, 0), GATE_COPY_OF_HELD);
	CHECK(seen_item == &items[0]);
	step();
	CHECK_EQ(enters(SERVER, SEG_SYN | SEG_ACK, 0, 0, 1), GATE_HOLD);
	CHECK_EQ(enters(SERVER, SEG_SYN | SEG_ACK, 0, 0, 1), GATE_COPY_OF_HELD);
	CHECK(seen_item == &items[1]);
	end();
}

static void a_fin_again_is_a_copy(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_COPY_OF_HELD);
	/* in CLOSING the repeated FIN carries the ACK of the other FIN, too */
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 2), GATE_COPY_OF_HELD);
	end();
}

static void data_and_fin_are_one_space(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1);
	/* the same data, but a FIN that is new */
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH | SEG_FIN, 1, 10, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 11, 0, 1), GATE_COPY_OF_HELD);
	CHECK(seen_item == &items[1]);
	end();
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1);
	enters(CLIENT, SEG_ACK | SEG_FIN, 11, 0, 1);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH | SEG_FIN, 1, 10, 1), GATE_COPY_OF_HELD);
	CHECK(seen_item == &items[1]);
	end();
}

static void the_other_direction_has_numbers_of_its_own(void)
{
	begin_at(5000, 5000);
	open_connection();
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_HOLD);
	CHECK_EQ(enters(SERVER, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_HOLD);
	CHECK_EQ(enters(SERVER, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_COPY_OF_HELD);
	CHECK(seen_item == &items[1]);
	end();
}

/* ------------------------------------------------------- copies of passed */

static void a_copy_of_what_passed_is_one_while_its_ack_is_held(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1);
	CHECK_EQ(step(), 1);
	enters(SERVER, SEG_ACK, 1, 0, 2);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_COPY_OF_PASSED);
	CHECK_EQ(seen_n, 1);
	CHECK_EQ(gate.count, 1);
	end();
}

static void a_later_ack_held_covers_it_as_well(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK, 1, 10, 1);
	enters(CLIENT, SEG_ACK | SEG_PSH, 11, 10, 1);
	step();
	step();
	enters(SERVER, SEG_ACK | SEG_FIN, 1, 0, 21); /* it rides on a FIN */
	CHECK_EQ(enters(CLIENT, SEG_ACK, 1, 10, 1), GATE_COPY_OF_PASSED);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 11, 10, 1), GATE_COPY_OF_PASSED);
	CHECK_EQ(seen_n, 2);
	end();
}

static void it_is_none_while_no_ack_was_sent(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1);
	step();
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_HOLD);
	end();
}

static void so_it_is_while_it_passes_itself(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1);
	gate.passing = gate.first;
	step();
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_COPY_OF_PASSED);
	CHECK_EQ(seen_n, 1);
	CHECK(!seen_item);
	CHECK_EQ(enters(CLIENT, SEG_ACK, 2, 10, 1), GATE_HOLD); /* there is more in it */
	CHECK_EQ(enters(SERVER, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_HOLD);
	gate.passing = NULL;
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_HOLD);
	end();
}

static void and_while_its_ack_passes(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1);
	step();
	enters(SERVER, SEG_ACK, 1, 0, 2);
	gate.passing = gate.first;
	step();
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_COPY_OF_PASSED);
	CHECK_EQ(seen_n, 1);
	gate.passing = NULL;
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_HOLD);
	end();
}

static void it_is_none_when_the_ack_was_dropped(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1);
	step();
	enters(SERVER, SEG_ACK, 1, 0, 2);
	gate_pop(&gate); /* taken off, not let through */
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_HOLD);
	end();
}

static void it_is_none_when_the_held_ack_does_not_cover_it(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1);
	enters(CLIENT, SEG_ACK | SEG_FIN, 11, 0, 1);
	step();
	step();
	enters(SERVER, SEG_ACK, 1, 0, 11); /* of the data alone */
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1), GATE_COPY_OF_PASSED);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 11, 0, 1), GATE_HOLD);
	end();
}

static void what_was_dropped_is_none_though_a_later_ack_is_held(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1);
	gate_pop(&gate);
	enters(SERVER, SEG_ACK | SEG_FIN, 1, 0, 1);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1), GATE_HOLD);
	end();
}

static void what_was_delivered_is_the_highest_end(void)
{
	struct flow *flow;
	int side;

	begin();
	open_connection();
	enters(CLIENT, SEG_ACK, 1, 10, 1);
	enters(CLIENT, SEG_ACK | SEG_PSH, 11, 10, 1);
	gate_push(&gate, gate_pop(&gate)); /* the second goes first */
	CHECK_EQ(step(), 2);
	CHECK_EQ(step(), 1);
	flow = flows_find(flows, &(struct address){AF_INET, {10, 0, 0, 1}, 40000},
		&(struct address){AF_INET, {10, 0, 0, 2}, 80}, &side);
	CHECK_EQ(flow->side[side].delivered, isn[CLIENT] + 21);
	CHECK_EQ(flow->side[side].delivered_n, 2);
	end();
}

/* ------------------------------------------------------ what is never one */

static void pure_acks_are_never_copies(void)
{
	begin();
	open_connection();
	CHECK_EQ(enters(SERVER, SEG_ACK, 1, 0, 1), GATE_HOLD);
	CHECK_EQ(enters(SERVER, SEG_ACK, 1, 0, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_ACK, 1, 0, 1), GATE_HOLD); /* within what is held */
	CHECK_EQ(gate.count, 4);
	end();
}

static void resets_are_never_copies(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1);
	CHECK_EQ(enters(CLIENT, SEG_RST, 1, 0, 0), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_RST | SEG_ACK, 1, 0, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_RST | SEG_ACK, 1, 0, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_RST | SEG_ACK, 1, 5, 1), GATE_HOLD); /* with text in it */
	end();
}

static void a_held_empty_segment_covers_nothing(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK, 1, 0, 1);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 1, 10, 1), GATE_HOLD);
	end();
}

/* ----------------------------------------------------------- incarnations */

static void a_new_incarnation_has_no_copies_in_the_old_one(void)
{
	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1); /* kept on the wire */
	isn[CLIENT] = 501; /* its SYN has the number of the old FIN, minus 500 */
	CHECK_EQ(enters(CLIENT, SEG_SYN, 0, 0, 0), GATE_HOLD);
	/* the numbers of the old FIN, but data of the new one */
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 500, 1, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_PSH, 500, 1, 1), GATE_COPY_OF_HELD);
	CHECK(seen_item == &items[2]);
	end();
}

static void an_old_ack_is_not_held_for_the_new_incarnation(void)
{
	begin();
	open_connection();
	enters(SERVER, SEG_ACK, 1, 0, 2); /* of the old one */
	gate_push(&gate, gate_pop(&gate));
	isn[CLIENT] = 900;
	enters(CLIENT, SEG_SYN, 0, 0, 0);
	gate_pop(&gate); /* the ACK, and back behind the SYN */
	gate_push(&gate, &items[0]);
	step(); /* the SYN */
	CHECK_EQ(enters(CLIENT, SEG_SYN, 0, 0, 0), GATE_HOLD);
	end();
}

static void what_is_delivered_late_does_not_count_for_the_new_incarnation(void)
{
	struct gate_item *old_fin;
	int side;
	struct flow *flow;

	begin();
	open_connection();
	enters(CLIENT, SEG_ACK | SEG_FIN, 1, 0, 1);
	old_fin = gate_pop(&gate);
	isn[CLIENT] = 77777;
	enters(CLIENT, SEG_SYN, 0, 0, 0);
	flow = flows_find(flows, &(struct address){AF_INET, {10, 0, 0, 1}, 40000},
		&(struct address){AF_INET, {10, 0, 0, 2}, 80}, &side);
	CHECK_EQ(flow->incarnation, 1);
	gate_delivered(flow, old_fin);
	CHECK(!flow->side[side].delivered_any);
	end();
}

/* ----------------------------------------------------------- wrap-around */

static void numbers_wrap_around(void)
{
	begin_at(0xfffffffau, 0xfffffff0u); /* relative 6 is 0 on the wire */
	open_connection();
	CHECK_EQ(enters(CLIENT, SEG_ACK, 1, 10, 1), GATE_HOLD); /* across 2^32 */
	CHECK_EQ(enters(CLIENT, SEG_ACK, 1, 10, 1), GATE_COPY_OF_HELD);
	CHECK_EQ(enters(CLIENT, SEG_ACK, 1, 5, 1), GATE_COPY_OF_HELD); /* ends at 0 */
	CHECK_EQ(enters(CLIENT, SEG_ACK, 6, 5, 1), GATE_COPY_OF_HELD); /* begins at 0 */
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 11, 0, 1), GATE_HOLD);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 1, 10, 1), GATE_COPY_OF_HELD);
	step();
	step();
	enters(SERVER, SEG_ACK, 1, 0, 12);
	CHECK_EQ(enters(CLIENT, SEG_ACK | SEG_FIN, 11, 0, 1), GATE_COPY_OF_PASSED);
	CHECK_EQ(enters(CLIENT, SEG_ACK, 1, 10, 1), GATE_COPY_OF_PASSED);
	end();
}

int main(void)
{
	RUN(what_waits_goes_in_the_order_it_came);
	RUN(an_emptied_gate_fills_again);
	RUN(what_replaces_a_dropped_one_comes_first);
	RUN(the_same_segment_again_is_a_copy);
	RUN(judging_changes_nothing);
	RUN(a_part_of_what_is_held_is_a_copy);
	RUN(what_two_held_ones_cover_is_a_copy);
	RUN(what_two_held_ones_cover_is_a_copy_in_whatever_order_they_wait);
	RUN(anything_new_in_it_makes_it_new);
	RUN(a_syn_again_is_a_copy);
	RUN(a_fin_again_is_a_copy);
	RUN(data_and_fin_are_one_space);
	RUN(the_other_direction_has_numbers_of_its_own);
	RUN(a_copy_of_what_passed_is_one_while_its_ack_is_held);
	RUN(a_later_ack_held_covers_it_as_well);
	RUN(it_is_none_while_no_ack_was_sent);
	RUN(so_it_is_while_it_passes_itself);
	RUN(and_while_its_ack_passes);
	RUN(it_is_none_when_the_ack_was_dropped);
	RUN(it_is_none_when_the_held_ack_does_not_cover_it);
	RUN(what_was_dropped_is_none_though_a_later_ack_is_held);
	RUN(what_was_delivered_is_the_highest_end);
	RUN(pure_acks_are_never_copies);
	RUN(resets_are_never_copies);
	RUN(a_held_empty_segment_covers_nothing);
	RUN(a_new_incarnation_has_no_copies_in_the_old_one);
	RUN(an_old_ack_is_not_held_for_the_new_incarnation);
	RUN(what_is_delivered_late_does_not_count_for_the_new_incarnation);
	RUN(numbers_wrap_around);
	return unit_end();
}
