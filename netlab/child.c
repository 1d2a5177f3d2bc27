/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child.c - an endpoint's process: it owns sockets in its node and makes the
 * calls that it is asked for, on the kernel's own TCP. It accepts by itself
 * and reads only when told, unless it echoes.
 */
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "channel.h"
#include "child.h"
#include "clock.h"

/* ---------------------------------------------------------------- replies */

void child_from_sockaddr(const struct sockaddr_storage *from, struct address *to)
{
	const struct sockaddr_in *in4 = (const void *)from;
	const struct sockaddr_in6 *in6 = (const void *)from;

	memset(to, 0, sizeof *to);
	to->family = (uint8_t)from->ss_family;
	if (from->ss_family == AF_INET6) {
		memcpy(to->bytes, &in6->sin6_addr, 16);
		to->port = ntohs(in6->sin6_port);
		address_unmap(to);
	} else {
		memcpy(to->bytes, &in4->sin_addr, 4);
		to->port = ntohs(in4->sin_port);
	}
}

socklen_t child_to_sockaddr(const struct address *from, struct sockaddr_storage *to)
{
	struct sockaddr_in *in4 = (void *)to;
	struct sockaddr_in6 *in6 = (void *)to;

	memset(to, 0, sizeof *to);
	to->ss_family = from->family;
	if (from->family == AF_INET6) {
		memcpy(&in6->sin6_addr, from->bytes, 16);
		in6->sin6_port = htons(from->port);
		return sizeof *in6;
	}
	memcpy(&in4->sin_addr, from->bytes, 4);
	in4->sin_port = htons(from->port);
	return sizeof *in4;
}

void reply_begin(struct reply *reply, uint32_t id, const char *call, uint32_t number)
{
	memset(reply, 0, offsetof(struct reply, data));
	reply->id = id;
	reply->kind = id ? REPLY_RESULT : REPLY_CALL;
	reply->number = number;
	reply->began = clock_monotonic();
	snprintf(reply->call, sizeof reply->call, "%s", call);
}

void reply_send(struct child *child, const struct reply *reply)
{
	if (send(child->channel, reply, REPLY_SIZE(reply), MSG_NOSIGNAL) < 0)
		_exit(0); /* netlab is gone */
}

/* Note what a call returned; true when it failed. */
bool reply_result(struct reply *reply, int64_t result)
{
	reply->result = result;
	reply->error = result < 0 ? errno : 0;
	return result < 0;
}

void reply_opened(struct reply *reply, int fd)
{
	struct sockaddr_storage name;
	socklen_t size = sizeof reply->cookie;

	reply->opened = 1;
	getsockopt(fd, SOL_SOCKET, SO_COOKIE, &reply->cookie, &size);
	size = sizeof name;
	if (getsockname(fd, (struct sockaddr *)&name, &size) == 0)
		child_from_sockaddr(&name, &reply->local);
	size = sizeof name;
	if (getpeername(fd, (struct sockaddr *)&name, &size) == 0)
		child_from_sockaddr(&name, &reply->peer);
	child_note_linger(fd, reply);
}

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

/* ---------------------------------------------------------------- listen */

static void accept_all(struct peer_socket *listener)
{
	struct child *child = listener->child;

	for (;;) {
		struct peer_socket *socket;
		struct reply reply;
		int fd;

		reply_begin(&reply, 0, "accept", child->next_number);
		fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0 && (errno == EAGAIN || errno == ECONNABORTED))
			return;
		if (reply_result(&reply, fd)) {
			reply_send(child, &reply);
			return;
		}
		socket = child_socket_add(child, fd, child->next_number++);
		socket->echo = listener->echo;
		if (socket->echo)
			event_add(socket->readable, NULL);
		reply_opened(&reply, fd);
		reply_send(child, &reply);
	}
}

static void do_listen(struct child *child)
{
	const struct request *request = &child->request;
	struct sockaddr_storage name;
	socklen_t size = child_to_sockaddr(&request->to, &name);
	struct peer_socket *listener;
	struct reply reply;
	int fd;

	reply_begin(&reply, request->id, "socket", 0);
	fd = socket(request->to.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (reply_result(&reply, fd))
		goto out;
	if (!child_set_up(child, fd, &reply))
		goto out;
	snprintf(reply.call, sizeof reply.call, "bind");
	if (reply_result(&reply, bind(fd, (struct sockaddr *)&name, size)))
		goto out;
	snprintf(reply.call, sizeof reply.call, "listen");
	if (reply_result(&reply, listen(fd, request->size ? (int)request->size : SOMAXCONN)))
		goto out;
	listener = child_socket_add(child, fd, 0);
	listener->listener = true;
	listener->echo = request->flag;
	event_add(listener->readable, NULL);
	reply_opened(&reply, fd);
	fd = -1;
out:
	fd_close(&fd);
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
		accept_all(socket);
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
			accept_all(socket);
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
		do_listen(child);
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

	child.base = event_base_new();
	requests = child.base ? event_new(child.base, channel, EV_READ | EV_PERSIST, on_request, &child)
			      : NULL;
	if (!requests || event_add(requests, NULL) < 0)
		_exit(1);
	event_base_dispatch(child.base);
	_exit(1);
}
