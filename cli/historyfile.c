/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * historyfile.c - the file of the history and the folder it lies in. What is in
 * it is readline's, shell.c.
 */
#include "historyfile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* One user, one history; "" before historyfile_begin() and where there is none. */
static char directory[3500], path[3600];

static void make_directories(char *name)
{
	char *slash;

	for (slash = strchr(name + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(name, 0700);
		*slash = '/';
	}
	mkdir(name, 0700);
}

const char *historyfile_begin(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int length = 0, fd;

	if (state && state[0] == '/')
		length = snprintf(directory, sizeof directory, "%s/netlab", state);
	else if (home && home[0] == '/')
		length = snprintf(directory, sizeof directory, "%s/.local/state/netlab", home);
	if (length <= 0 || length >= (int)sizeof directory)
		return NULL;
	make_directories(directory);
	snprintf(path, sizeof path, "%s/history", directory);
	/* append_history() wants the file to be there */
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0) {
		path[0] = '\0';
		return NULL;
	}
	close(fd);
	return path;
}

/* Cutting the file replaces it, so a shell that appends must not come between:
 * both hold a lock on the directory. */
int historyfile_lock(void)
{
	int fd;

	if (!path[0])
		return -1;
	fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_EX) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}
