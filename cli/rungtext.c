/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rungtext.c - the words of a ladder's rungs, in several lengths.
 */
#include <stdio.h>
#include <string.h>

#include "rungs.h"
#include "timetext.h"

/* -------------------------------------------------------------- at a host */

/* Whose socket or process it is, where the host's name does not tell. */
static const char *owner(const struct rungs *rungs, const struct lab_event *event)
{
	const struct tcp_socket *socket = event->socket;

	if (socket && socket->name[0] && !socket->listener && rungs->several)
		return strcmp(socket->name, socket->node->name) ? socket->name : "";
	if (event->endpoint && strcmp(event->endpoint->name, event->endpoint->node->name))
		return event->endpoint->name;
	return "";
}

static void state_text(const struct lab_event *event, unsigned level, bool utf8, char *buf,
	size_t size)
{
	const char *arrow = utf8 ? (event->inferred ? "\u21e2" : "\u2192")
				 : (event->inferred ? "~>" : "->");
	bool timer = event->because.kind == BECAUSE_TIMER && level == 0;

	snprintf(buf, size, "%s%s%s %s%s", level == 0 ? state_name(event->from) : "",
		level == 0 ? " " : "", arrow, state_name(event->to), timer ? ", timer" : "");
}

static void call_text(const struct lab_event *event, char *buf, size_t size)
{
	if (strcmp(event->call, "destroy") == 0)
		snprintf(buf, size, "destroyed by the lab");
	else if (event->pending)
		snprintf(buf, size, "%s() waits", event->call);
	else if (event->error)
		snprintf(buf, size, "%s() %s", event->call, errno_name(event->error));
	else if (strcmp(event->call, "send") == 0 || strcmp(event->call, "recv") == 0)
		snprintf(buf, size, "%s() = %ld", event->call, event->result);
	else
		snprintf(buf, size, "%s()", event->call);
}

static const char *note_text(const struct rungs *rungs, const struct lab_event *event,
	unsigned level, bool utf8, char buf[RUNG_TEXT])
{
	const char *who = owner(rungs, event);
	char what[RUNG_TEXT / 2] = "";

	if (level > 1)
		return NULL;
	switch (event->kind) {
	case LAB_STATE:
		state_text(event, level, utf8, what, sizeof what);
		break;
	case LAB_CALL:
		call_text(event, what, sizeof what);
		break;
	case LAB_PROCESS:
		snprintf(what, sizeof what, "%s", event->text ? event->text : "");
		break;
	case LAB_SEGMENT:
	case LAB_NOTE:
		break;
	}
	snprintf(buf, RUNG_TEXT, "%s%s%s", who, *who ? " " : "", what);
	return buf;
}

/* ------------------------------------------------------------- on the wire */

#define FLAGS	 0x01
#define NUMBERS	 0x02 /* with the flags */
#define AGAIN	 0x04
#define DURATION 0x08
#define COPIES	 0x10
#define ABSORBED 0x20
#define LAST	 0x80 /* nothing but #n */

#define TIME_USUAL 6 /* "12.3 s", "860 ms" */

static const unsigned departing[] = {
	NUMBERS | AGAIN | DURATION, NUMBERS | AGAIN, FLAGS | AGAIN, FLAGS, LAST, 0};
static const unsigned copied[] = {NUMBERS | AGAIN, FLAGS | AGAIN, LAST | AGAIN, LAST, 0};
static const unsigned arriving[] = {NUMBERS | DURATION | COPIES | ABSORBED,
	FLAGS | DURATION | COPIES | ABSORBED, FLAGS | DURATION | COPIES, DURATION | COPIES,
	DURATION, LAST, 0};

static int64_t stay_of(const struct rung *rung)
{
	const struct passage *passage = rung->event->passage;

	return (rung->kind == RUNG_ARROW ? passage->left : rung->time) - passage->entered;
}

/* ", held 8.1 s, 5 copies absorbed"; the comma only behind more than a number. */
static size_t put_stay(const struct rung *rung, unsigned parts, char *buf, size_t size)
{
	const struct passage *passage = rung->event->passage;
	const char *comma = parts & NUMBERS ? "," : "";
	char time[TIME_TEXT];
	size_t used;

	time_text(stay_of(rung), time, sizeof time);
	if (rung->kind == RUNG_ARROW)
		return (size_t)snprintf(buf, size, " (%s)", time);
	used = (size_t)snprintf(buf, size, "%s %s %s", comma,
		rung->kind == RUNG_ARRIVES && !rung->held ? "after" : "held", time);
	if (parts & COPIES && passage->copies)
		used += (size_t)snprintf(buf + used, size - used, ", %u cop%s%s", passage->copies,
			passage->copies == 1 ? "y" : "ies", parts & ABSORBED ? " absorbed" : "");
	return used;
}

/* When a segment was lost is not known, only that it is. */
static bool has_stayed(const struct rungs *rungs, const struct rung *rung)
{
	return rung->kind == RUNG_ARRIVES ||
		(rung->kind == RUNG_ARROW && (rung->delayed || rungs->ages)) ||
		(rung->kind == RUNG_DROPPED && rung->event->fate == FATE_DROPPED);
}

int rung_slack(const struct rungs *rungs, const struct rung *rung)
{
	char time[TIME_TEXT];
	int columns;

	if (!has_stayed(rungs, rung))
		return 0;
	columns = (int)strlen(time_text(stay_of(rung), time, sizeof time));
	return columns < TIME_USUAL ? TIME_USUAL - columns : 0;
}

/* How it differs from others of its kind. */
static size_t put_mark(const struct passage *passage, char *buf, size_t size)
{
	if (passage->replayed_of)
		return (size_t)snprintf(buf, size, " (replayed #%u)", passage->replayed_of);
	if (passage->injected)
		return (size_t)snprintf(buf, size, " (injected)");
	if (passage->double_of)
		return (size_t)snprintf(buf, size, " (#%u again)", passage->double_of);
	return passage->retransmission ? (size_t)snprintf(buf, size, " again") : 0;
}

static const char *segment_text(const struct rungs *rungs, const struct rung *rung, unsigned parts,
	char buf[RUNG_TEXT])
{
	const struct passage *passage = rung->event->passage;
	char what[SEGMENT_TEXT];
	size_t used = (size_t)snprintf(buf, RUNG_TEXT, "#%u", passage->n);

	if (rungs->several && parts & (NUMBERS | FLAGS))
		used += (size_t)snprintf(buf + used, RUNG_TEXT - used, " %u>%u",
			passage->seg.src.port, passage->seg.dst.port);
	if (parts & NUMBERS)
		used += (size_t)snprintf(buf + used, RUNG_TEXT - used, " %s",
			segment_print(&passage->seg, passage_seq(passage), passage_ack(passage),
			what, sizeof what));
	else if (parts & FLAGS)
		used += (size_t)snprintf(buf + used, RUNG_TEXT - used, " [%s]",
			segment_flags(passage->seg.flags, what));
	if (parts & AGAIN && rung->kind == RUNG_COPIES)
		used += (size_t)snprintf(buf + used, RUNG_TEXT - used, " again, %u time%s",
			rung->copies, rung->copies == 1 ? "" : "s");
	else if (parts & AGAIN)
		used += put_mark(passage, buf + used, RUNG_TEXT - used);
	if (parts & DURATION && has_stayed(rungs, rung))
		put_stay(rung, parts, buf + used, RUNG_TEXT - used);
	return buf;
}

const char *rung_text(const struct rungs *rungs, const struct rung *rung, unsigned level, bool utf8,
	char buf[RUNG_TEXT])
{
	const unsigned *parts = departing;

	switch (rung->kind) {
	case RUNG_NOTE:
		return note_text(rungs, rung->event, level, utf8, buf);
	case RUNG_REMARK:
		snprintf(buf, RUNG_TEXT, "lab: %s", rung->event->text);
		return level == 0 ? buf : NULL;
	case RUNG_ARRIVES:
	case RUNG_DROPPED:
		parts = arriving;
		break;
	case RUNG_COPIES:
		parts = copied;
		break;
	case RUNG_ARROW:
	case RUNG_DEPARTS:
	case RUNG_LOST:
		break;
	}
	for (unsigned i = 0; i <= level; i++)
		if (!parts[i])
			return NULL;
	return segment_text(rungs, rung, parts[level], buf);
}
