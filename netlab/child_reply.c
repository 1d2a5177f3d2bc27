/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child_reply.c - what an endpoint's process answers: what a call returned, and
 * what the kernel says of a new socket.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "clock.h"

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
