/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * grade_steps.c - the steps of a grading, one request and one answer each.
 */
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grade_own.h"

#define GRACE_MS 10000 /* until a worker that does not end the step itself is killed */

void grade_set_text(struct grade *grade, size_t row, const char *text)
{
	free(grade->texts[row]);
	grade->texts[row] = text && text[0] ? strdup(text) : NULL;
	grade->rows[row].text = grade->texts[row];
}

void grade_send(struct grade *grade, enum parcel_kind kind, const char *name, const char *text,
	int64_t limit_ms)
{
	size_t name_size = strlen(name) + 1, text_size = strlen(text) + 1;
	struct parcel parcel = {.kind = kind, .limit_ms = (uint32_t)limit_ms,
		.length = (uint32_t)(name_size + text_size)};
	int64_t kill_ms = limit_ms + GRACE_MS;

	grade->step_begun = grade_now();
	bufferevent_write(grade->channel, &parcel, sizeof parcel);
	bufferevent_write(grade->channel, name, name_size);
	bufferevent_write(grade->channel, text, text_size);
	event_add(grade->deadline, &(struct timeval){.tv_sec = kill_ms / 1000,
		.tv_usec = kill_ms % 1000 * 1000});
}

static void begin_check(struct grade *grade)
{
	grade->step = grade->at < grade->file.count ? STEP_CHECK : STEP_DONE;
	if (grade->step == STEP_DONE)
		event_base_loopbreak(grade->base);
	else
		grade_send(grade, PARCEL_CHECK, "", grade->file.hidden[grade->at].command,
			grade->check_left_ms);
}

static void begin_work(struct grade *grade)
{
	capture_free(&grade->worker->capture);
	grade->step = STEP_WORK;
	if (grade->answers)
		grade_send(grade, PARCEL_WORK, grade->options.answers, grade->answers,
			grade->options.timeout_ns / 1000000);
	else
		begin_check(grade);
}

static enum verdict verdict_of(uint32_t kind)
{
	return kind == PARCEL_OK	? VERDICT_OK
	       : kind == PARCEL_TIMEOUT ? VERDICT_TIMEOUT
					: VERDICT_FAILED;
}

static void end_work(struct grade *grade, uint32_t kind, const char *text)
{
	struct report_row *row = &grade->rows[0];

	family_drain(grade->worker);
	row->ns = grade_now() - grade->step_begun;
	row->verdict = verdict_of(kind);
	grade_set_text(grade, 0, text);
	grade->output = capture_text(&grade->worker->capture, &row->output_length);
	row->output = grade->output;
	begin_check(grade);
}

static void end_check(struct grade *grade, uint32_t kind, const char *text)
{
	const struct hidden *hidden = &grade->file.hidden[grade->at];
	struct report_row *row = &grade->rows[++grade->at];
	char *both = NULL;

	grade->check_left_ms -= (grade_now() - grade->step_begun) / 1000000;
	if (grade->check_left_ms < 0)
		grade->check_left_ms = 0;
	row->verdict = kind == PARCEL_OK ? VERDICT_OK : VERDICT_FAILED;
	row->points = kind == PARCEL_OK ? hidden->worth : 0;
	if (kind != PARCEL_OK && asprintf(&both, "%s%s%s",
		grade->options.hints && hidden->hint ? hidden->hint : "",
		grade->options.hints && hidden->hint && grade->options.why ? " " : "",
		grade->options.why ? text : "") < 0)
		abort();
	grade_set_text(grade, grade->at, both);
	free(both);
	begin_check(grade);
}

void grade_take_answer(struct grade *grade, uint32_t kind, const char *text)
{
	evtimer_del(grade->deadline);
	switch (grade->step) {
	case STEP_SETUP:
		if (kind == PARCEL_OK) {
			begin_work(grade);
			break;
		}
		snprintf(grade->bad, sizeof grade->bad, "%.400s", text);
		event_base_loopbreak(grade->base);
		break;
	case STEP_WORK:
		end_work(grade, kind, text);
		break;
	case STEP_CHECK:
		end_check(grade, kind, text);
		break;
	case STEP_DONE:
		break;
	}
}
