/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child_connect.c - an endpoint's connect(), from a port of the lab's choosing.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "child.h"
#include "clock.h"

#ifndef IP_LOCAL_PORT_RANGE
#define IP_LOCAL_PORT_RANGE 51 /* include/uapi/linux/in.h, since Linux 6.3 */
#endif

void child_connect_done(struct peer_socket *socket, struct reply *reply)
{
	struct child *child = socket->child;
	int error = 0, fd = socket->fd;
	socklen_t size = sizeof error;

	getsockopt(socket->fd, SOL_SOCKET, SO_ERROR, &error, &size);
	socket->connecting = 0;
	event_del(socket->writable);
	reply->kind = REPLY_RESULT;
	reply->result = error ? -1 : 0;
	reply->error = error;
	reply->began = socket->began;
	if (error) { /* as a program would: nothing else can be done with it */
		reply->closed = 1;
		child_socket_remove(socket);
		close(fd);
	}
	reply_send(child, reply);
}

/* Where the kernel looks for an ephemeral port is narrowed to a range: that of
 * the socket itself, or where the kernel has none the namespace's, until the
 * calls are made. */
struct narrowed {
	int file; /* ip_local_port_range, or -1 */
	char old[32];
	ssize_t length;
};

static void range_narrow(int fd, unsigned port, struct narrowed *narrowed)
{
	uint32_t range = port << 16 | port;
	char text[32];

	narrowed->file = -1;
	if (!range || setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range, sizeof range) == 0)
		return;
	narrowed->file = open("/proc/sys/net/ipv4/ip_local_port_range", O_RDWR | O_CLOEXEC);
	narrowed->length = narrowed->file < 0 ? -1
					      : read(narrowed->file, narrowed->old, sizeof narrowed->old);
	snprintf(text, sizeof text, "%u %u", port, port);
	if (narrowed->length <= 0 || pwrite(narrowed->file, text, strlen(text), 0) < 0)
		fd_close(&narrowed->file);
}

static void range_widen(struct narrowed *narrowed)
{
	if (narrowed->file >= 0 &&
		pwrite(narrowed->file, narrowed->old, (size_t)narrowed->length, 0) < 0)
		_exit(1); /* the node would stay without ports */
	fd_close(&narrowed->file);
}

/* Not asked for by hand, a named port comes with SO_REUSEADDR, as programs do
 * that insist on one: else bind() itself would fail. */
static int bind_from(int fd, const struct request *request)
{
	struct sockaddr_storage name;
	socklen_t size = child_to_sockaddr(&request->from, &name);
	size_t reuseaddr = (size_t)(option_find("reuseaddr") - option_table);
	int on = 1;

	if (request->from.port && !socket_options_have(&request->options, reuseaddr))
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	return bind(fd, (struct sockaddr *)&name, size);
}

/* bind() if it is asked for, and connect(). The reply names the call that
 * failed. */
static bool bind_and_connect(int fd, const struct request *request, struct reply *reply)
{
	struct sockaddr_storage to;
	socklen_t size = child_to_sockaddr(&request->to, &to);

	snprintf(reply->call, sizeof reply->call, "bind");
	if (request->from.family && reply_result(reply, bind_from(fd, request)))
		return false;
	snprintf(reply->call, sizeof reply->call, "connect");
	reply_opened(reply, fd); /* the cookie is made before TIME-WAIT could need it */
	reply->began = clock_monotonic();
	if (connect(fd, (struct sockaddr *)&to, size) == 0 || errno == EINPROGRESS)
		return true;
	reply->opened = 0;
	reply_result(reply, -1);
	return false;
}

/* Is there no port, rather than no such address? */
static bool found_no_port(const struct reply *reply)
{
	bool bound = strcmp(reply->call, "bind") != 0;

	return reply->error == (bound ? EADDRNOTAVAIL : EADDRINUSE);
}

/* From the first port of the range that is free for it, or from one that the
 * kernel chooses where there is no range. */
static bool connect_in_range(int fd, const struct request *request, struct reply *reply)
{
	struct narrowed narrowed;
	bool ok;

	for (unsigned port = request->range_low;; port++) {
		range_narrow(fd, port, &narrowed);
		ok = bind_and_connect(fd, request, reply);
		range_widen(&narrowed);
		if (ok || port >= request->range_high || !found_no_port(reply))
			return ok;
	}
}

void child_connect(struct child *child)
{
	const struct request *request = &child->request;
	struct peer_socket *socket_;
	struct reply reply;
	struct pollfd ready = {.events = POLLOUT};
	int fd;

	reply_begin(&reply, request->id, "socket", child->next_number);
	fd = socket(request->to.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (reply_result(&reply, fd) || !child_set_up(child, fd, &reply))
		goto failed;
	if (!connect_in_range(fd, request, &reply))
		goto failed;
	socket_ = child_socket_add(child, fd, child->next_number++);
	socket_->began = reply.began;
	socket_->connecting = request->id;
	reply_opened(&reply, fd);
	reply.peer = request->to;
	ready.fd = fd;
	if (poll(&ready, 1, 0) > 0) {
		child_connect_done(socket_, &reply);
		return;
	}
	reply.kind = REPLY_PENDING;
	reply.result = 0; /* it was the descriptor */
	event_add(socket_->writable, NULL);
	reply_send(child, &reply);
	return;
failed:
	fd_close(&fd);
	reply_send(child, &reply);
}
