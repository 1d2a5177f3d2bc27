/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * race.c - how long programs take from their start to their end, one after
 * the other, round by round: race ROUNDS PAUSE NAME [@PID] PROGRAM [ARG...]
 * [-- NAME ...]. PAUSE, in ms, lets the kernel clean up between two of them.
 * @PID runs it in that process's namespaces. Samples: NAME in ms, and NAME.kb,
 * its largest resident set.
 */
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define RUNNERS 8

struct runner {
	const char *name;
	int pidfd; /* whose namespaces to enter, or -1 */
	char **argv;
};

extern char **environ;

static int null_fd;

static _Noreturn void become(const struct runner *runner)
{
	int kinds = CLONE_NEWNET | CLONE_NEWNS;

	/* an ordinary user enters the user namespace first; root is in it */
	if (geteuid() != 0)
		kinds |= CLONE_NEWUSER;
	if (setns(runner->pidfd, kinds) < 0)
		_exit(126);
	dup2(null_fd, STDOUT_FILENO);
	execvp(runner->argv[0], runner->argv);
	_exit(127);
}

static int start(const struct runner *runner)
{
	posix_spawn_file_actions_t actions;
	int pid, error;

	if (runner->pidfd >= 0) {
		pid = vfork();
		if (pid == 0)
			become(runner);
		return pid;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, null_fd, STDOUT_FILENO);
	error = posix_spawnp(&pid, runner->argv[0], &actions, NULL, runner->argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error ? -1 : pid;
}

static int run(const struct runner *runner)
{
	double began = now_ms(), took;
	struct rusage usage;
	char name[128];
	int status = 0, pid = start(runner);

	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		die(runner->argv[0]);
	took = now_ms() - began;
	if (status != 0) {
		fprintf(stderr, "race: %s ended with status %d\n", runner->name,
			WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		return -1;
	}
	sample(runner->name, took);
	snprintf(name, sizeof name, "%s.kb", runner->name);
	sample(name, (double)usage.ru_maxrss);
	return 0;
}

/* One runner from the words up to "--"; returns what is behind them. */
static char **parse(struct runner *runner, char **word)
{
	runner->name = *word++;
	runner->pidfd = -1;
	if (*word && **word == '@') {
		runner->pidfd = (int)syscall(SYS_pidfd_open, atoi(*word++ + 1), 0);
		if (runner->pidfd < 0)
			die("pidfd_open");
	}
	runner->argv = word;
	while (*word && strcmp(*word, "--") != 0)
		word++;
	if (*word)
		*word++ = NULL;
	return word;
}

int main(int argc, char **argv)
{
	struct runner runners[RUNNERS];
	int count = 0, rounds, pause_ms;
	char **word = argv + 3;

	if (argc < 5) {
		fputs("usage: race ROUNDS PAUSE NAME [@PID] PROGRAM [ARG...] [-- NAME ...]\n", stderr);
		return 2;
	}
	rounds = atoi(argv[1]);
	pause_ms = atoi(argv[2]);
	null_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	while (count < RUNNERS && word[0] && word[1])
		word = parse(&runners[count++], word);
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < count; i++) {
			if (run(&runners[i]) < 0)
				return 1;
			usleep((useconds_t)pause_ms * 1000);
		}
	return 0;
}
