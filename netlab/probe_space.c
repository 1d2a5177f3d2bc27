/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * probe_space.c - how many network namespaces and descriptors are to be had, by
 * taking as many as a small lab does.
 */
#include "probe_own.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "netns.h"

const char *const probe_limit_netns = "user.max_net_namespaces";

/* What is made within the first one has a hash of its own (probe_small_hash). */
static int take_one(const int *spaces, unsigned count, struct cause *cause)
{
	struct cause absent;
	int home;

	if (count > 0)
		return netns_new(spaces[0], cause);
	home = netns_new_home(cause);
	if (home >= 0)
		netns_sysctl_write(home, home, "net/ipv4/tcp_child_ehash_entries", "1024", &absent);
	return home;
}

unsigned probe_spaces(struct probe *probe, const char *limit, int spaces[PROBE_SPACES])
{
	struct cause cause = {0};
	unsigned count;

	for (count = 0; count < PROBE_SPACES; count++)
		if ((spaces[count] = take_one(spaces, count, &cause)) < 0)
			break;
	probe->number = count;
	probe->verdict = count == PROBE_SPACES ? PROBE_OK
		: count >= PROBE_SPACES_LEAST  ? PROBE_LIMITED
					       : PROBE_MISSING;
	if (count == PROBE_SPACES)
		return count;
	if (cause.code != ENOSPC) {
		if (cause.code == EMFILE || cause.code == ENFILE)
			probe->verdict = PROBE_UNTRIED;
		snprintf(probe->says, sizeof probe->says, "%s", strerror(cause.code));
		return count;
	}
	probe->limit = probe_limit_netns;
	snprintf(probe->says, sizeof probe->says, "%s is %s and leaves %u, two hosts take %d%s",
		probe->limit, limit, count,
		count < PROBE_SPACES_LEAST ? PROBE_SPACES_LEAST : PROBE_SPACES,
		count < PROBE_SPACES_LEAST ? "" : " with the gate");
	return count;
}

/* How many more this process can open, up to PROBE_FILES_OF_A_PAIR. */
static unsigned count_free(void)
{
	int fds[PROBE_FILES_OF_A_PAIR];
	unsigned count = 0;

	while (count < PROBE_FILES_OF_A_PAIR &&
		(fds[count] = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)) >= 0)
		count++;
	for (unsigned i = 0; i < count; i++)
		close(fds[i]);
	return count;
}

static int64_t as_number(rlim_t limit)
{
	return limit > INT64_MAX ? INT64_MAX : (int64_t)limit;
}

void probe_files(struct probes *probes)
{
	struct probe *probe = &probes->probe[PROBE_FILES];
	struct rlimit files = {0};
	unsigned room = count_free();

	getrlimit(RLIMIT_NOFILE, &files);
	probe->number = as_number(files.rlim_cur);
	probes->files_most = as_number(files.rlim_max);
	probes->files_for_pair = room == PROBE_FILES_OF_A_PAIR;
	probe->verdict = room < PROBE_FILES_LEAST ? PROBE_MISSING
		: files.rlim_cur < 4096		  ? PROBE_LIMITED
						  : PROBE_OK;
}
