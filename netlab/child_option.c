/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child_option.c - an endpoint's setsockopt() and getsockopt(). What is told is
 * what the kernel says afterwards, not what was asked for.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "child.h"
#include "clock.h"

static int set(int fd, const struct option_entry *row, int32_t value)
{
	struct linger linger = {.l_onoff = value >= 0, .l_linger = value < 0 ? 0 : value};

	if (row->grammar == OPTION_LINGER)
		return setsockopt(fd, row->level, row->number, &linger, sizeof linger);
	return setsockopt(fd, row->level, row->number, &value, sizeof value);
}

static int get(int fd, const struct option_entry *row, int32_t *value)
{
	struct linger linger = {0};
	socklen_t size = sizeof *value, linger_size = sizeof linger;

	*value = 0;
	if (row->grammar != OPTION_LINGER)
		return getsockopt(fd, row->level, row->number, value, &size);
	if (getsockopt(fd, row->level, row->number, &linger, &linger_size) < 0)
		return -1;
	*value = linger.l_onoff ? linger.l_linger : -1;
	return 0;
}

/* More text as the reply's data. */
static void say(struct reply *reply, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void say(struct reply *reply, const char *format, ...)
{
	size_t room = CHANNEL_DATA - reply->length;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(reply->data + reply->length, room, format, args);
	va_end(args);
	if (length > 0 && (size_t)length < room)
		reply->length += (uint32_t)length;
}

static void say_now(struct reply *reply, int fd, const struct option_entry *row)
{
	char text[OPTION_TEXT];
	int32_t value;

	say(reply, "%s%s = %s", reply->length ? ", " : "", row->real,
		get(fd, row, &value) < 0 ? "?" : option_print(row, value, text));
}

/* The call that failed is the reply's, with the option's name. */
static bool failed(struct reply *reply, const char *option)
{
	reply_result(reply, -1);
	snprintf(reply->call, sizeof reply->call, "setsockopt");
	reply->length = 0;
	say(reply, "%s", option);
	return false;
}

static bool set_all(int fd, const struct socket_options *options, struct reply *reply)
{
	for (size_t i = 0; i < SOCKET_OPTIONS; i++) {
		if (!socket_options_have(options, i))
			continue;
		if (set(fd, &option_table[i], options->value[i]) < 0)
			return failed(reply, option_table[i].real);
		say_now(reply, fd, &option_table[i]);
	}
	return true;
}

int child_set_quietly(int fd, const struct socket_options *options)
{
	for (size_t i = 0; i < SOCKET_OPTIONS; i++)
		if (socket_options_have(options, i) && set(fd, &option_table[i], options->value[i]) < 0)
			return -1;
	return 0;
}

/* The number that its SYN will have. In repair mode alone can it be set, and
 * leaving that mode sets SO_REUSEADDR back: so it comes before all else. */
static bool set_isn(int fd, uint32_t isn, struct reply *reply)
{
	const struct {
		int option;
		uint32_t value;
		const char *name;
	} steps[] = {
		{TCP_REPAIR, 1, "TCP_REPAIR"},
		{TCP_REPAIR_QUEUE, TCP_SEND_QUEUE, "TCP_REPAIR_QUEUE"},
		{TCP_QUEUE_SEQ, isn, "TCP_QUEUE_SEQ"},
		{TCP_REPAIR, (uint32_t)TCP_REPAIR_OFF_NO_WP /* no window probe */, "TCP_REPAIR"},
	};

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (setsockopt(fd, IPPROTO_TCP, steps[i].option, &steps[i].value,
			    sizeof steps[i].value) < 0)
			return failed(reply, steps[i].name);
	say(reply, "TCP_QUEUE_SEQ = %u", isn);
	return true;
}

bool child_set_up(struct child *child, int fd, struct reply *reply)
{
	const struct request *request = &child->request;
	struct reply told;

	if (!request->isn && !request->options.set)
		return true;
	reply_begin(&told, 0, "setsockopt", ALL_SOCKETS);
	if ((request->isn && !set_isn(fd, request->isn, &told)) ||
		!set_all(fd, &request->options, &told)) {
		told.id = reply->id;
		told.kind = reply->kind;
		*reply = told;
		return false;
	}
	reply_send(child, &told);
	reply->began = clock_monotonic(); /* what comes is told after that */
	return true;
}

/* On one socket or all. One reply answers the request, a failed one if there is
 * any; the others are told as calls beside it. */
void child_set_options(struct child *child)
{
	const struct request *request = &child->request;
	struct reply answer = {0}, reply;
	struct peer_socket *socket;

	for (socket = child->sockets; socket; socket = socket->next) {
		if (request->number != ALL_SOCKETS && request->number != socket->number)
			continue;
		reply_begin(&reply, request->id, "setsockopt", socket->number);
		set_all(socket->fd, &request->options, &reply);
		child_note_linger(socket->fd, &reply);
		if (answer.id) {
			struct reply *other = answer.error ? &reply : &answer;

			other->id = 0;
			other->kind = REPLY_CALL;
			reply_send(child, other);
		}
		if (!answer.error)
			answer = reply;
	}
	if (!answer.id) {
		reply_begin(&answer, request->id, "setsockopt", request->number);
		errno = EBADF;
		reply_result(&answer, -1);
	}
	answer.id = request->id;
	answer.kind = REPLY_RESULT;
	reply_send(child, &answer);
}

void child_get_options(struct peer_socket *socket, struct reply *reply)
{
	char text[OPTION_TEXT];
	int32_t value;

	for (size_t i = 0; i < SOCKET_OPTIONS; i++)
		if (get(socket->fd, &option_table[i], &value) == 0)
			say(reply, "%s\t%s\n", option_table[i].name,
				option_print(&option_table[i], value, text));
	reply_send(socket->child, reply);
}

static struct linger linger_of(int fd)
{
	struct linger linger = {0};
	socklen_t size = sizeof linger;

	getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &size);
	return linger;
}

void child_note_linger(int fd, struct reply *reply)
{
	struct linger linger = linger_of(fd);
	socklen_t size = sizeof reply->linger2;

	reply->lingers_0 = linger.l_onoff && linger.l_linger == 0;
	getsockopt(fd, IPPROTO_TCP, TCP_LINGER2, &reply->linger2, &size);
}

int child_lingers(int fd)
{
	struct linger linger = linger_of(fd);

	return linger.l_onoff ? linger.l_linger : 0;
}
