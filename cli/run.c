/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run.c - the loop of `netlab run`: so many labs at once, each until it has
 * ended or its time is up, and then the next one.
 *
 * Labs mostly wait, and many more of them than there are processors go well
 * together; but two hundred that all begin in one moment would each find their
 * clocks far ahead of what they have done. So a lab is begun only while few
 * others are still at their first work: those that have not yet been seen at
 * rest at two looks in a row. Each lab keeps to one processor (see machine.c);
 * these are dealt out in turn.
 */
#include "run.h"

#include <event2/event.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "run_own.h"

#define LOOK_US	  5000
#define BEGIN_NS  1000000000LL /* whoever works longer than that is no beginner */
#define ENDING_S 3 /* until what does not end by SIGTERM is killed */

/* -------------------------------------------------------------- all of them */

static void begin_more(struct run *run)
{
	while (!run->interrupted && run->next < run->options.count &&
		run->running < (size_t)run->options.jobs && run->beginning < 2 * run->processors)
		job_begin(&run->jobs[run->next++]);
	if (run->beginning > 0 && !evtimer_pending(run->look, NULL))
		evtimer_add(run->look, &(struct timeval){.tv_usec = LOOK_US});
}

/* They begin in order: what is beginning is among the last. */
static void on_look(int fd, short what, void *arg)
{
	struct run *run = arg;
	size_t left = run->beginning;

	(void)fd;
	(void)what;
	for (size_t i = run->next; i-- > 0 && left > 0;) {
		struct job *job = &run->jobs[i];

		if (!job->beginning)
			continue;
		left--;
		job->rests = run_pace_rests(job->family->pid) ? job->rests + 1 : 0;
		if (job->rests == 2 || run_now() - job->begun > BEGIN_NS)
			job_has_begun(job);
	}
	begin_more(run);
}

static bool is_over(const struct run *run)
{
	return run->running == 0 && (run->interrupted || run->next == run->options.count);
}

/* What netlab leaves behind ends at once; what was left to others is killed. */
static void on_ending(int fd, short what, void *arg)
{
	struct run *run = arg;

	(void)fd;
	(void)what;
	for (size_t i = 0; i < run->next; i++)
		if (run->jobs[i].family)
			family_signal(run->jobs[i].family, SIGKILL);
	if (is_over(run))
		families_kill_orphans(run->families);
	evtimer_add(run->ending, &(struct timeval){.tv_sec = 1});
}

static void end_if_over(struct run *run)
{
	if (!is_over(run))
		return;
	if (families_are_gone(run->families))
		event_base_loopbreak(run->base);
	else if (!evtimer_pending(run->ending, NULL))
		evtimer_add(run->ending, &(struct timeval){.tv_sec = ENDING_S});
}

static void on_ended(struct family *family, int status)
{
	struct job *job = family->arg;
	struct run *run = job->run;

	job_end(job, status);
	begin_more(run);
	end_if_over(run);
}

static void on_gone(void *arg)
{
	end_if_over(arg);
}

static void on_interrupt(int number, short what, void *arg)
{
	struct run *run = arg;

	(void)number;
	(void)what;
	for (size_t i = 0; i < run->next; i++)
		if (run->jobs[i].family)
			family_signal(run->jobs[i].family, run->interrupted ? SIGKILL : SIGTERM);
	run->interrupted = true;
	evtimer_add(run->ending, &(struct timeval){.tv_sec = ENDING_S});
	end_if_over(run);
}

static void on_tick(int fd, short what, void *arg)
{
	const struct run *run = arg;
	struct run_progress progress = {.count = run->options.count, .done = run->done,
		.running = run->running, .bad = run->bad};
	size_t i;

	(void)fd;
	(void)what;
	/* they begin in order: the first that runs has run longest */
	for (i = 0; i < run->next && !run->jobs[i].family; i++)
		;
	if (i < run->next) {
		progress.longest = run->options.names[i];
		progress.seconds = (double)(run_now() - run->jobs[i].begun) / 1e9;
	}
	run_progress_show(&progress);
}

/* ------------------------------------------------------------------- begin */

static size_t count_processors(void)
{
	cpu_set_t set;
	int count = sched_getaffinity(0, sizeof set, &set) < 0 ? 0 : CPU_COUNT(&set);

	return count > 0 ? (size_t)count : 1;
}

/* Each lab takes two descriptors here. */
static void raise_limits(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static struct event *on_signal(struct run *run, int number)
{
	struct event *event = evsignal_new(run->base, number, on_interrupt, run);

	if (!event || event_add(event, NULL) < 0)
		abort();
	return event;
}

static void run_begin(struct run *run)
{
	run->jobs = calloc(run->options.count, sizeof *run->jobs);
	run->base = loop_new();
	if (!run->jobs || !run->base)
		abort();
	for (size_t i = 0; i < run->options.count; i++)
		run->jobs[i] = (struct job){.run = run, .number = i};
	raise_limits();
	run->processors = count_processors();
	run->begun = run_now();
	run->families = families_new(run->base, on_ended, on_gone, run);
	run->interrupt = on_signal(run, SIGINT);
	run->terminate = on_signal(run, SIGTERM);
	run->ending = evtimer_new(run->base, on_ending, run);
	run->look = evtimer_new(run->base, on_look, run);
	run->tick = event_new(run->base, -1, EV_PERSIST, on_tick, run);
	if (!run->ending || !run->look || !run->tick)
		abort();
	if (isatty(STDERR_FILENO))
		event_add(run->tick, &(struct timeval){.tv_usec = 200000});
}

static void run_free(struct run *run)
{
	for (size_t i = 0; i < run->options.count; i++) {
		free(run->jobs[i].text);
		free(run->jobs[i].output);
	}
	free(run->jobs);
	families_free(run->families);
	event_free(run->tick);
	event_free(run->look);
	event_free(run->interrupt);
	event_free(run->terminate);
	event_free(run->ending);
	event_base_free(run->base);
	run_options_free(&run->options);
}

int run_main(char **words)
{
	struct run run = {0};
	int status = run_options_parse(&run.options, words);

	if (status) {
		run_options_free(&run.options);
		return status < 0 ? 2 : 0;
	}
	run_begin(&run);
	begin_more(&run);
	if (!is_over(&run) || !families_are_gone(run.families))
		event_base_dispatch(run.base);
	run_progress_hide();
	status = run.interrupted ? 130 : run.bad > 0 ? 1 : 0;
	if (run_report(&run) < 0)
		status = 1;
	run_free(&run);
	return status;
}
