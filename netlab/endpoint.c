/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * endpoint.c - the life of an endpoint's process as the lab sees it: its
 * beginning, its signals, its end. calls.c asks it for socket calls, child.c is
 * the process itself.
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

void endpoint_await_end(struct endpoint_own *endpoint)
{
	if (endpoint->dying)
		return;
	endpoint->dying = true;
	endpoint->lab->settle.syncs++;
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
	while (replies_receive(endpoint)) /* what it said before */
		;
	waitpid(endpoint->endpoint.pid, &status, 0);
	wire_drain(lab);
	tell_death(endpoint, how_it_ended(status, text, sizeof text));
	process_forget(endpoint);
	calls_synced(endpoint);
	if (endpoint->dying)
		lab->settle.syncs--;
	endpoint->dying = false;
	calls_fail(endpoint);
	load_endpoint_ended(lab, endpoint);
	endpoint->killed_done = NULL;
	if (done)
		settle_then(lab, done, endpoint->killed_arg, NULL);
	else
		settle_soon(lab);
}

/* --------------------------------------------------- stopped from outside */

#define WATCH (300 * NS_PER_MS)

static bool owes_answer(const struct endpoint_own *endpoint)
{
	const struct pending_call *call;

	if (endpoint->endpoint.pid < 0 || endpoint->endpoint.stopped || endpoint->dying)
		return false;
	if (endpoint->syncing || load_has(endpoint->lab, endpoint))
		return true;
	TAILQ_FOREACH(call, &endpoint->calls, entry)
		if (!call->was_pending)
			return true;
	return false;
}

static bool is_stopped(const struct endpoint_own *endpoint)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)endpoint->endpoint.pid, &info, WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
		info.si_pid != 0;
}

static void tell_signal(struct endpoint_own *endpoint, const char *what)
{
	struct lab_event event = {.kind = LAB_PROCESS, .time = lab_now(endpoint->lab),
		.endpoint = &endpoint->endpoint, .text = what};

	observe_event(endpoint->lab, &event, NULL, NO_STIMULUS, false);
}

static void on_watch(evutil_socket_t fd, short what, void *arg)
{
	struct lab *lab = arg;
	struct endpoint_own *endpoint;
	bool again = false;

	(void)fd;
	(void)what;
	TAILQ_FOREACH(endpoint, &lab->endpoints, entry) {
		if (!owes_answer(endpoint))
			continue;
		again = true;
		if (!is_stopped(endpoint))
			continue;
		endpoint->endpoint.stopped = true;
		tell_signal(endpoint, "stopped by a signal from outside");
		calls_stopped(endpoint);
		settle_soon(lab);
	}
	if (again)
		endpoints_watch(lab);
}

void endpoints_watch(struct lab *lab)
{
	struct timeval wait = clock_timeval(WATCH);

	if (!lab->watch)
		lab->watch = evtimer_new(lab->base, on_watch, lab);
	if (!event_pending(lab->watch, EV_TIMEOUT, NULL))
		event_add(lab->watch, &wait);
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
	endpoint->readable = event_new(lab->base, endpoint->channel, EV_READ | EV_PERSIST, replies_on_channel,
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
struct endpoint_own *endpoint_get(struct lab *lab, struct node *node, const char *name,
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
		cause_set(cause, EEXIST, "\"%s\" is a node: take another name for the endpoint", name);
		return NULL;
	}
	if (node->kind == NODE_SWITCH) {
		cause_set(cause, EINVAL, "%s is a switch: it has no sockets", node->name);
		return NULL;
	}
	if (wire_start(lab, cause) < 0 || node_prepare(node_own(node), cause) < 0)
		return NULL;
	node_own(node)->watched = true;
	if (!endpoint)
		endpoint = make(lab, node, name);
	if (endpoint->endpoint.pid < 0 && spawn(endpoint, cause) < 0)
		return NULL;
	return endpoint;
}

static void end_process(struct endpoint_own *endpoint)
{
	int pid = endpoint->endpoint.pid;

	if (pid > 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	process_forget(endpoint);
}

void endpoint_free(struct endpoint_own *endpoint)
{
	calls_forget(endpoint);
	end_process(endpoint);
	free(endpoint->options);
	free(endpoint);
}

/* The log may go on naming them. */
void endpoints_remove(struct lab *lab, const struct node *node)
{
	struct endpoint_own *endpoint, *next;

	for (endpoint = TAILQ_FIRST(&lab->endpoints); endpoint; endpoint = next) {
		next = TAILQ_NEXT(endpoint, entry);
		if (endpoint->endpoint.node != node)
			continue;
		calls_synced(endpoint);
		if (endpoint->dying)
			lab->settle.syncs--;
		endpoint->dying = false;
		end_process(endpoint);
		calls_fail(endpoint);
		load_endpoint_ended(lab, endpoint);
		TAILQ_REMOVE(&lab->endpoints, endpoint, entry);
		TAILQ_INSERT_TAIL(&lab->gone_endpoints, endpoint, entry);
	}
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

int endpoint_signal(struct endpoint *endpoint, int signal, lab_done_fn done, void *arg,
	struct cause *cause)
{
	struct endpoint_own *own = (struct endpoint_own *)endpoint;

	if (endpoint->pid < 0)
		return cause_set(cause, ESRCH, "%s's process has ended already", endpoint->name);
	if (signal == SIGSTOP && endpoint->stopped)
		return cause_set(cause, EALREADY, "%s is stopped already", endpoint->name);
	if (signal == SIGCONT && !endpoint->stopped)
		return cause_set(cause, EALREADY, "%s is not stopped", endpoint->name);
	apply_at_once(own->lab); /* what it sends then takes the way that there is now */
	if (kill(endpoint->pid, signal) < 0)
		return cause_set_errno(cause, errno, "cannot signal %s", endpoint->name);
	if (signal == SIGKILL) {
		endpoint_await_end(own);
		own->killed_done = done;
		own->killed_arg = arg;
		return 0;
	}
	endpoint->stopped = signal == SIGSTOP;
	if (signal == SIGSTOP)
		calls_stopped(own); /* a sync may be under way */
	tell_signal(own, signal == SIGSTOP ? "stopped by SIGSTOP" : "goes on after SIGCONT");
	settle_then(own->lab, done, arg, NULL);
	return 0;
}
