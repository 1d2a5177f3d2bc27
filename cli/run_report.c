/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run_report.c - the report of `netlab run`.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run_own.h"

/* "a.lab", and "a.lab (2)" for its second run. */
static char *row_name(const struct run *run, size_t number)
{
	const char *name = run->options.names[number];
	size_t before = 0, all = 0, i;
	char *text;

	for (i = 0; i < run->options.count; i++)
		if (strcmp(run->options.names[i], name) == 0) {
			before += i < number;
			all++;
		}
	if (asprintf(&text, all > 1 ? "%s (%zu)" : "%s", name, before + 1) < 0)
		abort();
	return text;
}

static void make_row(const struct run *run, size_t i, struct report_row *row)
{
	const struct job *job = &run->jobs[i];

	*row = (struct report_row){.name = row_name(run, i),
		.verdict = i < run->next ? job->verdict : VERDICT_NOT_RUN,
		.ns = i < run->next ? job->took : -1, .text = job->text, .output = job->output,
		.output_length = job->output_length};
}

static int write_report(const struct run *run, const struct report *report)
{
	FILE *file = run->options.output ? fopen(run->options.output, "we") : stdout;

	if (file)
		report_write(file, run->options.format, report);
	if (file && fflush(file) == 0 && !ferror(file) && (file == stdout || fclose(file) == 0))
		return 0;
	fprintf(stderr, "netlab: cannot write the report to %s: %s\n",
		run->options.output ? run->options.output : "stdout", strerror(errno));
	return -1;
}

int run_report(const struct run *run)
{
	struct report_row *rows = calloc(run->options.count, sizeof *rows);
	struct report report = {.title = "netlab run", .counted = "runs", .rows = rows,
		.count = run->options.count, .ns = run_now() - run->begun,
		.note = run->interrupted ? "interrupted: what had not ended was ended" : NULL};
	int result;

	if (!rows)
		abort();
	for (size_t i = 0; i < report.count; i++)
		make_row(run, i, &rows[i]);
	result = write_report(run, &report);
	for (size_t i = 0; i < report.count; i++)
		free((char *)rows[i].name);
	free(rows);
	return result;
}
