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

/* The kernel's choice of an ephemeral port, narrowed to one: by the socket's own
 * range, or where the kernel has none by the namespace's, for the time of the
 * call. */
static int connect_from_port(int fd, const struct sockaddr_storage *to, socklen_t size,
	uint16_t port)
{
	static const char sysctl[] = "/proc/sys/net/ipv4/ip_local_port_range";
	uint32_t range = (uint32_t)port << 16 | port;
	autoclose int file = -1;
	char old[32], narrow[32];
	ssize_t length;
	int result, error;

	if (setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range, sizeof range) == 0)
		return connect(fd, (const struct sockaddr *)to, size);
	file = open(sysctl, O_RDWR | O_CLOEXEC);
	length = file < 0 ? -1 : read(file, old, sizeof old);
	if (length <= 0)
		return connect(fd, (const struct sockaddr *)to, size);
	snprintf(narrow, sizeof narrow, "%u %u", port, port);
	result = (int)pwrite(file, narrow, strlen(narrow), 0);
	result = connect(fd, (const struct sockaddr *)to, size);
	error = errno;
	if (pwrite(file, old, (size_t)length, 0) < 0)
		_exit(1); /* the node would stay without ports */
	errno = error;
	return result;
}

/* From the first port of the range that is not in use towards that address, or
 * from one that the kernel chooses where there is no range. */
static int connect_in_range(int fd, const struct sockaddr_storage *to, socklen_t size,
	const struct request *request)
{
	int result = -1;

	if (!request->range_high)
		return connect(fd, (const struct sockaddr *)to, size);
	for (unsigned port = request->range_low; port <= request->range_high; port++) {
		result = connect_from_port(fd, to, size, (uint16_t)port);
		if (result == 0 || errno != EADDRNOTAVAIL)
			break;
	}
	return result;
}

static int bind_from(int fd, const struct request *request)
{
	struct sockaddr_storage name;
	struct address from = {.family = request->to.family, .port = request->from_port};
	socklen_t size = child_to_sockaddr(&from, &name);
	int on = 1;

	/* as programs do that insist on a port: else bind() itself fails */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	return bind(fd, (struct sockaddr *)&name, size);
}

void child_connect(struct child *child)
{
	const struct request *request = &child->request;
	struct sockaddr_storage to;
	socklen_t size = child_to_sockaddr(&request->to, &to);
	struct peer_socket *socket_;
	struct reply reply;
	struct pollfd ready = {.events = POLLOUT};
	int fd;

	reply_begin(&reply, request->id, "socket", child->next_number);
	fd = socket(request->to.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (reply_result(&reply, fd))
		goto failed;
	snprintf(reply.call, sizeof reply.call, "bind");
	if (request->from_port && reply_result(&reply, bind_from(fd, request)))
		goto failed;
	snprintf(reply.call, sizeof reply.call, "connect");
	reply_opened(&reply, fd); /* the cookie is made before TIME-WAIT could need it */
	reply.began = clock_monotonic();
	if (connect_in_range(fd, &to, size, request) < 0 && errno != EINPROGRESS) {
		reply.opened = 0;
		reply_result(&reply, -1);
		goto failed;
	}
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
