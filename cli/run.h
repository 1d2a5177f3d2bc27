/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run.h - `netlab run`: many labs side by side, each a netlab of its own, and
 * one report.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report.h"

#define RUN_JOBS_MAX 1000

struct run_options {
	int jobs;	    /* at once */
	int64_t timeout_ns; /* of one lab */
	enum report_format format;
	const char *output;   /* the report's file; NULL: stdout */
	const char *topology; /* that the labs begin with; NULL: their own choice */
	bool keep_going;
	char **names; /* of the files, one a lab, in order; owned */
	size_t count;
};

/* The words behind "run", NULL-terminated; words[-1] must be there. Returns the
 * exit status: 0 all well, 1 a lab failed, 2 wrong usage, 130 interrupted. */
int run_main(char **words);

/* Parse them; a folder becomes its *.lab files, in order. -1: a line about what
 * is wrong was printed. 1: help was printed. */
int run_options_parse(struct run_options *options, char **words);
void run_options_free(struct run_options *options);

/* Is the netlab with that pid at rest at this moment: does it wait for something
 * rather than work, or for a processor? True when that cannot be told. */
bool run_pace_rests(int pid);

/* What there is to say while it runs; on stderr, in one line that is written
 * over again and again, when that is a terminal. */
struct run_progress {
	size_t count, done, running, bad;
	const char *longest; /* of those that run; NULL: none does */
	double seconds;	     /* that it has been running for */
};
void run_progress_show(const struct run_progress *progress);
void run_progress_hide(void);

#endif
