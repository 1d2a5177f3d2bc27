/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * process.c - programs run in a node, see inside.c for what they find there.
 * They end with the lab. Output comes through one pipe, in the order of
 * writing; or the program has the terminal, and writes there itself.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"
#include "inside.h"
#include "lab.h"
#include "machine.h"
#include "netns.h"

#define LINE_MAX_BYTES 4096

struct process {
	TAILQ_ENTRY(process) entry;
	struct lab *lab;
	int pid, pidfd;
	int pipe; /* -1: it has the terminal */
	struct event *readable, *ended;
	struct event *stopped; /* of one that has the terminal */
	process_line_fn line;
	process_done_fn done;
	void *arg;
	char buffer[LINE_MAX_BYTES];
	size_t used;
};

static void process_free(struct process *process)
{
	if (process->readable)
		event_free(process->readable);
	if (process->ended)
		event_free(process->ended);
	if (process->stopped)
		event_free(process->stopped);
	fd_close(&process->pipe);
	fd_close(&process->pidfd);
	TAILQ_REMOVE(&process->lab->processes, process, entry);
	free(process);
}

/* Hand on whole lines, and over-long ones in pieces. */
static void hand_on(struct process *process, bool all)
{
	char *begin = process->buffer, *end = begin + process->used, *newline;

	while ((newline = memchr(begin, '\n', (size_t)(end - begin)))) {
		process->line(process->arg, begin, (size_t)(newline - begin));
		begin = newline + 1;
	}
	if (begin < end && (all || (begin == process->buffer && process->used == LINE_MAX_BYTES))) {
		process->line(process->arg, begin, (size_t)(end - begin));
		begin = end;
	}
	process->used = (size_t)(end - begin);
	memmove(process->buffer, begin, process->used);
}

/* How many bytes; 0 when nothing is there now. */
static int read_some(struct process *process)
{
	ssize_t got = read(process->pipe, process->buffer + process->used,
		LINE_MAX_BYTES - process->used);

	if (got <= 0) {
		if (got == 0)
			event_del(process->readable);
		return 0;
	}
	process->used += (size_t)got;
	hand_on(process, false);
	return (int)got;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	read_some(arg);
}

static void on_ended(evutil_socket_t fd, short what, void *arg)
{
	struct process *process = arg;
	process_done_fn done = process->done;
	void *done_arg = process->arg;
	int status = 0, left = 0, got;

	(void)fd;
	(void)what;
	/* what it has written, not what its orphans go on writing */
	if (process->pipe >= 0)
		ioctl(process->pipe, FIONREAD, &left);
	while (left > 0 && (got = read_some(process)) > 0)
		left -= got;
	hand_on(process, true);
	waitpid(process->pid, &status, 0);
	process_free(process);
	done(done_arg, status);
}

/* A program that has the terminal has stopped, and no shell is there to wake it. */
static void on_stopped(evutil_socket_t fd, short what, void *arg)
{
	struct process *process = arg;
	siginfo_t info = {0};

	(void)fd;
	(void)what;
	if (waitid(P_PID, (id_t)process->pid, &info, WSTOPPED | WNOHANG) == 0 && info.si_pid)
		kill(-process->pid, SIGCONT);
}

/* All nodes by name, at the addresses by which this one reaches them. */
static char *hosts_text(const struct node *node)
{
	const struct node *other = NULL;
	char text[ADDRESS_TEXT], *hosts = NULL;
	struct address address;
	struct cause ignored;
	size_t size;
	FILE *file = open_memstream(&hosts, &size);

	fputs("127.0.0.1 localhost\n::1 localhost\n", file);
	while ((other = node_next(node->lab, other)))
		for (int six = 0; six < 2; six++)
			if (node_address_from(other, node, six ? AF_INET6 : AF_INET, &address, &ignored) == 0)
				fprintf(file, "%s %s\n", address_print(&address, false, text, sizeof text),
					other->name);
	fclose(file);
	return hosts;
}

/* In the child. */
static _Noreturn void become(const struct node *node, int output, char *const argv[])
{
	int null = open("/dev/null", O_RDONLY);

	if (output < 0) {
		inside_foreground();
	} else {
		dup2(null, 0);
		dup2(output, 1);
		dup2(output, 2);
		/* into a pipe it would write when it ends */
		setenv("PYTHONUNBUFFERED", "1", 0);
	}
	inside_run(node->name, hosts_text(node), argv);
}

static int start(struct node *node, int output, char *const argv[], struct cause *cause)
{
	struct node_own *own = node_own(node);
	int pid;

	if (wire_start(own->lab, cause) < 0 || node_prepare(own, cause) < 0)
		return -1;
	netns_enter(own->ns);
	own->watched = true;
	pid = machine_fork(output, cause);
	if (pid == 0)
		become(node, output, argv);
	netns_enter(own->lab->wire.home);
	/* the child does the same: whoever comes first */
	if (pid > 0)
		setpgid(pid, pid);
	return pid;
}

static struct process *process_new(struct lab *lab, int pid, int pipe, process_done_fn done,
	void *arg)
{
	struct process *process = alloc_new(struct process);

	process->lab = lab;
	process->pid = pid;
	process->pipe = pipe;
	process->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	process->done = done;
	process->arg = arg;
	process->ended = event_new(lab->base, process->pidfd, EV_READ, on_ended, process);
	event_add(process->ended, NULL);
	TAILQ_INSERT_TAIL(&lab->processes, process, entry);
	lab->has_run_programs = true;
	return process;
}

struct process *node_exec(struct node *node, char *const argv[], process_line_fn line,
	process_done_fn done, void *arg, struct cause *cause)
{
	struct lab *lab = node_own(node)->lab;
	struct process *process;
	int pair[2], pid;

	if (pipe2(pair, O_CLOEXEC) < 0) {
		cause_set_errno(cause, errno, "cannot make a pipe");
		return NULL;
	}
	pid = start(node, pair[1], argv, cause);
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return NULL;
	}
	process = process_new(lab, pid, pair[0], done, arg);
	process->line = line;
	fcntl(process->pipe, F_SETFL, O_NONBLOCK);
	process->readable = event_new(lab->base, process->pipe, EV_READ | EV_PERSIST, on_readable,
		process);
	event_add(process->readable, NULL);
	return process;
}

struct process *node_exec_terminal(struct node *node, char *const argv[], process_done_fn done,
	void *arg, struct cause *cause)
{
	struct lab *lab = node_own(node)->lab;
	struct process *process;
	int pid = start(node, -1, argv, cause);

	if (pid < 0)
		return NULL;
	process = process_new(lab, pid, -1, done, arg);
	process->stopped = event_new(lab->base, SIGCHLD, EV_SIGNAL | EV_PERSIST, on_stopped, process);
	event_add(process->stopped, NULL);
	return process;
}

void process_signal(struct process *process, int signal)
{
	kill(-process->pid, signal);
}

void process_detach(struct process *process, process_line_fn line, process_done_fn done)
{
	process->line = line;
	process->done = done;
	process->arg = NULL;
}

bool lab_has_programs(const struct lab *lab)
{
	return !TAILQ_EMPTY(&lab->processes);
}

/* Is the process in the namespace of that node (NULL: of one of the lab's)? */
static bool is_inside(const struct lab *lab, const struct node *only, const char *pid)
{
	const struct node_own *node;
	struct stat its, ours;
	char path[64];

	snprintf(path, sizeof path, "/proc/%.20s/ns/net", pid);
	if (stat(path, &its) < 0)
		return false;
	TAILQ_FOREACH(node, &lab->nodes, entry)
		if ((!only || &node->node == only) && fstat(node->ns, &ours) == 0 &&
			its.st_ino == ours.st_ino && its.st_dev == ours.st_dev)
			return true;
	return false;
}

/* What programs have left running in the nodes ends with them. */
static void leftovers_end(const struct lab *lab, const struct node *only)
{
	DIR *folder = lab->has_run_programs ? opendir("/proc") : NULL;
	struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (atoi(entry->d_name) > 1 && is_inside(lab, only, entry->d_name))
			kill(atoi(entry->d_name), SIGKILL);
	if (folder)
		closedir(folder);
}

void processes_remove(struct lab *lab, const struct node *node)
{
	leftovers_end(lab, node);
}

void processes_free(struct lab *lab)
{
	struct process *process;

	while ((process = TAILQ_FIRST(&lab->processes))) {
		kill(-process->pid, SIGKILL);
		waitpid(process->pid, NULL, 0);
		process_free(process);
	}
	leftovers_end(lab, NULL);
	pings_free(lab);
}
