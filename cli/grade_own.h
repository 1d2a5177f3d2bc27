/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * grade_own.h - what the files of `netlab grade` share: one grading.
 */
#ifndef CLI_GRADE_OWN_H
#define CLI_GRADE_OWN_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "family.h"
#include "grade.h"
#include "gradefile.h"
#include "parcel.h"

struct bufferevent;
struct event;
struct event_base;

struct grade {
	struct grade_options options;
	char path[4096]; /* of the exercise */
	struct gradefile file;
	char *answers; /* text; NULL: it is not to be had */
	struct event_base *base;
	struct families *families;
	struct family *worker;
	struct bufferevent *channel;
	struct event *deadline, *watch;
	enum { STEP_SETUP, STEP_WORK, STEP_CHECK, STEP_DONE } step;
	size_t at; /* the expectation that is being checked */
	int64_t begun, step_begun, check_left_ms;
	const char *killed; /* why; NULL: it was not */
	char bad[420];	    /* of the exercise; "": nothing */
	char note[600];
	struct report_row *rows; /* that of the answers, then the expectations */
	char **texts;		 /* of the rows */
	char *output;
};

/* ---- grade_steps.c ---- */

/* Send the worker a request, and begin its time. */
void grade_send(struct grade *grade, enum parcel_kind kind, const char *name, const char *text,
	int64_t limit_ms);
/* The worker has answered: note it, and go on to the next step, or end the loop. */
void grade_take_answer(struct grade *grade, uint32_t kind, const char *text);
/* What is told of a row; copied; "" and NULL: nothing. */
void grade_set_text(struct grade *grade, size_t row, const char *text);

/* On the monotonic clock. */
static inline int64_t grade_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

#endif
