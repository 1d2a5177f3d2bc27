/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child_linger.c - close() under SO_LINGER. It waits until the FIN is ACKed or
 * the time is over, O_NONBLOCK or not, and everything else would wait with it:
 * so a thread makes the call.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "child.h"
#include "clock.h"

struct lingering {
	struct child *child;
	struct lingering *next;
	struct reply reply; /* the result, once it is there */
	int fd;		    /* that it closes */
	int ends[2];	    /* a pipe: something to read when it is closed */
	int stat;	    /* the thread's /proc/thread-self/stat */
	sem_t opened;	    /* that is */
	pthread_t thread;
	struct event *ended;
};

static void *close_and_say(void *arg)
{
	struct lingering *lingering = arg;

	lingering->stat = open("/proc/thread-self/stat", O_RDONLY | O_CLOEXEC);
	sem_post(&lingering->opened);
	reply_result(&lingering->reply, close(lingering->fd));
	if (write(lingering->ends[1], "", 1) < 0)
		_exit(1);
	return NULL;
}

static void finish(struct lingering *lingering)
{
	struct reply *reply = &lingering->reply;
	struct lingering **link = &lingering->child->lingering;

	pthread_join(lingering->thread, NULL);
	while (*link != lingering)
		link = &(*link)->next;
	*link = lingering->next;
	reply->length = (uint32_t)snprintf(reply->data, sizeof reply->data, "%.1f",
		(double)(clock_monotonic() - reply->began) / 1e9);
	if (reply->id)
		reply_send(lingering->child, reply);
	event_free(lingering->ended);
	fd_close(&lingering->ends[0]);
	fd_close(&lingering->ends[1]);
	fd_close(&lingering->stat);
	sem_destroy(&lingering->opened);
	free(lingering);
}

static void on_ended(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	finish(arg);
}

static bool has_ended(const struct lingering *lingering, int wait_ms)
{
	struct pollfd end = {.fd = lingering->ends[0], .events = POLLIN};

	return poll(&end, 1, wait_ms) > 0;
}

/* Does the thread sleep? It does nowhere but in close(), its FIN sent. */
static bool waits(const struct lingering *lingering)
{
	char text[128] = "";
	const char *state;

	if (pread(lingering->stat, text, sizeof text - 1, 0) <= 0)
		return false;
	state = strrchr(text, ')');
	return state && state[1] == ' ' && state[2] == 'S';
}

/* Until what close() does at once is done. */
static void await_wait(const struct lingering *lingering)
{
	int64_t until = clock_monotonic() + NS_PER_S;

	while (!waits(lingering) && !has_ended(lingering, 1) && clock_monotonic() < until)
		;
}

static bool begin(struct lingering *lingering)
{
	if (sem_init(&lingering->opened, 0, 0) < 0 || pipe2(lingering->ends, O_CLOEXEC) < 0)
		return false;
	lingering->ended =
		event_new(lingering->child->base, lingering->ends[0], EV_READ, on_ended, lingering);
	event_add(lingering->ended, NULL);
	if (pthread_create(&lingering->thread, NULL, close_and_say, lingering) != 0)
		return false;
	while (sem_wait(&lingering->opened) < 0)
		;
	await_wait(lingering);
	return true;
}

void child_close_lingering(struct child *child, int fd, const struct reply *reply)
{
	struct lingering *lingering = alloc_new(struct lingering);
	struct reply begun = *reply;

	lingering->child = child;
	lingering->fd = fd;
	lingering->reply = *reply;
	lingering->next = child->lingering;
	child->lingering = lingering;
	if (!begin(lingering))
		_exit(1); /* out of everything */
	begun.closed = 1;
	if (begun.id) /* else it is told as done: nobody waits for it */
		begun.kind = REPLY_PENDING;
	reply_send(child, &begun);
}

void child_linger_sync(struct child *child)
{
	struct lingering *lingering, *next;

	for (lingering = child->lingering; lingering; lingering = next) {
		next = lingering->next;
		if (has_ended(lingering, 0))
			finish(lingering);
	}
}
