/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child_data.c - an endpoint's send() of any size, and recv().
 */
#include <errno.h>
#include <string.h>

#include "child.h"

static char pattern[65536];

/* Lines of text, each of 64 bytes with its newline. */
static void make_pattern(void)
{
	static const char line[] = "netlab sends so many bytes of text where only the amount counts\n";

	for (size_t at = 0; at < sizeof pattern; at += sizeof line - 1)
		memcpy(pattern + at, line, sizeof line - 1);
}

const char *child_pattern(size_t *length)
{
	if (!pattern[0])
		make_pattern();
	*length = sizeof pattern;
	return pattern;
}

/* Send what is still to be sent, as far as it goes. */
void child_send_more(struct peer_socket *socket)
{
	struct reply reply;
	ssize_t put = 0;

	while (socket->to_send > 0) {
		size_t chunk = socket->to_send < sizeof pattern ? socket->to_send : sizeof pattern;

		put = send(socket->fd, pattern, chunk, MSG_NOSIGNAL);
		if (put < 0)
			break;
		socket->to_send -= (uint64_t)put;
		socket->sent += (uint64_t)put;
	}
	if (put < 0 && errno == EAGAIN) {
		event_add(socket->writable, NULL);
		return;
	}
	reply_begin(&reply, socket->sending, "send", socket->number);
	reply.began = socket->began;
	reply_result(&reply, put < 0 ? -1 : (int64_t)socket->sent);
	socket->sending = 0;
	event_del(socket->writable);
	reply_send(socket->child, &reply);
}

void child_send_size(struct peer_socket *socket, struct reply *reply)
{
	const struct request *request = &socket->child->request;
	size_t length;

	if (socket->sending) {
		errno = EALREADY;
		reply_result(reply, -1);
		reply_send(socket->child, reply);
		return;
	}
	child_pattern(&length);
	socket->to_send = request->size;
	socket->sent = 0;
	socket->sending = request->id;
	socket->began = reply->began;
	child_send_more(socket);
	if (!socket->sending)
		return;
	reply->kind = REPLY_PENDING;
	reply->result = (int64_t)socket->sent;
	reply_send(socket->child, reply);
}

void child_recv(struct peer_socket *socket, struct reply *reply)
{
	uint64_t most = socket->child->request.size;

	if (most == 0 || most > CHANNEL_DATA)
		most = CHANNEL_DATA;
	if (!reply_result(reply, recv(socket->fd, reply->data, most, MSG_DONTWAIT)))
		reply->length = (uint32_t)reply->result;
	reply_send(socket->child, reply);
}
