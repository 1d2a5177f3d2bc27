/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * crowd.c - nodes with so many sockets in TIME-WAIT that to dump them at each
 * look would make every action slow. How many there are is known without a
 * dump, by /proc/net/sockstat; which of them matter is asked one by one.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "lab.h"
#include "netns.h"

#define CROWD 256 /* a dump of these costs as much as the questions instead */

unsigned crowd_count(const struct node_own *node)
{
	char text[512];
	const char *tw;
	ssize_t got = node->crowd_fd < 0 ? 0 : pread(node->crowd_fd, text, sizeof text - 1, 0);

	if (got <= 0)
		return 0;
	text[got] = '\0';
	tw = strstr(text, " tw ");
	return tw ? (unsigned)strtoul(tw + 4, NULL, 10) : 0;
}

/* /proc/self is the process's, whatever namespace it visits; the file keeps the
 * namespace in which it was opened. */
static void begin(struct node_own *node)
{
	netns_enter(node->ns);
	node->crowd_fd = open("/proc/thread-self/net/sockstat", O_RDONLY | O_CLOEXEC);
	netns_enter(node->lab->wire.home);
}

void crowd_end(struct node_own *node)
{
	fd_close(&node->crowd_fd);
	node->crowded = false;
}

bool crowd_is_large(struct node_own *node)
{
	if (node->crowd_fd < 0)
		return false;
	node->crowded = crowd_count(node) > CROWD;
	if (!node->crowded && !node->lab->load)
		crowd_end(node);
	return node->crowded;
}

void crowd_seen(struct node_own *node, unsigned minisocks)
{
	if (minisocks > CROWD && node->crowd_fd < 0)
		begin(node);
}
