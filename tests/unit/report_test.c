/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_test.c - the four forms of a report, with whatever bytes in it.
 */
#include "../../cli/report.h"

#include <stdlib.h>

#include "../../cli/plain.h"
#include "unit.h"

static const struct report_row plain_rows[] = {
	{.name = "a.lab", .verdict = VERDICT_OK, .ns = 1500000000},
	{.name = "b.lab", .verdict = VERDICT_FAILED, .ns = 250000000,
		.text = "b.lab:3: expected client ESTAB", .output = "one\ntwo\n", .output_length = 8},
	{.name = "c.lab", .verdict = VERDICT_TIMEOUT, .ns = 2000000000, .text = "not done after 2 s"},
	{.name = "d.lab", .verdict = VERDICT_CRASHED, .ns = 0, .text = "netlab was ended by SIGSEGV"},
	{.name = "e.lab", .verdict = VERDICT_NOT_RUN, .ns = -1},
};
static const struct report plain_report = {"netlab run", "runs", plain_rows, 5, 3000000000, NULL};

/* Marks of every form, terminal's commands, broken UTF-8, a NUL. */
#define HOSTILE "ok 1 <b a=\"'\">&amp;]]> # SKIP \\ \x1b[2J\xc2\x9b\xff\xed\xa0\x80\xef\xbf\xbe \xc3\xa9\t\r"
static const char hostile_output[] = HOSTILE "\0\n...\nend";
static const struct report_row hostile_rows[] = {
	{.name = HOSTILE, .verdict = VERDICT_FAILED, .ns = -1, .text = HOSTILE,
		.output = hostile_output, .output_length = sizeof hostile_output - 1},
};
static const struct report hostile_report = {HOSTILE, "runs", hostile_rows, 1, 0, HOSTILE};

static const struct report_row point_rows[] = {
	{.name = "the client is gone", .verdict = VERDICT_OK, .ns = -1, .points = 3, .worth = 3},
	{.name = "the server waits", .verdict = VERDICT_FAILED, .ns = -1, .points = 0, .worth = 2},
};
static const struct report point_report = {"netlab grade x", "expectations", point_rows, 2, 0, NULL};

static char *written(enum report_format format, const struct report *report)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	report_write(file, format, report);
	fclose(file);
	CHECK_EQ(strlen(text), size); /* no NUL in it */
	return text;
}

static void check_written(enum report_format format, const struct report *report, const char *expected)
{
	char *text = written(format, report);

	CHECK_STR(text, expected);
	free(text);
}

static void text(void)
{
	check_written(REPORT_TEXT, &plain_report,
		"ok         1.50 s  a.lab\n"
		"FAIL       0.25 s  b.lab\n"
		"         b.lab:3: expected client ESTAB\n"
		"         | one\n"
		"         | two\n"
		"timeout    2.00 s  c.lab\n"
		"         not done after 2 s\n"
		"crashed    0.00 s  d.lab\n"
		"         netlab was ended by SIGSEGV\n"
		"not run  e.lab\n"
		"\n"
		"5 runs: 1 ok, 1 failed, 1 timeout, 1 crashed, 1 not run; 3.00 s; longest 2.00 s: c.lab\n");
	check_written(REPORT_TEXT, &point_report,
		"ok        3 of 3    the client is gone\n"
		"missed    0 of 2    the server waits\n"
		"\n"
		"3 of 5 points; 0.00 s\n");
}

static void long_lines_are_cut(void)
{
	static char line[100000];
	struct report_row row = {.name = "a", .verdict = VERDICT_FAILED, .ns = -1, .output = line,
		.output_length = sizeof line};
	struct report report = {"t", "runs", &row, 1, 0, NULL};
	char *all;

	memset(line, 'x', sizeof line);
	all = written(REPORT_TEXT, &report);
	CHECK(strlen(all) < 500);
	CHECK(strstr(all, "xx [...]\n") != NULL);
	free(all);
}

static void tap(void)
{
	check_written(REPORT_TAP, &plain_report,
		"TAP version 14\n"
		"1..5\n"
		"ok 1 - a.lab\n"
		"  ---\n  verdict: ok\n  seconds: 1.500\n  ...\n"
		"not ok 2 - b.lab\n"
		"  ---\n  verdict: failed\n  message: \"b.lab:3: expected client ESTAB\"\n"
		"  seconds: 0.250\n  output:\n    - \"one\"\n    - \"two\"\n  ...\n"
		"not ok 3 - c.lab\n"
		"  ---\n  verdict: timeout\n  message: \"not done after 2 s\"\n  seconds: 2.000\n  ...\n"
		"not ok 4 - d.lab\n"
		"  ---\n  verdict: crashed\n  message: \"netlab was ended by SIGSEGV\"\n  seconds: 0.000\n  ...\n"
		"not ok 5 - e.lab # SKIP not run\n");
}

static void json(void)
{
	check_written(REPORT_JSON, &point_report,
		"{\"event\":\"result\",\"name\":\"the client is gone\",\"verdict\":\"ok\",\"seconds\":null,"
		"\"text\":null,\"points\":3,\"worth\":3}\n"
		"{\"event\":\"result\",\"name\":\"the server waits\",\"verdict\":\"failed\",\"seconds\":null,"
		"\"text\":null,\"points\":0,\"worth\":2}\n"
		"{\"event\":\"report\",\"title\":\"netlab grade x\",\"count\":2,\"ok\":1,\"failed\":1,\"timeout\":0,"
		"\"crashed\":0,\"not_run\":0,\"points\":3,\"worth\":5,\"seconds\":0.000,\"note\":null}\n");
}

static void junit(void)
{
	check_written(REPORT_JUNIT, &point_report,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites name=\"netlab grade x\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" time=\"0.000\">\n"
		"  <testsuite name=\"netlab grade x\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" time=\"0.000\">\n"
		"    <testcase classname=\"netlab grade x\" name=\"the client is gone\" time=\"0.000\">\n"
		"      <properties>\n"
		"        <property name=\"points\" value=\"3\"/>\n"
		"        <property name=\"worth\" value=\"3\"/>\n"
		"      </properties>\n"
		"    </testcase>\n"
		"    <testcase classname=\"netlab grade x\" name=\"the server waits\" time=\"0.000\">\n"
		"      <properties>\n"
		"        <property name=\"points\" value=\"0\"/>\n"
		"        <property name=\"worth\" value=\"2\"/>\n"
		"      </properties>\n"
		"      <failure type=\"failed\" message=\"failed\"/>\n"
		"    </testcase>\n"
		"  </testsuite>\n"
		"</testsuites>\n");
}

/* No byte of it reaches the reader as more than text. */
static void hostile(void)
{
	for (int format = 0; format < REPORT_FORMATS; format++) {
		char *all = written((enum report_format)format, &hostile_report);
		size_t left = strlen(all), step;
		uint32_t code;

		unit_about = format == REPORT_TEXT ? "text:" : format == REPORT_TAP ? "tap:" :
			format == REPORT_JUNIT ? "junit:" : "json:";
		for (const char *at = all; left > 0; at += step, left -= step) {
			step = plain_next(at, left, &code);
			CHECK(code == '\n' || !plain_is_control(code));
			CHECK(code != 0xfffe || format != REPORT_JUNIT);
		}
		CHECK(strstr(all, "\xc3\xa9") != NULL); /* letters are kept */
		free(all);
	}
}

static void hostile_marks(void)
{
	char *all = written(REPORT_TAP, &hostile_report);

	CHECK(strstr(all, "not ok 1 - ok 1 ") != NULL);
	CHECK(strstr(all, "\\# SKIP \\\\ ?[2J") != NULL);
	CHECK(strstr(all, "\n...") == NULL);
	CHECK(strstr(all, "    - \"...\"\n") != NULL);
	free(all);
	all = written(REPORT_JUNIT, &hostile_report);
	CHECK(strstr(all, "<b") == NULL);
	CHECK(strstr(all, "]]>") == NULL);
	CHECK(strstr(all, "&amp;") == NULL); /* &#38;amp; */
	CHECK(strstr(all, "&#60;b a=&#34;&#39;&#34;&#62;&#38;amp;]]&#62;") != NULL);
	CHECK(strstr(all, "&#27;") == NULL);
	free(all);
	all = written(REPORT_TEXT, &hostile_report);
	CHECK(strstr(all, "\n         | ...\n         | end\n") != NULL);
	free(all);
}

static void tails(void)
{
	static const char lines[] = "one\ntwo\nthree\n";

	CHECK_STR(plain_tail(lines, strlen(lines), 2), "two\nthree\n");
	CHECK_STR(plain_tail(lines, strlen(lines), 3), lines);
	CHECK_STR(plain_tail(lines, strlen(lines), 9), lines);
	CHECK_STR(plain_tail(lines, strlen(lines) - 1, 1), "three\n");
	CHECK_STR(plain_tail("", 0, 3), "");
}

static void formats(void)
{
	CHECK_EQ(report_format_find("junit"), REPORT_JUNIT);
	CHECK_EQ(report_format_find("text"), REPORT_TEXT);
	CHECK_EQ(report_format_find("xml"), -1);
}

static void empty(void)
{
	static const struct report none = {"netlab run", "runs", NULL, 0, 0, NULL};

	check_written(REPORT_TEXT, &none, "0 runs: 0 ok, 0 failed, 0 timeout, 0 crashed; 0.00 s\n");
	check_written(REPORT_TAP, &none, "TAP version 14\n1..0\n");
}

int main(void)
{
	RUN(text);
	RUN(long_lines_are_cut);
	RUN(tap);
	RUN(json);
	RUN(junit);
	RUN(hostile);
	RUN(hostile_marks);
	RUN(tails);
	RUN(formats);
	RUN(empty);
	return unit_end();
}
