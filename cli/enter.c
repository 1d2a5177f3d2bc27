/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * enter.c - `netlab enter`: the words, the terminal, the waiting. The way into
 * the node is the engine's, see roster.h.
 *
 * On a terminal the child has a process group of its own, and the terminal.
 * When it stops (Ctrl-Z), this process stops as well, so that the shell it was
 * typed in goes on; and both go on together.
 */
#include "enter.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "netlab.h"

/* ------------------------------------------------------------ which of them */

#define LABS_NAMED 8 /* where several have the node; the list has all of them */

struct choice {
	int lab;	  /* 0: any */
	const char *node; /* NULL: all, to be listed */
	int found, labs, last_lab;
	struct roster_row row; /* the first found */
	char others[LABS_NAMED * sizeof " 2147483647"]; /* the first found, " 12 34" */
};

static void look(void *arg, const struct roster_row *row)
{
	struct choice *choice = arg;
	size_t used = strlen(choice->others);

	if (choice->lab && choice->lab != row->lab)
		return;
	choice->labs += row->lab != choice->last_lab;
	choice->last_lab = row->lab;
	if (!choice->node) {
		if (choice->found++ == 0)
			printf("%-9s %-15s %s\n", "lab", "node", "kind");
		printf("%-9d %-15s %s\n", row->lab, row->name, row->kind);
		return;
	}
	if (strcmp(choice->node, row->name) != 0)
		return;
	if (choice->found++ == 0)
		choice->row = *row;
	if (choice->found <= LABS_NAMED)
		snprintf(choice->others + used, sizeof choice->others - used, " %d", row->lab);
}

static void tell_several(const struct choice *choice)
{
	fprintf(stderr, "netlab: several labs have a node %s:%s", choice->node, choice->others);
	if (choice->found > LABS_NAMED)
		fprintf(stderr, " and %d more (netlab enter lists them)", choice->found - LABS_NAMED);
	fprintf(stderr, "; say which: netlab enter LAB %s\n", choice->node);
}

static int check(const struct choice *choice)
{
	if (choice->labs == 0 && choice->lab)
		fprintf(stderr, "netlab: there is no lab %d that you may enter; "
			"netlab enter lists them\n", choice->lab);
	else if (choice->labs == 0)
		fputs("netlab: no lab runs here that you may enter: start netlab in another "
		      "terminal (sudo netlab enter finds those of root)\n", stderr);
	else if (choice->node && choice->found == 0)
		fprintf(stderr, "netlab: no lab has a node \"%s\"; netlab enter lists them\n",
			choice->node);
	else if (choice->node && choice->found > 1)
		tell_several(choice);
	else
		return 0;
	return -1;
}

/* ------------------------------------------------------------- its terminal */

struct visit {
	int child, watch, signals;
	bool terminal; /* the child has a process group of its own, and the terminal */
	struct termios modes;
};

static bool have_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
	       tcgetpgrp(STDIN_FILENO) == getpgrp();
}

static void tell_child(const struct visit *visit, int number)
{
	kill(visit->terminal ? -visit->child : visit->child, number);
}

static void hand_terminal(int from, int to)
{
	if (tcgetpgrp(STDIN_FILENO) == from)
		tcsetpgrp(STDIN_FILENO, to);
}

static void go_on(const struct visit *visit)
{
	/* when it is ours, the shell has put us in front again */
	if (visit->terminal)
		hand_terminal(getpgrp(), visit->child);
	tell_child(visit, SIGCONT);
}

/* It has stopped: so do we, unless it shares our group, and we have been stopped
 * with it. */
static void suspend(const struct visit *visit)
{
	if (!visit->terminal)
		return;
	hand_terminal(visit->child, getpgrp());
	/* where nobody could wake us again the kernel lets us pass */
	kill(getpid(), SIGTSTP);
	go_on(visit);
}

/* True when the child has ended. */
static bool reap(const struct visit *visit, int *status)
{
	while (waitpid(visit->child, status, WNOHANG | WUNTRACED) == visit->child) {
		if (!WIFSTOPPED(*status))
			return true;
		suspend(visit);
	}
	return false;
}

static bool take_signal(const struct visit *visit, int *status)
{
	struct signalfd_siginfo info;

	if (read(visit->signals, &info, sizeof info) != sizeof info)
		return false;
	if (info.ssi_signo == SIGCHLD)
		return reap(visit, status);
	if (info.ssi_signo == SIGCONT)
		go_on(visit);
	else if (info.ssi_code <= 0) /* by a process; the terminal's reach the child itself */
		tell_child(visit, (int)info.ssi_signo);
	return false;
}

/* --------------------------------------------------------------- the visit */

/* They are the child's, and it has them itself or by tell_child(). SIGTTOU:
 * the terminal is ours to hand around. */
static int take_signals(void)
{
	static const int numbers[] = {SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1,
		SIGUSR2};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTTOU);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		sigaddset(&set, numbers[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

/* Wait until the child has ended; true when that was by the lab's end. */
static bool attend(const struct visit *visit, int *status)
{
	struct pollfd ready[] = {{.fd = visit->signals, .events = POLLIN},
		{.fd = visit->watch, .events = POLLIN}};
	bool over = false;

	while (!reap(visit, status)) {
		if (poll(ready, over ? 1 : 2, -1) < 0 && errno != EINTR)
			return over;
		if (ready[1].revents && !over) {
			over = true;
			tell_child(visit, SIGKILL);
		}
		if ((ready[0].revents & POLLIN) && take_signal(visit, status))
			break;
	}
	/* a lab that ends takes its processes along first */
	return over || (WIFSIGNALED(*status) && poll(&ready[1], 1, 2000) > 0);
}

/* Ended by Ctrl-C, and not of our own will: the shell above is to know. */
static void end_by_interrupt(void)
{
	sigset_t interrupt;

	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	signal(SIGINT, SIG_DFL);
	raise(SIGINT);
	sigprocmask(SIG_UNBLOCK, &interrupt, NULL);
}

static int end(const struct visit *visit, int status, bool over)
{
	if (visit->terminal) {
		hand_terminal(visit->child, getpgrp());
		if (WIFSIGNALED(status))
			tcsetattr(STDIN_FILENO, TCSADRAIN, &visit->modes);
	}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	if (over && WTERMSIG(status) == SIGKILL)
		fputs("netlab: the lab has ended\n", stderr);
	if (WTERMSIG(status) == SIGINT)
		end_by_interrupt();
	return 128 + WTERMSIG(status);
}

static int visit_node(const struct roster_row *row, char **command)
{
	struct visit visit = {.terminal = have_terminal()};
	struct cause cause;
	int status = 0;
	bool over;

	if (visit.terminal)
		tcgetattr(STDIN_FILENO, &visit.modes);
	visit.signals = take_signals();
	visit.child = roster_enter(row, command, visit.terminal, &visit.watch, &cause);
	if (visit.child < 0) {
		fprintf(stderr, "netlab: %s\n", cause.text);
		return 1;
	}
	over = attend(&visit, &status);
	return end(&visit, status, over);
}

/* "12345": nodes begin with a letter. */
static int lab_number(const char *word)
{
	char *rest;
	long number = strtol(word, &rest, 10);

	return *rest == '\0' && number > 0 && number <= 1 << 22 ? (int)number : 0;
}

int enter_main(char **words)
{
	struct choice choice = {0};

	if (words[0] && words[0][0] == '-') {
		fputs("usage: netlab enter [LAB] NODE [COMMAND...]\n", stderr);
		return 2;
	}
	if (words[0])
		choice.lab = lab_number(words[0]);
	words += choice.lab > 0;
	choice.node = words[0];
	roster_read(look, &choice);
	if (check(&choice) < 0)
		return 1;
	if (!choice.node)
		return fflush(stdout) == 0 ? 0 : 1;
	return visit_node(&choice.row, words[1] ? words + 1 : NULL);
}
