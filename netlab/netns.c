/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "netns.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"

static int open_own(struct cause *cause)
{
	int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return cause_set_errno(cause, errno, "cannot open /proc/self/ns/net");
	return fd;
}

/* Namespaces that were given up count for a moment longer, until the kernel has
 * taken them apart. */
static int unshare_net(struct cause *cause)
{
	struct timespec pause = {.tv_nsec = 25 * NS_PER_MS};
	int result = unshare(CLONE_NEWNET);

	for (int tries = 0; result < 0 && errno == ENOSPC && tries < 20; tries++) {
		nanosleep(&pause, NULL);
		result = unshare(CLONE_NEWNET);
	}
	if (result == 0)
		return 0;
	if (errno == ENOSPC)
		return cause_set(cause, errno,
			"no more network namespaces: raise user.max_net_namespaces "
			"(sysctl -w user.max_net_namespaces=N as root)");
	return cause_set_errno(cause, errno, "cannot make a network namespace");
}

int netns_new_home(struct cause *cause)
{
	if (unshare_net(cause) < 0)
		return -1;
	return open_own(cause);
}

int netns_new(int home, struct cause *cause)
{
	int fd;

	if (unshare_net(cause) < 0)
		return -1;
	fd = open_own(cause);
	netns_enter(home);
	return fd;
}

void netns_enter(int fd)
{
	if (setns(fd, CLONE_NEWNET) == 0)
		return;
	perror("netlab: setns");
	abort();
}

static int sysctl_open(int fd, int home, const char *path, int flags, struct cause *cause)
{
	char name[256];
	int file, error;

	snprintf(name, sizeof name, "/proc/sys/%s", path);
	/* /proc/sys/net shows the namespace of whoever opens it */
	netns_enter(fd);
	file = open(name, flags | O_CLOEXEC);
	error = errno;
	netns_enter(home);
	if (file >= 0)
		return file;
	if (error == ENOENT)
		return cause_set(cause, error, "this kernel has no sysctl %s here", path);
	return cause_set_errno(cause, error, "cannot open sysctl %s", path);
}

int netns_sysctl_write(int fd, int home, const char *path, const char *value, struct cause *cause)
{
	autoclose int file = sysctl_open(fd, home, path, O_WRONLY, cause);

	if (file < 0)
		return -1;
	if (write(file, value, strlen(value)) < 0)
		return cause_set_errno(cause, errno, "sysctl %s does not take \"%s\"", path, value);
	return 0;
}

int netns_sysctl_read(int fd, int home, const char *path, char *out, size_t size,
	struct cause *cause)
{
	autoclose int file = sysctl_open(fd, home, path, O_RDONLY, cause);
	ssize_t got;

	if (file < 0)
		return -1;
	got = read(file, out, size - 1);
	if (got < 0)
		return cause_set_errno(cause, errno, "cannot read sysctl %s", path);
	while (got > 0 && (out[got - 1] == '\n' || out[got - 1] == ' '))
		got--;
	out[got] = '\0';
	for (char *tab = out; (tab = strchr(tab, '\t')); )
		*tab = ' ';
	return 0;
}
