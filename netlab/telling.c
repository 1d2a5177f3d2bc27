/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * telling.c - one happening after the other is told: the call, the segment, and
 * the changes of state that were found to have come of it.
 *
 * Free running, a segment's entering and leaving are told as one: at entering, or,
 * where others overtake, in the order in which they leave.
 */
#include "lab.h"

void telling_state(struct lab *lab, struct socket_own *own, enum tcp_state to, int64_t time,
	bool inferred, struct because because, const struct closing_rule *rule)
{
	struct lab_event event = {
		.kind = LAB_STATE,
		.time = time,
		.socket = &own->socket,
		.endpoint = own->socket.endpoint,
		.from = own->socket.state,
		.to = to,
		.inferred = inferred,
		.because = because,
		.why = rule ? rule->why : NULL,
		.rfc = rule ? rule->rfc : NULL,
	};

	own->socket.state = to;
	own->born = true;
	if (to == STATE_CLOSED) {
		own->socket.timer = TIMER_NONE;
		own->socket.minisock = false;
		own->socket.recv_queue = own->socket.send_queue = 0;
	}
	log_tell(lab, &event);
}

static struct because because_of(const struct happening *happening, const struct closing_rule *rule)
{
	if (happening->kind == HAPPENED_CALL) {
		if (happening->event.kind == LAB_PROCESS)
			return (struct because){.kind = BECAUSE_DEATH};
		if (happening->on == ON_DESTROY)
			return (struct because){.kind = BECAUSE_LAB};
		return (struct because){.kind = BECAUSE_CALL, .call = happening->event.call};
	}
	if (happening->kind == HAPPENED_ENTERED && rule->on == ON_CONNECT)
		return (struct because){.kind = BECAUSE_CALL, .call = "connect"};
	if (happening->kind == HAPPENED_ENTERED && rule->on == ON_SENT_FIN)
		return (struct because){.kind = BECAUSE_CALL, .call = "close"};
	return (struct because){.kind = BECAUSE_SEGMENT, .segment = happening->passage->passage.n};
}

/* Has it led a socket to another state? */
static bool changes(const struct lab *lab, unsigned index)
{
	const struct happening *happening = &lab->happenings[index];

	for (unsigned t = 0; t < happening->touched_count; t++) {
		const struct socket_own *own = happening->touched[t];

		for (unsigned i = 0; i < own->proposal_count; i++)
			if (own->proposals[i].happening == index && own->proposals[i].accepted)
				return true;
	}
	return false;
}

/* Has ICMP told its sender of the segment's loss, and not ended the connection? */
static bool is_noted(const struct lab *lab, unsigned index)
{
	const struct passage_own *passage = lab->happenings[index].passage;

	for (; passage->passage.icmp && index < lab->happening_count; index++)
		if (lab->happenings[index].passage == passage &&
			lab->happenings[index].kind == HAPPENED_FATE && changes(lab, index))
			return false;
	return passage->passage.icmp;
}

static void tell_transitions(struct lab *lab, unsigned index)
{
	struct happening *happening = &lab->happenings[index];

	for (unsigned t = 0; t < happening->touched_count; t++) {
		struct socket_own *own = happening->touched[t];

		for (unsigned i = 0; i < own->proposal_count; i++) {
			struct proposal *proposal = &own->proposals[i];

			if (proposal->happening != index || !proposal->accepted)
				continue;
			telling_state(lab, own, proposal->rule->next, happening->time,
				!proposal->observed, because_of(happening, proposal->rule),
				proposal->rule);
		}
	}
}

static void tell_segment(struct lab *lab, struct happening *happening, bool with_why)
{
	struct passage_own *passage = happening->passage;
	struct lab_event event = {
		.kind = LAB_SEGMENT,
		.time = happening->time,
		.passage = &passage->passage,
		.fate = happening->fate,
	};

	/* what was thought of another state than it is in, would not be true of this one */
	if (with_why && passage->stays && passage->receiver &&
		passage->stays->state == passage->receiver->state) {
		event.socket = passage->receiver;
		event.from = event.to = passage->receiver->state;
		event.why = passage->stays->why;
		event.rfc = passage->stays->rfc;
	}
	log_tell(lab, &event);
}

/* From its first event on there is one connection more: names follow the story. */
static void count_connection(const struct happening *happening)
{
	struct endpoint_own *endpoint = (struct endpoint_own *)(uintptr_t)happening->event.endpoint;

	if (!endpoint || !happening->socket || happening->socket->counted ||
		happening->socket->socket.number == 0)
		return;
	happening->socket->counted = true;
	endpoint->endpoint.connections++;
}

/* Does another that goes the same way leave before it, and is yet to be told? */
static bool is_overtaken(const struct lab *lab, unsigned index)
{
	const struct passage_own *passage = lab->happenings[index].passage;
	const struct segment *segment = &passage->passage.seg;

	for (unsigned i = index + 1; i < lab->happening_count; i++) {
		const struct happening *happening = &lab->happenings[i];
		const struct segment *other;

		if (happening->kind != HAPPENED_LEFT)
			continue;
		if (happening->passage == passage)
			return false;
		other = &happening->passage->passage.seg;
		if (happening->passage->told != FATE_DELIVERED &&
			address_equal(&other->src, &segment->src) &&
			address_equal(&other->dst, &segment->dst))
			return true;
	}
	return false;
}

void telling(struct lab *lab, unsigned index)
{
	struct happening *happening = &lab->happenings[index];
	struct passage_own *passage = happening->passage;

	switch (happening->kind) {
	case HAPPENED_CALL:
		count_connection(happening);
		if (!happening->silent)
			log_tell(lab, &happening->event);
		tell_transitions(lab, index);
		break;
	case HAPPENED_ENTERED:
		tell_transitions(lab, index);
		if (happening->fate == FATE_PASSING)
			happening->fate = passage->passage.fate;
		if (happening->fate != FATE_PASSING &&
			!(happening->fate == FATE_DELIVERED && is_overtaken(lab, index))) {
			tell_segment(lab, happening,
				happening->fate == FATE_DELIVERED || is_noted(lab, index));
			passage->told = happening->fate;
		}
		break;
	case HAPPENED_LEFT:
		if (passage->told != FATE_DELIVERED)
			tell_segment(lab, happening, true);
		passage->told = FATE_DELIVERED;
		tell_transitions(lab, index);
		break;
	case HAPPENED_FATE:
		if (passage->told != happening->fate) /* at entering */
			tell_segment(lab, happening, is_noted(lab, index));
		passage->told = happening->fate;
		tell_transitions(lab, index);
		break;
	}
	if (passage && (happening->kind == HAPPENED_LEFT || happening->kind == HAPPENED_FATE))
		passage->receiver = NULL;
}
