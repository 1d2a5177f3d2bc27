/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_tap.c - the Test Anything Protocol, version 14. What is told of a
 * failure is YAML, its strings in double quotes, where every byte has a form.
 */
#include <string.h>

#include "plain.h"
#include "report.h"

/* '#' would begin a directive. */
static void description(FILE *file, const char *text)
{
	uint32_t code;
	size_t step, left = strlen(text);

	for (; left > 0; text += step, left -= step) {
		step = plain_next(text, left, &code);
		if (code == '#' || code == '\\')
			fputc('\\', file);
		plain_write(file, text, step);
	}
}

static void quoted(FILE *file, const char *text, size_t length)
{
	uint32_t code;
	size_t step;

	fputc('"', file);
	for (; length > 0; text += step, length -= step) {
		step = plain_next(text, length, &code);
		if (code == PLAIN_WRONG)
			fputs("\\uFFFD", file);
		else if (plain_is_control(code))
			fprintf(file, "\\x%02x", (unsigned)code);
		else if (code == '"' || code == '\\')
			fprintf(file, "\\%c", (char)code);
		else
			fwrite(text, 1, step, file);
	}
	fputc('"', file);
}

static void output(FILE *file, const struct report_row *row)
{
	const char *at = row->output, *end = at + row->output_length, *newline;

	fputs("  output:\n", file);
	for (; at < end; at = newline + 1) {
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			newline = end;
		fputs("    - ", file);
		quoted(file, at, (size_t)(newline - at));
		fputc('\n', file);
	}
}

static void details(FILE *file, const struct report_row *row)
{
	fprintf(file, "  ---\n  verdict: %s\n", verdict_name(row->verdict));
	if (row->text) {
		fputs("  message: ", file);
		quoted(file, row->text, strlen(row->text));
		fputc('\n', file);
	}
	if (row->ns >= 0)
		fprintf(file, "  seconds: %.3f\n", (double)row->ns / 1e9);
	if (row->worth)
		fprintf(file, "  points: %d\n  worth: %d\n", row->points, row->worth);
	if (row->output && row->output_length)
		output(file, row);
	fputs("  ...\n", file);
}

void report_tap(FILE *file, const struct report *report)
{
	struct report_sums sums;

	report_sum(report, &sums);
	fprintf(file, "TAP version 14\n1..%zu\n", report->count);
	for (size_t i = 0; i < report->count; i++) {
		const struct report_row *row = &report->rows[i];

		fprintf(file, "%s %zu - ", row->verdict == VERDICT_OK ? "ok" : "not ok", i + 1);
		description(file, row->name);
		fputs(row->verdict == VERDICT_NOT_RUN ? " # SKIP not run\n" : "\n", file);
		if (row->verdict != VERDICT_NOT_RUN)
			details(file, row);
	}
	if (report->note) {
		fputs("# ", file);
		plain_write(file, report->note, strlen(report->note));
		fputc('\n', file);
	}
	if (sums.worth)
		fprintf(file, "# %d of %d points\n", sums.points, sums.worth);
}
