/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell.c - events as lines of text. tell_json.c is for programs.
 */
#include "tell.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "text.h"

#define NS_PER_S 1000000000LL

/* Digits before a unit; for tables of many rows, so without printf. */
static char *put_unsigned(char *at, uint64_t number)
{
	char digits[20];
	size_t count = 0;

	do {
		digits[count++] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	while (count > 0)
		*at++ = digits[--count];
	return at;
}

const char *time_text(int64_t ns, char *buf, size_t size)
{
	char text[TIME_TEXT + 40], *at = text;
	uint64_t n = (uint64_t)ns;

	if (ns < 0) {
		at = stpcpy(at, "?");
	} else if (n < 999500) {
		at = stpcpy(put_unsigned(at, (n + 500) / 1000), " us");
	} else if (n < 999500000) {
		at = stpcpy(put_unsigned(at, (n + 500000) / 1000000), " ms");
	} else if (n < 120ULL * NS_PER_S) {
		n = (n + NS_PER_S / 20) / (NS_PER_S / 10);
		at = put_unsigned(at, n / 10);
		*at++ = '.';
		*at++ = (char)('0' + n % 10);
		at = stpcpy(at, " s");
	} else if (n < 600ULL * NS_PER_S) {
		at = stpcpy(put_unsigned(at, n / NS_PER_S / 60), " min ");
		at = stpcpy(put_unsigned(at, n / NS_PER_S % 60), " s");
	} else {
		at = stpcpy(put_unsigned(at, (n / NS_PER_S + 30) / 60), " min");
	}
	if ((size_t)(at - text) >= size)
		at = text + size - 1;
	memcpy(buf, text, (size_t)(at - text));
	buf[at - text] = '\0';
	return buf;
}

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
	else if (socket->endpoint && (socket->listener || socket->endpoint->connections < 2))
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

/* ------------------------------------------------------------------- text */

const char *tell_host(const struct node *node, const struct address *address, char *buf,
	size_t size)
{
	return node ? node->name : address_print(address, true, buf, size);
}

static void segment_text(const struct passage *passage, char *buf, size_t size)
{
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT], what[SEGMENT_TEXT];

	snprintf(buf, size, "#%u %s > %s %s", passage->n,
		tell_host(passage->from, &passage->seg.src, from, sizeof from),
		tell_host(passage->to, &passage->seg.dst, to, sizeof to),
		segment_print(&passage->seg, passage_seq(passage), passage_ack(passage), what, sizeof what));
}

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

/* Print `text` in pieces that fit the terminal, each behind `indent` blanks. */
static void print_broken(struct cli *cli, int indent, const char *text)
{
	int width = out_columns(cli) - indent - 1;

	while (*text) {
		int length = (int)strlen(text), cut = length;

		if (length > width)
			cut = break_at(text, width);
		length = cut;
		while (length > 0 && text[length - 1] == ' ')
			length--;
		out_line(cli, "%*s%.*s", indent, "", length, text);
		text += cut;
		while (*text == ' ')
			text++;
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
		print_broken(cli, out_columns(cli) < 60 ? 4 : 10, remark);
	}
}

static void why_text(const struct lab_event *event, char *buf, size_t size)
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
	why_text(event, remark, sizeof remark);
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
			strcmp(event->call, "setsockopt") == 0 && event->text ? event->text : "", errno_name(event->error),
			strerror(event->error));
	/* no time at all: an RST, and no FIN to wait for, or the ACK came at once */
	else if (strcmp(event->call, "close") == 0 && event->text && strcmp(event->text, "0.0") != 0)
		snprintf(buf, size, "close() = %ld after %s s: SO_LINGER, it waited for its FIN to be "
			"ACKed", event->result, event->text);
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

struct mark {
	char *buf;
	size_t used;
};

#define MARK_TEXT 120
static void put_mark(struct mark *mark, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put_mark(struct mark *mark, const char *format, ...)
{
	va_list args;

	mark->used += (size_t)snprintf(mark->buf + mark->used, MARK_TEXT - mark->used, "%s",
		mark->used ? ", " : "   (");
	va_start(args, format);
	mark->used += (size_t)vsnprintf(mark->buf + mark->used, MARK_TEXT - mark->used, format, args);
	va_end(args);
}

/* How it differs from others of its kind: "   (sent again, kept as old)". */
static const char *mark_text(const struct passage *passage, char buf[MARK_TEXT])
{
	struct mark mark = {.buf = buf};

	buf[0] = '\0';
	if (passage->replayed_of)
		put_mark(&mark, "replayed #%u", passage->replayed_of);
	if (passage->injected)
		put_mark(&mark, "injected");
	if (passage->double_of && passage->fault)
		put_mark(&mark, "#%u again: doubled by fault %u", passage->double_of, passage->fault);
	else if (passage->double_of)
		put_mark(&mark, "#%u again: doubled on the wire", passage->double_of);
	else if (passage->retransmission)
		put_mark(&mark, "sent again");
	if (passage->kept[0])
		put_mark(&mark, "kept as %s", passage->kept);
	if (mark.used)
		snprintf(buf + mark.used, MARK_TEXT - mark.used, ")");
	return buf;
}

void tell_held(struct cli *cli, const struct passage *passage)
{
	char text[256], mark[MARK_TEXT];

	segment_text(passage, text, sizeof text);
	out_line(cli, "  held    %s%s", text, mark_text(passage, mark));
}

/* "lost by fault 1 (lose last-ack)"; `what` alone when it was none of that kind. */
#define FATE_TEXT (FAULT_TEXT + 80)
static const char *fate_text(struct cli *cli, const struct passage *passage, bool lost, const char *what,
	const char *else_what, char buf[FATE_TEXT])
{
	const struct fault *fault = fault_find(cli->lab, passage->fault);

	if (fault && (fault->kind == FAULT_LOSE) == lost)
		snprintf(buf, FATE_TEXT, "%s by fault %u (%s)", what, fault->number, fault->text);
	else
		snprintf(buf, FATE_TEXT, "%s", else_what);
	return buf;
}

/* The segment and what became of it, on a line or on two. */
static void tell_fate(struct cli *cli, const struct passage *passage, const char *fate)
{
	char text[256], line[400], mark[MARK_TEXT];

	segment_text(passage, text, sizeof text);
	snprintf(line, sizeof line, "  %s%s", text, mark_text(passage, mark));
	if ((int)(strlen(line) + 3 + strlen(fate)) <= out_columns(cli)) {
		out_line(cli, "%s   %s", line, fate);
		return;
	}
	out_line(cli, "%s", line);
	print_broken(cli, out_columns(cli) < 60 ? 4 : 10, fate);
}

/* Who will find out that it is lost. */
static const char *loss_text(const struct passage *passage)
{
	if (segment_space(&passage->seg) > 0)
		return "its sender does not know: only its own timer will find out";
	return "its sender does not know, and has no timer for it: only its peer can ask for another";
}

static void tell_more(struct cli *cli, const char *remark)
{
	print_broken(cli, out_columns(cli) < 60 ? 4 : 10, remark);
}

/* The impairments of its link, or a fault, did that to it. */
static void tell_impaired(struct cli *cli, const struct lab_event *event)
{
	char fate[FATE_TEXT];

	if (event->fate == FATE_LOST) {
		tell_fate(cli, event->passage, fate_text(cli, event->passage, true, "lost",
			"lost on the wire", fate));
		tell_more(cli, loss_text(event->passage));
	} else {
		tell_fate(cli, event->passage, "corrupted on the wire");
		tell_more(cli, "a bit was flipped: its receiver finds the checksum wrong and drops it in "
			"silence (RFC 9293 3.1)");
	}
}

/* A fault keeps it back. */
static void tell_late(struct cli *cli, const struct passage *passage)
{
	char fate[FATE_TEXT], time[TIME_TEXT], what[64] = "to be overtaken by the next one,";

	if (passage->late_ns > 0)
		snprintf(what, sizeof what, "late by %s",
			time_text(passage->late_ns, time, sizeof time));
	tell_fate(cli, passage, fate_text(cli, passage, false, what, what, fate));
}

static void tell_moved(struct cli *cli, const struct lab_event *event)
{
	const struct passage *passage = event->passage;
	char text[256], line[480], time[TIME_TEXT], remark[256], copies[48] = "", mark[MARK_TEXT] = "";
	int64_t end = passage->left >= 0 ? passage->left : event->time;
	bool again = event->fate == FATE_DELIVERED && mark_text(passage, mark)[0];

	segment_text(passage, text, sizeof text);
	if (passage->copies)
		snprintf(copies, sizeof copies, ", %u cop%s absorbed", passage->copies,
			passage->copies == 1 ? "y" : "ies");
	else if (passage->repeats)
		snprintf(copies, sizeof copies, ", %u cop%s of #%u absorbed", passage->repeats,
			passage->repeats == 1 ? "y" : "ies", passage->repeats_of);
	if (event->fate == FATE_DELIVERED && passage_at_once(passage) && !passage->copies &&
		!passage->repeats)
		snprintf(line, sizeof line, "  %s%s", text, mark);
	else
		snprintf(line, sizeof line, "  %s%s   %s after %s%s%s", text,
			again ? mark : "", fate_name(event->fate),
			time_text(end - passage->entered, time, sizeof time),
			again ? "" : " on the wire", copies);
	why_text(event, remark, sizeof remark);
	if (event->fate == FATE_DROPPED)
		snprintf(remark, sizeof remark, "taken off the wire by drop: only its sender's timer "
			"will find out");
	if (event->socket && remark[0]) {
		char who[SOCKET_TEXT];

		out_line(cli, "%s", line);
		snprintf(line, sizeof line, "  %-7s stays %s",
			socket_text(cli->lab, event->socket, who, sizeof who),
			state_name(event->from));
	}
	tell_remark(cli, line, remark);
}

static void tell_text(struct cli *cli, const struct lab_event *event, bool all)
{
	char text[256];

	switch (event->kind) {
	case LAB_SEGMENT:
		if (event->fate == FATE_HELD)
			tell_held(cli, event->passage);
		else if (event->fate == FATE_LATE)
			tell_late(cli, event->passage);
		else if (event->fate == FATE_LOST || event->fate == FATE_CORRUPTED)
			tell_impaired(cli, event);
		else if (event->fate != FATE_ABSORBED)
			tell_moved(cli, event);
		else if (all) {
			segment_text(event->passage, text, sizeof text);
			out_line(cli, "  %s   copy %u, absorbed", text, event->passage->copy);
		}
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
