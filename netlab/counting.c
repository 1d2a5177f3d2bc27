/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * counting.c - the counters of a node's kernel, and what has changed since the
 * last look at them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "alloc.h"
#include "counters.h"
#include "lab.h"
#include "netns.h"

#define FILE_MAX 65536 /* netstat has about 4 KiB of names */

/* /proc/self/net shows the namespace of the process at the time of opening. */
static int open_in(const struct node_own *node, const char *path)
{
	int fd;

	netns_enter(node->ns);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	netns_enter(node->lab->wire.home);
	return fd;
}

static int read_in(const struct node_own *node, const char *path, struct counters *counters,
	struct cause *cause)
{
	autoclose int fd = open_in(node, path);
	autofree char *text = alloc_zeroed(FILE_MAX, 1);
	size_t used = 0;
	ssize_t got = 0;

	if (fd < 0)
		return cause_set_errno(cause, errno, "cannot open %s in %s", path, node->name);
	while (used < FILE_MAX - 1 && (got = read(fd, text + used, FILE_MAX - 1 - used)) > 0)
		used += (size_t)got;
	if (got < 0)
		return cause_set_errno(cause, errno, "cannot read %s in %s", path, node->name);
	counters_parse(counters, text);
	return 0;
}

int64_t counting_value(const struct node_own *node, const char *name)
{
	struct counters now = {0};
	struct cause ignored;
	int64_t value = 0;

	if (read_in(node, "/proc/self/net/netstat", &now, &ignored) == 0)
		value = counters_value(&now, name, 0);
	counters_free(&now);
	return value;
}

static void tell(const struct counters *now, const struct counters *before, node_counter_fn row,
	void *arg)
{
	for (size_t i = 0; i < now->count; i++) {
		const struct counter *counter = &now->row[i];
		struct node_counter told = {.name = counter->name, .value = counter->value,
			.changed = counter->value - counters_value(before, counter->name, i),
			.gloss = counter_gloss(counter->name)};

		row(arg, &told);
	}
}

int node_counters(struct node *node, bool look, node_counter_fn row, void *arg,
	struct cause *cause)
{
	struct node_own *own = node_own(node);
	struct counters now = {0};

	if (read_in(own, "/proc/self/net/snmp", &now, cause) < 0 ||
		read_in(own, "/proc/self/net/netstat", &now, cause) < 0) {
		counters_free(&now);
		return -1;
	}
	if (row)
		tell(&now, own->counted, row, arg);
	if (!look) {
		counters_free(&now);
		return 0;
	}
	counting_forget(own);
	own->counted = alloc_copy(&now, sizeof now);
	return 0;
}

void counting_forget(struct node_own *node)
{
	if (node->counted)
		counters_free(node->counted);
	free_pointer(&node->counted);
}
