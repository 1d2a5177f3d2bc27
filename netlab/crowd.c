/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * crowd.c - nodes with so many sockets, mostly in TIME-WAIT, that to dump them
 * at each look would make every action slow. How many are in TIME-WAIT is known
 * without a dump, by /proc/net/sockstat. What look.c does not ask for is found
 * by a walk over them every few seconds, while nobody waits.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"
#include "netns.h"

#define WALK_EVERY (2 * NS_PER_S)
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

static void on_walk(evutil_socket_t fd, short what, void *arg)
{
	struct lab *lab = arg;

	(void)fd;
	(void)what;
	lab->walk_due = true;
	settle_soon(lab);
}

static void walk_later(struct lab *lab)
{
	struct timeval wait = clock_timeval(WALK_EVERY);

	if (!lab->walk)
		lab->walk = evtimer_new(lab->base, on_walk, lab);
	if (!event_pending(lab->walk, EV_TIMEOUT, NULL))
		event_add(lab->walk, &wait);
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
}

bool crowd_is_large(struct node_own *node)
{
	bool large = node->followed > CROWD || crowd_count(node) > CROWD;

	if (large && node->crowd_fd < 0)
		begin(node);
	if (large)
		walk_later(node->lab);
	else if (!node->lab->load)
		crowd_end(node);
	return large;
}

void crowd_seen(struct node_own *node, unsigned minisocks)
{
	if (minisocks > CROWD && node->crowd_fd < 0)
		begin(node);
}
