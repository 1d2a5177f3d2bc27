/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child_serve.c - a load within the server's process: while it lasts the
 * listener's connections are served here, without a word for each.
 *
 *	a request comes -> its reply goes -> close, or the peer's FIN and close
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "alloc.h"
#include "child.h"
#include "clock.h"

#define ACCEPT_MOST 64 /* before those that are open are looked at */
#define ROUND	    (2 * NS_PER_MS)
#define EVENTS	    256

struct served {
	bool open;
	uint32_t watched; /* events; 0: epoll does not know it */
	uint32_t got;	  /* bytes of the request */
	uint32_t sent;	  /* bytes of the reply */
};

struct serve {
	struct child *child;
	uint32_t id;
	struct load_order order;
	struct served *served; /* by descriptor */
	int room;
	int epoll;
	struct event *ready, *late;
	struct peer_socket *waits; /* the listener, while no descriptor is left */
	bool ending;
	int64_t began;
	struct load_news news;
};

/* ---------------------------------------------------------- one connection */

static void accept_again(struct serve *serve)
{
	if (serve->waits)
		event_add(serve->waits->readable, NULL);
	serve->waits = NULL;
}

/* `error` -1: as ordered. */
static void end(struct serve *serve, int fd, int error)
{
	close(fd);
	accept_again(serve);
	serve->served[fd].open = false;
	serve->news.open--;
	if (error < 0)
		serve->news.done++;
	else
		child_load_failed(&serve->news, error);
}

static void watch(struct serve *serve, int fd, uint32_t events)
{
	struct served *served = &serve->served[fd];
	struct epoll_event event = {.events = events, .data.fd = fd};

	if (served->watched == events)
		return;
	if (epoll_ctl(serve->epoll, served->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event) < 0) {
		end(serve, fd, errno);
		return;
	}
	served->watched = events;
}

/* The reply; when it is out the server closes, or waits for the client to. */
static void reply(struct serve *serve, int fd)
{
	struct served *served = &serve->served[fd];
	size_t length, left;
	const char *text = child_pattern(&length);

	while (served->sent < serve->order.bytes) {
		ssize_t put;

		left = serve->order.bytes - served->sent;
		put = send(fd, text, left < length ? left : length, MSG_NOSIGNAL);
		if (put < 0 && errno == EAGAIN)
			watch(serve, fd, EPOLLOUT);
		else if (put < 0)
			end(serve, fd, errno);
		if (put < 0)
			return;
		served->sent += (uint32_t)put;
	}
	if (serve->order.server_closes)
		end(serve, fd, -1);
	else
		watch(serve, fd, EPOLLIN);
}

static void go_on(struct serve *serve, int fd)
{
	struct served *served = &serve->served[fd];
	char text[LOAD_REQUEST];
	ssize_t got;

	if (served->got == LOAD_REQUEST && served->sent < serve->order.bytes) {
		reply(serve, fd);
		return;
	}
	got = recv(fd, text, served->got < LOAD_REQUEST ? LOAD_REQUEST - served->got : sizeof text, 0);
	if (got < 0 && errno == EAGAIN) {
		watch(serve, fd, EPOLLIN);
		return;
	}
	if (got <= 0) {
		end(serve, fd, got < 0 ? errno : served->got < LOAD_REQUEST ? 0 : -1);
		return;
	}
	if (served->got == LOAD_REQUEST)
		return; /* more than a request: not for us */
	served->got += (uint32_t)got;
	if (served->got == LOAD_REQUEST)
		reply(serve, fd);
	else
		watch(serve, fd, EPOLLIN);
}

/* ------------------------------------------------------------------ rounds */

static void finish(struct serve *serve)
{
	struct child *child = serve->child;

	accept_again(serve);
	child_load_batch(false);
	serve->news.took = clock_monotonic() - serve->began;
	child_load_tell(child, serve->id, REPLY_LOAD_END, &serve->news);
	event_free(serve->ready);
	event_free(serve->late);
	fd_close(&serve->epoll);
	free(serve->served);
	free(serve);
	child->serve = NULL;
}

static void make_room(struct serve *serve, int fd)
{
	int room = serve->room;

	if (fd < room)
		return;
	serve->room = fd * 2;
	serve->served = alloc_resize(serve->served, (size_t)serve->room, sizeof *serve->served);
	memset(serve->served + room, 0, (size_t)(serve->room - room) * sizeof *serve->served);
}

static void cannot_accept(struct serve *serve, struct peer_socket *listener)
{
	if (errno != EMFILE && errno != ENFILE)
		return;
	child_load_failed(&serve->news, errno);
	serve->waits = listener;
	event_del(listener->readable);
}

void child_serve_accept(struct peer_socket *listener)
{
	struct serve *serve = listener->child->serve;

	for (int i = 0; i < ACCEPT_MOST; i++) {
		int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0) {
			cannot_accept(serve, listener);
			return;
		}
		make_room(serve, fd);
		serve->served[fd] = (struct served){.open = true};
		serve->news.open++;
		go_on(serve, fd);
	}
}

static void on_ready(evutil_socket_t fd, short what, void *arg)
{
	struct serve *serve = arg;
	struct epoll_event events[EVENTS];
	int64_t until = clock_monotonic() + ROUND;
	int count;

	(void)fd;
	(void)what;
	do {
		count = epoll_wait(serve->epoll, events, EVENTS, 0);
		for (int i = 0; i < count; i++)
			go_on(serve, events[i].data.fd);
	} while (count > 0 && clock_monotonic() < until);
	if (serve->ending && serve->news.open == 0)
		finish(serve);
}

/* What is still open now is closed as it is. */
static void on_late(evutil_socket_t fd, short what, void *arg)
{
	struct serve *serve = arg;

	(void)fd;
	(void)what;
	for (int i = 0; i < serve->room; i++)
		if (serve->served[i].open)
			close(i);
	finish(serve);
}

/* ------------------------------------------------------------- from outside */

void child_serve(struct child *child)
{
	struct serve *serve = alloc_new(struct serve);

	serve->child = child;
	serve->id = child->request.id;
	memcpy(&serve->order, child->request.data, sizeof serve->order);
	serve->epoll = epoll_create1(EPOLL_CLOEXEC);
	serve->room = 64;
	serve->served = alloc_zeroed((size_t)serve->room, sizeof *serve->served);
	serve->ready = event_new(child->base, serve->epoll, EV_READ | EV_PERSIST, on_ready, serve);
	serve->late = evtimer_new(child->base, on_late, serve);
	serve->began = clock_monotonic();
	child->serve = serve;
	child_load_batch(true);
	if (serve->epoll < 0) {
		child_load_failed(&serve->news, errno);
		finish(serve);
		return;
	}
	event_add(serve->ready, NULL);
	child_load_tell(child, serve->id, REPLY_LOAD, &serve->news);
}

void child_serve_end(struct child *child)
{
	struct serve *serve = child->serve;
	struct timeval wait = clock_timeval((int64_t)child->request.size);

	if (!serve)
		return;
	serve->ending = true;
	if (serve->news.open == 0)
		finish(serve);
	else
		event_add(serve->late, &wait);
}
