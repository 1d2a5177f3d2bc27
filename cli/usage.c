/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "usage.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct process {
	int pid, parent;
	bool counted;
};

struct processes {
	struct process *at;
	size_t count, room;
};

static bool read_text(int pid, const char *what, char *text, size_t size)
{
	char path[60];
	ssize_t got = -1;
	int fd;

	snprintf(path, sizeof path, "/proc/%d/%s", pid, what);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		got = read(fd, text, size - 1);
		close(fd);
	}
	text[got > 0 ? got : 0] = '\0';
	return got > 0;
}

static void add(struct processes *all, int pid)
{
	char text[300], *name_end;
	int parent;

	if (!read_text(pid, "stat", text, sizeof text) || !(name_end = strrchr(text, ')')) ||
		sscanf(name_end + 1, " %*c %d", &parent) != 1)
		return;
	if (all->count == all->room) {
		all->room = all->room ? 2 * all->room : 256;
		all->at = reallocarray(all->at, all->room, sizeof *all->at);
		if (!all->at)
			abort();
	}
	all->at[all->count++] = (struct process){pid, parent, false};
}

static void read_processes(struct processes *all)
{
	DIR *folder = opendir("/proc");
	struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (isdigit((unsigned char)entry->d_name[0]))
			add(all, atoi(entry->d_name));
	if (folder)
		closedir(folder);
}

/* Resident pages that no file is behind; shared ones count in each process. */
static size_t own_bytes(int pid)
{
	long resident, shared;
	char text[200];

	if (!read_text(pid, "statm", text, sizeof text) ||
		sscanf(text, "%*d %ld %ld", &resident, &shared) != 2 || resident < shared)
		return 0;
	return (size_t)(resident - shared) * (size_t)sysconf(_SC_PAGESIZE);
}

static void count(struct processes *all, int pid, struct usage *usage)
{
	usage->processes++;
	usage->bytes += own_bytes(pid);
	for (size_t i = 0; i < all->count; i++) {
		if (all->at[i].parent != pid || all->at[i].counted)
			continue;
		all->at[i].counted = true;
		count(all, all->at[i].pid, usage);
	}
}

void usage_of(int pid, struct usage *usage)
{
	struct processes all = {0};

	*usage = (struct usage){0};
	read_processes(&all);
	count(&all, pid, usage);
	free(all.at);
}
