/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * calls.c - asking an endpoint's process for socket calls. child.c is the other
 * side, replies.c makes events of its answers.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

#define DEFAULT_RANGE "32768 60999" /* ip_local_port_range as the kernel has it */

/* ------------------------------------------------------------ pending calls */

void call_end(struct endpoint_own *endpoint, struct pending_call *call)
{
	settle_cancel(endpoint->lab, call);
	if (call->socket)
		socket_unref(call->socket);
	TAILQ_REMOVE(&endpoint->calls, call, entry);
	free(call);
}

void calls_synced(struct endpoint_own *endpoint)
{
	if (!endpoint->syncing)
		return;
	endpoint->syncing = false;
	endpoint->lab->settle.syncs--;
	settle_go_on(endpoint->lab);
}

/* Those who waited for calls of a process that is no more. */
void calls_fail(struct endpoint_own *endpoint)
{
	struct lab_event event = {.kind = LAB_CALL, .time = lab_now(endpoint->lab),
		.endpoint = &endpoint->endpoint, .call = "call", .result = -1, .error = ESRCH};
	struct pending_call *call;

	while ((call = TAILQ_FIRST(&endpoint->calls))) {
		if (call->done)
			settle_then(endpoint->lab, call->done, call->arg, &event);
		call_end(endpoint, call);
	}
}

void calls_forget(struct endpoint_own *endpoint)
{
	struct pending_call *call;

	while ((call = TAILQ_FIRST(&endpoint->calls)))
		call_end(endpoint, call);
}

void calls_stopped(struct endpoint_own *endpoint)
{
	struct pending_call *call;

	calls_synced(endpoint);
	TAILQ_FOREACH(call, &endpoint->calls, entry) {
		struct lab_event event = {.kind = LAB_CALL, .time = lab_now(endpoint->lab),
			.endpoint = &endpoint->endpoint, .call = "call", .pending = true};

		if (call->done)
			settle_then(endpoint->lab, call->done, call->arg, &event);
		call->done = NULL;
		call->was_pending = true;
	}
}

bool endpoint_has_calls(const struct endpoint_own *endpoint)
{
	return !TAILQ_EMPTY(&endpoint->calls);
}

bool calls_awaited(const struct lab *lab)
{
	const struct endpoint_own *endpoint;
	const struct pending_call *call;

	TAILQ_FOREACH(endpoint, &lab->endpoints, entry)
		TAILQ_FOREACH(call, &endpoint->calls, entry)
			if (call->done)
				return true;
	return false;
}

/* ---------------------------------------------------------------- asking */

int endpoint_tell(struct endpoint_own *endpoint, struct request *request, struct cause *cause)
{
	if (endpoint->endpoint.pid < 0)
		return cause_set(cause, ESRCH, "%s's process has ended: open a new socket with listen "
			"or connect", endpoint->name);
	request->id = ++endpoint->lab->next_request;
	if (send(endpoint->channel, request, REQUEST_SIZE(request), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return cause_set_errno(cause, errno, "%s's process does not listen", endpoint->name);
	return 0;
}

static int ask(struct endpoint_own *endpoint, struct request *request, enum stimulus on,
	lab_done_fn done, void *arg, struct cause *cause)
{
	struct pending_call *call;

	if (endpoint->endpoint.stopped)
		return cause_set(cause, EAGAIN, "%s's process is stopped: cont %s first",
			endpoint->name, endpoint->name);
	if (apply_now(endpoint->lab, cause) < 0 || endpoint_tell(endpoint, request, cause) < 0)
		return -1;
	call = alloc_new(struct pending_call);
	*call = (struct pending_call){.endpoint = endpoint, .id = request->id, .done = done, .arg = arg, .on = on,
		.has_stimulus = on != NO_STIMULUS, .first_port = request->range_low};
	TAILQ_INSERT_TAIL(&endpoint->calls, call, entry);
	endpoints_watch(endpoint->lab);
	return 0;
}

bool endpoint_sync(struct endpoint_own *endpoint)
{
	struct request request = {.op = OP_SYNC};

	if (send(endpoint->channel, &request, REQUEST_SIZE(&request), MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
		endpoint_await_end(endpoint); /* its descriptors are closed: it is ending */
		return true;
	}
	endpoint->syncing = true;
	endpoints_watch(endpoint->lab);
	endpoint->synced_at = endpoint->lab->happening_order;
	endpoint->synced_before = endpoint->lab->tellings;
	endpoint->lab->settle.syncs++;
	return true;
}

int endpoint_listen(struct lab *lab, struct node *node, uint16_t port, bool echo,
	uint32_t backlog, const char *name, lab_done_fn done, void *arg, struct cause *cause)
{
	struct endpoint_own *endpoint = endpoint_get(lab, node, name, cause);
	struct socket_own *listener;
	struct request request = {.op = OP_LISTEN, .flag = echo, .size = backlog,
		.to = {.family = lab->ipv6 ? AF_INET6 : AF_INET, .port = port}};

	if (!endpoint)
		return -1;
	listener = socket_of(lab, endpoint, 0);
	if (listener && listener->socket.open)
		return cause_set(cause, EALREADY, "%s listens on port %u already: close %s/listen, or "
			"name another endpoint with as", endpoint->name, listener->socket.local.port,
			endpoint->name);
	endpoint->endpoint.echo = echo;
	options_of(endpoint, &request.options);
	return ask(endpoint, &request, ON_LISTEN, done, arg, cause);
}

/* Which port the kernel is to choose: the same in every run, as long as the
 * user has not set a range of the node's own. */
static void choose_port(struct node_own *node, struct request *request)
{
	char range[32];
	struct cause ignored;

	if (node_sysctl_quietly(&node->node, "ip_local_port_range", NULL, range, sizeof range, &ignored) < 0 ||
		strcmp(range, DEFAULT_RANGE) != 0)
		return;
	request->range_low = node->next_port;
	/* the first that is free: one may be bound by name, or in TIME-WAIT of a load */
	request->range_high = LAST_PORT;
	node->next_port = node->next_port == LAST_PORT ? FIRST_PORT : node->next_port + 1;
}

int endpoint_connect(struct lab *lab, struct node *node, const struct address *to,
	const struct connect_from *from, const char *name, lab_done_fn done, void *arg,
	struct cause *cause)
{
	struct endpoint_own *endpoint = endpoint_get(lab, node, name, cause);
	struct request request = {.op = OP_CONNECT, .to = *to};

	if (!endpoint || isn_take(node_own(node), &request.isn, cause) < 0)
		return -1;
	apply_meet(lab, node_own(node), to);
	options_of(endpoint, &request.options);
	if (from)
		request.from = from->address;
	if (from && from->port) {
		request.from.family = to->family;
		request.from.port = from->port;
	} else {
		choose_port(node_own(node), &request);
	}
	if (ask(endpoint, &request, ON_CONNECT, done, arg, cause) == 0)
		return 0;
	isn_give_back(node_own(node));
	return -1;
}

static int ask_socket(struct tcp_socket *socket, struct request *request, enum stimulus on,
	lab_done_fn done, void *arg, struct cause *cause)
{
	if (!socket->endpoint)
		return cause_set(cause, EPERM, "this socket belongs to no endpoint of the lab");
	request->number = socket->number;
	return ask((struct endpoint_own *)socket->endpoint, request, on, done, arg, cause);
}

int socket_send(struct tcp_socket *socket, const void *data, size_t length, lab_done_fn done,
	void *arg, struct cause *cause)
{
	struct request request = {.op = OP_SEND, .length = (uint32_t)length};

	if (length > CHANNEL_DATA)
		return cause_set(cause, EMSGSIZE, "more than %d bytes of text: give a size instead",
			CHANNEL_DATA);
	memcpy(request.data, data, length);
	return ask_socket(socket, &request, NO_STIMULUS, done, arg, cause);
}

int socket_send_size(struct tcp_socket *socket, uint64_t length, lab_done_fn done, void *arg,
	struct cause *cause)
{
	struct request request = {.op = OP_SEND_SIZE, .size = length};

	return ask_socket(socket, &request, NO_STIMULUS, done, arg, cause);
}

int socket_recv(struct tcp_socket *socket, uint32_t size, lab_done_fn done, void *arg,
	struct cause *cause)
{
	struct request request = {.op = OP_RECV, .size = size};

	return ask_socket(socket, &request, NO_STIMULUS, done, arg, cause);
}

int socket_shutdown(struct tcp_socket *socket, int how, lab_done_fn done, void *arg,
	struct cause *cause)
{
	struct request request = {.op = OP_SHUTDOWN, .how = (uint32_t)how};

	return ask_socket(socket, &request, how == SHUT_RD ? NO_STIMULUS : ON_SHUTDOWN, done, arg, cause);
}

int socket_close(struct tcp_socket *socket, lab_done_fn done, void *arg, struct cause *cause)
{
	struct request request = {.op = OP_CLOSE};

	return ask_socket(socket, &request, ON_CLOSE, done, arg, cause);
}

int socket_abort(struct tcp_socket *socket, lab_done_fn done, void *arg, struct cause *cause)
{
	struct request request = {.op = OP_ABORT};

	return ask_socket(socket, &request, ON_ABORT, done, arg, cause);
}

int socket_set_options(struct tcp_socket *socket, const struct socket_options *options,
	lab_done_fn done, void *arg, struct cause *cause)
{
	struct request request = {.op = OP_SET_OPTIONS, .options = *options};

	return ask_socket(socket, &request, NO_STIMULUS, done, arg, cause);
}

int socket_get_options(struct tcp_socket *socket, lab_done_fn done, void *arg,
	struct cause *cause)
{
	struct request request = {.op = OP_GET_OPTIONS};

	return ask_socket(socket, &request, NO_STIMULUS, done, arg, cause);
}

int endpoint_set_options(struct endpoint *endpoint, const struct socket_options *options,
	lab_done_fn done, void *arg, struct cause *cause)
{
	struct endpoint_own *own = (struct endpoint_own *)endpoint;
	struct request request = {.op = OP_SET_OPTIONS, .number = ALL_SOCKETS, .options = *options};
	const struct socket_own *socket;

	TAILQ_FOREACH(socket, &own->lab->sockets, entry)
		if (socket->socket.endpoint == endpoint && socket->socket.open)
			return ask(own, &request, NO_STIMULUS, done, arg, cause);
	return cause_set(cause, ENOENT, "%s has no open socket now", endpoint->name);
}

int socket_destroy(struct tcp_socket *socket, lab_done_fn done, void *arg, struct cause *cause)
{
	struct node_own *node = node_own(socket->node);
	struct lab *lab = node->lab;
	struct lab_event event = {.kind = LAB_CALL, .time = lab_now(lab), .socket = socket,
		.endpoint = socket->endpoint, .call = "destroy"};

	if (socket->state == STATE_CLOSED)
		return cause_set(cause, ENOENT, "%s is CLOSED: there is nothing to destroy", socket->name);
	if (node_prepare(node, cause) < 0 || diag_destroy(node->diag, &socket->local, &socket->peer, socket->cookie, cause) < 0)
		return -1;
	observe_event(lab, &event, socket_own(socket), ON_DESTROY, false);
	settle_then(lab, done, arg, &event);
	return 0;
}
