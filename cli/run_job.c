/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run_job.c - the life of one lab among many.
 */
#include <event2/event.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "run_own.h"

static struct timeval to_timeval(int64_t ns)
{
	return (struct timeval){.tv_sec = ns / 1000000000, .tv_usec = ns % 1000000000 / 1000};
}

/* The n-th of those that we may use; -1: unknown. */
static int processor(size_t n, size_t count)
{
	cpu_set_t set;
	int cpu;

	if (sched_getaffinity(0, sizeof set, &set) < 0)
		return -1;
	n %= count;
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET((size_t)cpu, &set) && n-- == 0)
			return cpu;
	return -1;
}

static void too_long(int fd, short what, void *arg)
{
	struct job *job = arg;

	(void)fd;
	(void)what;
	job->verdict = VERDICT_TIMEOUT;
	family_signal(job->family, SIGKILL);
}

static void job_fill_argv(const struct job *job, const char **argv)
{
	const struct run_options *options = &job->run->options;

	*argv++ = "netlab";
	if (options->keep_going)
		*argv++ = "-k";
	if (options->topology) {
		*argv++ = "-t";
		*argv++ = options->topology;
	}
	*argv++ = "--";
	*argv++ = options->names[job->number];
	*argv = NULL;
}

static void job_note(struct job *job, enum verdict verdict, const char *text)
{
	job->verdict = verdict;
	free(job->text);
	job->text = text[0] ? strdup(text) : NULL;
}

void job_begin(struct job *job)
{
	const char *argv[8];
	struct family_begin begin = {.argv = (char *const *)argv,
		.processor = processor(job->number, job->run->processors), .channel = -1};
	struct timeval limit = to_timeval(job->run->options.timeout_ns);
	struct cause cause;

	job_fill_argv(job, argv);
	job->begun = run_now();
	job->verdict = VERDICT_OK;
	job->family = family_start(job->run->families, &begin, job, &cause);
	if (!job->family) {
		job_note(job, VERDICT_FAILED, cause.text);
		job->run->done++;
		job->run->bad++;
		return;
	}
	job->beginning = true;
	job->run->beginning++;
	job->run->running++;
	job->timeout = evtimer_new(job->run->base, too_long, job);
	if (!job->timeout || evtimer_add(job->timeout, &limit) < 0)
		abort();
}

/* How it has ended, unless that is known already. */
static void job_judge(struct job *job, int status)
{
	char text[480];

	if (job->verdict == VERDICT_TIMEOUT) {
		snprintf(text, sizeof text, "not done after %.6g s, killed",
			(double)job->run->options.timeout_ns / 1e9);
		job_note(job, VERDICT_TIMEOUT, text);
	} else if (job->run->interrupted && !(WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
		job_note(job, VERDICT_NOT_RUN, "interrupted");
	} else if (WIFSIGNALED(status)) {
		snprintf(text, sizeof text, "netlab was ended by SIG%s",
			sigabbrev_np(WTERMSIG(status)));
		job_note(job, VERDICT_CRASHED, text);
	} else if (WEXITSTATUS(status) != 0) {
		snprintf(text, sizeof text, "exit status %d", WEXITSTATUS(status));
		job_note(job, VERDICT_FAILED, job->family->error[0] ? job->family->error : text);
	}
}

void job_has_begun(struct job *job)
{
	job->run->beginning -= job->beginning;
	job->beginning = false;
}

void job_end(struct job *job, int status)
{
	struct run *run = job->run;

	job->took = run_now() - job->begun;
	job_has_begun(job);
	job_judge(job, status);
	if (job->verdict != VERDICT_OK) {
		job->output = capture_text(&job->family->capture, &job->output_length);
		run->bad++;
	}
	event_free(job->timeout);
	family_free(job->family);
	job->family = NULL;
	run->running--;
	run->done++;
}
