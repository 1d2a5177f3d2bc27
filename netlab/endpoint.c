/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * endpoint.c - the lab's side of an endpoint's process: starting it, asking it
 * for socket calls, and making events of its answers. child.c is the other
 * side.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"
#include "machine.h"
#include "netns.h"

#define LAST_PORT     60999
#define FIRST_PORT    40000
#define DEFAULT_RANGE "32768 60999" /* ip_local_port_range as the kernel has it */

static const char *const calls[] = {"socket", "bind", "listen", "accept", "connect", "send", "recv",
	"shutdown", "close", NULL};

/* The call's name as a string that lives for ever. */
static const char *lasting(const char *call)
{
	for (size_t i = 0; calls[i]; i++)
		if (strcmp(calls[i], call) == 0)
			return calls[i];
	return "call";
}

struct endpoint *endpoint_find(const struct lab *lab, const char *name)
{
	struct endpoint_own *endpoint;

	TAILQ_FOREACH(endpoint, &lab->endpoints, entry)
		if (strcmp(endpoint->name, name) == 0)
			return &endpoint->endpoint;
	return NULL;
}

struct endpoint *endpoint_next(const struct lab *lab, const struct endpoint *endpoint)
{
	struct endpoint_own *next = endpoint
		? TAILQ_NEXT((struct endpoint_own *)(uintptr_t)endpoint, entry)
		: TAILQ_FIRST(&lab->endpoints);

	return next ? &next->endpoint : NULL;
}

/* ---------------------------------------------------------------- answers */

static struct pending_call *call_find(struct endpoint_own *endpoint, uint32_t id)
{
	struct pending_call *call;

	TAILQ_FOREACH(call, &endpoint->calls, entry)
		if (call->id == id)
			return call;
	return NULL;
}

static void call_end(struct endpoint_own *endpoint, struct pending_call *call)
{
	TAILQ_REMOVE(&endpoint->calls, call, entry);
	free(call);
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
	if (reply->number >= endpoint->next_number)
		endpoint->next_number = reply->number + 1;
	return own;
}

/* What the call does to its socket, if it did it. */
static enum stimulus stimulus_of(const struct pending_call *call, const struct reply *reply)
{
	if (!call || !call->has_stimulus)
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
	return own;
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
	if (call && call->was_pending)
		event.time = lab_now(lab);
	/* where nothing is held, what is pending ends by itself: tell it then */
	observe_event(lab, &event, own, on, pending && !lab_is_held(lab));
	if (!call)
		return;
	if (pending) {
		call->was_pending = true;
		call->has_stimulus = false;
		if (!lab_is_held(lab))
			return;
	}
	if (call->done)
		settle_then(lab, call->done, call->arg, &event);
	call->done = NULL;
	if (!pending)
		call_end(endpoint, call);
}

static void synced(struct endpoint_own *endpoint)
{
	if (!endpoint->syncing)
		return;
	endpoint->syncing = false;
	endpoint->lab->settle.syncs--;
	settle_go_on(endpoint->lab);
}

static bool receive(struct endpoint_own *endpoint)
{
	struct reply reply;
	ssize_t got = recv(endpoint->channel, &reply, sizeof reply, MSG_DONTWAIT);

	if (got <= 0)
		return false;
	if (reply.kind == REPLY_SYNCED)
		synced(endpoint);
	else
		on_call(endpoint, &reply);
	return true;
}

static void on_channel(evutil_socket_t fd, short what, void *arg)
{
	struct endpoint_own *endpoint = arg;

	(void)fd;
	(void)what;
	while (endpoint->channel >= 0 && receive(endpoint))
		;
	settle_soon(endpoint->lab);
}

/* -------------------------------------------------------------- its death */

/* When it died: before anything its sockets sent by that. */
static int64_t time_of_death(const struct lab *lab, const struct endpoint_own *endpoint)
{
	int64_t time = lab_now(lab);

	for (unsigned i = 0; i < lab->happening_count; i++) {
		const struct happening *happening = &lab->happenings[i];
		const struct segment *segment;
		struct socket_own *own;

		if (happening->kind != HAPPENED_ENTERED)
			continue;
		segment = &happening->passage->passage.seg;
		own = socket_at((struct lab *)(uintptr_t)lab, endpoint->endpoint.node, &segment->src,
			&segment->dst);
		if (own && own->socket.endpoint == &endpoint->endpoint &&
			segment->flags & (SEG_FIN | SEG_RST) && happening->time <= time)
			time = happening->time - 1;
	}
	return time;
}

static const char *how_it_ended(int status, char *text, size_t size)
{
	if (WIFSIGNALED(status))
		snprintf(text, size, "ended by SIG%s", sigabbrev_np(WTERMSIG(status)));
	else
		snprintf(text, size, "ended with status %d", WEXITSTATUS(status));
	return text;
}

static void tell_death(struct endpoint_own *endpoint, const char *how)
{
	struct lab *lab = endpoint->lab;
	struct lab_event event = {.kind = LAB_PROCESS, .endpoint = &endpoint->endpoint, .text = how,
		.time = time_of_death(lab, endpoint)};
	struct socket_own *own;

	observe_event(lab, &event, NULL, NO_STIMULUS, false);
	event.text = NULL;
	TAILQ_FOREACH(own, &lab->sockets, entry)
		if (own->socket.endpoint == &endpoint->endpoint && own->socket.open) {
			own->socket.open = false;
			event.socket = &own->socket;
			observe_event(lab, &event, own, ON_DEATH, true);
		}
}

static void process_forget(struct endpoint_own *endpoint)
{
	if (endpoint->readable)
		event_free(endpoint->readable);
	if (endpoint->ended)
		event_free(endpoint->ended);
	endpoint->readable = endpoint->ended = NULL;
	fd_close(&endpoint->channel);
	fd_close(&endpoint->pidfd);
	endpoint->endpoint.pid = -1;
	endpoint->endpoint.stopped = false;
}

/* Those who waited for calls of a process that is no more. */
static void calls_fail(struct endpoint_own *endpoint)
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

/* The process is a zombie: all its sockets are closed by now. */
static void on_ended(evutil_socket_t fd, short what, void *arg)
{
	struct endpoint_own *endpoint = arg;
	struct lab *lab = endpoint->lab;
	lab_done_fn done = endpoint->killed_done;
	char text[64];
	int status = 0;

	(void)fd;
	(void)what;
	while (receive(endpoint)) /* what it said before */
		;
	waitpid(endpoint->endpoint.pid, &status, 0);
	wire_drain(lab);
	tell_death(endpoint, how_it_ended(status, text, sizeof text));
	process_forget(endpoint);
	synced(endpoint);
	calls_fail(endpoint);
	endpoint->killed_done = NULL;
	if (done)
		settle_then(lab, done, endpoint->killed_arg, NULL);
	else
		settle_soon(lab);
}

/* ---------------------------------------------------------------- its life */

static int spawn(struct endpoint_own *endpoint, struct cause *cause)
{
	struct lab *lab = endpoint->lab;
	int pair[2], pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return cause_set_errno(cause, errno, "cannot make a channel to %s", endpoint->name);
	netns_enter(node_own(endpoint->endpoint.node)->ns);
	pid = machine_fork(pair[1], cause);
	if (pid == 0)
		child_run(pair[1], endpoint->next_number);
	netns_enter(lab->wire.home);
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return -1;
	}
	endpoint->endpoint.pid = pid;
	endpoint->channel = pair[0];
	endpoint->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	endpoint->readable = event_new(lab->base, endpoint->channel, EV_READ | EV_PERSIST, on_channel,
		endpoint);
	endpoint->ended = event_new(lab->base, endpoint->pidfd, EV_READ, on_ended, endpoint);
	event_add(endpoint->readable, NULL);
	event_add(endpoint->ended, NULL);
	return 0;
}

static struct endpoint_own *make(struct lab *lab, struct node *node, const char *name)
{
	struct endpoint_own *endpoint = alloc_new(struct endpoint_own);

	snprintf(endpoint->name, sizeof endpoint->name, "%s", name);
	endpoint->lab = lab;
	endpoint->channel = endpoint->pidfd = -1;
	endpoint->next_number = 1;
	endpoint->endpoint = (struct endpoint){.name = endpoint->name, .node = node, .pid = -1};
	TAILQ_INIT(&endpoint->calls);
	TAILQ_INSERT_TAIL(&lab->endpoints, endpoint, entry);
	return endpoint;
}

/* The endpoint of that name, its process running. */
static struct endpoint_own *get(struct lab *lab, struct node *node, const char *name,
	struct cause *cause)
{
	struct endpoint_own *endpoint;

	if (!name)
		name = node->name;
	endpoint = (struct endpoint_own *)endpoint_find(lab, name);
	if (endpoint && endpoint->endpoint.node != node) {
		cause_set(cause, EEXIST, "\"%s\" is an endpoint in %s already: take another name", name,
			endpoint->endpoint.node->name);
		return NULL;
	}
	if (!endpoint && strcmp(name, node->name) != 0 && node_find(lab, name)) {
		cause_set(cause, EEXIST, "\"%s\" is a host: take another name for the endpoint", name);
		return NULL;
	}
	if (wire_start(lab, cause) < 0)
		return NULL;
	if (!endpoint)
		endpoint = make(lab, node, name);
	if (endpoint->endpoint.pid < 0 && spawn(endpoint, cause) < 0)
		return NULL;
	return endpoint;
}

void endpoint_free(struct endpoint_own *endpoint)
{
	struct pending_call *call;
	int pid = endpoint->endpoint.pid;

	while ((call = TAILQ_FIRST(&endpoint->calls)))
		call_end(endpoint, call);
	if (pid > 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	process_forget(endpoint);
	free(endpoint);
}

void endpoints_cancel(struct lab *lab, void *arg)
{
	struct endpoint_own *endpoint;
	struct pending_call *call;

	TAILQ_FOREACH(endpoint, &lab->endpoints, entry) {
		TAILQ_FOREACH(call, &endpoint->calls, entry)
			if (call->arg == arg)
				call->done = NULL;
		if (endpoint->killed_arg == arg)
			endpoint->killed_done = NULL;
	}
}

bool endpoint_has_calls(const struct endpoint_own *endpoint)
{
	return !TAILQ_EMPTY(&endpoint->calls);
}

/* ---------------------------------------------------------------- asking */

static int ask(struct endpoint_own *endpoint, struct request *request, enum stimulus on,
	lab_done_fn done, void *arg, struct cause *cause)
{
	struct pending_call *call;

	if (endpoint->endpoint.pid < 0)
		return cause_set(cause, ESRCH, "%s's process has ended: open a new socket with listen "
			"or connect", endpoint->name);
	if (endpoint->endpoint.stopped)
		return cause_set(cause, EAGAIN, "%s's process is stopped: cont %s first",
			endpoint->name, endpoint->name);
	request->id = ++endpoint->lab->next_request;
	if (send(endpoint->channel, request, REQUEST_SIZE(request), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return cause_set_errno(cause, errno, "%s's process does not listen", endpoint->name);
	call = alloc_new(struct pending_call);
	*call = (struct pending_call){.id = request->id, .done = done, .arg = arg, .on = on,
		.has_stimulus = on != NO_STIMULUS};
	TAILQ_INSERT_TAIL(&endpoint->calls, call, entry);
	return 0;
}

bool endpoint_sync(struct endpoint_own *endpoint)
{
	struct request request = {.op = OP_SYNC};

	if (send(endpoint->channel, &request, REQUEST_SIZE(&request), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return false;
	endpoint->syncing = true;
	endpoint->lab->settle.syncs++;
	return true;
}

int endpoint_listen(struct lab *lab, struct node *node, uint16_t port, bool echo, const char *name,
	lab_done_fn done, void *arg, struct cause *cause)
{
	struct endpoint_own *endpoint = get(lab, node, name, cause);
	struct socket_own *listener;
	struct request request = {.op = OP_LISTEN, .flag = echo,
		.to = {.family = AF_INET, .port = port}};

	if (!endpoint)
		return -1;
	listener = socket_of(lab, endpoint, 0);
	if (listener && listener->socket.open)
		return cause_set(cause, EALREADY, "%s listens on port %u already: close %s/listen, or "
			"name another endpoint with as", endpoint->name, listener->socket.local.port,
			endpoint->name);
	endpoint->endpoint.echo = echo;
	return ask(endpoint, &request, ON_LISTEN, done, arg, cause);
}

/* Which port the kernel is to choose: the same in every run, as long as the
 * user has not set a range of the node's own. */
static void choose_port(struct node_own *node, struct request *request)
{
	char range[32];
	struct cause ignored;

	if (node_sysctl(&node->node, "ip_local_port_range", NULL, range, sizeof range, &ignored) < 0 ||
		strcmp(range, DEFAULT_RANGE) != 0)
		return;
	request->range_low = request->range_high = node->next_port;
	node->next_port = node->next_port == LAST_PORT ? FIRST_PORT : node->next_port + 1;
}

int endpoint_connect(struct lab *lab, struct node *node, const struct address *to,
	uint16_t from_port, const char *name, lab_done_fn done, void *arg, struct cause *cause)
{
	struct endpoint_own *endpoint = get(lab, node, name, cause);
	struct request request = {.op = OP_CONNECT, .to = *to, .from_port = from_port};

	if (!endpoint)
		return -1;
	if (!from_port)
		choose_port(node_own(node), &request);
	return ask(endpoint, &request, ON_CONNECT, done, arg, cause);
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

int socket_destroy(struct tcp_socket *socket, lab_done_fn done, void *arg, struct cause *cause)
{
	struct node_own *node = node_own(socket->node);
	struct lab *lab = node->lab;
	struct lab_event event = {.kind = LAB_CALL, .time = lab_now(lab), .socket = socket,
		.endpoint = socket->endpoint, .call = "destroy"};

	if (socket->state == STATE_CLOSED)
		return cause_set(cause, ENOENT, "%s is CLOSED: there is nothing to destroy", socket->name);
	if (diag_destroy(node->diag, &socket->local, &socket->peer, socket->cookie, cause) < 0)
		return -1;
	observe_event(lab, &event, socket_own(socket), ON_DESTROY, false);
	settle_then(lab, done, arg, &event);
	return 0;
}

int endpoint_signal(struct endpoint *endpoint, int signal, lab_done_fn done, void *arg,
	struct cause *cause)
{
	struct endpoint_own *own = (struct endpoint_own *)endpoint;
	struct lab_event event = {.kind = LAB_PROCESS, .time = lab_now(own->lab), .endpoint = endpoint};

	if (endpoint->pid < 0)
		return cause_set(cause, ESRCH, "%s's process has ended already", endpoint->name);
	if (signal == SIGSTOP && endpoint->stopped)
		return cause_set(cause, EALREADY, "%s is stopped already", endpoint->name);
	if (signal == SIGCONT && !endpoint->stopped)
		return cause_set(cause, EALREADY, "%s is not stopped", endpoint->name);
	if (kill(endpoint->pid, signal) < 0)
		return cause_set_errno(cause, errno, "cannot signal %s", endpoint->name);
	if (signal == SIGKILL) {
		own->killed_done = done;
		own->killed_arg = arg;
		return 0;
	}
	endpoint->stopped = signal == SIGSTOP;
	event.text = signal == SIGSTOP ? "stopped by SIGSTOP" : "goes on after SIGCONT";
	observe_event(own->lab, &event, NULL, NO_STIMULUS, false);
	settle_then(own->lab, done, arg, NULL);
	return 0;
}
