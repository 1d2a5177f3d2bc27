/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * clock.h - the two clocks: monotonic for the lab, real time for what the
 * packet sockets stamp on frames.
 */
#ifndef NETLAB_CLOCK_H
#define NETLAB_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#define NS_PER_US 1000LL
#define NS_PER_MS 1000000LL
#define NS_PER_S  1000000000LL

static inline int64_t clock_read(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static inline int64_t clock_monotonic(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

/* What to add to a real-time stamp to have monotonic time, as of now. Whoever is
 * interrupted between two looks at the clocks is wrong by that time: the
 * closest two of a few are taken. */
static inline int64_t clock_real_to_monotonic(void)
{
	int64_t best = INT64_MAX, offset = 0;

	for (int i = 0; i < 20 && best > NS_PER_US; i++) {
		int64_t before = clock_monotonic(), real = clock_read(CLOCK_REALTIME);
		int64_t took = clock_monotonic() - before;

		if (took >= best)
			continue;
		best = took;
		offset = before + took / 2 - real;
	}
	return offset;
}

/* Before another look at what the kernel will have done in a moment, and what it
 * tells nobody of: a short sleep. *until is 0 at the first call. False: it has been
 * looked at for five seconds. */
static inline bool clock_look_again(int64_t *until)
{
	const struct timespec pause = {.tv_nsec = 50 * NS_PER_US};

	if (*until == 0)
		*until = clock_monotonic() + 5 * NS_PER_S;
	else if (clock_monotonic() > *until)
		return false;
	nanosleep(&pause, NULL);
	return true;
}

static inline struct timeval clock_timeval(int64_t ns)
{
	if (ns < 0)
		ns = 0;
	return (struct timeval){.tv_sec = ns / NS_PER_S, .tv_usec = ns % NS_PER_S / NS_PER_US};
}

#endif
