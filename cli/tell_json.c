/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell_json.c - events as JSON objects. The fields are listed in README.md;
 * programs depend on them.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "json.h"
#include "tell.h"

static void seconds_or_null(struct json *json, const char *key, int64_t ns)
{
	if (ns < 0)
		json_null(json, key);
	else
		json_seconds(json, key, ns);
}

/* What no kernel has done to it. */
static void json_fault(struct json *json, const struct passage *passage)
{
	if (passage->fault)
		json_int(json, "fault", passage->fault);
	if (passage->late_ns)
		json_seconds(json, "late", passage->late_ns);
	if (passage->kept[0])
		json_string(json, "kept", passage->kept);
	if (passage->replayed_of)
		json_int(json, "replayed_of", passage->replayed_of);
	if (passage->injected)
		json_bool(json, "injected", true);
}

static void json_segment(struct json *json, const struct lab_event *event)
{
	const struct passage *passage = event->passage;
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT], flags[10];
	bool over = event->fate != FATE_HELD && event->fate != FATE_LATE;

	json_int(json, "n", passage->n);
	json_seconds(json, "time", event->time);
	json_string(json, "from", tell_host(passage->from, &passage->seg.src, from, sizeof from));
	json_string(json, "to", tell_host(passage->to, &passage->seg.dst, to, sizeof to));
	json_string(json, "flags", segment_flags(passage->seg.flags, flags));
	json_int(json, "seq", passage_seq(passage));
	if (passage->seg.flags & SEG_ACK)
		json_int(json, "ack", passage_ack(passage));
	else
		json_null(json, "ack");
	json_int(json, "len", passage->seg.length);
	if (passage->seg.flags & SEG_SYN)
		json_int(json, "isn", passage->seg.seq);
	json_string(json, "fate", fate_name(event->fate));
	json_seconds(json, "entered", passage->entered);
	seconds_or_null(json, "left", over ? passage->left : -1);
	if (passage->retransmission)
		json_bool(json, "retransmission", true);
	if (passage->copy)
		json_int(json, "copy", passage->copy);
	else if (over)
		json_int(json, "copies", passage->copies);
	if (passage->double_of)
		json_int(json, "double_of", passage->double_of);
	json_fault(json, passage);
	if (event->fate == FATE_LOST && passage->inside)
		json_string(json, "inside", passage->inside->name);
	if (passage->icmp)
		json_string(json, "icmp", passage->icmp);
	if (event->why)
		json_string(json, "why", event->why);
}

static void json_because(struct json *json, const struct because *because)
{
	char text[48];

	switch (because->kind) {
	case BECAUSE_SEGMENT:
		snprintf(text, sizeof text, "segment %u", because->segment);
		break;
	case BECAUSE_CALL:
		snprintf(text, sizeof text, "call %s", because->call);
		break;
	case BECAUSE_TIMER:
		snprintf(text, sizeof text, "timer");
		break;
	case BECAUSE_DEATH:
		snprintf(text, sizeof text, "process ended");
		break;
	case BECAUSE_LAB:
		snprintf(text, sizeof text, "lab");
		break;
	default:
		snprintf(text, sizeof text, "unknown");
		break;
	}
	json_string(json, "cause", text);
}

static const char *pair_text(const struct tcp_socket *socket, char *buf, size_t size)
{
	char local[ADDRESS_TEXT], peer[ADDRESS_TEXT];

	snprintf(buf, size, "%s %s", address_print(&socket->local, true, local, sizeof local),
		socket->listener ? "*" : address_print(&socket->peer, true, peer, sizeof peer));
	return buf;
}

static void json_endpoint(struct json *json, const struct lab_event *event)
{
	if (event->socket && event->socket->endpoint)
		json_string(json, "endpoint", event->socket->name);
	else
		json_string(json, "endpoint", event->endpoint ? event->endpoint->name : NULL);
}

static void json_state(struct json *json, const struct lab_event *event)
{
	char pair[2 * ADDRESS_TEXT];

	json_seconds(json, "time", event->time);
	json_string(json, "node", event->socket->node->name);
	json_string(json, "socket", pair_text(event->socket, pair, sizeof pair));
	json_endpoint(json, event);
	json_string(json, "from", state_name(event->from));
	json_string(json, "to", state_name(event->to));
	json_string(json, "how", event->inferred ? "inferred" : "observed");
	json_because(json, &event->because);
	json_string(json, "why", event->why);
	json_string(json, "rfc", event->rfc);
}

static void json_call(struct json *json, const struct lab_event *event)
{
	json_seconds(json, "time", event->time);
	json_endpoint(json, event);
	json_string(json, "call", event->call);
	json_int(json, "result", event->result);
	json_string(json, "errno", event->error ? errno_name(event->error) : NULL);
	if (event->pending)
		json_bool(json, "pending", true);
	if (event->text && strcmp(event->call, "setsockopt") == 0)
		json_string(json, "option", event->text);
	if (event->text && event->result > 0)
		json_string_sized(json, "data", event->text, (size_t)event->result);
}

void tell_json(struct cli *cli, const struct lab_event *event)
{
	static const char *const kinds[] = {"segment", "state", "call", "process", "note"};
	struct json json;

	json_begin(&json);
	json_string(&json, "event", kinds[event->kind]);
	switch (event->kind) {
	case LAB_SEGMENT:
		json_segment(&json, event);
		break;
	case LAB_STATE:
		json_state(&json, event);
		break;
	case LAB_CALL:
		json_call(&json, event);
		break;
	case LAB_PROCESS:
		json_seconds(&json, "time", event->time);
		json_string(&json, "endpoint", event->endpoint->name);
		json_string(&json, "text", event->text);
		break;
	case LAB_NOTE:
		json_seconds(&json, "time", event->time);
		json_string(&json, "text", event->text);
		break;
	}
	json_print(&json, cli);
}
