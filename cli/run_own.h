/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run_own.h - what the files of `netlab run` share: the labs of one run.
 */
#ifndef CLI_RUN_OWN_H
#define CLI_RUN_OWN_H

#include <stdbool.h>
#include <time.h>

#include "family.h"
#include "run.h"

struct event;
struct event_base;
struct run;

struct job {
	struct run *run;
	size_t number;
	struct family *family; /* NULL: not begun, or ended */
	struct event *timeout;
	int64_t begun, took;
	bool beginning;
	int rests; /* looks in a row that have found it at rest */
	enum verdict verdict;
	char *text, *output; /* of those that are not ok */
	size_t output_length;
};

struct run {
	struct run_options options;
	struct event_base *base;
	struct families *families;
	struct job *jobs;
	size_t next, running, beginning, done, bad, processors;
	struct event *tick, *look, *interrupt, *terminate, *ending;
	bool interrupted;
	int64_t begun;
};

/* ---- run_job.c: one of them ---- */

/* Begin it, on a processor of its own turn; it counts as running and as
 * beginning. Where that fails it is done. */
void job_begin(struct job *job);
/* It is no beginner any more; it has ended, with this status. */
void job_has_begun(struct job *job);
void job_end(struct job *job, int status);

/* ---- run_report.c ---- */

/* -1: it could not be written, as a line on stderr says. */
int run_report(const struct run *run);

/* On the monotonic clock. */
static inline int64_t run_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

#endif
