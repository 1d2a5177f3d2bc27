/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report.h - what came of many labs, or of an exercise's expectations: rows and
 * their sums, as text, TAP 14, JUnit XML or a JSON object a line. Texts and
 * output may hold any bytes. Pure, but for the file that is written to.
 */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum verdict {
	VERDICT_OK,
	VERDICT_FAILED,
	VERDICT_TIMEOUT, /* it took too long, and was ended */
	VERDICT_CRASHED, /* a signal ended it */
	VERDICT_NOT_RUN,
	VERDICTS
};

struct report_row {
	const char *name;
	enum verdict verdict;
	int64_t ns;	    /* that it took; -1: that is not told */
	const char *text;   /* why it is not ok, one line; NULL: nothing is known */
	const char *output; /* what is kept of its output; NULL: none */
	size_t output_length;
	int points, worth;  /* got, of how many; worth 0: it is not about points */
};

struct report {
	const char *title;   /* "netlab run" */
	const char *counted; /* what a row is: "runs" */
	const struct report_row *rows;
	size_t count;
	int64_t ns; /* on the wall clock */
	const char *note; /* about all of it, one line; NULL */
};

struct report_sums {
	size_t of[VERDICTS];
	int points, worth;
	const struct report_row *longest; /* NULL: none tells its time */
};

enum report_format { REPORT_TEXT, REPORT_TAP, REPORT_JUNIT, REPORT_JSON, REPORT_FORMATS };

/* "text", "tap", "junit", "json"; -1: none of them. */
int report_format_find(const char *name);
/* "ok", "failed", "timeout", "crashed", "not run" */
const char *verdict_name(enum verdict verdict);

void report_sum(const struct report *report, struct report_sums *sums);
void report_write(FILE *file, enum report_format format, const struct report *report);

/* Each its own format, for report_write(). */
void report_tap(FILE *file, const struct report *report);
void report_junit(FILE *file, const struct report *report);
void report_json(FILE *file, const struct report *report);

#endif
