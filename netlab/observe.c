/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * observe.c - from what happened to what is told: which socket went from
 * which state to which, and why.
 *
 * Between two looks at the sockets (sock_diag) there is a list of happenings:
 * calls that returned, segments that entered and left the wire. The table in
 * closing.c says where they would lead each socket, step by step: a list of
 * proposals. Then the kernel is asked where each socket is now. A proposal is
 * believed only up to the state that was found: that one is observed, those
 * on the way to it are inferred, the rest did not happen. A state that no
 * proposal leads to is told as it was found, its cause a timer's or unknown.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

#define LOOKS_LEAST 4

/* ------------------------------------------------------------- collecting */

static struct happening *add(struct lab *lab)
{
	if (lab->happening_count == lab->happening_room) {
		lab->happening_room = lab->happening_room ? lab->happening_room * 2 : 64;
		lab->happenings = alloc_resize(lab->happenings, lab->happening_room,
			sizeof *lab->happenings);
	}
	memset(&lab->happenings[lab->happening_count], 0, sizeof *lab->happenings);
	lab->happenings[lab->happening_count].order = lab->happening_order++;
	return &lab->happenings[lab->happening_count++];
}

void observe_passage(struct lab *lab, int kind, struct passage_own *passage, int64_t time)
{
	struct happening *happening = add(lab);

	happening->kind = kind;
	happening->time = time;
	happening->passage = passage;
	happening->fate = passage->passage.fate;
	passage_ref(passage);
}

void observe_event(struct lab *lab, const struct lab_event *event, struct socket_own *socket,
	enum stimulus on, bool silent)
{
	struct happening *happening = add(lab);

	happening->kind = HAPPENED_CALL;
	happening->time = event->time;
	happening->event = *event;
	happening->event.text = event_text(event);
	happening->socket = socket;
	if (socket)
		socket_ref(socket);
	happening->has_stimulus = on != NO_STIMULUS;
	happening->on = on;
	happening->silent = silent;
}

bool observe_ended(struct lab *lab, const struct lab_event *event)
{
	for (unsigned i = 0; i < lab->happening_count; i++) {
		struct happening *happening = &lab->happenings[i];

		if (happening->kind != HAPPENED_CALL || !happening->silent ||
			happening->event.time != event->time || happening->event.socket != event->socket ||
			happening->event.call != event->call)
			continue;
		free((char *)(uintptr_t)happening->event.text);
		happening->event = *event;
		happening->event.text = event_text(event);
		happening->silent = false;
		return true;
	}
	return false;
}

static int by_time(const void *a, const void *b)
{
	const struct happening *first = a, *second = b;

	if (first->time != second->time)
		return first->time < second->time ? -1 : 1;
	return first->order < second->order ? -1 : 1;
}

static void sort_by_time(struct lab *lab)
{
	if (lab->happening_count > 1)
		qsort(lab->happenings, lab->happening_count, sizeof *lab->happenings, by_time);
}

static void clear(struct lab *lab)
{
	for (unsigned i = 0; i < lab->happening_count; i++) {
		struct happening *happening = &lab->happenings[i];

		if (happening->passage)
			passage_unref(happening->passage);
		if (happening->socket)
			socket_unref(happening->socket);
		free((char *)(uintptr_t)happening->event.text);
	}
	lab->happening_count = 0;
}

void observe_forget(struct lab *lab)
{
	clear(lab);
	free(lab->happenings);
	lab->happenings = NULL;
	lab->happening_room = 0;
}

/* --------------------------------------------------------------- deciding */

/* Accept the proposals that lead to what was found. */
static void accept_proposals(struct socket_own *own)
{
	for (unsigned i = own->proposal_count; i-- > 0; ) {
		if (own->proposals[i].rule->next != own->found)
			continue;
		own->proposals[i].observed = true;
		for (unsigned j = 0; j <= i; j++)
			own->proposals[j].accepted = true;
		return;
	}
}

/* ------------------------------------------------------ what nothing explains */

/* Did the kernel's timer have the time to end it? */
static bool timer_ended(const struct lab *lab, const struct socket_own *own)
{
	return own->socket.timer != TIMER_NONE &&
		lab_now(lab) + 100 * NS_PER_MS >= own->timer_at;
}

/* Only an orphan in FIN-WAIT-2 has a limit of time; with an owner it was keepalive. */
static enum stimulus timer_event(const struct socket_own *own)
{
	return own->socket.state == STATE_FIN_WAIT_2 && own->socket.open ? ON_NO_PROBE : ON_TIMER;
}

/* What changed without any happening: timers, mostly. */
static void tell_unexplained(struct lab *lab)
{
	struct because timer = {.kind = BECAUSE_TIMER}, unknown = {.kind = BECAUSE_UNKNOWN};
	struct socket_own *own, *next;

	for (own = TAILQ_FIRST(&lab->sockets); own; own = next) {
		const struct closing_rule *rule = NULL;

		next = TAILQ_NEXT(own, entry);
		if (own->socket.state == own->found)
			continue;
		if (own->found == STATE_CLOSED && timer_ended(lab, own))
			rule = closing_rule(own->socket.state, timer_event(own));
		telling_state(lab, own, own->found, lab_now(lab), false, rule ? timer : unknown, rule);
	}
}

static void look_again_in(struct lab *lab, int64_t ms)
{
	struct timeval wait;

	if (ms < 0) {
		event_del(lab->settle.look);
		return;
	}
	/* an expired TIME-WAIT goes with its bucket of the timer wheel, up to 2 s
	 * later; and a look must stay cheap beside what it looks at */
	ms = ms < 20 ? 20 : ms + 2;
	if (ms < lab->settle.dump_took * 20 / NS_PER_MS)
		ms = lab->settle.dump_took * 20 / NS_PER_MS;
	wait = clock_timeval(ms * NS_PER_MS);
	event_add(lab->settle.look, &wait);
}

/* Has a socket of its changed its state by itself? */
static bool timer_changed(const struct lab *lab, const struct endpoint_own *endpoint)
{
	const struct socket_own *own;

	TAILQ_FOREACH(own, &lab->sockets, entry)
		if (own->socket.endpoint == &endpoint->endpoint && own->socket.open &&
			own->socket.state != own->found && own->proposal_count == 0)
			return true;
	return false;
}

/* Has it been asked since anything happened? That a timer may have ended a call is
 * asked for once. */
static bool was_asked(const struct lab *lab, const struct endpoint_own *endpoint)
{
	return endpoint->synced_at == lab->happening_order &&
		(endpoint->synced_before == lab->tellings || !timer_changed(lab, endpoint));
}

static bool is_behind(struct lab *lab, const struct endpoint_own *endpoint)
{
	const struct socket_own *own, *listener;

	if (endpoint->endpoint.pid < 0 || endpoint->endpoint.stopped || endpoint->syncing)
		return false;
	if (was_asked(lab, endpoint))
		return false;
	if (endpoint_has_calls(endpoint))
		return true;
	listener = socket_of(lab, endpoint, 0);
	TAILQ_FOREACH(own, &lab->sockets, entry) {
		const struct tcp_socket *socket = &own->socket;

		if (socket->endpoint == &endpoint->endpoint && socket->open && own->unexplained)
			return true; /* it may be dying */
		if (socket->node != endpoint->endpoint.node || own->found == STATE_CLOSED)
			continue;
		if (!socket->endpoint && !socket->listener && own->found != STATE_SYN_RECV &&
			!socket->minisock && listener && listener->socket.open &&
			listener->socket.local.port == socket->local.port)
			return true;
		if (socket->endpoint == &endpoint->endpoint && endpoint->endpoint.echo &&
			!socket->listener && socket->open && socket->recv_queue > 0)
			return true;
	}
	return false;
}

static bool endpoints_behind(struct lab *lab)
{
	struct endpoint_own *endpoint;
	bool any = false;

	TAILQ_FOREACH(endpoint, &lab->endpoints, entry)
		if (is_behind(lab, endpoint))
			any |= endpoint_sync(endpoint);
	return any;
}

bool observe_run(struct lab *lab, bool finally)
{
	int64_t began = clock_monotonic(), soonest;
	struct socket_own *own;
	unsigned before, looks = 0;

	/* a frame that comes while we look must be part of the story, however long a
	 * look takes */
	do {
		before = lab->happening_count;
		sort_by_time(lab);
		propose_all(lab);
		soonest = look_at_all(lab);
		wire_drain(lab);
	} while (lab->happening_count != before &&
		(++looks < LOOKS_LEAST || clock_monotonic() < began + 20 * NS_PER_MS));
	if (!finally && endpoints_behind(lab))
		return false;
	lab->settle.dump_took = clock_monotonic() - began;
	if (lab->happening_count != before) {
		sort_by_time(lab);
		propose_all(lab);
	}
	TAILQ_FOREACH(own, &lab->sockets, entry) {
		outcome_explain(lab, own);
		accept_proposals(own);
	}
	for (unsigned i = 0; i < lab->happening_count; i++)
		if (lab->happenings[i].kind == HAPPENED_LEFT)
			stray_explain(&lab->happenings[i], i);
	for (unsigned i = 0; i < lab->happening_count; i++)
		telling(lab, i);
	if (lab->happening_count > 0)
		lab->told_at = lab_now(lab);
	tell_unexplained(lab);
	clear(lab);
	lab->tellings++;
	sockets_retire(lab);
	look_again_in(lab, soonest);
	return true;
}
