/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worker.c - takes requests, runs them, answers.
 *
 *	IDLE --request--> BUSY --queue empty--> ENDING --no program left--> IDLE
 */
#include "worker.h"

#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "exercise.h"
#include "hooks.h"
#include "allowance.h"
#include "parcel.h"
#include "predictions.h"
#include "prose.h"
#include "queue.h"
#include "topologies.h"

#define LOOK_US 20000

struct worker {
	struct cli cli;
	struct allowance allowance;
	struct event *readable, *look;
	enum { WORKER_IDLE, WORKER_BUSY, WORKER_ENDING } state;
	bool too_long, too_much;
	int64_t deadline;
	char error[400];
};

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* ---------------------------------------------------------------- messages */

static bool receive(void *bytes, size_t length)
{
	char *at = bytes;
	ssize_t got;

	while (length > 0) {
		got = read(WORKER_CHANNEL, at, length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		length -= (size_t)got;
	}
	return true;
}

static void answer(struct worker *worker)
{
	struct parcel parcel = {.kind = PARCEL_OK, .length = (uint32_t)strlen(worker->error) + 1};
	char bytes[sizeof parcel + sizeof worker->error];

	if (worker->too_long)
		parcel.kind = PARCEL_TIMEOUT;
	else if (worker->cli.exit_status)
		parcel.kind = PARCEL_FAILED;
	memcpy(bytes, &parcel, sizeof parcel);
	memcpy(bytes + sizeof parcel, worker->error, parcel.length);
	fflush(stdout);
	/* as long as a socket's buffer is empty this much fits */
	if (write(WORKER_CHANNEL, bytes, sizeof parcel + parcel.length) < 0)
		event_base_loopbreak(worker->cli.base);
}

static void begin(struct worker *worker, const struct parcel *parcel, char *bytes)
{
	const char *name = bytes, *text = bytes + strlen(bytes) + 1;
	struct cli *cli = &worker->cli;

	worker->state = WORKER_BUSY;
	worker->deadline = now() + parcel->limit_ms * 1000000LL;
	worker->error[0] = '\0';
	worker->too_long = worker->too_much = false;
	cli->exit_status = 0;
	cli->quitting = false;
	cli->muted = parcel->kind != PARCEL_WORK;
	worker->allowance.of = parcel->kind == PARCEL_SETUP ? ALLOWANCE_SETUP
			    : parcel->kind == PARCEL_WORK ? ALLOWANCE_WORK
							  : ALLOWANCE_NONE;
	worker->allowance.commands = 0;
	cli->printed = 0;
	cli->printed_most = parcel->kind == PARCEL_WORK ? ALLOWANCE_PRINTED : 0;
	if (parcel->kind == PARCEL_WORK)
		exercise_begin_work(cli);
	else
		exercise_look_back(cli);
	queue_add_text(cli->queue, text, *name ? name : NULL, false);
	evtimer_add(worker->look, &(struct timeval){.tv_usec = LOOK_US});
}

static void on_request(int fd, short what, void *arg)
{
	struct worker *worker = arg;
	struct parcel parcel;
	char *bytes;

	(void)fd;
	(void)what;
	if (!receive(&parcel, sizeof parcel) || parcel.length > PARCEL_BYTES_MAX ||
		worker->state != WORKER_IDLE) {
		event_base_loopbreak(worker->cli.base); /* the grader has gone */
		return;
	}
	bytes = calloc(1, parcel.length + 2);
	if (!bytes)
		abort();
	if (receive(bytes, parcel.length))
		begin(worker, &parcel, bytes);
	else
		event_base_loopbreak(worker->cli.base);
	free(bytes);
}

/* ------------------------------------------------------------------- watch */

static void end_if_over(struct worker *worker)
{
	if (worker->state != WORKER_ENDING ||
		(worker->cli.lab && lab_has_programs(worker->cli.lab)))
		return;
	worker->state = WORKER_IDLE;
	evtimer_del(worker->look);
	predictions_drop(&worker->cli);
	answer(worker);
}

static void on_idle(void *arg)
{
	struct worker *worker = arg;

	if (worker->state == WORKER_BUSY)
		worker->state = WORKER_ENDING;
	end_if_over(worker);
}

static void on_look(int fd, short what, void *arg)
{
	struct worker *worker = arg;
	struct cli *cli = &worker->cli;

	(void)fd;
	(void)what;
	evtimer_add(worker->look, &(struct timeval){.tv_usec = LOOK_US});
	if (worker->state == WORKER_BUSY && now() > worker->deadline)
		worker->too_long = true;
	if (worker->state == WORKER_BUSY && cli->printed_most && cli->printed > cli->printed_most)
		worker->too_much = true;
	if (worker->state == WORKER_BUSY && (worker->too_long || worker->too_much)) {
		snprintf(worker->error, sizeof worker->error, worker->too_long
			? "it took too long, and was ended" : "it printed too much, and was ended");
		cli->exit_status = 1;
		queue_interrupt(cli->queue);
	}
	end_if_over(worker);
}

/* ------------------------------------------------------------------- begin */

static void set_up(struct worker *worker, bool programs)
{
	struct cli *cli = &worker->cli;

	*worker = (struct worker){.allowance.programs = programs};
	*cli = (struct cli){.blank = true, .allowance = &worker->allowance, .error = worker->error,
		.error_size = sizeof worker->error};
	setvbuf(stdout, NULL, _IOFBF, 1 << 16);
	cli->base = loop_new();
	if (!cli->base)
		abort();
	cli->queue = queue_new(cli);
	queue_set_idle(cli->queue, on_idle, worker);
	hooks_set(cli);
	worker->look = evtimer_new(cli->base, on_look, worker);
	worker->readable = event_new(cli->base, WORKER_CHANNEL, EV_READ | EV_PERSIST, on_request,
		worker);
	if (!worker->look || !worker->readable || event_add(worker->readable, NULL) < 0)
		abort();
}

static void clean_up(struct worker *worker)
{
	struct cli *cli = &worker->cli;

	queue_free(cli->queue);
	prose_free(cli);
	predictions_drop(cli);
	exercise_drop(cli);
	if (cli->lab)
		lab_free(cli->lab);
	event_free(worker->readable);
	event_free(worker->look);
	event_base_free(cli->base);
}

/* What the environment says is not the student's business. */
static void clean_environment(void)
{
	static const char *const kept[] = {"LANG", "LC_ALL", "LC_CTYPE", "TZ"};
	char *values[sizeof kept / sizeof *kept];
	size_t i;

	for (i = 0; i < sizeof kept / sizeof *kept; i++) {
		values[i] = getenv(kept[i]);
		if (values[i] && !(values[i] = strdup(values[i])))
			abort();
	}
	clearenv();
	for (i = 0; i < sizeof kept / sizeof *kept; i++) {
		if (values[i])
			setenv(kept[i], values[i], 1);
		free(values[i]);
	}
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("HOME", "/tmp", 1);
	setenv("TERM", "dumb", 1);
}

/* Without a confined process there is no guard, and so there are no programs. */
static int confine(bool programs, const char *exercise, struct cause *cause)
{
	const char *folders[TOPOLOGIES_FOLDERS + 1], *hidden[TOPOLOGIES_FOLDERS + 2];
	int count = topologies_folders(LIBRARY_EXERCISES, hidden);

	hidden[count++] = exercise;
	hidden[count] = NULL;
	folders[topologies_folders(LIBRARY_TOPOLOGIES, folders)] = NULL;
	if (machine_confine(folders, hidden, cause) < 0)
		return programs ? -1 : machine_enter(cause);
	clean_environment();
	if (machine_enter(cause) < 0)
		return -1;
	machine_guard_programs();
	return 0;
}

int worker_main(const char *programs, const char *exercise)
{
	bool exec = strcmp(programs, "exec") == 0;
	struct worker *worker = malloc(sizeof *worker);
	struct cause cause;

	if (!worker)
		abort();
	if (confine(exec, exercise, &cause) < 0) {
		fprintf(stderr, "netlab: %s\n", cause.text);
		free(worker);
		return 1;
	}
	prctl(PR_SET_DUMPABLE, 0); /* nobody looks into it */
	set_up(worker, exec);
	event_base_dispatch(worker->cli.base);
	clean_up(worker);
	free(worker);
	return 0;
}
