/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * family.c - starting, capturing and reaping netlabs.
 */
#include "family.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHANNEL_FD 3

struct families {
	struct event_base *base;
	struct event *child;
	family_ended_fn ended;
	families_gone_fn gone;
	void *arg;
	struct family *first;
	bool are_gone;
};

/* ----------------------------------------------------------------- capture */

/* One byte of stderr: the last line that is not empty is the error. */
static void error_byte(struct family *family, char c)
{
	if (c != '\n') {
		if (family->line_used < sizeof family->line - 1)
			family->line[family->line_used++] = c;
		return;
	}
	family->line[family->line_used] = '\0';
	if (family->line_used > 0)
		memcpy(family->error, family->line, family->line_used + 1);
	family->line_used = 0;
}

/* False: nothing more is there now. */
static bool read_some(struct family *family, int fd)
{
	char bytes[16384];
	ssize_t got = read(fd, bytes, sizeof bytes);

	if (got == 0)
		errno = 0; /* its end, that is, and not EAGAIN */
	if (got <= 0)
		return false;
	capture_add(&family->capture, bytes, (size_t)got);
	if (fd == family->err)
		for (ssize_t i = 0; i < got; i++)
			error_byte(family, bytes[i]);
	return true;
}

/* At most so much at a time, so that one that never stops printing leaves the
 * others their turn. */
static void on_out(int fd, short what, void *arg)
{
	struct family *family = arg;

	(void)what;
	if (!read_some(family, fd) && errno != EAGAIN)
		event_del(family->out_readable);
}

/* What was printed before the error is read before it. */
static void on_err(int fd, short what, void *arg)
{
	struct family *family = arg;

	(void)what;
	for (int i = 0; i < 8 && read_some(family, family->out); i++)
		;
	if (!read_some(family, fd) && errno != EAGAIN)
		event_del(family->err_readable);
}

static void read_rest(struct family *family)
{
	/* a pipe holds so much; others may go on writing for ever */
	for (int i = 0; i < 64 && read_some(family, family->out); i++)
		;
	for (int i = 0; i < 64 && read_some(family, family->err); i++)
		;
	if (family->line_used)
		error_byte(family, '\n');
}

static void close_pipes(struct family *family)
{
	if (family->out < 0)
		return;
	event_free(family->out_readable);
	event_free(family->err_readable);
	close(family->out);
	close(family->err);
	family->out = family->err = -1;
}

/* ----------------------------------------------------------------- reaping */

static struct family *find(const struct families *families, int pid)
{
	struct family *family = families->first;

	while (family && family->pid != pid)
		family = family->next;
	return family;
}

static void on_child(int number, short what, void *arg)
{
	struct families *families = arg;
	struct family *family;
	int pid, status;

	(void)number;
	(void)what;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		family = find(families, pid);
		if (!family)
			continue; /* an orphan */
		read_rest(family);
		close_pipes(family);
		family->pid = -1;
		families->ended(family, status);
	}
	families->are_gone = pid < 0 && errno == ECHILD;
	if (families->are_gone && families->gone)
		families->gone(families->arg);
}

struct families *families_new(struct event_base *base, family_ended_fn ended,
	families_gone_fn gone, void *arg)
{
	struct families *families = calloc(1, sizeof *families);

	if (!families)
		abort();
	*families = (struct families){.base = base, .ended = ended, .gone = gone, .arg = arg,
		.are_gone = true};
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	families->child = evsignal_new(base, SIGCHLD, on_child, families);
	if (!families->child || event_add(families->child, NULL) < 0)
		abort();
	return families;
}

void families_free(struct families *families)
{
	while (families->first)
		family_free(families->first);
	event_free(families->child);
	free(families);
}

bool families_are_gone(const struct families *families)
{
	return families->are_gone;
}

void families_kill_orphans(struct families *families)
{
	char path[64];
	FILE *file;
	int pid;

	snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
	file = fopen(path, "re");
	while (file && fscanf(file, "%d", &pid) == 1)
		if (!find(families, pid))
			kill(pid, SIGKILL);
	if (file)
		fclose(file);
}

/* ---------------------------------------------------------------- starting */

static void run_on(int processor)
{
	cpu_set_t one;

	if (processor < 0)
		return;
	CPU_ZERO(&one);
	CPU_SET((size_t)processor, &one);
	sched_setaffinity(0, sizeof one, &one);
}

static void signals_default(void)
{
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child. */
static _Noreturn void become(const struct family_begin *begin, int out, int err, int parent)
{
	int null = open("/dev/null", O_RDONLY);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	setsid();
	signals_default();
	dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	if (begin->channel == CHANNEL_FD)
		fcntl(CHANNEL_FD, F_SETFD, 0);
	else if (begin->channel >= 0)
		dup2(begin->channel, CHANNEL_FD);
	run_on(begin->processor);
	if (begin->prepare)
		begin->prepare();
	execv("/proc/self/exe", begin->argv);
	dprintf(STDERR_FILENO, "netlab: cannot start itself: %s\n", strerror(errno));
	_exit(1);
}

static struct family *family_new(struct families *families, int pid, int out, int err, void *arg)
{
	struct family *family = calloc(1, sizeof *family);

	if (!family)
		abort();
	*family = (struct family){.pid = pid, .arg = arg, .families = families, .out = out,
		.err = err, .next = families->first};
	families->first = family;
	families->are_gone = false;
	fcntl(out, F_SETFL, O_NONBLOCK);
	fcntl(err, F_SETFL, O_NONBLOCK);
	family->out_readable = event_new(families->base, out, EV_READ | EV_PERSIST, on_out, family);
	family->err_readable = event_new(families->base, err, EV_READ | EV_PERSIST, on_err, family);
	if (!family->out_readable || !family->err_readable ||
		event_add(family->out_readable, NULL) < 0 ||
		event_add(family->err_readable, NULL) < 0)
		abort();
	return family;
}

struct family *family_start(struct families *families, const struct family_begin *begin,
	void *arg, struct cause *cause)
{
	int out[2] = {-1, -1}, err[2] = {-1, -1}, pid = -1, parent = getpid();

	if (pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0)
		pid = fork();
	if (pid == 0)
		become(begin, out[1], err[1], parent);
	if (pid < 0)
		cause_set_errno(cause, errno, "cannot start another netlab");
	close(out[1]);
	close(err[1]);
	if (pid > 0)
		return family_new(families, pid, out[0], err[0], arg);
	close(out[0]);
	close(err[0]);
	return NULL;
}

void family_signal(const struct family *family, int number)
{
	if (family->pid < 0)
		return;
	if (number == SIGKILL)
		kill(-family->pid, SIGKILL);
	kill(family->pid, number);
}

void family_drain(struct family *family)
{
	if (family->out >= 0)
		read_rest(family);
}

void family_free(struct family *family)
{
	struct family **at = &family->families->first;

	while (*at != family)
		at = &(*at)->next;
	*at = family->next;
	family_signal(family, SIGKILL);
	close_pipes(family);
	capture_free(&family->capture);
	free(family);
}
