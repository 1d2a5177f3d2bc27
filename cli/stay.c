/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stay.h"

#include <stddef.h>

#include "cli.h"
#include "timetext.h"

/* What takes the socket of that change out of its new state. */
static const struct lab_event *next_change(const struct lab *lab, uint64_t n)
{
	const struct lab_event *event = lab_log_get(lab, n), *next;

	while (++n < lab_log_end(lab)) {
		next = lab_log_get(lab, n);
		if (next->kind == LAB_STATE && next->socket == event->socket)
			return next;
	}
	return NULL;
}

static struct stay stay_at(const struct lab *lab, uint64_t n)
{
	const struct lab_event *event = lab_log_get(lab, n), *next = next_change(lab, n);

	return (struct stay){.socket = event->socket, .state = event->to, .from = event->time,
		.to = next ? next->time : -1, .begin = event, .end = next};
}

void stays_each(const struct lab *lab, stay_fn each, void *arg)
{
	for (uint64_t n = lab_log_first(lab); n < lab_log_end(lab); n++) {
		struct stay stay;

		if (lab_log_get(lab, n)->kind != LAB_STATE)
			continue;
		stay = stay_at(lab, n);
		each(arg, &stay);
	}
}

bool stay_find(const struct lab *lab, const struct tcp_socket *socket, enum tcp_state state,
	struct stay *stay)
{
	for (uint64_t n = lab_log_end(lab); n-- > lab_log_first(lab);) {
		const struct lab_event *event = lab_log_get(lab, n);

		if (event->kind != LAB_STATE || event->socket != socket || event->to != state)
			continue;
		*stay = stay_at(lab, n);
		return true;
	}
	return false;
}

int64_t stay_length(const struct lab *lab, const struct stay *stay)
{
	return (stay->to < 0 ? lab_now(lab) : stay->to) - stay->from;
}

int64_t segment_age(const struct lab_event *event)
{
	const struct passage *passage = event->passage;

	if (event->fate == FATE_DELIVERED || event->fate == FATE_CORRUPTED)
		return passage->left < 0 ? -1 : passage->left - passage->entered;
	return event->fate == FATE_DROPPED ? event->time - passage->entered : -1;
}

bool segment_ended(const struct lab_event *event)
{
	return event->kind == LAB_SEGMENT &&
		(event->fate == FATE_DELIVERED || event->fate == FATE_LOST ||
			event->fate == FATE_CORRUPTED || event->fate == FATE_DROPPED);
}

struct oldest {
	const struct passage *passage; /* NULL: none yet */
	int64_t age;
	bool waits;
};

static void compare(struct oldest *oldest, const struct passage *passage, int64_t age, bool waits)
{
	if (age < 0 || (oldest->passage && oldest->age >= age))
		return;
	*oldest = (struct oldest){passage, age, waits};
}

void ages_tell_oldest(struct cli *cli, uint64_t first)
{
	const struct passage *passage = NULL;
	struct oldest oldest = {.passage = NULL};
	char time[TIME_TEXT];

	if (first < lab_log_first(cli->lab))
		first = lab_log_first(cli->lab);
	for (; first < lab_log_end(cli->lab); first++) {
		const struct lab_event *event = lab_log_get(cli->lab, first);

		if (segment_ended(event))
			compare(&oldest, event->passage, segment_age(event), false);
	}
	while ((passage = held_next(cli->lab, passage)))
		compare(&oldest, passage, lab_now(cli->lab) - passage->entered, true);
	if (!oldest.passage)
		return;
	out_line(cli, "  the oldest: #%u, %s on the wire%s", oldest.passage->n,
		time_text(oldest.age, time, sizeof time), oldest.waits ? " so far" : "");
	out_line(cli, "  MSL is 30 s for Linux (TIME-WAIT: 2 MSL = 60 s), 2 min in RFC 9293 3.4.2");
}
