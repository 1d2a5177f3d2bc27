/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netem_test.c - netem's words: what they mean, what is refused and how, what a
 * change replaces, and that what is printed reads back.
 */
#include "../../netlab/netem.h"

#include "unit.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORDS_MAX    40

static struct cause cause;

/* Words split at blanks. */
static int parse(const char *line, struct netem *change)
{
	static char copy[1000];
	char *words[WORDS_MAX];
	int count = 0;

	cause.text[0] = '\0';
	snprintf(copy, sizeof copy, "%s", line);
	for (char *word = strtok(copy, " "); word && count < WORDS_MAX; word = strtok(NULL, " "))
		words[count++] = word;
	return netem_parse(words, count, change, &cause);
}

static struct netem parsed(const char *line)
{
	struct netem change = {0};

	unit_about = line;
	CHECK_EQ(parse(line, &change), 0);
	CHECK_STR(cause.text, "");
	return change;
}

static const char *printed(const struct netem *set)
{
	static char buf[NETEM_TEXT];

	return netem_print(set, buf, sizeof buf);
}

static bool same(const struct netem *a, const struct netem *b)
{
	return a->given == b->given && a->delay_ns == b->delay_ns &&
		a->jitter_ns == b->jitter_ns && a->distribution == b->distribution &&
		a->loss == b->loss && a->gemodel == b->gemodel && a->p == b->p && a->r == b->r &&
		a->duplicate == b->duplicate && a->corrupt == b->corrupt &&
		a->reorder == b->reorder && a->gap == b->gap && a->rate_bit == b->rate_bit &&
		a->limit == b->limit && a->seed == b->seed;
}

/* ------------------------------------------------------------------ values */

static void times(void)
{
	static const struct {
		const char *line;
		int64_t ns;
	} rows[] = {
		{"delay 50ms", 50000000}, {"delay 1.5ms", 1500000}, {"delay 250us", 250000},
		{"delay 2s", 2000000000}, {"delay 0.001us", 1}, {"delay .5s", 500000000},
		{"delay 0ms", 0}, {"delay 0.0000us", 0}, {"delay 007ms", 7000000},
		{"delay 3600s", NETEM_DELAY_MAX}, {"delay 3600000ms", NETEM_DELAY_MAX},
		{"delay 1.0000004us", 1000}, {"delay 1.0006us", 1001}, {"delay 5MS", 5000000},
		/* every unit of tc, in either case */
		{"delay 2sec", 2000000000}, {"delay 1.5secs", 1500000000}, {"delay 5msec", 5000000},
		{"delay 5msecs", 5000000}, {"delay 5usec", 5000}, {"delay 5usecs", 5000},
		{"delay 5ns", 5}, {"delay 5nsec", 5}, {"delay 5nsecs", 5}, {"delay 1ns", 1},
		{"delay 5Msecs", 5000000}, {"delay 5NS", 5}, {"delay 1.4ns", 1},
		{"delay 3600000000000nsecs", NETEM_DELAY_MAX},
		/* 0 needs none */
		{"delay 0", 0}, {"delay 000", 0}, {"delay 0.0", 0}, {"delay 0.", 0}, {"delay .0", 0},
		{"delay 0.000000000000000000000000001s", -1},
		{"delay 1.000000000000000000000000001s", 1000000000},
		{"delay 0.0000000000000000000000000000000000000000000000000000000000000000000000000"
		 "000000000000000000000000000000000000000000000000000000000000000000000000000001s",
			-1},
		{"delay 0.0000000000000000000000000000000000000000000000000000000000000000000000000"
		 "000000000000000000000000000000000000000000000000000000000000000000000000000000s",
			0},
		{"delay 00000000000000000000000000000000000000000000000000000000000000000000002s",
			2000000000},
		{"delay 0.9999999999999999999999999999s", 1000000000},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct netem change = {.delay_ns = -1};

		unit_about = rows[i].line;
		CHECK_EQ(parse(rows[i].line, &change), rows[i].ns < 0 ? -1 : 0);
		CHECK_EQ(change.delay_ns, rows[i].ns);
	}
	CHECK_EQ(parsed("jitter 2147.483647ms").jitter_ns, NETEM_JITTER_MAX);
}

static void percentages(void)
{
	static const struct {
		const char *line;
		uint32_t probability;
	} rows[] = {
		{"loss 0%", 0}, {"loss 100%", UINT32_MAX}, {"loss 100.000%", UINT32_MAX},
		{"loss 50%", 2147483648}, {"loss 1%", 42949673}, {"loss 1.5%", 64424509},
		{"loss 0.001%", 42950}, {"loss 0.00001%", 429}, {"loss 0.00000002%", 1},
		{"loss 99.99999998%", UINT32_MAX - 1}, {"loss 33.3333333333333%", 1431655765},
		{"loss 0", 0}, {"loss 0.00", 0},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_EQ(parsed(rows[i].line).loss, rows[i].probability);
}

static void rates(void)
{
	static const struct {
		const char *line;
		uint64_t bit;
	} rows[] = {
		{"rate 8bit", 8}, {"rate 9600bit", 9600}, {"rate 64kbit", 64000},
		{"rate 10mbit", 10000000}, {"rate 1.5Mbit", 1500000}, {"rate 1gbit", 1000000000},
		{"rate 1tbit", 1000000000000}, {"rate 1bps", 8}, {"rate 1kbps", 8000},
		{"rate 1mbps", 8000000}, {"rate 1gbps", 8000000000}, {"rate 1kibit", 1024},
		{"rate 2mibit", 2097152}, {"rate 1gibit", 1073741824}, {"rate 1kibps", 8192},
		{"rate 1mibps", 8388608}, {"rate 1gibps", UINT64_C(8) << 30}, {"rate 0bit", 0},
		{"rate 1tbps", 8000000000000}, {"rate 1tibit", UINT64_C(1) << 40},
		{"rate 1tibps", UINT64_C(8) << 40}, {"rate 1000tbit", NETEM_RATE_MAX},
		{"rate 1KiBps", 8192}, {"rate 1MBPS", 8000000}, {"rate 0", 0}, {"rate 0.0", 0},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_EQ(parsed(rows[i].line).rate_bit, rows[i].bit);
}

static void all_words_at_once(void)
{
	struct netem change = parsed("none delay 50ms jitter 5ms distribution pareto "
		"loss 80% gemodel 1% 25% duplicate 2% reorder 25% gap 5 corrupt 3% rate 1mbit "
		"limit 7 seed 18446744073709551615");

	CHECK_EQ(change.given, 0x7ff);
	CHECK_EQ(change.delay_ns, 50000000);
	CHECK_EQ(change.jitter_ns, 5000000);
	CHECK_EQ(change.distribution, NETEM_PARETO);
	CHECK_EQ(change.loss, 3435973836);
	CHECK(change.gemodel);
	CHECK_EQ(change.p, 42949673);
	CHECK_EQ(change.r, 1073741824);
	CHECK_EQ(change.duplicate, 85899346);
	CHECK_EQ(change.reorder, 1073741824);
	CHECK_EQ(change.gap, 5);
	CHECK_EQ(change.corrupt, 128849019);
	CHECK_EQ(change.rate_bit, 1000000);
	CHECK_EQ(change.limit, 7);
	CHECK(change.seed == UINT64_MAX);
}

static void gemodel_with_and_without_loss(void)
{
	struct netem change = parsed("loss gemodel 1% 25%");

	CHECK(change.gemodel);
	CHECK_EQ(change.loss, UINT32_MAX);
	CHECK_EQ(change.given, NETEM_LOSS);
	change = parsed("loss 50% gemodel 1% 25%");
	CHECK_EQ(change.loss, 2147483648);
	CHECK_EQ(change.p, 42949673);
	CHECK(!parsed("loss 50%").gemodel);
}

/* ------------------------------------------------------------------ errors */

static void refuses_and_says_why(void)
{
	static const struct {
		const char *line, *text;
	} rows[] = {
		{"", "nothing is named; write such as delay 50ms or loss 1%, or none"},
		{"delay", "delay: TIME is missing; write such as delay 50ms"},
		{"delay loss 5%", "delay: TIME is missing; write such as delay 50ms"},
		{"jitter", "jitter: TIME is missing; write such as jitter 5ms"},
		{"distribution",
			"distribution: NAME is missing; write such as distribution normal"},
		{"loss", "loss: PERCENT is missing; write such as loss 5%"},
		{"loss gemodel",
			"gemodel: PERCENT PERCENT is missing; write such as gemodel 1% 25%"},
		{"loss gemodel 1%",
			"gemodel: PERCENT PERCENT is missing; write such as gemodel 1% 25%"},
		{"reorder 5% gap", "gap: N is missing; write such as gap 5"},
		{"rate", "rate: RATE is missing; write such as rate 10mbit"},
		{"limit", "limit: N is missing; write such as limit 100"},
		{"seed none", "seed: N is missing; write such as seed 7"},
		{"delay 50", "delay \"50\" has no unit; write 50ms (units: s, ms, us or ns)"},
		{"loss 5", "loss \"5\" has no unit; write 5% (units: %)"},
		{"rate 10", "rate \"10\" has no unit; write 10mbit (units: bit, kbit ... "
			"tbit, kibit ..., or bps ... for bytes)"},
		{"delay 1.2.3ms", "delay \"1.2.3ms\": no unit \".3ms\"; units: s, ms, us or ns"},
		{"delay 50min", "delay \"50min\": no unit \"min\"; units: s, ms, us or ns"},
		{"delay 50ms,", "delay \"50ms,\": no unit \"ms,\"; units: s, ms, us or ns"},
		{"loss 5%%", "loss \"5%%\": no unit \"%%\"; units: %"},
		{"rate 5kb", "rate \"5kb\": no unit \"kb\"; units: bit, kbit ... tbit, "
			"kibit ..., or bps ... for bytes"},
		{"delay long", "delay \"long\" is no TIME; write such as 50ms"},
		{"delay .ms", "delay \".ms\" is no TIME; write such as 50ms"},
		{"delay +5ms", "delay \"+5ms\" is no TIME; write such as 50ms"},
		{"duplicate much", "duplicate \"much\" is no PERCENT; write such as 5%"},
		{"rate fast", "rate \"fast\" is no RATE; write such as 10mbit"},
		{"delay -5ms", "delay \"-5ms\" is below 0; write such as 50ms"},
		{"loss -1%", "loss \"-1%\" is below 0; write such as 5%"},
		{"corrupt 101%", "corrupt \"101%\" is too much; at most 100%"},
		{"loss 100.0000001%", "loss \"100.0000001%\" is too much; at most 100%"},
		{"loss 99999999999999999999%",
			"loss \"99999999999999999999%\" is too much; at most 100%"},
		{"delay 3601s", "delay \"3601s\" is too much; at most 3600s"},
		{"rate 100000000000000000bit", "rate \"100000000000000000bit\" is too much; "
			"at most 1000tbit"},
		{"delay 18446744073709551616ms",
			"delay \"18446744073709551616ms\" is too much; at most 3600s"},
		{"delay 99999999999999999999999s",
			"delay \"99999999999999999999999s\" is too much; at most 3600s"},
		{"jitter 2148ms", "jitter \"2148ms\" is too much; at most 2147ms"},
		{"rate 1001tbit", "rate \"1001tbit\" is too much; at most 1000tbit"},
		{"delay 0.0001us", "delay \"0.0001us\" is too little; at least 1ns"},
		{"delay 0.4ns", "delay \"0.4ns\" is too little; at least 1ns"},
		{"delay 0.0000000000000000000001", "delay \"0.0000000000000000000001\" has no unit; "
			"write 0.0000000000000000000001ms (units: s, ms, us or ns)"},
		{"delay 0x", "delay \"0x\": no unit \"x\"; units: s, ms, us or ns"},
		{"delay 0min", "delay \"0min\": no unit \"min\"; units: s, ms, us or ns"},
		{"delay 50nanosecs",
			"delay \"50nanosecs\": no unit \"nanosecs\"; units: s, ms, us or ns"},
		{"loss 0.000000001%", "loss \"0.000000001%\" is too little; at least 0.00000002%"},
		{"rate 1bit", "rate \"1bit\" is too little; at least 8bit"},
		{"limit 0.5",
			"limit \"0.5\" does not fit; write a whole number of 0 to 4294967295"},
		{"limit 4294967296", "limit \"4294967296\" does not fit; "
			"write a whole number of 0 to 4294967295"},
		{"limit 10x",
			"limit \"10x\" does not fit; write a whole number of 0 to 4294967295"},
		{"limit -1", "limit \"-1\" does not fit; write a whole number of 0 to 4294967295"},
		{"reorder 5% gap x",
			"gap \"x\" does not fit; write a whole number of 0 to 4294967295"},
		{"seed 18446744073709551616", "seed \"18446744073709551616\" does not fit; "
			"write a whole number of 0 to 18446744073709551615"},
		{"distribution nomral",
			"no distribution \"nomral\"; there are uniform, normal and pareto"},
		{"dealy 5ms", "no \"dealy\" here; did you mean delay?"},
		{"delay 5ms los 5%", "no \"los\" here; did you mean loss?"},
		{"Delay 5ms", "no \"Delay\" here; did you mean delay?"},
		{"slowness 5ms", "no \"slowness\" here; there are delay, jitter, distribution, "
			"loss, duplicate, reorder, corrupt, rate, limit, seed and none"},
		{"delay 50ms 5ms", "\"5ms\" has no word before it; "
			"write such as delay 50ms jitter 5ms loss 1%"},
		{"5%", "\"5%\" has no word before it; "
			"write such as delay 50ms jitter 5ms loss 1%"},
		{"gap 5", "gap has no place here; write such as reorder 25% gap 5"},
		{"loss 5% corrupt 5% gemodel 1% 2%",
			"gemodel has no place here; write such as loss gemodel 1% 25%"},
		{"delay 5ms delay 6ms", "delay is there twice; name it once"},
		{"loss 5% loss gemodel 1% 2%", "loss is there twice; name it once"},
		{"none none", "none is there twice; name it once"},
		{"delay 5ms none", "none begins from nothing; write it before the other words"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct netem change = {.delay_ns = 77};

		unit_about = rows[i].line;
		CHECK_EQ(parse(rows[i].line, &change), -1);
		CHECK_STR(cause.text, rows[i].text);
		CHECK(cause.code);
		CHECK(change.delay_ns == 77 && change.given == 0);
	}
}

/* ------------------------------------------------------------------- print */

static void prints_the_words_that_were_read(void)
{
	static const struct {
		const char *line, *text; /* NULL: the same */
	} rows[] = {
		{"delay 50ms", NULL}, {"delay 1.5ms", NULL}, {"delay 250us", NULL},
		{"delay 2s", NULL}, {"delay 0.001us", "delay 1ns"}, {"delay 1500us", "delay 1.5ms"},
		{"delay 3600s", NULL}, {"delay 1000ms", "delay 1s"}, {"delay 0ms", "delay 0ns"},
		{"delay 0", "delay 0ns"}, {"delay 1ns", NULL}, {"delay 999nsecs", "delay 999ns"},
		{"delay 1001ns", "delay 1.001us"}, {"delay 0.5usec", "delay 500ns"},
		{"delay 2secs", "delay 2s"},
		{"delay 1.234567s", "delay 1234.567ms"},
		{"delay 1.000000001s", "delay 1000000.001us"},
		{"loss 1.5%", NULL}, {"loss 0.001%", NULL}, {"loss 100%", NULL},
		{"loss 33.333%", NULL}, {"loss 0.00000002%", NULL}, {"loss 0%", NULL},
		{"loss 0", "loss 0%"}, {"loss gemodel 1% 0", "loss gemodel 1% 0%"},
		{"loss 5.000%", "loss 5%"}, {"loss 12.3456789%", NULL},
		{"loss gemodel 1% 25%", NULL}, {"loss 80% gemodel 1% 25%", NULL},
		{"loss 100% gemodel 1% 25%", "loss gemodel 1% 25%"},
		{"rate 10mbit", NULL}, {"rate 1.5mbit", NULL},
		{"rate 1234567bit", "rate 1234.567kbit"},
		{"rate 1000000001bit", "rate 1000000.001kbit"}, {"rate 1kibit", "rate 1.024kbit"},
		{"rate 1mbps", "rate 8mbit"}, {"rate 8bit", NULL}, {"rate 1000tbit", NULL},
		{"reorder 25% gap 5", NULL}, {"reorder 25%", NULL}, {"reorder 25% gap 1", NULL},
		{"none", NULL}, {"none delay 5ms", NULL}, {"limit 1", NULL}, {"seed 0", NULL},
		{"limit 0", NULL}, {"rate 0", "rate 0bit"}, {"reorder 25% gap 0", "reorder 25%"},
		{"jitter 5ms distribution uniform", NULL},
		{"seed 7 limit 3 rate 1kbit corrupt 1% reorder 2% duplicate 3% loss 4% "
		 "distribution normal jitter 5ms delay 6ms",
			"delay 6ms jitter 5ms distribution normal loss 4% duplicate 3% reorder 2% "
			"corrupt 1% rate 1kbit limit 3 seed 7"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct netem change = parsed(rows[i].line), again;
		char text[NETEM_TEXT];

		snprintf(text, sizeof text, "%s", printed(&change));
		CHECK_STR(text, rows[i].text ? rows[i].text : rows[i].line);
		again = parsed(text);
		CHECK(same(&change, &again));
	}
}

/* The smallest and the largest percentages, and many of all values. */
static void every_value_reads_back(void)
{
	uint64_t random = 1;

	for (unsigned i = 0; i < 300000; i++) {
		struct netem change = {.given = NETEM_DELAY | NETEM_LOSS | NETEM_RATE}, again;
		char text[NETEM_TEXT];

		random = random * 6364136223846793005u + 1442695040888963407u;
		change.loss = i < 100000 ? i : i < 200000 ? UINT32_MAX - (i - 100000)
							  : (uint32_t)(random >> 32);
		change.delay_ns = (int64_t)(random >> (20 + i % 30)) % (NETEM_DELAY_MAX + 1);
		change.rate_bit = 8 + (random >> (10 + i % 40)) % (NETEM_RATE_MAX - 7);
		snprintf(text, sizeof text, "%s", printed(&change));
		again = parsed(text);
		if (same(&change, &again))
			continue;
		CHECK_STR(text, "something that reads back");
		break;
	}
}

static void the_longest_text_fits(void)
{
	struct netem set = {.given = 0x7ff, .delay_ns = NETEM_DELAY_MAX - 1,
		.jitter_ns = NETEM_JITTER_MAX, .distribution = NETEM_UNIFORM, .loss = 4208000001,
		.gemodel = true, .p = 4208000003, .r = 4208000001, .duplicate = 4208000001,
		.corrupt = 4208000001, .reorder = 4208000001, .gap = UINT32_MAX,
		.rate_bit = NETEM_RATE_MAX - 1, .limit = UINT32_MAX, .seed = UINT64_MAX}, again;
	char text[NETEM_TEXT + 100], small[12];

	netem_print(&set, text, sizeof text);
	CHECK(strlen(text) < NETEM_TEXT);
	CHECK(strlen(text) > 250);
	again = parsed(text);
	CHECK(same(&set, &again));
	CHECK_STR(netem_print(&set, small, sizeof small), "none delay ");
}

/* ------------------------------------------------------------------ change */

/* Lay one after another over nothing; the last one is expected to be refused
 * with `refused`, or not to be. */
static void change_by(const char *const *lines, const char *expected, const char *refused)
{
	struct netem set = {0}, before, change;

	for (int i = 0; lines[i]; i++) {
		bool last = !lines[i + 1];

		change = parsed(lines[i]);
		before = set;
		CHECK_EQ(netem_change(&set, &change, &cause), last && refused ? -1 : 0);
		if (last && refused)
			CHECK(same(&set, &before));
	}
	if (refused)
		CHECK_STR(cause.text, refused);
	CHECK_STR(printed(&set), expected);
	if (!refused) { /* the text alone makes the same set */
		struct netem again = {0};

		change = parsed(printed(&set));
		CHECK_EQ(netem_change(&again, &change, &cause), 0);
		CHECK(same(&set, &again));
	}
}

static void a_change_replaces_only_what_it_names(void)
{
	static const struct {
		const char *const lines[5];
		const char *text;
	} rows[] = {
		{{"delay 50ms", "loss 1%"}, "delay 50ms loss 1%"},
		{{"delay 50ms jitter 5ms distribution normal", "delay 60ms"},
			"delay 60ms jitter 5ms distribution normal"},
		{{"delay 50ms jitter 5ms", "distribution pareto"},
			"delay 50ms jitter 5ms distribution pareto"},
		{{"delay 50ms jitter 5ms distribution normal", "distribution uniform"},
			"delay 50ms jitter 5ms"},
		{{"loss gemodel 1% 25%", "loss 5%"}, "loss 5%"},
		{{"loss 5%", "loss gemodel 1% 25%"}, "loss gemodel 1% 25%"},
		{{"delay 9ms reorder 25% gap 5", "reorder 30%"}, "delay 9ms reorder 30%"},
		{{"delay 9ms reorder 25% gap 5", "loss 1%", "rate 1mbit"},
			"delay 9ms loss 1% reorder 25% gap 5 rate 1mbit"},
		{{"delay 9ms duplicate 2% corrupt 3% rate 1kbit limit 9 seed 4", "duplicate 1%"},
			"delay 9ms duplicate 1% corrupt 3% rate 1kbit limit 9 seed 4"},
		{{"seed 4", "seed 5"}, "seed 5"},
		{{"seed 4", "seed 0"}, "seed 0"},
		/* 0 takes it away */
		{{"delay 50ms loss 1%", "delay 0ms"}, "loss 1%"},
		{{"delay 50ms loss 1%", "loss 0%"}, "delay 50ms"},
		{{"loss gemodel 1% 25%", "loss 0%"}, "none"},
		{{"loss gemodel 0% 25%"}, "none"},
		{{"loss 0% gemodel 1% 25%"}, "none"},
		{{"duplicate 1% corrupt 1% rate 1kbit", "duplicate 0% corrupt 0% rate 0bit"},
			"none"},
		{{"delay 50ms jitter 5ms distribution normal", "jitter 0ms"}, "delay 50ms"},
		{{"delay 50ms jitter 5ms distribution normal", "jitter 0ms", "jitter 5ms"},
			"delay 50ms jitter 5ms"},
		{{"delay 50ms jitter 5ms distribution normal", "delay 0ms jitter 0ms"}, "none"},
		{{"delay 9ms reorder 25% gap 5", "reorder 0%", "reorder 5%"},
			"delay 9ms reorder 5%"},
		{{"delay 9ms reorder 25% gap 5", "delay 0ms reorder 0%"}, "none"},
		{{"delay 9ms reorder 25% gap 5", "reorder 0% gap 6"}, "delay 9ms"},
		{{"limit 5", "limit 1000"}, "none"},
		/* without a unit, too */
		{{"delay 50ms loss 1%", "delay 0"}, "loss 1%"},
		{{"delay 50ms loss 1%", "loss 0"}, "delay 50ms"},
		{{"duplicate 1% corrupt 1% rate 1kbit limit 9", "duplicate 0 corrupt 0 rate 0 limit 0"},
			"none"},
		{{"delay 50ms jitter 5ms distribution normal", "jitter 0"}, "delay 50ms"},
		{{"delay 50ms jitter 5ms distribution normal reorder 1% gap 2",
			 "delay 0 jitter 0 reorder 0"}, "none"},
		{{"delay 50ms jitter 5ms distribution normal", "none delay 0"}, "none"},
		{{"delay 9ms reorder 25% gap 5", "reorder 25% gap 0"}, "delay 9ms reorder 25%"},
		{{"limit 5", "limit 0"}, "none"},
		{{"limit 0"}, "none"},
		{{"loss 1% limit 5 seed 4", "limit 0 seed 0"}, "loss 1% seed 0"},
		/* from nothing */
		{{"delay 50ms loss 1% limit 4 seed 3", "none"}, "none"},
		{{"delay 50ms loss 1% limit 4 seed 3", "none delay 5ms"}, "delay 5ms"},
		{{"none"}, "none"},
		/* together, in any order, and beyond the delay */
		{{"jitter 5ms delay 50ms"}, "delay 50ms jitter 5ms"},
		{{"delay 5ms jitter 50ms"}, "delay 5ms jitter 50ms"},
		{{"distribution normal jitter 1ms delay 2ms"},
			"delay 2ms jitter 1ms distribution normal"},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		change_by(rows[i].lines, rows[i].text, NULL);
}

static void what_does_not_go_together_changes_nothing(void)
{
	static const struct {
		const char *const lines[4];
		const char *text, *refused;
	} rows[] = {
		{{"jitter 5ms"}, "none", "jitter needs a delay; name delay TIME as well"},
		{{"loss 1%", "loss 2% jitter 5ms"}, "loss 1%",
			"jitter needs a delay; name delay TIME as well"},
		{{"reorder 5%"}, "none", "reorder needs a delay; name delay TIME as well"},
		{{"reorder 5% jitter 5ms"}, "none",
			"jitter and reorder need a delay; name delay TIME as well"},
		{{"delay 5ms jitter 1ms", "delay 0ms"}, "delay 5ms jitter 1ms",
			"jitter needs a delay; name jitter 0 as well"},
		{{"delay 5ms reorder 1%", "delay 0ms"}, "delay 5ms reorder 1%",
			"reorder needs a delay; name reorder 0 as well"},
		{{"delay 5ms jitter 1ms", "delay 0"}, "delay 5ms jitter 1ms",
			"jitter needs a delay; name jitter 0 as well"},
		{{"delay 5ms jitter 1ms reorder 1%", "delay 0 jitter 0"},
			"delay 5ms jitter 1ms reorder 1%",
			"reorder needs a delay; name reorder 0 as well"},
		{{"delay 5ms jitter 1ms reorder 1%", "delay 0ms loss 1%"},
			"delay 5ms jitter 1ms reorder 1%",
			"jitter and reorder need a delay; name jitter 0 reorder 0 as well"},
		{{"delay 5ms jitter 1ms", "none jitter 1ms"}, "delay 5ms jitter 1ms",
			"jitter needs a delay; name delay TIME as well"},
		{{"delay 5ms", "distribution normal"}, "delay 5ms",
			"distribution is the shape of jitter; name jitter TIME as well"},
		{{"distribution uniform"}, "none",
			"distribution is the shape of jitter; name jitter TIME as well"},
		{{"delay 5ms jitter 1ms", "jitter 0ms distribution normal"}, "delay 5ms jitter 1ms",
			"distribution is the shape of jitter; name jitter TIME as well"},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		change_by(rows[i].lines, rows[i].text, rows[i].refused);
}

static void a_limit_or_a_seed_alone_is_nothing(void)
{
	static const struct {
		const char *line;
		bool none;
	} rows[] = {{"none", true}, {"limit 5", true}, {"seed 5", true}, {"seed 5 limit 5", true},
		{"loss 0%", true}, {"delay 1us", false}, {"loss 1% seed 5", false},
		{"rate 1mbit", false}, {"corrupt 1%", false}, {"duplicate 1%", false}};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct netem set = {0}, change = parsed(rows[i].line);

		CHECK_EQ(netem_change(&set, &change, &cause), 0);
		CHECK_EQ(netem_is_none(&set), rows[i].none);
	}
}

/* ------------------------------------------------------------------- tables */

static void keywords_and_hints(void)
{
	int count = 0;

	for (; netem_keywords[count]; count++)
		CHECK(netem_hint(netem_keywords[count]) != NULL);
	CHECK_EQ(count, 13);
	CHECK_STR(netem_hint("delay"), "TIME");
	CHECK_STR(netem_hint("distribution"), "NAME");
	CHECK_STR(netem_hint("gemodel"), "PERCENT PERCENT");
	CHECK_STR(netem_hint("corrupt"), "PERCENT");
	CHECK_STR(netem_hint("rate"), "RATE");
	CHECK_STR(netem_hint("gap"), "N");
	CHECK_STR(netem_hint("seed"), "N");
	CHECK_STR(netem_hint("none"), "");
	CHECK_STR(netem_hint("dela"), NULL);
	CHECK_STR(netem_distributions[NETEM_PARETO], "pareto");
	CHECK(!netem_distributions[NETEM_DISTRIBUTIONS]);
}

/* Mean 0 and standard deviation 1, within a thousandth. */
static void check_moments(const int16_t *table)
{
	int64_t sum = 0, squares = 0;

	for (int i = 0; i < NETEM_TABLE_SIZE; i++) {
		sum += table[i];
		squares += table[i] * table[i];
		CHECK(i == 0 || table[i - 1] <= table[i]);
	}
	CHECK(sum / NETEM_TABLE_SIZE >= -8 && sum / NETEM_TABLE_SIZE <= 8);
	CHECK(squares / NETEM_TABLE_SIZE > 8192LL * 8192 * 998 / 1000);
	CHECK(squares / NETEM_TABLE_SIZE < 8192LL * 8192 * 1002 / 1000);
}

static void the_normal_table(void)
{
	const int16_t *table = netem_table(NETEM_NORMAL);
	/* standard normal quantiles of (i + 1/2) / 4096, times 8192 */
	static const struct {
		int i, value;
	} rows[] = {{0, -30051}, {1024, -5522}, {2047, -3}, {2048, 3}, {3072, 5529}, {4095, 30051}};

	check_moments(table);
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_EQ(table[rows[i].i], rows[i].value);
	for (int i = 0; i < NETEM_TABLE_SIZE; i++)
		CHECK_EQ(table[i], -table[NETEM_TABLE_SIZE - 1 - i]);
	CHECK(netem_table(NETEM_NORMAL) == table);
}

static void the_pareto_table(void)
{
	const int16_t *table = netem_table(NETEM_PARETO);

	check_moments(table);
	CHECK(table[0] > -8192); /* no tail below */
	CHECK(table[NETEM_TABLE_SIZE / 2] < -1600); /* most are below the mean */
	CHECK_EQ(table[NETEM_TABLE_SIZE - 1], INT16_MAX);
	CHECK(table[NETEM_TABLE_SIZE - 1 - 4096 / 40] < INT16_MAX);
	CHECK(!netem_table(NETEM_UNIFORM));
}

static void the_longest_time(void)
{
	struct netem set = parsed("delay 50ms jitter 8ms rate 1mbit");

	CHECK_EQ(netem_longest(&set, 1250), 68000000);
	CHECK_EQ(netem_sending(&set, 1250), 10000000);
	set.rate_bit = 0;
	CHECK_EQ(netem_sending(&set, 1250), 0);
	CHECK_EQ(netem_longest(&set, 1250), 58000000);
	set.distribution = NETEM_NORMAL;
	CHECK_EQ(netem_longest(&set, 0), 50000000 + 8000000LL * 30051 / 8192);
	set.distribution = NETEM_PARETO;
	CHECK_EQ(netem_longest(&set, 0), 50000000 + 8000000LL * 32767 / 8192);
	set = (struct netem){.rate_bit = 1};
	CHECK(netem_sending(&set, UINT32_MAX) == INT64_MAX);
	CHECK(netem_longest(&set, UINT32_MAX) == INT64_MAX);
}

int main(void)
{
	RUN(times);
	RUN(percentages);
	RUN(rates);
	RUN(all_words_at_once);
	RUN(gemodel_with_and_without_loss);
	RUN(refuses_and_says_why);
	RUN(prints_the_words_that_were_read);
	RUN(every_value_reads_back);
	RUN(the_longest_text_fits);
	RUN(a_change_replaces_only_what_it_names);
	RUN(what_does_not_go_together_changes_nothing);
	RUN(a_limit_or_a_seed_alone_is_nothing);
	RUN(keywords_and_hints);
	RUN(the_normal_table);
	RUN(the_pareto_table);
	RUN(the_longest_time);
	return unit_end();
}
