/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * step.c - how long the engine needs for one step: from lab_step() until all
 * events of it are told and both hosts' tables are read: step COUNT. Each
 * close has four. Samples, in ms: step; step.cpu, the process's time on the
 * processor in it, the kernel's work for it included; dump, one host's table;
 * step.user, the mean share spent in user space.
 */
#include <event2/event.h>
#include <stdbool.h>
#include <sys/resource.h>

#include "bench.h"
#include "netlab.h"

static struct event_base *base;
static struct lab *lab;
static struct node *client, *server;
static struct cause cause;

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "step: %s: %s\n", what, cause.text);
	exit(1);
}

static void on_event(void *arg, const struct lab_event *event)
{
	(void)arg;
	(void)event;
}

static void on_change(void *arg)
{
	(void)arg;
}

static void on_done(void *arg, const struct lab_event *call)
{
	(void)call;
	*(bool *)arg = true;
}

static void on_step(void *arg, const struct passage *passage)
{
	if (!passage)
		fail("nothing came");
	*(bool *)arg = true;
}

static void on_row(void *arg, const struct tcp_socket *row)
{
	(void)row;
	++*(unsigned *)arg;
}

static void wait_until(const bool *done)
{
	while (!*done)
		event_base_loop(base, EVLOOP_ONCE);
}

static void settle(void)
{
	bool done = false;

	lab_settle(lab, on_done, &done);
	wait_until(&done);
}

static double user_ms(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_utime.tv_sec * 1e3 + (double)usage.ru_utime.tv_usec / 1e3;
}

static void read_tables(void)
{
	unsigned rows = 0;
	double began = now_ms();

	if (node_dump(client, on_row, &rows, &cause) < 0)
		fail("client");
	sample("dump", now_ms() - began);
	if (node_dump(server, on_row, &rows, &cause) < 0)
		fail("server");
}

static double step(void)
{
	double began, cpu, user, took;
	bool done = false;

	while (!held_next(lab, NULL))
		settle();
	user = user_ms();
	cpu = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
	began = now_ms();
	lab_step(lab, 1000000000, on_step, &done);
	wait_until(&done);
	read_tables();
	took = now_ms() - began;
	sample("step", took);
	sample("step.cpu", clock_ms(CLOCK_PROCESS_CPUTIME_ID) - cpu);
	return user_ms() - user;
}

static struct tcp_socket *find(const char *name)
{
	struct tcp_socket *socket = socket_find(lab, name, SOCKET_TO_SEE, &cause);

	if (!socket)
		fail(name);
	return socket;
}

static void close_socket(const char *name)
{
	bool done = false;

	if (socket_close(find(name), on_done, &done, &cause) < 0)
		fail("close");
	wait_until(&done);
}

static double close_once(const struct address *to)
{
	bool connected = false, released = false, destroyed = false;
	double user = 0;

	if (endpoint_connect(lab, client, to, 0, NULL, on_done, &connected, &cause) < 0)
		fail("connect");
	wait_until(&connected);
	if (lab_hold(lab, NULL, NULL, &cause) < 0)
		fail("hold");
	close_socket("client");
	user += step() + step();
	close_socket("server");
	user += step() + step();
	lab_release(lab, on_done, &released, NULL);
	return user + (wait_until(&released), 0) + (void)destroyed, user;
}

int main(int argc, char **argv)
{
	return 0;
}
