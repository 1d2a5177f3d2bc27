/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * formula_test.c - formulas in words: what is one, what it comes to, what is
 * left as it is, what is refused.
 * Built with: cli/formula.c
 */
#include "unit.h"

#include "../../cli/formula.h"

static char buf[FORMULA_TEXT];
static struct cause cause;

/* The word filled in, or the cause's text. */
static const char *fill(const char *word, char counter, int64_t value)
{
	return formula_fill(word, counter, value, buf, sizeof buf, &cause) < 0 ? cause.text : buf;
}

static void whole_numbers_are_worked_out(void)
{
	static const struct {
		const char *word, *result;
	} rows[] = {{"{1}", "1"}, {"{1+2*3}", "7"}, {"{(1+2)*3}", "9"}, {"{7/2}", "3"},
		{"{-7/2}", "-3"}, {"{2^10}", "1024"}, {"{2^3*2}", "16"}, {"{10-3-2}", "5"},
		{"{ ( 1 + 1 ) }", "2"}, {"{-(-3)}", "3"}, {"{0^0}", "1"},
		{"{9223372036854775807}", "9223372036854775807"}, {"{(2^3-1)/(2-1)}", "7"},
		{"a{1}b{2}c", "a1b2c"}};
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unit_about = rows[i].word;
		CHECK_STR(fill(rows[i].word, 0, 0), rows[i].result);
	}
}

static void a_counter_is_filled_in(void)
{
	CHECK_STR(fill("h{i}", 'i', 3), "h3");
	CHECK_STR(fill("r{i}-r{i+1}", 'i', 9), "r9-r10");
	CHECK_STR(fill("s{(i-1)/2+1}", 'i', 5), "s3");
	CHECK_STR(fill("h{(i-1)*3+j}", 'i', 2), "h{(2-1)*3+j}");
	CHECK_STR(fill("h{(2-1)*3+j}", 'j', 1), "h4");
	CHECK_STR(fill("{i}{j}", 'i', 7), "7{j}");
	CHECK_STR(fill("{i}", 'i', INT64_MAX), "9223372036854775807");
}

static void what_is_no_formula_stays(void)
{
	static const char *const words[] = {"", "plain", "{}", "{", "}", "{x}", "{i", "i", "a{3}",
		"${1:-4}", "{1,2}", "{\"i\":1}", "{print}", "}{", "{{", "{j}"};
	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++) {
		unit_about = words[i];
		CHECK_STR(fill(words[i], 'i', 1), words[i]);
	}
	CHECK_STR(fill("{{i}}", 'i', 1), "{1}");
	CHECK_STR(fill("{i}", 0, 0), "{i}");
}

static void wrong_formulas_are_one_line(void)
{
	static const struct {
		const char *word, *what;
	} rows[] = {{"{1+}", "is not whole"}, {"{1 2}", "is not whole"}, {"{(1}", "is not whole"},
		{"{1)}", "is not whole"}, {"{*2}", "is not whole"}, {"{ }", "is not whole"},
		{"{1/0}", "divides by zero"}, {"{9223372036854775808}", "is too large"},
		{"{9223372036854775807+1}", "is too large"},
		{"{(0-9223372036854775807)-2}", "is too large"}, {"{2^63}", "is too large"},
		{"{2^64}", "has a power that is not 0 to 63"},
		{"{-(0-9223372036854775807-1)}", "is too large"},
		{"{(0-9223372036854775807-1)/-1}", "is too large"},
		{"{4611686018427387904*2}", "is too large"}};
	char expected[200];
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unit_about = rows[i].word;
		snprintf(expected, sizeof expected,
			"the formula %s %s; write such as {i}, {i+1}, {(i-1)/2}", rows[i].word,
			rows[i].what);
		CHECK_STR(fill(rows[i].word, 0, 0), expected);
	}
}

static void depth_and_length_have_limits(void)
{
	char word[3000] = "{";
	char small[8];

	memset(word + 1, '(', 100);
	strcpy(word + 101, "1}");
	CHECK(strstr(fill(word, 0, 0), "is too deep") != NULL);
	memset(word + 1, '1', 2000);
	strcpy(word + 2001, "}");
	CHECK(strstr(fill(word, 0, 0), "too long") != NULL);
	CHECK_EQ(formula_fill("abcdefg", 'i', 1, small, sizeof small, &cause), 0);
	CHECK_EQ(formula_fill("abcdefgh", 'i', 1, small, sizeof small, &cause), -1);
	CHECK_EQ(formula_fill("{i}{i}{i}", 'i', 100, small, sizeof small, &cause), -1);
}

int main(void)
{
	RUN(whole_numbers_are_worked_out);
	RUN(a_counter_is_filled_in);
	RUN(what_is_no_formula_stays);
	RUN(wrong_formulas_are_one_line);
	RUN(depth_and_length_have_limits);
	return unit_end();
}
