/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_junit.c - JUnit's XML, as CI systems read it. A character that XML 1.0
 * cannot hold, not even escaped, becomes U+FFFD; so do a terminal's commands.
 */
#include <string.h>

#include "plain.h"
#include "report.h"

static int is_xml(uint32_t code)
{
	return code == '\t' || code == '\n' || code == '\r' ||
	       (!plain_is_control(code) && code != 0xfffe && code != 0xffff);
}

static void escaped(FILE *file, const char *text, size_t length)
{
	uint32_t code;
	size_t step;

	for (; length > 0; text += step, length -= step) {
		step = plain_next(text, length, &code);
		if (code == PLAIN_WRONG || !is_xml(code))
			fputs("\xef\xbf\xbd", file);
		else if (code < 0x80 && (code < 0x20 || strchr("&<>\"'", (int)code)))
			fprintf(file, "&#%u;", (unsigned)code);
		else
			fwrite(text, 1, step, file);
	}
}

/* Line ends stay line ends, so that people can read it. */
static void body(FILE *file, const char *text, size_t length)
{
	const char *end = text + length, *newline;

	for (; text < end; text = newline + 1) {
		newline = memchr(text, '\n', (size_t)(end - text));
		escaped(file, text, (size_t)((newline ? newline : end) - text));
		if (!newline)
			break;
		fputc('\n', file);
	}
}

static void attribute(FILE *file, const char *name, const char *value)
{
	fprintf(file, " %s=\"", name);
	escaped(file, value, strlen(value));
	fputc('"', file);
}

static void problem(FILE *file, const struct report_row *row)
{
	const char *element = row->verdict == VERDICT_FAILED ? "failure" : "error";

	if (row->verdict == VERDICT_NOT_RUN) {
		fputs("      <skipped message=\"not run\"/>\n", file);
		return;
	}
	fprintf(file, "      <%s", element);
	attribute(file, "type", verdict_name(row->verdict));
	attribute(file, "message", row->text ? row->text : verdict_name(row->verdict));
	fputs("/>\n", file);
}

static void test_case(FILE *file, const struct report *report, const struct report_row *row)
{
	fputs("    <testcase", file);
	attribute(file, "classname", report->title);
	attribute(file, "name", row->name);
	fprintf(file, " time=\"%.3f\">\n", row->ns < 0 ? 0.0 : (double)row->ns / 1e9);
	if (row->worth)
		fprintf(file,
			"      <properties>\n"
			"        <property name=\"points\" value=\"%d\"/>\n"
			"        <property name=\"worth\" value=\"%d\"/>\n"
			"      </properties>\n",
			row->points, row->worth);
	if (row->verdict != VERDICT_OK)
		problem(file, row);
	if (row->output && row->output_length) {
		fputs("      <system-out>", file);
		body(file, row->output, row->output_length);
		fputs("</system-out>\n", file);
	}
	fputs("    </testcase>\n", file);
}

static void counts(FILE *file, const struct report *report, const struct report_sums *sums)
{
	attribute(file, "name", report->title);
	fprintf(file,
		" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.3f\">\n",
		report->count, sums->of[VERDICT_FAILED],
		sums->of[VERDICT_TIMEOUT] + sums->of[VERDICT_CRASHED], sums->of[VERDICT_NOT_RUN],
		(double)report->ns / 1e9);
}

void report_junit(FILE *file, const struct report *report)
{
	struct report_sums sums;

	report_sum(report, &sums);
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", file);
	counts(file, report, &sums);
	fputs("  <testsuite", file);
	counts(file, report, &sums);
	for (size_t i = 0; i < report->count; i++)
		test_case(file, report, &report->rows[i]);
	if (report->note) {
		fputs("    <system-out>", file);
		body(file, report->note, strlen(report->note));
		fputs("</system-out>\n", file);
	}
	fputs("  </testsuite>\n</testsuites>\n", file);
}
