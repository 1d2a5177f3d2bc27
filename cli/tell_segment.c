/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell_segment.c - what became of a segment: held, delivered, lost and how, and
 * what marks it among others of its kind.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "cli.h"
#include "tell_own.h"
#include "timetext.h"

static void segment_text(const struct passage *passage, char *buf, size_t size)
{
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT], what[SEGMENT_TEXT];

	snprintf(buf, size, "#%u %s > %s %s", passage->n,
		tell_host(passage->from, &passage->seg.src, from, sizeof from),
		tell_host(passage->to, &passage->seg.dst, to, sizeof to),
		segment_print(&passage->seg, passage_seq(passage), passage_ack(passage), what,
			sizeof what));
}

struct mark {
	char *buf;
	size_t used;
};

#define MARK_TEXT 120

static void __attribute__((format(printf, 2, 3)))
put_mark(struct mark *mark, const char *format, ...)
{
	va_list args;

	mark->used += (size_t)snprintf(mark->buf + mark->used, MARK_TEXT - mark->used, "%s",
		mark->used ? ", " : "   (");
	va_start(args, format);
	mark->used += (size_t)vsnprintf(
		mark->buf + mark->used, MARK_TEXT - mark->used, format, args);
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
		put_mark(&mark, "#%u again: doubled by fault %u", passage->double_of,
			passage->fault);
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

static void tell_held(struct cli *cli, const struct passage *passage)
{
	char text[256], mark[MARK_TEXT];

	segment_text(passage, text, sizeof text);
	out_line(cli, "  held    %s%s", text, mark_text(passage, mark));
}

/* "lost by fault 1 (lose last-ack)"; `what` alone when it was none of that kind. */
#define FATE_TEXT (FAULT_TEXT + 80)
static const char *fate_text(struct cli *cli, const struct passage *passage, bool lost,
	const char *what, const char *else_what, char buf[FATE_TEXT])
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
	tell_more(cli, fate);
}

/* Who will find out that it is lost. */
static const char *loss_text(const struct passage *passage)
{
	if (segment_space(&passage->seg) > 0)
		return "its sender does not know: only its own timer will find out";
	return "its sender does not know, and has no timer for it: only its peer can ask for "
	       "another";
}

/* Whom the segment has left in its state, and why. */
static void tell_stays(struct cli *cli, const struct lab_event *event)
{
	char who[SOCKET_TEXT], line[SOCKET_TEXT + 40], remark[256];

	snprintf(line, sizeof line, "  %-7s stays %s",
		socket_text(cli->lab, event->socket, who, sizeof who), state_name(event->from));
	tell_why(event, remark, sizeof remark);
	tell_remark(cli, line, remark);
}

/* A node on its way did not send it on. */
static void tell_lost_inside(struct cli *cli, const struct lab_event *event)
{
	const struct passage *passage = event->passage;
	const char *name = passage->inside->name;
	char text[160];

	snprintf(text, sizeof text, "lost in %s, which did not send it on", name);
	tell_fate(cli, passage, text);
	if (!passage->icmp) {
		tell_more(cli, loss_text(passage));
		return;
	}
	snprintf(text, sizeof text, "%s tells its sender by ICMP: %s (%s)", name,
		passage->icmp, passage->seg.src.family == AF_INET ? "RFC 792" : "RFC 4443");
	tell_more(cli, text);
	if (event->socket)
		tell_stays(cli, event);
}

/* The impairments of its link, or a fault, did that to it. */
static void tell_impaired(struct cli *cli, const struct lab_event *event)
{
	char fate[FATE_TEXT];

	if (event->fate == FATE_LOST && event->passage->inside) {
		tell_lost_inside(cli, event);
	} else if (event->fate == FATE_LOST) {
		tell_fate(cli, event->passage, fate_text(cli, event->passage, true, "lost",
			"lost on the wire", fate));
		tell_more(cli, loss_text(event->passage));
	} else {
		tell_fate(cli, event->passage, "corrupted on the wire");
		tell_more(cli,
			"a bit was flipped: its receiver finds the checksum wrong and drops it in "
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
	char text[256], line[480], time[TIME_TEXT], remark[256];
	char copies[48] = "", mark[MARK_TEXT] = "";
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
	tell_why(event, remark, sizeof remark);
	if (event->fate == FATE_DROPPED)
		snprintf(remark, sizeof remark,
			"taken off the wire by drop: only its sender's timer will find out");
	if (event->socket && remark[0]) {
		out_line(cli, "%s", line);
		tell_stays(cli, event);
	} else {
		tell_remark(cli, line, remark);
	}
}

void tell_segment(struct cli *cli, const struct lab_event *event, bool all)
{
	char text[256];

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
}
