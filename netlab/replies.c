/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * replies.c - the answers of an endpoint's process, and the events that they
 * are: which call, of which socket, with what result, and at which moment.
 */
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "lab.h"

static const char *const calls[] = {"socket", "setsockopt", "getsockopt", "bind", "listen", "accept",
	"connect", "send", "recv", "shutdown", "close", NULL};

/* The call's name as a string that lives for ever. */
static const char *lasting(const char *call)
{
	for (size_t i = 0; calls[i]; i++)
		if (strcmp(calls[i], call) == 0)
			return calls[i];
	return "call";
}

static struct pending_call *call_find(struct endpoint_own *endpoint, uint32_t id)
{
	struct pending_call *call;

	TAILQ_FOREACH(call, &endpoint->calls, entry)
		if (call->id == id)
			return call;
	return NULL;
}

/* By a connect() that may have had to pass over some, after a load over thousands. */
static void port_taken(struct endpoint_own *endpoint, const struct reply *reply)
{
	const struct pending_call *call = call_find(endpoint, reply->id);
	struct node_own *node = node_own(endpoint->endpoint.node);
	uint16_t port = reply->local.port;

	if (call && call->first_port && port >= node->next_port && port < LAST_PORT)
		node->next_port = port + 1;
}

/* The lab's object for a socket that the process has opened. */
static struct socket_own *opened(struct endpoint_own *endpoint, const struct reply *reply)
{
	struct lab *lab = endpoint->lab;
	struct node_own *node = node_own(endpoint->endpoint.node);
	struct socket_own *own = socket_with(lab, &node->node, &reply->local, &reply->peer,
		reply->cookie);

	/* seen on the wire before, its cookie not yet known */
	if (!own)
		own = socket_at(lab, &node->node, &reply->local, &reply->peer);
	if (own && (own->socket.endpoint ||
			   (own->socket.cookie && own->socket.cookie != reply->cookie &&
				   own->socket.state != STATE_SYN_RECV)))
		own = NULL;
	if (!own)
		own = socket_make(lab, node, &reply->local, &reply->peer, reply->cookie);
	own->socket.accepted = strcmp(reply->call, "accept") == 0;
	socket_own_by(own, endpoint, reply->number);
	own->socket.open = true;
	own->socket.cookie = reply->cookie;
	if (strcmp(reply->call, "connect") == 0)
		port_taken(endpoint, reply);
	if (reply->number >= endpoint->next_number)
		endpoint->next_number = reply->number + 1;
	return own;
}

/* What the call does to its socket, if it did it. */
static enum stimulus stimulus_of(const struct pending_call *call, const struct reply *reply)
{
	if (!call) /* an echo closes by itself */
		return reply->closed && !reply->error ? ON_CLOSE : NO_STIMULUS;
	if (!call->has_stimulus)
		return NO_STIMULUS;
	if (call->on == ON_CONNECT) /* also a refused one has sent its SYN */
		return reply->opened ? ON_CONNECT : NO_STIMULUS;
	return reply->error ? NO_STIMULUS : call->on;
}

static struct socket_own *socket_of_reply(struct endpoint_own *endpoint, const struct reply *reply)
{
	struct socket_own *own = socket_of(endpoint->lab, endpoint, reply->number);

	if (reply->opened && (!own || !own->socket.open))
		own = opened(endpoint, reply);
	if (own && reply->closed)
		own->socket.open = false;
	if (own && (reply->opened || strcmp(reply->call, "setsockopt") == 0)) {
		own->lingers_0 = reply->lingers_0;
		own->no_fin_wait_2 = reply->linger2 < 0;
	}
	return own;
}

/* All is quiet, and a send has not ended: the window is full, and nobody reads.
 * Its command ends; its own end is told when it comes. */
static void send_stalled(void *arg, const struct lab_event *none)
{
	struct pending_call *call = arg;
	struct lab *lab = call->endpoint->lab;
	lab_done_fn done = call->done;

	(void)none;
	if (lab->settle.cut_short) {
		settle_then(lab, send_stalled, call, NULL);
		return;
	}
	call->done = NULL;
	call->event.time = lab_now(lab);
	observe_event(lab, &call->event, socket_own(call->event.socket), NO_STIMULUS, false);
	if (done)
		settle_then(lab, done, call->arg, &call->event);
}

/* Do its segments wait for us, in either direction of that link? */
static bool is_by_gate(const struct passage_own *passage)
{
	for (int e = 0; e < 2; e++)
		if (passage->link->end[e].led || impair_by_gate(&passage->link->end[e]))
			return true;
	return false;
}

/* Does the socket send its SYN again? */
static bool sends_again(const struct happening *happening, const struct socket_own *own)
{
	const struct passage *passage = &happening->passage->passage;

	return happening->kind == HAPPENED_ENTERED && passage->retransmission &&
		passage->seg.flags & SEG_SYN && socket_sends(own, &passage->seg);
}

/* Where the end of a call is told that may have to wait. Nobody has heard of it
 * yet: where it began, for whether it had to wait depends on the machine alone.
 * But when something was told since then, or a SYN was sent again, or its segments go
 * through the gate: with the segment that decided it. */
static int64_t time_of_end(struct lab *lab, const struct socket_own *own, int64_t began,
	bool was_pending)
{
	bool told_since = was_pending && began < lab->told_at, again = false;
	int64_t time = told_since ? lab_now(lab) : began;

	wire_drain(lab);
	for (unsigned i = 0; own && i < lab->happening_count; i++) {
		const struct happening *happening = &lab->happenings[i];
		const struct segment *segment;

		if (!happening->passage || happening->time < began)
			continue;
		segment = &happening->passage->passage.seg;
		again |= sends_again(happening, own);
		if (happening->kind == HAPPENED_LEFT && segment->flags & (SEG_SYN | SEG_RST) &&
			socket_gets(own, segment) &&
			(told_since || again || is_by_gate(happening->passage)))
			time = happening->time;
	}
	return time;
}

/* An accept() is told with the segment that opened the connection, where that is
 * still to be told: how much later its process ran is the machine's affair. */
static int64_t time_of_accept(struct lab *lab, const struct socket_own *own, int64_t began)
{
	int64_t opened = -1;

	wire_drain(lab);
	for (unsigned i = 0; own && i < lab->happening_count; i++) {
		const struct happening *happening = &lab->happenings[i];
		const struct segment *segment;

		if (happening->kind != HAPPENED_LEFT || happening->time > began)
			continue;
		segment = &happening->passage->passage.seg;
		if (!socket_gets(own, segment))
			continue;
		if (segment->flags & SEG_SYN)
			opened = -1; /* what came before it was of another connection */
		else if (opened < 0)
			opened = happening->time;
	}
	return opened < 0 ? began : opened;
}

static void on_call(struct endpoint_own *endpoint, const struct reply *reply)
{
	struct lab *lab = endpoint->lab;
	struct pending_call *call = reply->id ? call_find(endpoint, reply->id) : NULL;
	struct socket_own *own = socket_of_reply(endpoint, reply);
	enum stimulus on = stimulus_of(call, reply);
	bool pending = reply->kind == REPLY_PENDING;
	char text[CHANNEL_DATA + 1];
	struct lab_event event = {
		.kind = LAB_CALL,
		.time = lab_time(lab, reply->began),
		.endpoint = &endpoint->endpoint,
		.socket = own ? &own->socket : NULL,
		.call = lasting(reply->call),
		.result = reply->result,
		.error = reply->error,
		.pending = pending,
	};

	if (reply->length) {
		memcpy(text, reply->data, reply->length);
		text[reply->length] = '\0';
		event.text = text;
	}
	if (call && !pending && (call->was_pending || strcmp(event.call, "connect") == 0)) {
		int64_t end = time_of_end(lab, own, event.time, call->was_pending);

		if (end != event.time && on != NO_STIMULUS) { /* what it began is where it began */
			observe_event(lab, &event, own, on, true);
			on = NO_STIMULUS;
		}
		event.time = end;
	}
	if (!call && strcmp(event.call, "accept") == 0)
		event.time = time_of_accept(lab, own, event.time);
	/* where nothing is held, what is pending ends by itself: tell it then */
	if (pending || !call || !call->was_pending || !observe_ended(lab, &event))
		observe_event(lab, &event, own, on,
			(pending && !lab_is_held(lab)) || strcmp(event.call, "getsockopt") == 0);
	if (!call)
		return;
	if (call->on == ON_CONNECT && event.error && !reply->opened)
		isn_give_back(node_own(endpoint->endpoint.node));
	if (pending) {
		call->was_pending = true;
		call->has_stimulus = false;
		call->event = event;
		call->event.text = NULL;
		if (own && !call->socket)
			socket_ref(call->socket = own);
		if (strcmp(event.call, "send") == 0 && !lab_is_held(lab))
			settle_then(lab, send_stalled, call, NULL);
		if (!lab_is_held(lab))
			return;
	}
	if (call->done)
		settle_then(lab, call->done, call->arg, &event);
	call->done = NULL;
	if (!pending)
		call_end(endpoint, call);
}

bool replies_receive(struct endpoint_own *endpoint)
{
	struct reply reply;
	ssize_t got = recv(endpoint->channel, &reply, sizeof reply, MSG_DONTWAIT);

	if (got <= 0)
		return false;
	if (reply.kind == REPLY_SYNCED)
		calls_synced(endpoint);
	else if (reply.kind == REPLY_LOAD || reply.kind == REPLY_LOAD_END)
		load_replied(endpoint, &reply);
	else
		on_call(endpoint, &reply);
	return true;
}

void replies_on_channel(evutil_socket_t fd, short what, void *arg)
{
	struct endpoint_own *endpoint = arg;

	(void)fd;
	(void)what;
	while (endpoint->channel >= 0 && replies_receive(endpoint))
		;
	settle_soon(endpoint->lab);
}
