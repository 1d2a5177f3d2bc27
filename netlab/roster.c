/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * roster.c - the list of nodes in a memfd, and the way into a node from
 * outside.
 *
 *	netlab 1			what this is, and its version
 *	host 14 4026532461 client	kind, descriptor, namespace's inode, name
 *
 * A line is written at once and counts when its newline is there.
 */
#include "roster.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "alloc.h"
#include "inside.h"
#include "lab.h"

#define MEMFD_NAME "netlab-lab"
#define FIRST_LINE "netlab 1\n"
#define LINE_MAX_BYTES 80

/* --------------------------------------------------------------- writing it */

/* What belongs to the process, not to a lab. */
static struct {
	int fd;
	uint32_t lab; /* whose nodes these are: a serial */
} roster = {.fd = -1};

static int line_print(const struct node *node, char line[LINE_MAX_BYTES])
{
	struct stat ns = {0};

	fstat(node_namespace(node), &ns);
	return snprintf(line, LINE_MAX_BYTES, "%s %d %" PRIu64 " %s\n", node_kind_name(node->kind),
		node_namespace(node), (uint64_t)ns.st_ino, node->name);
}

void roster_update(const struct lab *lab)
{
	int fd = memfd_create(MEMFD_NAME, MFD_CLOEXEC), length;
	const struct node *node = NULL;
	char line[LINE_MAX_BYTES], *text;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		abort();
	fputs(FIRST_LINE, file);
	while ((node = node_next(lab, node))) {
		length = line_print(node, line);
		fwrite(line, 1, (size_t)length, file);
	}
	fclose(file);
	/* without it, other terminals do not find the lab: nothing else is lost */
	if (write(fd, text, size) != (ssize_t)size)
		fd_close(&fd);
	free(text);
	fd_close(&roster.fd);
	roster.fd = fd;
	roster.lab = lab->serial;
}

void roster_add(const struct node *node)
{
	char line[LINE_MAX_BYTES];
	int length;

	if (roster.fd < 0 || roster.lab != node->lab->serial) {
		roster_update(node->lab);
		return;
	}
	length = line_print(node, line);
	/* shorter only when there is no memory: no newline, no line */
	if (write(roster.fd, line, (size_t)length) < 0)
		return;
}

/* --------------------------------------------------------------- reading it */

/* The roster among the process's descriptors; -1: it has none, or it is not
 * for us to see. */
static int roster_open(int pid)
{
	char path[64], target[64];
	struct dirent *entry;
	int fd = -1;
	ssize_t length;
	DIR *folder;

	snprintf(path, sizeof path, "/proc/%d/fd", pid);
	folder = opendir(path);
	while (fd < 0 && folder && (entry = readdir(folder))) {
		length = readlinkat(dirfd(folder), entry->d_name, target, sizeof target - 1);
		if (length <= 0)
			continue;
		target[length] = '\0';
		if (strcmp(target, "/memfd:" MEMFD_NAME " (deleted)") == 0)
			fd = openat(dirfd(folder), entry->d_name, O_RDONLY | O_CLOEXEC);
	}
	if (folder)
		closedir(folder);
	return fd;
}

static void read_lines(int fd, int pid, roster_fn each, void *arg)
{
	FILE *file = fdopen(fd, "r");
	char line[LINE_MAX_BYTES + 1];
	struct roster_row row;

	if (!file)
		abort();
	if (!fgets(line, sizeof line, file) || strcmp(line, FIRST_LINE) != 0)
		goto out;
	while (fgets(line, sizeof line, file) && strchr(line, '\n')) {
		row = (struct roster_row){.lab = pid};
		if (sscanf(line, "%11s %d %" SCNu64 " %15s", row.kind, &row.ns, &row.inode,
			    row.name) == 4)
			each(arg, &row);
	}
out:
	fclose(file);
}

void roster_read(roster_fn each, void *arg)
{
	DIR *folder = opendir("/proc");
	struct dirent *entry;
	struct stat now, last = {0};
	int fd, pid;

	while (folder && (entry = readdir(folder))) {
		pid = atoi(entry->d_name);
		fd = pid > 0 ? roster_open(pid) : -1;
		if (fd < 0)
			continue;
		/* a child that netlab has just forked still has its descriptors */
		if (fstat(fd, &now) == 0 && now.st_ino == last.st_ino) {
			close(fd);
			continue;
		}
		last = now;
		read_lines(fd, pid, each, arg);
	}
	if (folder)
		closedir(folder);
}

/* -------------------------------------------------------------- entering it */

struct door {
	int user, pids, net; /* namespaces; user -1: it is ours already */
};

static int ns_open(int lab, const char *what, struct cause *cause)
{
	char path[64];
	int fd;

	snprintf(path, sizeof path, "/proc/%d/%s", lab, what);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cause_set_errno(cause, errno, "cannot open %s of lab %d", what, lab);
	return fd;
}

static bool is_ours(int fd, const char *path)
{
	struct stat its, ours;

	return fstat(fd, &its) == 0 && stat(path, &ours) == 0 && its.st_ino == ours.st_ino &&
	       its.st_dev == ours.st_dev;
}

static int door_open(struct door *door, const struct roster_row *row, struct cause *cause)
{
	char net[32];
	struct stat its;

	snprintf(net, sizeof net, "fd/%d", row->ns);
	door->user = ns_open(row->lab, "ns/user", cause);
	door->pids = ns_open(row->lab, "ns/pid_for_children", cause);
	door->net = ns_open(row->lab, net, cause);
	if (door->user < 0 || door->pids < 0 || door->net < 0)
		return -1;
	if (fstat(door->net, &its) < 0 || its.st_ino != row->inode)
		return cause_set(cause, ESRCH, "%s has just been taken away from lab %d", row->name,
			row->lab);
	if (is_ours(door->user, "/proc/self/ns/user"))
		fd_close(&door->user);
	if (is_ours(door->pids, "/proc/self/ns/pid"))
		fd_close(&door->pids);
	return 0;
}

static void door_close(struct door *door)
{
	fd_close(&door->user);
	fd_close(&door->pids);
	fd_close(&door->net);
}

/* The machine's root is nobody in a user's lab: be that user. */
static int become_owner(struct cause *cause)
{
	if (geteuid() == 0)
		return 0;
	if (setresgid(0, 0, 0) < 0 || setresuid(0, 0, 0) < 0)
		return cause_set_errno(cause, errno, "cannot become the lab's owner");
	return 0;
}

static int door_pass(const struct door *door, const struct roster_row *row, struct cause *cause)
{
	/* the machine's groups would be out of reach behind the door */
	if (door->user >= 0 && geteuid() == 0)
		setgroups(0, NULL);
	if (door->user >= 0 && setns(door->user, CLONE_NEWUSER) < 0)
		return cause_set_errno(cause, errno, "cannot enter the user namespace of lab %d",
			row->lab);
	if (door->user >= 0 && become_owner(cause) < 0)
		return -1;
	if (door->pids >= 0 && setns(door->pids, CLONE_NEWPID) < 0)
		return cause_set_errno(cause, errno, "cannot enter the PID namespace of lab %d",
			row->lab);
	return 0;
}

/* In the child, which alone is in the node: a lab that ends kills all who are,
 * and its parent is still to tell of that. */
static _Noreturn void run_inside(const struct door *door, const struct roster_row *row,
	char *const argv[], bool foreground)
{
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGHUP);
	if (setns(door->net, CLONE_NEWNET) < 0) {
		fprintf(stderr, "cannot enter %s: %s\n", row->name, strerror(errno));
		_exit(126);
	}
	if (foreground)
		inside_foreground();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	inside_run(row->name, NULL, argv);
}

int roster_enter(const struct roster_row *row, char *const argv[], bool foreground, int *watch,
	struct cause *cause)
{
	struct door door = {-1, -1, -1};
	int pid = -1;

	*watch = (int)syscall(SYS_pidfd_open, row->lab, 0);
	if (*watch < 0)
		cause_set_errno(cause, errno, "lab %d is not there any more", row->lab);
	else if (door_open(&door, row, cause) == 0 && door_pass(&door, row, cause) == 0) {
		pid = fork();
		if (pid == 0)
			run_inside(&door, row, argv, foreground);
		if (pid < 0)
			cause_set_errno(cause, errno, "cannot start a process");
	}
	door_close(&door);
	return pid;
}
