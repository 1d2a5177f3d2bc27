/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tally_test.c - what is counted when frames leave in another order than they
 * entered, twice, never, or changed.
 */
#include "../../netlab/tally.h"

#include "unit.h"

#define LENGTH 60

static struct tally *tally;
static uint8_t frame[LENGTH];

/* A frame of its own for each number, the same every time. */
static const uint8_t *numbered(uint32_t number)
{
	memset(frame, 0x55, sizeof frame);
	memcpy(frame + 20, &number, sizeof number);
	return frame;
}

static void in(uint32_t number)
{
	tally_entered(tally, numbered(number), LENGTH);
}

static enum tally_verdict out(uint32_t number)
{
	return tally_left(tally, numbered(number), LENGTH);
}

static void begin(void)
{
	tally = tally_new();
}

static void end(void)
{
	tally_free(tally);
}

/* ------------------------------------------------------------------ tests */

static void in_order(void)
{
	begin();
	for (uint32_t i = 0; i < 100; i++)
		in(i);
	for (uint32_t i = 0; i < 100; i++)
		CHECK_EQ(out(i), TALLY_IN_ORDER);
	end();
}

static void a_gap_is_no_reordering(void)
{
	begin();
	for (uint32_t i = 0; i < 5; i++)
		in(i);
	CHECK_EQ(out(0), TALLY_IN_ORDER);
	CHECK_EQ(out(3), TALLY_IN_ORDER);
	CHECK_EQ(out(4), TALLY_IN_ORDER);
	end();
}

static void the_overtaken_are_reordered_not_the_overtaker(void)
{
	begin();
	for (uint32_t i = 0; i < 4; i++)
		in(i);
	CHECK_EQ(out(2), TALLY_IN_ORDER);
	CHECK_EQ(out(0), TALLY_REORDERED);
	CHECK_EQ(out(1), TALLY_REORDERED);
	CHECK_EQ(out(3), TALLY_IN_ORDER);
	end();
}

static void leaving_twice_is_a_double(void)
{
	begin();
	in(1);
	CHECK_EQ(out(1), TALLY_IN_ORDER);
	CHECK_EQ(out(1), TALLY_DOUBLED);
	CHECK_EQ(out(1), TALLY_DOUBLED);
	end();
}

static void what_has_not_entered_is_unknown(void)
{
	begin();
	CHECK_EQ(out(7), TALLY_UNKNOWN);
	in(1);
	CHECK_EQ(out(7), TALLY_UNKNOWN);
	CHECK_EQ(out(1), TALLY_IN_ORDER);
	end();
}

static void a_flipped_bit_makes_it_unknown(void)
{
	begin();
	for (unsigned bit = 0; bit < LENGTH * 8; bit++) {
		in(1);
		numbered(1);
		frame[bit / 8] ^= (uint8_t)(1 << bit % 8);
		CHECK_EQ(tally_left(tally, frame, LENGTH), TALLY_UNKNOWN);
	}
	end();
}

static void the_length_counts(void)
{
	static const uint8_t zeros[64];

	begin();
	for (uint32_t length = 0; length < sizeof zeros; length++)
		tally_entered(tally, zeros, length);
	for (uint32_t length = 0; length < sizeof zeros; length++) {
		CHECK_EQ(tally_left(tally, zeros, length), TALLY_IN_ORDER);
		CHECK_EQ(tally_left(tally, zeros, length), TALLY_DOUBLED);
	}
	end();
}

/* A sender may repeat itself to the last bit: that is no double. */
static void the_same_frame_may_enter_twice(void)
{
	begin();
	in(1);
	in(1);
	CHECK_EQ(out(1), TALLY_IN_ORDER);
	CHECK_EQ(out(1), TALLY_IN_ORDER);
	CHECK_EQ(out(1), TALLY_DOUBLED);
	end();
}

static void of_equal_ones_the_older_leaves_first(void)
{
	begin();
	in(1);
	in(2);
	in(1);
	CHECK_EQ(out(1), TALLY_IN_ORDER);
	CHECK_EQ(out(2), TALLY_IN_ORDER);
	CHECK_EQ(out(1), TALLY_IN_ORDER);
	end();
}

static void the_newest_are_remembered(void)
{
	begin();
	for (uint32_t i = 0; i <= TALLY_FRAMES; i++)
		in(i);
	CHECK_EQ(out(0), TALLY_UNKNOWN); /* the one too many */
	for (uint32_t i = 1; i <= TALLY_FRAMES; i++)
		CHECK_EQ(out(i), TALLY_IN_ORDER);
	end();
}

static void equal_ones_without_end(void)
{
	begin();
	for (uint32_t i = 0; i < 3 * TALLY_FRAMES; i++) {
		in(1);
		CHECK_EQ(out(1), TALLY_IN_ORDER);
		if (i % 1024 == 0)
			CHECK_EQ(out(1), TALLY_DOUBLED);
	}
	end();
}

static void none_is_freed_without_harm(void)
{
	tally_free(NULL);
}

int main(void)
{
	RUN(in_order);
	RUN(a_gap_is_no_reordering);
	RUN(the_overtaken_are_reordered_not_the_overtaker);
	RUN(leaving_twice_is_a_double);
	RUN(what_has_not_entered_is_unknown);
	RUN(a_flipped_bit_makes_it_unknown);
	RUN(the_length_counts);
	RUN(the_same_frame_may_enter_twice);
	RUN(of_equal_ones_the_older_leaves_first);
	RUN(the_newest_are_remembered);
	RUN(equal_ones_without_end);
	RUN(none_is_freed_without_harm);
	return unit_end();
}
