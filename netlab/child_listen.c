/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child_listen.c - an endpoint's listen(), and accept(), which it makes by itself.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

#include "alloc.h"
#include "child.h"

void child_accept_all(struct peer_socket *listener)
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

void child_listen(struct child *child)
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
