/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_json.c - a JSON object a line: one a row, and one of all.
 */
#include <stdlib.h>

#include "json.h"
#include "report.h"

static void end(FILE *file, struct json *json)
{
	char *line = json_finish(json);

	fprintf(file, "%s\n", line);
	free(line);
}

static void row_object(FILE *file, const struct report_row *row)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "result");
	json_string(&json, "name", row->name);
	json_string(&json, "verdict", verdict_name(row->verdict));
	if (row->ns >= 0)
		json_double(&json, "seconds", (double)row->ns / 1e9, 3);
	else
		json_null(&json, "seconds");
	json_string(&json, "text", row->text);
	if (row->worth) {
		json_int(&json, "points", row->points);
		json_int(&json, "worth", row->worth);
	}
	if (row->output)
		json_string_sized(&json, "output", row->output, row->output_length);
	end(file, &json);
}

void report_json(FILE *file, const struct report *report)
{
	struct report_sums sums;
	struct json json;

	for (size_t i = 0; i < report->count; i++)
		row_object(file, &report->rows[i]);
	report_sum(report, &sums);
	json_begin(&json);
	json_string(&json, "event", "report");
	json_string(&json, "title", report->title);
	json_int(&json, "count", (int64_t)report->count);
	for (int i = 0; i < VERDICTS; i++)
		json_int(&json, i == VERDICT_NOT_RUN ? "not_run" : verdict_name((enum verdict)i),
			(int64_t)sums.of[i]);
	if (sums.worth) {
		json_int(&json, "points", sums.points);
		json_int(&json, "worth", sums.worth);
	}
	json_double(&json, "seconds", (double)report->ns / 1e9, 3);
	json_string(&json, "note", report->note);
	end(file, &json);
}
