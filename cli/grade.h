/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * grade.h - `netlab grade`: a student's commands in the lab of an exercise, and
 * points for what came of it.
 */
#ifndef CLI_GRADE_H
#define CLI_GRADE_H

#include <stdbool.h>
#include <stdint.h>

#include "report.h"

struct grade_options {
	const char *exercise, *answers; /* as they were given */
	int64_t timeout_ns;		/* of the student's part */
	enum report_format format;
	const char *output; /* the report's file; NULL: stdout */
	bool programs;	    /* the student may exec */
	bool hints, why;    /* tell them of what is missed */
};

/* The words behind "grade", NULL-terminated; words[-1] must be there. Returns the
 * exit status: 0 all points, 1 not, 2 wrong usage or a bad exercise. */
int grade_main(char **words);

/* -1: a line about what is wrong was printed. 1: help was printed. */
int grade_options_parse(struct grade_options *options, char **words);

#endif
