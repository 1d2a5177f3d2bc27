/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * grade.c - the grader. It starts a worker (worker.h), in which the lab is, and
 * only then reads the exercise; it sends the worker the set-up, then the
 * student's commands, and when these and all that they started have ended, the
 * expectations, one by one. So whatever the student's part reads, or prints, or
 * breaks, the expectations and the report are here.
 *
 *	SETUP -> WORK -> CHECK (each expectation) -> done
 *
 * Every step has a time in which the worker ends it by itself, and a little later
 * the worker is killed, with all that is in its PID namespace.
 */
#include "grade.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "grade_own.h"
#include "topologies.h"
#include "usage.h"

#define SETUP_MS      60000
#define CHECK_MS      120000 /* for all expectations */
#define WATCH_US      200000
#define MEMORY_MOST   (2048UL << 20)
#define PROCESSES_MOST 512

/* ------------------------------------------------------------------ events */

static void on_answer(struct bufferevent *channel, void *arg)
{
	struct grade *grade = arg;
	struct evbuffer *input = bufferevent_get_input(channel);
	struct parcel parcel;
	char text[1024];

	while (evbuffer_copyout(input, &parcel, sizeof parcel) == sizeof parcel &&
		evbuffer_get_length(input) >= sizeof parcel + parcel.length) {
		evbuffer_drain(input, sizeof parcel);
		if (parcel.length == 0 || parcel.length > sizeof text)
			return; /* no worker's; the deadline comes */
		evbuffer_remove(input, text, parcel.length);
		text[parcel.length - 1] = '\0';
		grade_take_answer(grade, parcel.kind, text);
	}
}

static void on_channel_event(struct bufferevent *channel, short what, void *arg)
{
	(void)arg;
	(void)what;
	bufferevent_disable(channel, EV_READ | EV_WRITE); /* its end will be told */
}

static void kill_worker(struct grade *grade, const char *why)
{
	if (!grade->killed)
		grade->killed = why;
	family_signal(grade->worker, SIGKILL);
}

static void on_deadline(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	kill_worker(arg, "the lab did not end in time and was killed");
}

static void on_watch(int fd, short what, void *arg)
{
	struct grade *grade = arg;
	struct usage usage;

	(void)fd;
	(void)what;
	if (grade->worker->pid < 0)
		return;
	usage_of(grade->worker->pid, &usage);
	if (usage.bytes > MEMORY_MOST)
		kill_worker(grade, "the lab took more than 2 GiB of memory and was killed");
	else if (usage.processes > PROCESSES_MOST)
		kill_worker(grade, "the lab had more than 512 processes and was killed");
}

/* Before the last answer: nothing more can be found out. */
static void on_ended(struct family *family, int status)
{
	static const char *const steps[] = {"while it was set up", "in the student's part",
		"while it was checked", ""};
	struct grade *grade = family->arg;
	size_t prefix = strncmp(family->error, "netlab: ", 8) == 0 ? 8 : 0;
	char how[120];

	if (grade->step == STEP_DONE)
		return;
	if (WIFSIGNALED(status))
		snprintf(how, sizeof how, "the lab was ended by SIG%s",
			sigabbrev_np(WTERMSIG(status)));
	else
		snprintf(how, sizeof how, "the lab ended with status %d", WEXITSTATUS(status));
	snprintf(grade->note, sizeof grade->note, "%s, %s%s%s", grade->killed ? grade->killed : how,
		steps[grade->step], family->error[0] ? ": " : "", family->error);
	if (grade->step == STEP_SETUP)
		snprintf(grade->bad, sizeof grade->bad, "%.400s",
			family->error[0] ? family->error + prefix : grade->note);
	if (grade->step == STEP_WORK) {
		grade->rows[0].ns = grade_now() - grade->step_begun;
		grade->rows[0].verdict = grade->killed ? VERDICT_TIMEOUT : VERDICT_CRASHED;
		grade->output = capture_text(&family->capture, &grade->rows[0].output_length);
		grade->rows[0].output = grade->output;
	}
	event_base_loopbreak(grade->base);
}

static void on_gone(void *arg)
{
	struct grade *grade = arg;

	event_base_loopbreak(grade->base);
}

/* ------------------------------------------------------------------ report */

static void make_rows(struct grade *grade)
{
	grade->rows = calloc(grade->file.count + 1, sizeof *grade->rows);
	grade->texts = calloc(grade->file.count + 1, sizeof *grade->texts);
	if (!grade->rows || !grade->texts)
		abort();
	grade->rows[0] = (struct report_row){.name = grade->options.answers,
		.verdict = VERDICT_NOT_RUN, .ns = -1};
	for (size_t i = 0; i < grade->file.count; i++)
		grade->rows[i + 1] = (struct report_row){.name = grade->file.hidden[i].shows,
			.verdict = VERDICT_FAILED, .ns = -1, .worth = grade->file.hidden[i].worth};
}

static int write_report(struct grade *grade)
{
	FILE *file = grade->options.output ? fopen(grade->options.output, "we") : stdout;
	struct report_sums sums;
	char title[4200];
	struct report report = {.title = title, .counted = "expectations", .rows = grade->rows,
		.count = grade->file.count + 1, .ns = grade_now() - grade->begun,
		.note = grade->note[0] ? grade->note : NULL};

	snprintf(title, sizeof title, "netlab grade %s", grade->options.exercise);
	report_sum(&report, &sums);
	if (file)
		report_write(file, grade->options.format, &report);
	if (file && fflush(file) == 0 && !ferror(file) && (file == stdout || fclose(file) == 0))
		return sums.points == sums.worth ? 0 : 1;
	fprintf(stderr, "netlab: cannot write the report to %s: %s\n",
		grade->options.output ? grade->options.output : "stdout", strerror(errno));
	return 1;
}

/* ------------------------------------------------------------------- begin */

#if defined(__SANITIZE_ADDRESS__)
#define MEMORY_OF_WORKER RLIM_INFINITY /* the sanitizer's own needs all of it */
#else
#define MEMORY_OF_WORKER (2048UL << 20)
#endif

/* In the worker's process; programs in it get less, see guard.c. */
static void limit_worker(void)
{
	static const struct {
		__rlimit_resource_t what;
		rlim_t most;
	} limits[] = {
		{RLIMIT_AS, MEMORY_OF_WORKER}, {RLIMIT_NOFILE, 2048}, {RLIMIT_CORE, 0},
		{RLIMIT_FSIZE, 16UL << 20},
	};
	struct rlimit limit;

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		if (getrlimit(limits[i].what, &limit) < 0)
			continue;
		if (limit.rlim_max > limits[i].most)
			limit.rlim_max = limits[i].most;
		limit.rlim_cur = limit.rlim_max;
		setrlimit(limits[i].what, &limit);
	}
}

static int start_worker(struct grade *grade, struct cause *cause)
{
	char *argv[] = {(char *)"netlab", (char *)"--worker",
		(char *)(grade->options.programs ? "exec" : "plain"), (char *)"--", grade->path,
		NULL};
	int pair[2];
	struct family_begin begin = {.argv = argv, .processor = -1, .prepare = limit_worker};

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return cause_set_errno(cause, errno, "cannot make a channel to the lab");
	begin.channel = pair[1];
	grade->worker = family_start(grade->families, &begin, grade, cause);
	close(pair[1]);
	evutil_make_socket_nonblocking(pair[0]);
	grade->channel = bufferevent_socket_new(grade->base, pair[0], BEV_OPT_CLOSE_ON_FREE);
	if (!grade->channel)
		abort();
	bufferevent_setcb(grade->channel, on_answer, NULL, on_channel_event, grade);
	bufferevent_enable(grade->channel, EV_READ | EV_WRITE);
	return grade->worker ? 0 : -1;
}

static void grade_begin(struct grade *grade)
{
	prctl(PR_SET_DUMPABLE, 0); /* no other process looks into this one */
	grade->begun = grade_now();
	grade->check_left_ms = CHECK_MS;
	grade->base = loop_new();
	if (!grade->base)
		abort();
	grade->families = families_new(grade->base, on_ended, on_gone, grade);
	grade->deadline = evtimer_new(grade->base, on_deadline, grade);
	grade->watch = event_new(grade->base, -1, EV_PERSIST, on_watch, grade);
	if (!grade->deadline || !grade->watch ||
		event_add(grade->watch, &(struct timeval){.tv_usec = WATCH_US}) < 0)
		abort();
}

/* Nothing of the lab is left when the report is written. */
static void end_worker(struct grade *grade)
{
	event_del(grade->watch);
	evtimer_del(grade->deadline);
	grade->step = STEP_DONE;
	if (grade->worker)
		family_signal(grade->worker, SIGKILL);
	while (!families_are_gone(grade->families)) {
		event_base_loopexit(grade->base, &(struct timeval){.tv_sec = 2});
		event_base_dispatch(grade->base);
		families_kill_orphans(grade->families);
	}
}

static void grade_free(struct grade *grade)
{
	for (size_t i = 0; grade->texts && i < grade->file.count + 1; i++)
		free(grade->texts[i]);
	free(grade->texts);
	free(grade->rows);
	free(grade->output);
	free(grade->answers);
	gradefile_free(&grade->file);
	if (grade->channel)
		bufferevent_free(grade->channel);
	families_free(grade->families);
	event_free(grade->deadline);
	event_free(grade->watch);
	event_base_free(grade->base);
	free(grade);
}

/* Of the answers a regular file that is too large, say, is the student's fault:
 * nothing of it is run. */
static int read_files(struct grade *grade, struct cause *cause)
{
	struct cause why;

	if (access(grade->options.answers, R_OK) < 0)
		return cause_set_errno(cause, errno, "cannot read the answers %s",
			grade->options.answers);
	if (gradefile_read(&grade->file, grade->path, cause) < 0)
		return -1;
	make_rows(grade);
	grade->answers = gradefile_text(grade->options.answers, ANSWERS_BYTES_MAX, &why);
	if (!grade->answers) {
		grade->rows[0].verdict = VERDICT_FAILED;
		grade_set_text(grade, 0, why.text);
	}
	return 0;
}

static int grade_run(struct grade *grade)
{
	struct cause cause;

	if (start_worker(grade, &cause) < 0 || read_files(grade, &cause) < 0) {
		snprintf(grade->bad, sizeof grade->bad, "%s", cause.text);
	} else {
		grade_send(grade, PARCEL_SETUP, grade->options.exercise, grade->file.setup,
			SETUP_MS);
		event_base_dispatch(grade->base);
	}
	end_worker(grade);
	if (!grade->bad[0])
		return write_report(grade);
	fprintf(stderr, "netlab: %s\n", grade->bad);
	return 2;
}

int grade_main(char **words)
{
	struct grade *grade = calloc(1, sizeof *grade);
	struct cause cause;
	int status;

	if (!grade)
		abort();
	status = grade_options_parse(&grade->options, words);
	if (status == 0 && topologies_find(LIBRARY_EXERCISES, grade->options.exercise, grade->path,
				   sizeof grade->path, &cause) < 0) {
		fprintf(stderr, "netlab: %s\n", cause.text);
		status = -1;
	}
	if (status) {
		free(grade);
		return status < 0 ? 2 : 0;
	}
	grade_begin(grade);
	status = grade_run(grade);
	grade_free(grade);
	return status;
}
