/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child.c - an endpoint's process: it owns sockets in its node and makes the
 * calls that it is asked for, on the kernel's own TCP. It accepts by itself
 * and reads only when told, unless it echoes.
 */
#include <errno.h>
#include <event2/event.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "channel.h"
#include "child.h"
#include "clock.h"
#include "netlab.h"

/* ---------------------------------------------------------------- sockets */

static void on_readable(evutil_socket_t fd, short what, void *arg);
static void on_writable(evutil_socket_t fd, short what, void *arg);

struct peer_socket *child_socket_add(struct child *child, int fd, uint32_t number)
{
	struct peer_socket *socket = alloc_new(struct peer_socket);

	socket->child = child;
	socket->fd = fd;
	socket->number = number;
	socket->readable = event_new(child->base, fd, EV_READ | EV_PERSIST, on_readable, socket);
	socket->writable = event_new(child->base, fd, EV_WRITE | EV_PERSIST, on_writable, socket);
	socket->next = child->sockets;
	child->sockets = socket;
	return socket;
}

static struct peer_socket *socket_get(struct child *child, uint32_t number)
{
	struct peer_socket *socket = child->sockets;

	while (socket && socket->number != number)
		socket = socket->next;
	return socket;
}

void child_socket_remove(struct peer_socket *socket)
{
	struct peer_socket **link = &socket->child->sockets;

	while (*link != socket)
		link = &(*link)->next;
	*link = socket->next;
	event_free(socket->readable);
	event_free(socket->writable);
	free(socket);
}

/* close() and tell; `id` 0: by itself. */
static void socket_end(struct peer_socket *socket, uint32_t id, const char *call)
{
	struct child *child = socket->child;
	struct reply reply;
	int fd = socket->fd;

	reply_begin(&reply, id, call, socket->number);
	child_socket_remove(socket);
	if (child_lingers(fd) > 0) {
		child_close_lingering(child, fd, &reply);
		return;
	}
	reply_result(&reply, close(fd));
	reply.closed = 1;
	reply_send(child, &reply);
}

/* --------------------------------------------------- calls on a socket */

static void do_abort(struct peer_socket *socket)
{
	struct linger none = {.l_onoff = 1, .l_linger = 0};

	setsockopt(socket->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
	socket_end(socket, socket->child->request.id, "close");
}

static const char *const call_names[] = {
	[OP_LISTEN] = "listen", [OP_CONNECT] = "connect", [OP_SEND] = "send",
	[OP_SEND_SIZE] = "send", [OP_RECV] = "recv", [OP_SHUTDOWN] = "shutdown",
	[OP_CLOSE] = "close", [OP_ABORT] = "close", [OP_SYNC] = "sync",
	[OP_SERVE] = "serve", [OP_SERVE_END] = "serve", [OP_LOAD] = "load", [OP_LOAD_END] = "load",
	[OP_SET_OPTIONS] = "setsockopt", [OP_GET_OPTIONS] = "getsockopt",
};

/* A call on a socket that is there. */
static void do_on_socket(struct peer_socket *socket)
{
	const struct request *request = &socket->child->request;
	struct reply reply;

	reply_begin(&reply, request->id, call_names[request->op], socket->number);
	switch (request->op) {
	case OP_SEND:
		reply_result(&reply, send(socket->fd, request->data, request->length, MSG_NOSIGNAL));
		reply_send(socket->child, &reply);
		return;
	case OP_SEND_SIZE:
		child_send_size(socket, &reply);
		return;
	case OP_RECV:
		child_recv(socket, &reply);
		return;
	case OP_SHUTDOWN:
		reply_result(&reply, shutdown(socket->fd, (int)request->how));
		reply_send(socket->child, &reply);
		return;
	case OP_ABORT:
		do_abort(socket);
		return;
	case OP_GET_OPTIONS:
		child_get_options(socket, &reply);
		return;
	default:
		socket_end(socket, request->id, "close");
	}
}

/* ------------------------------------------------------------------- echo */

static void echo(struct peer_socket *socket)
{
	struct reply reply;

	reply_begin(&reply, 0, "recv", socket->number);
	if (reply_result(&reply, recv(socket->fd, reply.data, sizeof reply.data, MSG_DONTWAIT)) &&
		errno == EAGAIN)
		return;
	reply.length = reply.result > 0 ? (uint32_t)reply.result : 0;
	reply_send(socket->child, &reply);
	if (reply.result <= 0) {
		socket_end(socket, 0, "close");
		return;
	}
	snprintf(reply.call, sizeof reply.call, "send");
	reply.began = clock_monotonic();
	reply_result(&reply, send(socket->fd, reply.data, reply.length, MSG_NOSIGNAL));
	reply.length = 0;
	reply_send(socket->child, &reply);
}

/* ------------------------------------------------------------------- loop */

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct peer_socket *socket = arg;

	(void)fd;
	(void)what;
	if (socket->listener && socket->child->serve)
		child_serve_accept(socket);
	else if (socket->listener)
		child_accept_all(socket);
	else if (socket->echo)
		echo(socket);
}

static void on_writable(evutil_socket_t fd, short what, void *arg)
{
	struct peer_socket *socket = arg;
	struct reply reply;

	(void)fd;
	(void)what;
	if (socket->connecting) {
		reply_begin(&reply, socket->connecting, "connect", socket->number);
		reply_opened(&reply, socket->fd);
		child_connect_done(socket, &reply);
	} else if (socket->sending) {
		child_send_more(socket);
	}
}

static bool ready_now(const struct peer_socket *socket, short events)
{
	struct pollfd one = {.fd = socket->fd, .events = events};

	return poll(&one, 1, 0) > 0;
}

/* Do what libevent would do soon, and say when it is done. */
static void do_sync(struct child *child)
{
	struct peer_socket *socket, *next;
	struct reply reply;
	uint32_t id = child->request.id;

	for (socket = child->sockets; socket; socket = socket->next)
		if (socket->listener && !child->serve)
			child_accept_all(socket);
	child_linger_sync(child);
	for (socket = child->sockets; socket; socket = next) {
		next = socket->next;
		if ((socket->connecting || socket->sending) && ready_now(socket, POLLOUT))
			on_writable(socket->fd, EV_WRITE, socket);
		else if (socket->echo && !socket->listener && ready_now(socket, POLLIN))
			echo(socket);
	}
	reply_begin(&reply, id, "sync", 0);
	reply.kind = REPLY_SYNCED;
	reply_send(child, &reply);
}

static void on_request(evutil_socket_t fd, short what, void *arg)
{
	struct child *child = arg;
	struct peer_socket *socket;
	struct reply reply;
	ssize_t got = recv(fd, &child->request, sizeof child->request, 0);

	(void)what;
	if (got <= 0)
		_exit(0); /* netlab is gone, or wants no more */
	switch (child->request.op) {
	case OP_LISTEN:
		child_listen(child);
		return;
	case OP_CONNECT:
		child_connect(child);
		return;
	case OP_SET_OPTIONS:
		child_set_options(child);
		return;
	case OP_SYNC:
		do_sync(child);
		return;
	case OP_SERVE:
		child_serve(child);
		return;
	case OP_SERVE_END:
		child_serve_end(child);
		return;
	case OP_LOAD:
		child_load(child);
		return;
	case OP_LOAD_END:
		child_load_end(child);
		return;
	default:
		break;
	}
	socket = socket_get(child, child->request.number);
	if (socket) {
		do_on_socket(socket);
		return;
	}
	errno = EBADF;
	reply_begin(&reply, child->request.id, call_names[child->request.op], child->request.number);
	reply_result(&reply, -1);
	reply_send(child, &reply);
}

_Noreturn void child_run(int channel, uint32_t first_number)
{
	struct child child = {.channel = channel, .next_number = first_number};
	struct event *requests;

	child.base = loop_new();
	requests = child.base ? event_new(child.base, channel, EV_READ | EV_PERSIST, on_request, &child)
			      : NULL;
	if (!requests || event_add(requests, NULL) < 0)
		_exit(1);
	event_base_dispatch(child.base);
	_exit(1);
}
