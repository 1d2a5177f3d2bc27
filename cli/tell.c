/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell.c - events as lines of text: states, calls, notes. tell_segment.c has the
 * segments, tell_json.c is for programs.
 */
#include "tell_own.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "text.h"

/* The endpoint whose listener the socket came in by. */
static const struct endpoint *listens_at(const struct lab *lab, const struct tcp_socket *socket)
{
	const struct tcp_socket *listener = NULL;

	while ((listener = socket_next(lab, listener)))
		if (listener->listener && listener->open && listener->node == socket->node &&
			listener->local.port == socket->local.port && listener != socket)
			return listener->endpoint;
	return NULL;
}

const char *socket_text(const struct lab *lab, const struct tcp_socket *socket, char *buf,
	size_t size)
{
	char local[ADDRESS_TEXT], peer[ADDRESS_TEXT];
	const struct endpoint *listener = socket->endpoint ? NULL : listens_at(lab, socket);

	if (listener) /* it has yet to be accepted */
		snprintf(buf, size, "%s", listener->name);
	else if (socket->endpoint &&
		(socket->listener || (socket->number < 2 && socket->endpoint->connections < 2)))
		snprintf(buf, size, "%s", socket->endpoint->name);
	else if (socket->endpoint)
		snprintf(buf, size, "%s", socket->name);
	else if (socket->listener)
		snprintf(buf, size, "%s port %u", socket->node->name, socket->local.port);
	else
		snprintf(buf, size, "%s %s>%s", socket->node->name,
			address_print(&socket->local, true, local, sizeof local),
			address_print(&socket->peer, true, peer, sizeof peer));
	return buf;
}

const char *tell_host(const struct node *node, const struct address *address, char *buf,
	size_t size)
{
	return node ? node->name : address_print(address, true, buf, size);
}

/* ------------------------------------------------------------------- text */

/* Where the section in brackets begins; "tcp(7)" in it is no beginning. */
static const char *last_bracket(const char *text)
{
	const char *at = NULL, *next;

	for (next = strstr(text, " ("); next; next = strstr(next + 1, " ("))
		at = next + 1;
	return at;
}

/* Where to break the text before `width`: between words, but not within the
 * section in brackets at its end. */
static int break_at(const char *text, int width)
{
	const char *bracket = last_bracket(text);
	int cut = width;

	if (bracket && bracket > text && bracket - text <= width && (int)strlen(bracket) < width)
		return (int)(bracket - text);
	while (cut > 0 && text[cut] != ' ')
		cut--;
	return cut ? cut : width;
}

void tell_more(struct cli *cli, const char *remark)
{
	int indent = out_columns(cli) < 60 ? 4 : 10;
	int width = out_columns(cli) - indent - 1;

	while (*remark) {
		int length = (int)strlen(remark), cut = length;

		if (length > width)
			cut = break_at(remark, width);
		length = cut;
		while (length > 0 && remark[length - 1] == ' ')
			length--;
		out_line(cli, "%*s%.*s", indent, "", length, remark);
		remark += cut;
		while (*remark == ' ')
			remark++;
	}
}

void tell_remark(struct cli *cli, const char *line, const char *remark)
{
	if (!remark || !*remark)
		out_line(cli, "%s", line);
	else if (out_columns(cli) >= 130)
		out_line(cli, "%-44s  %s", line, remark);
	else {
		out_line(cli, "%s", line);
		tell_more(cli, remark);
	}
}

void tell_why(const struct lab_event *event, char *buf, size_t size)
{
	buf[0] = '\0';
	if (event->why)
		snprintf(buf, size, "%s (%s)", event->why, event->rfc);
}

static const char *arrow(const struct cli *cli)
{
	return cli->utf8 ? "\xe2\x86\x92" : "->";
}

static const char *state_on(const struct cli *cli, enum tcp_state state)
{
	static const enum style styles[TCP_STATES] = {
		[STATE_CLOSED] = STYLE_DIM,	 [STATE_ESTAB] = STYLE_GREEN,
		[STATE_FIN_WAIT_1] = STYLE_CYAN, [STATE_FIN_WAIT_2] = STYLE_CYAN,
		[STATE_CLOSING] = STYLE_MAGENTA, [STATE_TIME_WAIT] = STYLE_YELLOW,
		[STATE_CLOSE_WAIT] = STYLE_BLUE, [STATE_LAST_ACK] = STYLE_BLUE,
	};

	return cli->color ? style_on(styles[state]) : "";
}

static void tell_state(struct cli *cli, const struct lab_event *event)
{
	const char *off = cli->color ? STYLE_OFF : "";
	char name[SOCKET_TEXT], line[256], remark[256];

	snprintf(line, sizeof line, "  %-7s %s%s%s %s %s%s%s%s",
		socket_text(cli->lab, event->socket, name, sizeof name),
		state_on(cli, event->from), state_name(event->from), off, arrow(cli),
		state_on(cli, event->to), state_name(event->to), off,
		event->inferred ? "   (inferred)" : "");
	tell_why(event, remark, sizeof remark);
	if (!event->why && event->because.kind == BECAUSE_UNKNOWN)
		snprintf(remark, sizeof remark, "found so; what did it was not seen");
	tell_remark(cli, line, remark);
}

/* Received data as it may be shown: the first bytes, nothing unprintable. */
static void data_text(const char *text, long length, char *buf, size_t size)
{
	size_t used = 0;

	if (!text)
		text = "";
	for (long i = 0; i < length && used + 8 < size && i < 48; i++)
		buf[used++] = isprint((unsigned char)text[i]) ? text[i] : '.';
	buf[used] = '\0';
	if (length > 48)
		snprintf(buf + used, size - used, "...");
}

/* recv() gives 0 for a FIN, but for other reasons as well. */
static const char *why_it_ends(const struct tcp_socket *socket)
{
	switch (socket ? socket->state : STATE_CLOSE_WAIT) {
	case STATE_CLOSE_WAIT:
	case STATE_LAST_ACK:
	case STATE_CLOSING:
	case STATE_TIME_WAIT:
		return ", its peer has sent FIN";
	case STATE_CLOSED:
		return ", the connection is gone";
	default:
		return ", it receives no more";
	}
}

static void result_text(const struct lab_event *event, char *buf, size_t size)
{
	char data[80], peer[ADDRESS_TEXT];
	const struct tcp_socket *socket = event->socket;

	if (event->pending && event->result > 0)
		snprintf(buf, size, "%s() goes on: the buffers are full", event->call);
	else if (event->pending)
		snprintf(buf, size, "%s() has begun, its end will be told", event->call);
	else if (event->error)
		snprintf(buf, size, "%s(%s) = -1 %s: %s", event->call,
			strcmp(event->call, "setsockopt") == 0 && event->text ? event->text : "",
			errno_name(event->error), strerror(event->error));
	/* no time at all: an RST, and no FIN to wait for, or the ACK came at once */
	else if (strcmp(event->call, "close") == 0 && event->text &&
		strcmp(event->text, "0.0") != 0)
		snprintf(buf, size,
			"close() = %ld after %s s: SO_LINGER, it waited for its FIN to be ACKed",
			event->result, event->text);
	else if (strcmp(event->call, "setsockopt") == 0)
		snprintf(buf, size, "setsockopt() = 0: %s", event->text ? event->text : "");
	else if (strcmp(event->call, "recv") == 0 && event->result == 0)
		snprintf(buf, size, "recv() = 0: the end%s", why_it_ends(socket));
	else if (strcmp(event->call, "recv") == 0) {
		data_text(event->text, event->result, data, sizeof data);
		snprintf(buf, size, "recv() = %ld \"%s\"", event->result, data);
	} else if (strcmp(event->call, "accept") == 0 && socket)
		snprintf(buf, size, "accept() from %s",
			address_print(&socket->peer, true, peer, sizeof peer));
	else if (strcmp(event->call, "listen") == 0 && socket)
		snprintf(buf, size, "listen() = 0 on port %u", socket->local.port);
	else if (strcmp(event->call, "destroy") == 0)
		snprintf(buf, size, "destroyed by the lab (sock_diag), not by TCP");
	else
		snprintf(buf, size, "%s() = %ld", event->call, event->result);
}

static void tell_call(struct cli *cli, const struct lab_event *event)
{
	char name[SOCKET_TEXT], result[256];

	result_text(event, result, sizeof result);
	if (event->socket)
		socket_text(cli->lab, event->socket, name, sizeof name);
	else
		snprintf(name, sizeof name, "%s", event->endpoint ? event->endpoint->name : "");
	out_line(cli, "  %-7s %s", name, result);
}

static void tell_text(struct cli *cli, const struct lab_event *event, bool all)
{
	switch (event->kind) {
	case LAB_SEGMENT:
		tell_segment(cli, event, all);
		return;
	case LAB_STATE:
		tell_state(cli, event);
		return;
	case LAB_CALL:
		tell_call(cli, event);
		return;
	case LAB_PROCESS:
		out_line(cli, "  %-7s process %s", event->endpoint->name, event->text);
		return;
	case LAB_NOTE:
		out_line(cli, "  lab     %s", event->text);
		return;
	}
}

void tell_event(struct cli *cli, const struct lab_event *event, bool all)
{
	if (cli->json)
		tell_json(cli, event);
	else
		tell_text(cli, event, all);
}
