/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * loop_test.c - a timer counts from when it is set, however long the turn of the
 * loop has taken until then.
 */
#include <event2/event.h>
#include <stdint.h>
#include <time.h>

#include "netlab.h"
#include "unit.h"

#define MS 1000000LL

static struct event *timer, *other;
static int64_t set, fired;

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 * MS + time.tv_nsec;
}

static void fire(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	fired = now();
}

static void wake(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

/* A turn that takes 60 ms, and sets a timer of 50 ms then; something else wakes the
 * loop before that, for it looks at the time only when it wakes. */
static void take_long(evutil_socket_t fd, short what, void *arg)
{
	int64_t begun = now();

	(void)fd;
	(void)what;
	(void)arg;
	while (now() < begun + 60 * MS)
		;
	set = now();
	evtimer_add(timer, &(struct timeval){.tv_usec = 50000});
	evtimer_add(other, &(struct timeval){.tv_usec = 1000});
}

static void a_timer_counts_from_when_it_is_set(void)
{
	struct event_base *base = loop_new();
	struct event *turn = evtimer_new(base, take_long, NULL);

	timer = evtimer_new(base, fire, NULL);
	other = evtimer_new(base, wake, NULL);
	evtimer_add(turn, &(struct timeval){0});
	event_base_dispatch(base);
	/* The kernel's coarse clock, which libevent asks, may be 10 ms behind. */
	CHECK(fired >= set + 40 * MS);
	event_free(turn);
	event_free(timer);
	event_free(other);
	event_base_free(base);
}

int main(void)
{
	RUN(a_timer_counts_from_when_it_is_set);
	return unit_end();
}
