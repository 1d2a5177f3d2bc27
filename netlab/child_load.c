/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child_load.c - a load within the client's process: opens connections, sends
 * a request over each, reads the reply, closes, so many at once as ordered.
 *
 *	connecting -> waiting -> (over)
 *
 * An epoll of its own, which libevent watches as one descriptor, costs less a
 * connection than an event for each would. Netlab's requests come between two
 * rounds.
 */
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "alloc.h"
#include "child.h"
#include "clock.h"

#ifndef IP_LOCAL_PORT_RANGE
#define IP_LOCAL_PORT_RANGE 51 /* include/uapi/linux/in.h, since Linux 6.3 */
#endif

#define BEGIN_MOST  64 /* before those that are open are looked at: the listener's queue is finite */
#define ROUND	    (2 * NS_PER_MS)
#define TELL_EVERY  (100 * NS_PER_MS)
#define TRY_MOST    64 /* ports, once a whole range was found to be in use */
#define EVENTS	    256

struct connection {
	int fd;		/* -1: idle */
	bool waiting;	/* its request has been sent */
	uint32_t got;	/* bytes of the reply */
};

struct load {
	struct child *child;
	uint32_t id;
	struct load_order order;
	struct sockaddr_storage to;
	socklen_t to_size;
	struct socket_options options;
	uint16_t low, high, port; /* named: the range, and the next one */
	bool no_range;	  /* this kernel has no IP_LOCAL_PORT_RANGE */
	bool exhausted;	  /* the whole range was in use, once */
	bool scarce;	  /* ports or descriptors ran out: wait for a connection to end */
	bool ending;
	uint32_t begun;
	struct connection *connections;
	uint32_t *idle, idle_count; /* a stack of them */
	int epoll;
	struct event *ready, *more, *tick;
	int64_t began;
	struct load_news news;
};

/* ----------------------------------------------------------------- telling */

void child_load_failed(struct load_news *news, int error)
{
	uint32_t i = 0;

	news->failed++;
	while (i < news->error_count && news->errors[i].error != error)
		i++;
	if (i == LOAD_ERRORS)
		i--;
	if (i == news->error_count)
		news->errors[news->error_count++] = (struct load_error){error, 0};
	news->errors[i].count++;
}

void child_load_tell(struct child *child, uint32_t id, int kind, const struct load_news *news)
{
	struct reply reply;

	reply_begin(&reply, id, "load", 0);
	reply.kind = (uint32_t)kind;
	reply.length = sizeof *news;
	memcpy(reply.data, news, sizeof *news);
	reply_send(child, &reply);
}

void child_load_batch(bool on)
{
	struct sched_param none = {0};

	sched_setscheduler(0, on ? SCHED_BATCH : SCHED_OTHER, &none);
}

static void tell(struct load *load, int kind)
{
	load->news.took = clock_monotonic() - load->began;
	load->news.next_port = load->port;
	child_load_tell(load->child, load->id, kind, &load->news);
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	tell(arg, REPLY_LOAD);
}

/* ----------------------------------------------------------------- its ports */

static int new_socket(struct load *load)
{
	int fd = socket(load->to.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd >= 0 && load->options.set && child_set_quietly(fd, &load->options) < 0)
		fd_close(&fd);
	return fd;
}

static int name_port(struct load *load, int fd, uint16_t port)
{
	uint32_t range = (uint32_t)port << 16 | port;
	struct address any = {.family = (uint8_t)load->to.ss_family, .port = port};
	struct sockaddr_storage from;
	socklen_t size = child_to_sockaddr(&any, &from);
	int on = 1;

	if (!load->no_range &&
		setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range, sizeof range) == 0)
		return 0;
	load->no_range = true;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	return bind(fd, (struct sockaddr *)&from, size);
}

static bool is_in_use(int error)
{
	return error == EADDRNOTAVAIL || error == EADDRINUSE;
}

static int connect_to(struct load *load, int fd)
{
	int result = connect(fd, (struct sockaddr *)&load->to, load->to_size);

	return result < 0 && errno == EINPROGRESS ? 0 : result;
}

/* The next port of the range that is not in use. A socket whose bind() worked
 * has its port for good, so the next try needs another one. */
static int connect_named(struct load *load, int *fd)
{
	int tries = load->exhausted ? TRY_MOST : load->high - load->low + 1;

	while (tries-- > 0) {
		uint16_t port = load->port;

		load->port = port == load->high ? load->low : port + 1;
		if (name_port(load, *fd, port) == 0 && connect_to(load, *fd) == 0)
			return 0;
		if (!is_in_use(errno))
			return -1;
		if (!load->no_range)
			continue;
		close(*fd);
		*fd = new_socket(load);
		if (*fd < 0)
			return -1;
	}
	load->exhausted = true;
	errno = EADDRNOTAVAIL;
	return -1;
}

/* ---------------------------------------------------------- one connection */

/* `error` -1: as ordered; 0: its reply was cut short. */
static void end(struct load *load, struct connection *connection, int error)
{
	close(connection->fd);
	connection->fd = -1;
	load->idle[load->idle_count++] = (uint32_t)(connection - load->connections);
	load->news.open--;
	load->scarce = false;
	if (error < 0)
		load->news.done++;
	else
		child_load_failed(&load->news, error);
}

static int watch(struct load *load, struct connection *connection, int how, uint32_t events)
{
	struct epoll_event event = {.events = events,
		.data.u32 = (uint32_t)(connection - load->connections)};

	return epoll_ctl(load->epoll, how, connection->fd, &event);
}

/* Over one link the handshake is mostly over when connect() returns. */
static void ask(struct load *load, struct connection *connection, int how)
{
	size_t length;
	const char *text = child_pattern(&length);

	if (send(connection->fd, text, LOAD_REQUEST, MSG_NOSIGNAL) < 0) {
		if (errno != EAGAIN)
			end(load, connection, errno);
		else if (how == EPOLL_CTL_ADD && watch(load, connection, how, EPOLLOUT) < 0)
			end(load, connection, errno);
		return;
	}
	connection->waiting = true;
	if (watch(load, connection, how, EPOLLIN) < 0)
		end(load, connection, errno);
}

static void receive(struct load *load, struct connection *connection)
{
	static char nowhere[65536];

	for (;;) {
		ssize_t got = recv(connection->fd, nowhere, sizeof nowhere, 0);

		if (got < 0 && errno == EAGAIN)
			return;
		if (got < 0) {
			end(load, connection, errno);
			return;
		}
		connection->got += (uint32_t)got;
		if (connection->got < load->order.bytes ? got == 0
			    : got == 0 || !load->order.server_closes) {
			end(load, connection, connection->got < load->order.bytes ? 0 : -1);
			return;
		}
	}
}

static int open_one(struct load *load, int *fd)
{
	*fd = new_socket(load);
	if (*fd < 0)
		return -1;
	return load->order.named ? connect_named(load, fd) : connect_to(load, *fd);
}

static void begin(struct load *load)
{
	struct connection *connection;
	int fd, error;

	load->begun++;
	if (open_one(load, &fd) < 0) {
		error = errno;
		fd_close(&fd);
		load->scarce = true;
		child_load_failed(&load->news, error);
		return;
	}
	connection = &load->connections[load->idle[--load->idle_count]];
	*connection = (struct connection){.fd = fd};
	load->news.open++;
	ask(load, connection, EPOLL_CTL_ADD);
}

/* ------------------------------------------------------------------ rounds */

static bool begin_some(struct load *load)
{
	int left = BEGIN_MOST;

	while (left > 0 && !load->ending && load->begun < load->order.count && load->idle_count > 0 &&
		!(load->scarce && load->news.open > 0)) {
		begin(load);
		left--;
	}
	return left < BEGIN_MOST;
}

static void finish(struct load *load)
{
	struct child *child = load->child;

	child_load_batch(false);
	tell(load, REPLY_LOAD_END);
	event_free(load->ready);
	event_free(load->more);
	event_free(load->tick);
	close(load->epoll);
	free(load->connections);
	free(load->idle);
	free(load);
	child->load = NULL;
}

static int look(struct load *load)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(load->epoll, events, EVENTS, 0);

	for (int i = 0; i < count; i++) {
		struct connection *connection = &load->connections[events[i].data.u32];

		if (connection->waiting)
			receive(load, connection);
		else
			ask(load, connection, EPOLL_CTL_MOD);
	}
	return count;
}

/* By a timer, for that lets libevent look at the channel first. */
static void again(struct load *load)
{
	struct timeval now = {0};

	event_add(load->more, &now);
}

static void on_ready(evutil_socket_t fd, short what, void *arg)
{
	struct load *load = arg;
	int64_t until = clock_monotonic() + ROUND;
	bool busy;

	(void)fd;
	(void)what;
	do {
		busy = look(load) > 0;
		busy |= begin_some(load);
	} while (busy && clock_monotonic() < until);
	if (load->news.open == 0 && (load->ending || load->begun == load->order.count))
		finish(load);
	else if (busy)
		again(load);
}

/* ------------------------------------------------------------- from outside */

static struct load *load_new(struct child *child)
{
	const struct request *request = &child->request;
	struct load *load = alloc_new(struct load);

	load->child = child;
	load->id = request->id;
	memcpy(&load->order, request->data, sizeof load->order);
	load->to_size = child_to_sockaddr(&request->to, &load->to);
	load->options = request->options;
	load->low = request->range_low;
	load->high = request->range_high;
	load->port = load->order.first_port;
	load->connections = alloc_zeroed(load->order.concurrency, sizeof *load->connections);
	load->idle = alloc_zeroed(load->order.concurrency, sizeof *load->idle);
	/* the first one is on top */
	for (uint32_t i = load->order.concurrency; i-- > 0; )
		load->idle[load->idle_count++] = i;
	for (uint32_t i = 0; i < load->order.concurrency; i++)
		load->connections[i].fd = -1;
	load->epoll = epoll_create1(EPOLL_CLOEXEC);
	load->began = clock_monotonic();
	return load;
}

void child_load(struct child *child)
{
	struct load *load = load_new(child);
	struct timeval every = clock_timeval(TELL_EVERY);

	child->load = load;
	child_load_batch(true);
	load->ready = event_new(child->base, load->epoll, EV_READ | EV_PERSIST, on_ready, load);
	load->more = evtimer_new(child->base, on_ready, load);
	load->tick = event_new(child->base, -1, EV_PERSIST, on_tick, load);
	if (load->epoll < 0) {
		child_load_failed(&load->news, errno);
		finish(load);
		return;
	}
	event_add(load->ready, NULL);
	event_add(load->tick, &every);
	again(load);
}

void child_load_end(struct child *child)
{
	struct load *load = child->load;

	if (!load)
		return;
	load->ending = true;
	for (uint32_t i = 0; i < load->order.concurrency; i++)
		if (load->connections[i].fd >= 0)
			close(load->connections[i].fd);
	/* news.open stays: so many were cut off */
	finish(load);
}
