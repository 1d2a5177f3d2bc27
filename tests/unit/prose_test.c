/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * prose_test.c - where lines of prose are broken, and what a check wants of a
 * time.
 */
#include "../../cli/compare.h"
#include "../../cli/prose.h"

#include "unit.h"

/* The lines that the text makes, with '|' between them. */
static const char *broken(const char *text, int columns)
{
	static char lines[400];
	char *at = lines;

	for (;;) {
		size_t length = prose_fit(text, columns);

		at += sprintf(at, "%.*s", (int)length, text);
		text += length;
		text += strspn(text, " ");
		if (!*text || at > lines + 300)
			return lines;
		*at++ = '|';
	}
}

static void lines_are_broken_between_words(void)
{
	CHECK_STR(broken("one two three", 20), "one two three");
	CHECK_STR(broken("one two three", 13), "one two three");
	CHECK_STR(broken("one two three", 12), "one two|three");
	CHECK_STR(broken("one two three", 7), "one two|three");
	CHECK_STR(broken("one two three", 6), "one|two|three");
	CHECK_STR(broken("one  two", 4), "one|two");
	CHECK_STR(broken("", 10), "");
}

static void long_words_are_cut(void)
{
	CHECK_STR(broken("abcdefgh", 3), "abc|def|gh");
	CHECK_STR(broken("a bcdefgh", 3), "a|bcd|efg|h");
	CHECK_STR(broken("abc", 1), "a|b|c");
	CHECK_STR(broken("abc", 0), "a|b|c");
	CHECK_STR(broken("abc", -5), "a|b|c");
}

static void short_brackets_stay_whole(void)
{
	CHECK_STR(broken("it closes (RFC 9293 3.6)", 18), "it closes|(RFC 9293 3.6)");
	CHECK_STR(broken("it closes (RFC 9293 3.6)", 24), "it closes (RFC 9293 3.6)");
	CHECK_STR(broken("it closes (a) and on", 15), "it closes (a)|and on");
	CHECK_STR(broken("(a b c d)", 5), "(a b|c d)");
	CHECK_STR(broken("x (which goes on for longer than one would like to see) y", 20),
		"x (which goes on for|longer than one|would like to see) y");
}

static void characters_count_not_bytes(void)
{
	CHECK_STR(broken("\u00e4\u00f6\u00fc \u2192", 5), "\u00e4\u00f6\u00fc \u2192");
	CHECK_STR(broken("\u00e4\u00f6\u00fc \u2192", 4), "\u00e4\u00f6\u00fc|\u2192");
	CHECK_STR(broken("\u2192\u2192\u2192", 2), "\u2192\u2192|\u2192");
}

/* "> 50s <= 60s" of that number of seconds; -1: refused */
static int holds(const char *words, int64_t seconds)
{
	struct compare compare;
	struct cause cause;
	char copy[100], *word[20];
	int count = 0;

	snprintf(copy, sizeof copy, "%s", words);
	for (char *at = strtok(copy, " "); at; at = strtok(NULL, " "))
		word[count++] = at;
	if (compare_times(&compare, word, count, &cause) < 0)
		return -1;
	return compare_holds(&compare, seconds * 1000000000);
}

static void comparisons_hold_or_not(void)
{
	static const struct {
		const char *words;
		int one, two, three; /* of 1 s, 2 s, 3 s */
	} rows[] = {
		{"= 2s", 0, 1, 0}, {"!= 2s", 1, 0, 1}, {"< 2s", 1, 0, 0}, {"<= 2s", 1, 1, 0},
		{"> 2s", 0, 0, 1}, {">= 2s", 0, 1, 1}, {"> 1s < 3s", 0, 1, 0},
		{">= 1s <= 3s != 2s", 1, 0, 1},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		unit_about = rows[i].words;
		CHECK_EQ(holds(rows[i].words, 1), rows[i].one);
		CHECK_EQ(holds(rows[i].words, 2), rows[i].two);
		CHECK_EQ(holds(rows[i].words, 3), rows[i].three);
	}
}

static void comparisons_may_be_wrong(void)
{
	static const char *const rows[] = {
		"", ">", "2s", "> x", "about 2s", "> 1s <", "> 1s < 2s > 1s < 2s > 1s", "> 1s 2s"};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		unit_about = rows[i];
		CHECK_EQ(holds(rows[i], 1), -1);
	}
	CHECK(compare_is("<="));
	CHECK(!compare_is("=<"));
}

int main(void)
{
	RUN(lines_are_broken_between_words);
	RUN(long_words_are_cut);
	RUN(short_brackets_stay_whole);
	RUN(characters_count_not_bytes);
	RUN(comparisons_hold_or_not);
	RUN(comparisons_may_be_wrong);
	return unit_end();
}
