/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report.c - sums, and the report as text.
 */
#include "report.h"

#include <stdbool.h>
#include <string.h>

#include "plain.h"

#define TAIL_LINES 12
#define LINE_BYTES 240

static const char *const format_names[REPORT_FORMATS] = {"text", "tap", "junit", "json"};
static const char *const verdict_names[VERDICTS] = {
	"ok", "failed", "timeout", "crashed", "not run"};

int report_format_find(const char *name)
{
	for (int i = 0; i < REPORT_FORMATS; i++)
		if (strcmp(name, format_names[i]) == 0)
			return i;
	return -1;
}

const char *verdict_name(enum verdict verdict)
{
	return verdict_names[verdict];
}

void report_sum(const struct report *report, struct report_sums *sums)
{
	*sums = (struct report_sums){0};
	for (size_t i = 0; i < report->count; i++) {
		const struct report_row *row = &report->rows[i];

		sums->of[row->verdict]++;
		sums->points += row->points;
		sums->worth += row->worth;
		if (row->ns >= 0 && (!sums->longest || row->ns > sums->longest->ns))
			sums->longest = row;
	}
}

/* ------------------------------------------------------------------- text */

static void text_output(FILE *file, const struct report_row *row)
{
	const char *at = plain_tail(row->output, row->output_length, TAIL_LINES);
	const char *end = row->output + row->output_length, *newline;

	for (; at < end; at = newline + 1) {
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			newline = end;
		fputs("         | ", file);
		plain_write(file, at,
			newline - at > LINE_BYTES ? LINE_BYTES : (size_t)(newline - at));
		fputs(newline - at > LINE_BYTES ? " [...]\n" : "\n", file);
	}
}

static void text_row(FILE *file, const struct report_row *row, bool points)
{
	const char *word = row->verdict == VERDICT_FAILED ? row->worth ? "missed" : "FAIL"
							  : verdict_names[row->verdict];

	fprintf(file, "%-7s", word);
	if (row->worth)
		fprintf(file, " %3d of %-3d", row->points, row->worth);
	else if (points)
		fprintf(file, "%11s", "");
	if (row->ns >= 0)
		fprintf(file, " %7.2f s", (double)row->ns / 1e9);
	fputs("  ", file);
	plain_write(file, row->name, strlen(row->name));
	fputc('\n', file);
	if (row->text) {
		fputs("         ", file);
		plain_write(file, row->text, strlen(row->text));
		fputc('\n', file);
	}
	if (row->output && row->verdict != VERDICT_OK)
		text_output(file, row);
}

static void text_sums(FILE *file, const struct report *report, const struct report_sums *sums)
{
	int i;

	if (sums->worth) {
		fprintf(file, "%d of %d points; %.2f s\n", sums->points, sums->worth,
			(double)report->ns / 1e9);
		return;
	}
	fprintf(file, "%zu %s: %zu ok", report->count, report->counted, sums->of[VERDICT_OK]);
	for (i = VERDICT_FAILED; i < VERDICTS; i++)
		if (i < VERDICT_NOT_RUN || sums->of[i])
			fprintf(file, ", %zu %s", sums->of[i], verdict_names[i]);
	fprintf(file, "; %.2f s", (double)report->ns / 1e9);
	if (sums->longest && report->count > 1) {
		fprintf(file, "; longest %.2f s: ", (double)sums->longest->ns / 1e9);
		plain_write(file, sums->longest->name, strlen(sums->longest->name));
	}
	fputc('\n', file);
}

static void report_text(FILE *file, const struct report *report)
{
	struct report_sums sums;

	report_sum(report, &sums);
	for (size_t i = 0; i < report->count; i++)
		text_row(file, &report->rows[i], sums.worth > 0);
	if (report->count)
		fputc('\n', file);
	if (report->note) {
		plain_write(file, report->note, strlen(report->note));
		fputc('\n', file);
	}
	text_sums(file, report, &sums);
}

void report_write(FILE *file, enum report_format format, const struct report *report)
{
	static void (*const writers[REPORT_FORMATS])(FILE *, const struct report *) = {
		report_text, report_tap, report_junit, report_json};

	writers[format](file, report);
}
