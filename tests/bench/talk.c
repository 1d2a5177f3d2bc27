/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * talk.c - types commands into a shell and takes the time from each command
 * to the end of its output: talk PROGRAM [ARG...] <PLAN. A line of the plan is
 * a name, a tab and a command; the name "-" means that its time is not asked
 * for, "kb" and a name that the program's largest resident set is. The end of
 * a command is known by the complaint about the next one, which does not
 * exist: output is written before it, wherever that goes (here: nowhere).
 */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define MARK "qqqq"

extern char **environ;

struct shell {
	int pid, in, errors;
	char text[4096]; /* of its stderr */
	size_t used;
};

static void start(struct shell *shell, char **argv)
{
	posix_spawn_file_actions_t actions;
	int in[2], errors[2];

	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(errors, O_CLOEXEC) < 0)
		die("pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
	if (posix_spawnp(&shell->pid, argv[0], &actions, NULL, argv, environ) != 0)
		die(argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(errors[1]);
	shell->in = in[1];
	shell->errors = errors[0];
}

/* Pass on every line but the one with the mark. */
static bool take_lines(struct shell *shell)
{
	char *line = shell->text, *newline;
	bool marked = false;

	shell->text[shell->used] = '\0';
	while ((newline = strchr(line, '\n'))) {
		*newline = '\0';
		if (strstr(line, MARK))
			marked = true;
		else
			fprintf(stderr, "%s\n", line);
		line = newline + 1;
	}
	shell->used = strlen(line);
	memmove(shell->text, line, shell->used);
	return marked;
}

static bool wait_for_mark(struct shell *shell)
{
	ssize_t got;

	do {
		got = read(shell->errors, shell->text + shell->used,
			sizeof shell->text - 1 - shell->used);
		if (got <= 0)
			return false;
		shell->used += (size_t)got;
	} while (!take_lines(shell));
	return true;
}

static double say(struct shell *shell, const char *command)
{
	char line[4096];
	int length = snprintf(line, sizeof line, "%s\n" MARK "\n", command);
	double began = now_ms();

	if (write(shell->in, line, (size_t)length) != length || !wait_for_mark(shell)) {
		fprintf(stderr, "talk: the shell ended at: %s\n", command);
		exit(1);
	}
	return now_ms() - began;
}

static void resident(const struct shell *shell, const char *name)
{
	char path[64], line[256];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", shell->pid);
	file = fopen(path, "re");
	if (!file)
		die(path);
	while (fgets(line, sizeof line, file))
		if (strncmp(line, "VmHWM:", 6) == 0)
			sample(name, atof(line + 6));
	fclose(file);
}

int main(int argc, char **argv)
{
	struct shell shell = {.used = 0};
	char line[4096];
	int status;

	if (argc < 2) {
		fputs("usage: talk PROGRAM [ARG...] <PLAN\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	start(&shell, argv + 1);
	say(&shell, ""); /* it is up now */
	while (fgets(line, sizeof line, stdin)) {
		char *command = strchr(line, '\t');
		double took;

		line[strcspn(line, "\n")] = '\0';
		if (!command)
			continue;
		*command++ = '\0';
		if (strcmp(line, "kb") == 0) {
			resident(&shell, command);
			continue;
		}
		took = say(&shell, command);
		if (strcmp(line, "-") != 0)
			sample(line, took);
	}
	close(shell.in);
	waitpid(shell.pid, &status, 0);
	return 0;
}
