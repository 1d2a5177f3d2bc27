/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lex_test.c - lines into commands and words.
 */
#include "../../cli/lex.h"

#include <stdlib.h>

#include "unit.h"

static struct lex_words words;
static struct cause cause;

/* All commands of the line as "[a][b c]|[d]", or the error. */
static const char *split_with(const char *line, const struct lex_params *params)
{
	static char text[20000];
	size_t length = strlen(line);
	char *copy = malloc(length + 1), *out = text; /* no NUL behind it that could help */
	const char *cursor = copy, *end = copy + length;

	memcpy(copy, line, length);
	copy[length] = '!';
	*out = '\0';
	while (cursor < end) {
		if (out > text)
			*out++ = '|';
		if (lex_command(&cursor, end, params, &words, &cause) < 0) {
			CHECK(cursor == end);
			snprintf(text, sizeof(text), "error: %s", cause.text);
			break;
		}
		*out = '\0';
		for (int i = 0; i < words.count; i++)
			out += sprintf(out, "[%s]", words.word[i]);
		CHECK(words.word[words.count] == NULL);
	}
	free(copy);
	return text;
}

static const char *split(const char *line)
{
	return split_with(line, NULL);
}

static bool fails(const char *line)
{
	return strncmp(split(line), "error: ", 7) == 0;
}

static void words_are_separated_by_blanks(void)
{
	CHECK_STR(split("connect client server:80"), "[connect][client][server:80]");
	CHECK_STR(split("  \tclose\t client  "), "[close][client]");
	CHECK_STR(split("close client\r"), "[close][client]");
	CHECK_STR(split(""), "");
	CHECK_STR(split("   "), "");
}

static void commands_are_separated_by_semicolons(void)
{
	CHECK_STR(split("step;step ; ss"), "[step]|[step]|[ss]");
	CHECK_STR(split("step;"), "[step]");
	CHECK_STR(split(";;step"), "[step]");
	CHECK_STR(split("echo a\\;b ';' \";\""), "[echo][a;b][;][;]");
}

static void quotes_keep_words_together(void)
{
	CHECK_STR(split("send c 'two words'"), "[send][c][two words]");
	CHECK_STR(split("send c \"two  words\""), "[send][c][two  words]");
	CHECK_STR(split("a'b c'd\"e f\""), "[ab cde f]");
	CHECK_STR(split("'' \"\""), "[][]");
	CHECK_STR(split("'a\"b' \"a'b\""), "[a\"b][a'b]");
	CHECK_STR(split("'a\\b' 'a$1'"), "[a\\b][a$1]");
}

static void a_backslash_takes_the_next_character(void)
{
	CHECK_STR(split("a\\ b \\' \\\" \\\\ \\$1 \\n"), "[a b]['][\"][\\][$1][n]");
	CHECK_STR(split("\"\\\" \\\\ \\$1 \\n\""), "[\" \\ $1 \\n]");
	CHECK(fails("close client\\"));
}

static void comments_begin_where_a_word_could(void)
{
	CHECK_STR(split("# all of it; step"), "");
	CHECK_STR(split("step # a ; b 'c"), "[step]");
	CHECK_STR(split("step;#x"), "[step]|");
	CHECK_STR(split("a#b '#' \\#"), "[a#b][#][#]");
}

static void parameters_stand_for_their_values(void)
{
	static const char *const values[] = {"client", "two words; 'x", ""};
	const struct lex_params params = {3, values};

	CHECK_STR(split_with("close $1", &params), "[close][client]");
	CHECK_STR(split_with("close ${1}", &params), "[close][client]");
	CHECK_STR(split_with("close x$1y${1}z", &params), "[close][xclientyclientz]");
	CHECK_STR(split_with("echo $2 \"$2\"", &params),
		"[echo][two words; 'x][two words; 'x]");
	CHECK_STR(split_with("echo $3 end", &params), "[echo][][end]");
	CHECK_STR(split_with("echo '$1' \\$1", &params), "[echo][$1][$1]");
	CHECK_STR(split_with("echo ${1:-none} ${4:-none} ${4:-}", &params),
		"[echo][client][none][]");
}

static void a_parameter_that_is_not_given_is_an_error(void)
{
	static const char *const values[] = {"client"};
	const struct lex_params params = {1, values};

	CHECK(strncmp(split_with("close $2", &params), "error: ", 7) == 0);
	CHECK(strstr(cause.text, "$2") != NULL);
	CHECK(fails("close $1"));
	CHECK(fails("close ${1}"));
	CHECK_STR(split("close ${1:-client}"), "[close][client]");
}

static void any_other_dollar_is_itself(void)
{
	CHECK_STR(split("echo $ $0 $x 5$ \"$\""), "[echo][$][$0][$x][5$][$]");
	CHECK(fails("echo ${1"));
	CHECK(fails("echo ${12}"));
	CHECK(fails("echo ${x}"));
}

static void open_quotes_are_an_error(void)
{
	CHECK(fails("echo 'open"));
	CHECK(fails("echo \"open"));
	CHECK(fails("echo \"open\\\""));
	CHECK(fails("step; echo 'open; step"));
}

static void what_is_too_long_is_refused(void)
{
	static char line[LEX_BYTES_MAX + 100], many[2 * LEX_WORDS_MAX + 10];

	for (int i = 0; i < LEX_WORDS_MAX; i++)
		memcpy(many + (size_t)2 * i, "a ", 2);
	CHECK(!fails(many));
	CHECK_EQ(words.count, LEX_WORDS_MAX);
	strcat(many, "a");
	CHECK(fails(many));
	memset(line, 'a', LEX_BYTES_MAX);
	CHECK(fails(line));
	line[LEX_BYTES_MAX - 2] = '\0';
	CHECK(!fails(line));
}

static bool passes(const char *line, size_t length)
{
	cause.text[0] = '\0';
	return lex_check(line, length, &cause) == 0;
}

#define PASSES(line) passes(line, sizeof(line) - 1)

static void only_plain_text_passes(void)
{
	CHECK(PASSES(""));
	CHECK(PASSES("step\tnow\r"));
	CHECK(PASSES("\xc3\xa9 \xe2\x86\x92 \xf0\x9f\x90\xa7"));
	CHECK(!PASSES("a\0b"));
	CHECK(!PASSES("a\033[2J"));
	CHECK(!PASSES("a\x7f"));
	CHECK(!PASSES("a\rb"));
	CHECK(!PASSES("\r\r"));
}

static void only_well_formed_utf8_passes(void)
{
	CHECK(!PASSES("\xff"));
	CHECK(!PASSES("\xc3"));
	CHECK(!PASSES("\xc3(")); /* no continuation */
	CHECK(!PASSES("\x80"));
	CHECK(!PASSES("\xc0\xaf")); /* overlong */
	CHECK(!PASSES("\xe0\x80\xaf"));
	CHECK(!PASSES("\xf0\x80\x80\xaf"));
	CHECK(!PASSES("\xed\xa0\x80")); /* a surrogate */
	CHECK(!PASSES("\xf4\x90\x80\x80")); /* beyond U+10FFFF */
	CHECK(strstr(cause.text, "UTF-8") != NULL);
}

static void a_line_has_its_greatest_length(void)
{
	static char line[LEX_LINE_MAX + 1];

	memset(line, 'a', sizeof(line));
	CHECK(passes(line, LEX_LINE_MAX));
	CHECK(!passes(line, LEX_LINE_MAX + 1));
	CHECK(strlen(cause.text) > 0);
}

/* What Tab sees: "[whole][words]last@start quote". */
static const char *tail_of(const char *line)
{
	static struct lex_tail tail;
	static char text[1000];
	char *out = text;

	if (lex_unfinished(line, strlen(line), &tail) < 0)
		return "error";
	for (int i = 0; i < tail.words.count; i++)
		out += sprintf(out, "[%s]", tail.words.word[i]);
	out += sprintf(out, "%s@%zu", tail.last, tail.start);
	if (tail.quote)
		out += sprintf(out, " %c", tail.quote);
	if (tail.comment)
		sprintf(out, " #");
	return text;
}

static void tab_sees_the_unfinished_word(void)
{
	CHECK_STR(tail_of(""), "@0");
	CHECK_STR(tail_of("clo"), "clo@0");
	CHECK_STR(tail_of("close "), "[close]@6");
	CHECK_STR(tail_of("close cl"), "[close]cl@6");
	CHECK_STR(tail_of("step; close cl"), "[close]cl@12");
	CHECK_STR(tail_of("step;"), "@5");
}

static void tab_sees_through_quotes(void)
{
	CHECK_STR(tail_of("source 'my fi"), "[source]my fi@7 '");
	CHECK_STR(tail_of("source \"my fi"), "[source]my fi@7 \"");
	CHECK_STR(tail_of("source my\\ fi"), "[source]my fi@7");
	CHECK_STR(tail_of("source '"), "[source]@7 '");
	CHECK_STR(tail_of("echo $1 ${2"), "[echo][$1]${2@8");
	CHECK_STR(tail_of("echo # clo"), "[echo]@10 #");
}

int main(void)
{
	RUN(words_are_separated_by_blanks);
	RUN(commands_are_separated_by_semicolons);
	RUN(quotes_keep_words_together);
	RUN(a_backslash_takes_the_next_character);
	RUN(comments_begin_where_a_word_could);
	RUN(parameters_stand_for_their_values);
	RUN(a_parameter_that_is_not_given_is_an_error);
	RUN(any_other_dollar_is_itself);
	RUN(open_quotes_are_an_error);
	RUN(what_is_too_long_is_refused);
	RUN(only_plain_text_passes);
	RUN(only_well_formed_utf8_passes);
	RUN(a_line_has_its_greatest_length);
	RUN(tab_sees_the_unfinished_word);
	RUN(tab_sees_through_quotes);
	return unit_end();
}
