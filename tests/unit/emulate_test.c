/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * emulate_test.c - which frames are lost, doubled, corrupted, overtake, and when
 * each leaves. Seeds are fixed: what is random is the same in each run.
 */
#include "../../netlab/emulate.h"

#include "unit.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MANY	     100000
#define MS	     1000000

static struct emulate *emulate;
static struct netem set;

/* Lay the words over the set, without telling the emulation. */
static void words(const char *line)
{
	static char copy[200];
	char *list[30];
	struct netem change;
	struct cause cause;
	int count = 0;

	snprintf(copy, sizeof copy, "%s", line);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
		list[count++] = word;
	if (netem_parse(list, count, &change, &cause) < 0 ||
		netem_change(&set, &change, &cause) < 0) {
		CHECK_STR(cause.text, "no error");
	}
}

static void change(const char *line)
{
	words(line);
	emulate_set(emulate, &set, 1);
}

static void begin(const char *line)
{
	emulate = emulate_new(0);
	set = (struct netem){0};
	change(line);
}

static void end(void)
{
	emulate_free(emulate, NULL);
}

/* Frames are told from each other by where their loads point. */
static char loads[MANY];

static struct emulate_verdict push(int64_t now, int frame)
{
	return emulate_push(emulate, now, 1000, &loads[frame]);
}

/* -1: none is due */
static int pop(int64_t now)
{
	char *load = emulate_pop(emulate, now);

	return load ? (int)(load - loads) : -1;
}

/* All that leave until `now`, as "0 2 1", in what order. */
static const char *popped(int64_t now)
{
	static char text[200];
	size_t used = 0;
	int frame;

	text[0] = '\0';
	while ((frame = pop(now)) >= 0 && used < sizeof text)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%d", used ? " " : "",
			frame);
	return text;
}

/* Of `count` frames with a probability of `percent` (in 1/1000 %) as many as lie
 * within 3.29 standard deviations: 99.9 % of all runs. */
static void check_count(int64_t seen, int64_t count, int64_t percent)
{
	double off = (double)(seen * 100000 - count * percent) / 100000;
	double variance = (double)(count * percent) / 100000 * (double)(100000 - percent) / 100000;

	CHECK(off * off < 3.29 * 3.29 * variance);
	if (off * off >= 3.29 * 3.29 * variance)
		printf("  %.0f too many, of variance %.0f\n", off, variance);
}

struct tally {
	int64_t lost, doubled, reordered, corrupted, overflowed;
};

/* Push that many and take each off at once. */
static struct tally tally_of(const char *line, int count)
{
	struct tally tally = {0};

	begin(line);
	for (int i = 0; i < count; i++) {
		struct emulate_verdict verdict = push(i, i);

		tally.lost += verdict.lost;
		tally.doubled += verdict.doubled;
		tally.reordered += verdict.reordered;
		tally.corrupted += verdict.corrupt_bit >= 0;
		tally.overflowed += verdict.overflowed;
		CHECK_EQ(verdict.index, i);
		CHECK_EQ(emulate_queued(emulate), verdict.lost ? 0 : verdict.doubled ? 2 : 1);
		while (emulate_pop(emulate, INT64_MAX))
			;
	}
	end();
	unit_about = line;
	return tally;
}

/* ----------------------------------------------------------------- nothing */

static void without_parameters_all_leave_at_once_in_order(void)
{
	emulate = emulate_new(3);
	CHECK_EQ(emulate_next(emulate), -1);
	CHECK_EQ(pop(1000), -1);
	for (int i = 0; i < 5000; i++) { /* more than the limit of netem */
		struct emulate_verdict verdict = push(100 + i / 100, i);

		CHECK(!verdict.lost && !verdict.overflowed && !verdict.doubled);
		CHECK(!verdict.reordered && verdict.corrupt_bit == -1);
		CHECK_EQ(verdict.index, i);
	}
	CHECK_EQ(emulate_queued(emulate), 5000);
	CHECK_EQ(emulate_next(emulate), 100);
	CHECK_EQ(pop(99), -1);
	for (int i = 0; i < 5000; i++)
		CHECK_EQ(pop(149), i);
	CHECK_EQ(emulate_queued(emulate), 0);
	CHECK_EQ(emulate_next(emulate), -1);
	CHECK_EQ(pop(149), -1);
	end();
}

static unsigned forgotten;

static void forget(void *load)
{
	forgotten += load == &loads[0] ? 1 : load == &loads[1] ? 100 : 10000;
}

static void what_waits_is_forgotten_at_the_end(void)
{
	begin("delay 5ms duplicate 100%");
	push(0, 0);
	push(0, 1);
	forgotten = 0;
	emulate_free(emulate, forget);
	CHECK_EQ(forgotten, 202);
	emulate_free(NULL, forget);
}

/* The queue is empty then, for the rate and the limit, too; and it goes on. */
static void what_is_cleared_holds_up_nobody(void)
{
	begin("rate 1mbit limit 3"); /* 1000 bytes take 8 ms */
	for (int i = 0; i < 3; i++)
		push(0, i);
	CHECK(push(0, 3).overflowed);
	forgotten = 0;
	emulate_clear(emulate, forget);
	CHECK_EQ(forgotten, 10101);
	CHECK_EQ(emulate_queued(emulate), 0);
	CHECK_EQ(emulate_next(emulate), -1);
	CHECK_EQ(pop(1000 * MS), -1);
	CHECK(!push(1 * MS, 4).overflowed);
	CHECK_EQ(emulate_next(emulate), 9 * MS);
	CHECK_STR(popped(9 * MS), "4");
	push(10 * MS, 5);
	emulate_clear(emulate, NULL);
	CHECK_EQ(emulate_queued(emulate), 0);
	end();
}

/* -------------------------------------------------------------------- loss */

static void loses_as_many_as_asked_for(void)
{
	static const struct {
		const char *line;
		int64_t percent;
	} rows[] = {{"loss 1% seed 1", 1000}, {"loss 1% seed 2", 1000}, {"loss 1% seed 3", 1000},
		{"loss 10% seed 1", 10000}, {"loss 10% seed 2", 10000}, {"loss 10% seed 0", 10000},
		{"loss 50% seed 1", 50000}, {"loss 50% seed 2", 50000}, {"loss 50%", 50000},
		{"loss 0.1% seed 1", 100}, {"loss 99% seed 1", 99000}};

	for (size_t i = 0; i < COUNT(rows); i++)
		check_count(tally_of(rows[i].line, MANY).lost, MANY, rows[i].percent);
	CHECK_EQ(tally_of("loss 100%", 1000).lost, 1000);
	CHECK_EQ(tally_of("loss 0%", 1000).lost, 0);
	CHECK_EQ(tally_of("loss 0.00000002% seed 1", MANY).lost, 0);
}

/* Losses follow each other no more often than chance has it. */
static void losses_are_independent(void)
{
	int64_t pairs = 0, last = 0;

	begin("loss 10% seed 5");
	for (int i = 0; i < MANY; i++) {
		int64_t lost = push(i, 0).lost;

		pairs += lost && last;
		last = lost;
		pop(i);
	}
	check_count(pairs, MANY, 1000);
	end();
}

/* In the bad state p / (p + r) of the time, for 1 / r frames on the average. */
static void gemodel_loses_in_bursts(void)
{
	int64_t lost = 0, bursts = 0;
	bool last = false;

	begin("loss gemodel 1% 25% seed 1");
	for (int i = 0; i < MANY; i++) {
		bool now = push(i, 0).lost;

		lost += now;
		bursts += now && !last;
		last = now;
		pop(i);
	}
	end();
	/* 3846 +- sqrt(sum of what bursts vary), 1 of 26 frames */
	CHECK(lost > 3846 - 500 && lost < 3846 + 500);
	CHECK(bursts > 961 - 110 && bursts < 961 + 110);
	CHECK(lost * 10 / bursts >= 37 && lost * 10 / bursts <= 43);
}

static void gemodel_loses_part_of_the_bad_state(void)
{
	int64_t lost = tally_of("loss 50% gemodel 1% 25% seed 1", MANY).lost;

	CHECK(lost > 1923 - 250 && lost < 1923 + 250);
	CHECK_EQ(tally_of("loss gemodel 100% 0%", 1000).lost, 999); /* it begins good */
	CHECK_EQ(tally_of("loss gemodel 100% 100%", 1000).lost, 500); /* good, bad, good, ... */
}

/* --------------------------------------------------------------- the stream */

/* A line of what becomes of the first frames, 64 of them: bit i is frame i. */
struct fates {
	uint64_t lost, doubled, corrupted;
};

static struct fates fates_of(uint64_t stream, const char *line, int64_t step, uint64_t entropy)
{
	struct fates fates = {0};

	emulate = emulate_new(stream);
	set = (struct netem){0};
	words(line);
	emulate_set(emulate, &set, entropy);
	for (int i = 0; i < 64; i++) {
		struct emulate_verdict verdict = push(i * step, i);

		fates.lost |= (uint64_t)verdict.lost << i;
		fates.doubled |= (uint64_t)verdict.doubled << i;
		fates.corrupted |= (uint64_t)(verdict.corrupt_bit >= 0) << i;
		if (step > 5)
			popped(i * step);
	}
	end();
	return fates;
}

static void same_seed_same_indices(void)
{
	struct fates a = fates_of(1, "loss 30% duplicate 30% corrupt 30% seed 7", 10, 1);
	struct fates b = fates_of(1, "loss 30% duplicate 30% corrupt 30% seed 7", 3, 2);
	struct fates c = fates_of(1, "loss 30% duplicate 30% corrupt 30% delay 9ms jitter 9ms "
		"reorder 30% rate 1mbit limit 999 seed 7", 1000, 3);

	CHECK(a.lost && a.doubled && a.corrupted);
	CHECK(a.lost == b.lost && a.doubled == b.doubled && a.corrupted == b.corrupted);
	CHECK(a.lost == c.lost && a.doubled == c.doubled && a.corrupted == c.corrupted);
	a = fates_of(1, "loss 30% seed 7", 1, 1);
	b = fates_of(1, "loss 30% corrupt 30% seed 7", 1, 1);
	CHECK(a.lost == b.lost);
	/* more of it: the same ones, and others */
	b = fates_of(1, "loss 60% seed 7", 1, 1);
	CHECK((a.lost & b.lost) == a.lost && a.lost != b.lost);
	a = fates_of(1, "loss gemodel 20% 20% seed 7", 1, 1);
	b = fates_of(1, "loss gemodel 20% 20% corrupt 5% delay 1ms seed 7", 9, 2);
	CHECK(a.lost && a.lost == b.lost);
}

static void other_seed_other_indices(void)
{
	struct fates a = fates_of(1, "loss 50% seed 7", 1, 1);

	CHECK(a.lost != fates_of(1, "loss 50% seed 8", 1, 1).lost);
	CHECK(a.lost != fates_of(2, "loss 50% seed 7", 1, 1).lost);
	CHECK(fates_of(1, "loss 50%", 1, 1).lost == fates_of(1, "loss 50%", 1, 1).lost);
	CHECK(fates_of(1, "loss 50%", 1, 1).lost != fates_of(1, "loss 50%", 1, 2).lost);
	/* one purpose is not another */
	a = fates_of(1, "loss 50% corrupt 50% duplicate 50% seed 7", 1, 1);
	CHECK(a.lost != a.corrupted && a.lost != ~a.corrupted && a.doubled != a.corrupted);
}

/* Both lose a frame of the same index in a quarter of all cases. */
static void two_streams_are_independent(void)
{
	struct emulate *other = emulate_new(1);
	int64_t both = 0, same = 0;

	begin("loss 50% seed 9");
	emulate_set(other, &set, 1);
	for (int i = 0; i < MANY; i++) {
		bool a = push(i, 0).lost, b = emulate_push(other, i, 1, &loads[1]).lost;

		both += a && b;
		same += a == b;
		popped(i);
		emulate_pop(other, i);
	}
	check_count(both, MANY, 25000);
	check_count(same, MANY, 50000);
	emulate_free(other, NULL);
	end();
}

static void a_set_begins_the_stream_again(void)
{
	uint64_t first = 0, second = 0;

	begin("loss 50% seed 7");
	for (int i = 0; i < 64; i++)
		first |= (uint64_t)push(i, 0).lost << i;
	emulate_set(emulate, &set, 2);
	for (int i = 0; i < 64; i++) {
		struct emulate_verdict verdict = push(64, 0);

		second |= (uint64_t)verdict.lost << i;
		CHECK_EQ(verdict.index, i);
	}
	CHECK(first == second);
	end();
	begin("loss gemodel 100% 0%");
	push(0, 0);
	CHECK(push(0, 1).lost);
	emulate_set(emulate, &set, 1);
	CHECK(!push(0, 2).lost);
	end();
	begin("delay 1ms reorder 100% gap 3");
	push(0, 0);
	push(0, 1);
	emulate_set(emulate, &set, 1);
	CHECK(!push(0, 2).reordered && !push(0, 3).reordered && push(0, 4).reordered);
	end();
}

/* ------------------------------------------------------- doubled, corrupted */

static void doubles_as_many_as_asked_for(void)
{
	struct tally tally = tally_of("duplicate 10% seed 1", MANY);

	check_count(tally.doubled, MANY, 10000);
	CHECK_EQ(tally.lost, 0);
	begin("duplicate 100%");
	push(0, 0);
	push(0, 1);
	CHECK_STR(popped(0), "0 0 1 1");
	end();
}

static void lost_and_doubled_leaves_once(void)
{
	struct tally tally = tally_of("duplicate 100% loss 100%", 1000);

	CHECK_EQ(tally.lost, 0);
	CHECK_EQ(tally.doubled, 0);
	/* the copy can be lost, too: half of half */
	tally = tally_of("duplicate 100% loss 50% seed 1", MANY);
	CHECK_EQ(tally.lost, 0);
	check_count(tally.doubled, MANY, 25000);
	tally = tally_of("duplicate 50% loss 50% seed 1", MANY);
	check_count(tally.lost, MANY, 25000);
	check_count(tally.doubled, MANY, 12500);
}

static void the_copy_has_a_jitter_of_its_own(void)
{
	int together = 0;

	begin("delay 50ms jitter 5ms duplicate 100% seed 1");
	for (int i = 0; i < 100; i++) {
		int64_t first;

		push(0, i);
		first = emulate_next(emulate);
		CHECK_EQ(pop(first), i);
		together += emulate_next(emulate) == first;
		CHECK_EQ(pop(60 * MS), i);
	}
	CHECK(together < 3);
	end();
}

static void corrupts_any_bit_of_the_frame(void)
{
	int bits[64] = {0}, corrupted = 0;

	check_count(tally_of("corrupt 1% seed 1", MANY).corrupted, MANY, 1000);
	begin("corrupt 50% seed 1");
	for (int i = 0; i < MANY; i++) {
		int bit = emulate_push(emulate, 0, 8, &loads[0]).corrupt_bit;

		pop(0);
		CHECK(bit >= -1 && bit < 64);
		if (bit >= 0 && bit < 64)
			bits[bit]++;
		corrupted += bit >= 0;
	}
	check_count(corrupted, MANY, 50000);
	for (int i = 0; i < 64; i++)
		CHECK(bits[i] > 781 - 150 && bits[i] < 781 + 150);
	CHECK_EQ(emulate_push(emulate, 0, 0, &loads[0]).corrupt_bit, -1);
	end();
}

/* -------------------------------------------------------------------- delay */

static void delays_each_by_as_much(void)
{
	begin("delay 50ms");
	push(10, 0);
	push(20, 1);
	push(20, 2);
	CHECK_EQ(emulate_next(emulate), 50 * MS + 10);
	CHECK_STR(popped(50 * MS + 9), "");
	CHECK_STR(popped(50 * MS + 10), "0");
	CHECK_EQ(emulate_next(emulate), 50 * MS + 20);
	CHECK_STR(popped(50 * MS + 20), "1 2");
	end();
}

static void a_new_delay_is_for_new_frames(void)
{
	begin("delay 50ms");
	push(0, 0);
	change("delay 10ms");
	push(1 * MS, 1);
	change("none");
	push(2 * MS, 2);
	change("delay 1s");
	push(3 * MS, 3);
	CHECK_STR(popped(2 * MS), "2");
	CHECK_STR(popped(11 * MS), "1");
	CHECK_EQ(emulate_next(emulate), 50 * MS);
	CHECK_STR(popped(50 * MS), "0");
	CHECK_STR(popped(1003 * MS - 1), "");
	CHECK_STR(popped(1003 * MS), "3");
	end();
}

/* Mean and variance of the delays of MANY frames, in us and us^2. */
static void moments(const char *line, int64_t *mean, int64_t *variance, int64_t *least,
	int64_t *most)
{
	int64_t sum = 0, squares = 0;

	begin(line);
	*least = INT64_MAX;
	*most = 0;
	for (int i = 0; i < MANY; i++) {
		int64_t delay;

		push(i, i);
		delay = emulate_next(emulate) - i;
		pop(INT64_MAX);
		*least = delay < *least ? delay : *least;
		*most = delay > *most ? delay : *most;
		sum += delay / 1000;
		squares += delay / 1000 * (delay / 1000);
	}
	*mean = sum / MANY;
	*variance = squares / MANY - *mean * *mean;
	end();
	unit_about = line;
}

static void jitter_is_spread_as_its_distribution(void)
{
	int64_t mean, variance, least, most;

	moments("delay 100ms jitter 10ms seed 1", &mean, &variance, &least, &most);
	CHECK(mean > 99900 && mean < 100100);
	CHECK(variance > 32700000 && variance < 34000000); /* 10 ms squared / 3 */
	CHECK(least >= 90 * MS && least < 90 * MS + MS / 100);
	CHECK(most < 110 * MS && most > 110 * MS - MS / 100);
	moments("delay 100ms jitter 10ms distribution normal seed 1", &mean, &variance, &least,
		&most);
	CHECK(mean > 99900 && mean < 100100);
	CHECK(variance > 98000000 && variance < 102000000);
	CHECK(least > 60 * MS && least < 68 * MS && most > 132 * MS && most < 140 * MS);
	moments("delay 100ms jitter 10ms distribution pareto seed 1", &mean, &variance, &least,
		&most);
	CHECK(mean > 99850 && mean < 100150);
	CHECK(variance > 96000000 && variance < 104000000);
	CHECK(least > 90 * MS && most > 139 * MS && most < 140 * MS);
}

static void jitter_beyond_the_delay_is_no_delay(void)
{
	int64_t at_once = 0;

	begin("delay 5ms jitter 10ms seed 1");
	for (int i = 0; i < MANY; i++) {
		push(i, i);
		CHECK(emulate_next(emulate) >= i && emulate_next(emulate) < i + 15 * MS);
		at_once += emulate_next(emulate) == i;
		pop(INT64_MAX);
	}
	check_count(at_once, MANY, 25000);
	end();
}

static void with_jitter_frames_overtake(void)
{
	int64_t last = 0;
	int overtaken = 0, newest = -1, count = 0, frame;

	begin("delay 50ms jitter 20ms seed 1");
	for (int i = 0; i < 500; i++)
		push(i * MS, i);
	while (emulate_queued(emulate)) {
		int64_t time = emulate_next(emulate);

		CHECK(time >= last);
		CHECK_EQ(pop(time - 1), -1);
		frame = pop(time);
		CHECK(frame >= 0 && time >= frame * MS + 30 * MS && time < frame * MS + 70 * MS);
		overtaken += frame < newest;
		newest = frame > newest ? frame : newest;
		last = time;
		count++;
	}
	CHECK_EQ(count, 500);
	CHECK(overtaken > 100);
	end();
}

/* ------------------------------------------------------------------ reorder */

static void a_reordered_frame_leaves_at_once(void)
{
	begin("delay 50ms");
	push(0, 0);
	push(1, 1);
	change("reorder 100%");
	CHECK(push(2, 2).reordered);
	CHECK_EQ(emulate_next(emulate), 2);
	CHECK(push(3, 3).reordered);
	CHECK_STR(popped(3), "2 3");
	/* even before one that is due already */
	CHECK(push(50 * MS, 4).reordered);
	CHECK_STR(popped(50 * MS), "4 0");
	CHECK_STR(popped(51 * MS), "1");
	end();
}

static void reorders_as_many_as_asked_for(void)
{
	check_count(tally_of("delay 1ms reorder 25% seed 1", MANY).reordered, MANY, 25000);
	check_count(tally_of("delay 1ms reorder 1% gap 1 seed 1", MANY).reordered, MANY, 1000);
	CHECK_EQ(tally_of("delay 1ms reorder 100%", 1000).reordered, 1000);
}

static void with_a_gap_only_every_so_manieth(void)
{
	int64_t last = -1, reordered;

	begin("delay 1ms reorder 100% gap 5");
	for (int i = 0; i < 100; i++)
		CHECK_EQ(push(i, i).reordered, i % 5 == 4);
	end();
	/* the first four after one are none, each later one is with 50 % */
	reordered = tally_of("delay 1ms reorder 50% gap 5 seed 1", MANY).reordered;
	CHECK(reordered > 16667 - 200 && reordered < 16667 + 200);
	begin("delay 1ms reorder 50% gap 5 seed 1");
	for (int i = 0; i < 1000; i++) {
		if (!push(i * MS, i).reordered)
			continue;
		CHECK(i - last >= 5);
		last = i;
		popped(i * MS);
	}
	CHECK(last > 900);
	end();
}

static void a_lost_frame_is_none_of_the_gap(void)
{
	int since = 0;

	begin("delay 1ms reorder 100% gap 5 loss 50% seed 1");
	for (int i = 0; i < 500; i++) {
		struct emulate_verdict verdict = push(i, i);

		CHECK_EQ(verdict.reordered, !verdict.lost && since == 4);
		since = verdict.reordered ? 0 : since + !verdict.lost;
	}
	end();
}

/* --------------------------------------------------------------------- rate */

static void at_a_rate_one_is_sent_after_the_other(void)
{
	begin("rate 1mbit"); /* 1000 bytes take 8 ms */
	push(0, 0);
	push(0, 1);
	push(1 * MS, 2);
	emulate_push(emulate, 1 * MS, 125, &loads[3]);
	CHECK_EQ(emulate_next(emulate), 8 * MS);
	CHECK_STR(popped(8 * MS), "0");
	CHECK_EQ(emulate_next(emulate), 16 * MS);
	CHECK_STR(popped(16 * MS), "1");
	CHECK_EQ(emulate_next(emulate), 24 * MS);
	CHECK_STR(popped(24 * MS), "2");
	CHECK_EQ(emulate_next(emulate), 25 * MS);
	CHECK_STR(popped(25 * MS), "3");
	/* the line was idle since */
	push(100 * MS, 4);
	CHECK_EQ(emulate_next(emulate), 108 * MS);
	end();
}

static void the_delay_goes_on_while_a_frame_waits_for_the_rate(void)
{
	begin("delay 50ms rate 1mbit");
	push(0, 0);
	push(0, 1);
	push(60 * MS, 2);
	CHECK_EQ(emulate_next(emulate), 58 * MS);
	CHECK_STR(popped(58 * MS), "0");
	CHECK_EQ(emulate_next(emulate), 66 * MS);
	CHECK_STR(popped(66 * MS), "1");
	CHECK_EQ(emulate_next(emulate), 118 * MS);
	end();
}

/* As in netem: behind the last of those that wait, whyever they do. */
static void at_a_new_rate_frames_queue_behind_those_that_wait(void)
{
	begin("delay 50ms");
	push(0, 0);
	change("delay 10ms");
	push(0, 1);
	change("delay 0ms rate 1mbit");
	push(0, 2);
	CHECK_STR(popped(58 * MS - 1), "1 0");
	CHECK_STR(popped(58 * MS), "2");
	end();
}

static void at_a_rate_jitter_reorders_nothing(void)
{
	begin("delay 50ms jitter 40ms rate 100mbit seed 1");
	for (int i = 0; i < 500; i++)
		push(i * MS / 10, i);
	for (int i = 0; i < 500; i++)
		CHECK_EQ(pop(INT64_MAX), i);
	end();
}

static void a_slow_rate_does_not_overflow(void)
{
	set = (struct netem){.given = NETEM_RATE | NETEM_LIMIT, .rate_bit = 1, .limit = 10};
	emulate = emulate_new(0);
	emulate_set(emulate, &set, 1);
	for (int i = 0; i < 5; i++)
		emulate_push(emulate, 1, UINT32_MAX, &loads[i]);
	CHECK(emulate_next(emulate) == INT64_MAX);
	CHECK_STR(popped(INT64_MAX), "0 1 2 3 4");
	end();
}

/* -------------------------------------------------------------------- limit */

static void beyond_the_limit_frames_are_dropped(void)
{
	begin("delay 5ms limit 3");
	for (int i = 0; i < 5; i++) {
		struct emulate_verdict verdict = push(0, i);

		CHECK_EQ(verdict.overflowed, i >= 3);
		CHECK(!verdict.lost);
		CHECK_EQ(verdict.index, i);
	}
	CHECK_EQ(emulate_queued(emulate), 3);
	CHECK_STR(popped(5 * MS), "0 1 2");
	CHECK(!push(5 * MS, 5).overflowed);
	end();
	begin("delay 5ms");
	for (int i = 0; i < 1100; i++)
		CHECK_EQ(push(0, i).overflowed, i >= 1000);
	end();
	begin("delay 5ms duplicate 100% limit 3");
	CHECK(push(0, 0).doubled);
	CHECK(!push(0, 1).doubled); /* no room for the copy */
	CHECK(push(0, 2).overflowed);
	CHECK_STR(popped(5 * MS), "0 0 1");
	end();
}

static void what_overflows_delays_nobody(void)
{
	begin("rate 1mbit limit 1");
	push(0, 0);
	CHECK(push(0, 1).overflowed);
	CHECK_STR(popped(8 * MS), "0");
	push(8 * MS, 2);
	CHECK_EQ(emulate_next(emulate), 16 * MS);
	end();
}

/* Overflow depends on the times; nobody else's fate does. */
static void overflow_changes_no_other_fate(void)
{
	uint64_t lost[2] = {0}, reordered[2] = {0}, dropped = 0;

	for (int run = 0; run < 2; run++) {
		begin("delay 5ms loss 30% reorder 40% gap 2 duplicate 20% limit 4 seed 3");
		for (int i = 0; i < 64; i++) {
			struct emulate_verdict verdict = push(i, i);

			lost[run] |= (uint64_t)verdict.lost << i;
			reordered[run] |= (uint64_t)verdict.reordered << i;
			dropped |= run ? (uint64_t)verdict.overflowed << i : 0;
			CHECK(run || !verdict.overflowed);
			if (!run || i % 16 == 0)
				popped(INT64_MAX);
		}
		end();
	}
	CHECK(dropped);
	CHECK(lost[0] && lost[0] == lost[1]);
	CHECK(reordered[1] && (reordered[0] & ~dropped) == reordered[1]);
}

/* ----------------------------------------------------------------- long run */

#define MODEL_MAX 1200

/* What is to leave, by the slowest and plainest way to keep it. */
static struct {
	int64_t time;
	int frame;
} model[MODEL_MAX];
static int model_count;

static int model_pop(int64_t now)
{
	int first = -1, frame;

	for (int i = 0; i < model_count; i++)
		if (first < 0 || model[i].time < model[first].time)
			first = i;
	if (first < 0 || model[first].time > now)
		return -1;
	frame = model[first].frame;
	model_count--;
	memmove(&model[first], &model[first + 1],
		(size_t)(model_count - first) * sizeof model[0]);
	return frame;
}

static void agrees_with_a_plain_list_in_the_long_run(void)
{
	uint64_t random = 1;
	int64_t now = 0;
	int largest = 0;

	model_count = 0;
	begin("delay 1ms");
	for (int i = 0; i < 60000; i++) {
		int expected, seen = 0;

		random = random * 6364136223846793005u + 1442695040888963407u;
		set.delay_ns = 1 + (int64_t)(random >> 40) % 2000;
		emulate_set(emulate, &set, 1);
		if (push(now, i).overflowed) {
			CHECK_EQ(model_count, 1000);
		} else {
			model[model_count].time = now + set.delay_ns;
			model[model_count++].frame = i;
		}
		largest = model_count > largest ? model_count : largest;
		now += (int64_t)(random >> 33) % (i / 10000 % 2 ? 40 : 2);
		do {
			expected = model_pop(now);
			seen = pop(now);
			CHECK_EQ(seen, expected);
		} while (expected >= 0 && seen == expected);
		CHECK_EQ(emulate_queued(emulate), model_count);
		if (unit_test_failed)
			break;
	}
	CHECK_EQ(largest, 1000);
	end();
}

int main(void)
{
	RUN(without_parameters_all_leave_at_once_in_order);
	RUN(what_waits_is_forgotten_at_the_end);
	RUN(what_is_cleared_holds_up_nobody);
	RUN(loses_as_many_as_asked_for);
	RUN(losses_are_independent);
	RUN(gemodel_loses_in_bursts);
	RUN(gemodel_loses_part_of_the_bad_state);
	RUN(same_seed_same_indices);
	RUN(other_seed_other_indices);
	RUN(two_streams_are_independent);
	RUN(a_set_begins_the_stream_again);
	RUN(doubles_as_many_as_asked_for);
	RUN(lost_and_doubled_leaves_once);
	RUN(the_copy_has_a_jitter_of_its_own);
	RUN(corrupts_any_bit_of_the_frame);
	RUN(delays_each_by_as_much);
	RUN(a_new_delay_is_for_new_frames);
	RUN(jitter_is_spread_as_its_distribution);
	RUN(jitter_beyond_the_delay_is_no_delay);
	RUN(with_jitter_frames_overtake);
	RUN(a_reordered_frame_leaves_at_once);
	RUN(reorders_as_many_as_asked_for);
	RUN(with_a_gap_only_every_so_manieth);
	RUN(a_lost_frame_is_none_of_the_gap);
	RUN(at_a_rate_one_is_sent_after_the_other);
	RUN(the_delay_goes_on_while_a_frame_waits_for_the_rate);
	RUN(at_a_new_rate_frames_queue_behind_those_that_wait);
	RUN(at_a_rate_jitter_reorders_nothing);
	RUN(a_slow_rate_does_not_overflow);
	RUN(beyond_the_limit_frames_are_dropped);
	RUN(what_overflows_delays_nobody);
	RUN(overflow_changes_no_other_fate);
	RUN(agrees_with_a_plain_list_in_the_long_run);
	return unit_end();
}
