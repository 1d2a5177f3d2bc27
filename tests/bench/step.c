/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * step.c - how long the engine needs for one step: from lab_step() until all
 * events of it are told and both hosts' tables are read: step COUNT. Each
 * close has four. Samples, in ms: step; step.cpu, this process's time on the
 * processor, what the kernel did for it included, even its taking in of the
 * segment; step.tables, the reading of the two tables. Then once step.mean and
 * step.user: step.cpu's mean, and the part of that in user space.
 */
#include <event2/event.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "bench.h"
#include "drive.h"
#include "netlab.h"

struct sums {
	unsigned steps;
	double user, cpu;
};

static struct event_base *base;
static struct lab *lab;
static struct node *client, *server;
static struct cause cause;

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "step: %s: %s\n", what, cause.text);
	exit(1);
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

/* User space's share of the processor is known by the kernel's ticks alone, so
 * it means something as a sum only. */
static double user_ms(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_utime.tv_sec * 1e3 + (double)usage.ru_utime.tv_usec / 1e3;
}

static double read_tables(void)
{
	double began = now_ms();
	unsigned rows = 0;

	if (node_dump(client, on_row, &rows, &cause) < 0 ||
		node_dump(server, on_row, &rows, &cause) < 0)
		fail("dump");
	return now_ms() - began;
}

static void step(struct sums *sums)
{
	double began, cpu, user, dumped;
	bool done = false;

	while (!held_next(lab, NULL))
		settle();
	user = user_ms();
	cpu = clock_ms(CLOCK_PROCESS_CPUTIME_ID);
	began = now_ms();
	lab_step(lab, 1000000000, on_step, &done);
	wait_until(&done);
	dumped = read_tables();
	began = now_ms() - began;
	cpu = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	sums->user += user_ms() - user;
	sums->cpu += cpu;
	sums->steps++;
	sample("step", began);
	sample("step.cpu", cpu);
	sample("step.tables", dumped);
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

static void listen_at(uint16_t port)
{
	bool done = false;

	if (endpoint_listen(lab, server, port, false, 0, NULL, on_done, &done, &cause) < 0)
		fail("listen");
	wait_until(&done);
}

static void connect_to(uint16_t port)
{
	struct address to;
	bool done = false;

	if (node_address(server, &to, &cause) < 0)
		fail("address");
	to.port = port;
	if (endpoint_connect(lab, client, &to, NULL, NULL, on_done, &done, &cause) < 0)
		fail("connect");
	wait_until(&done);
}

/* Every close begins with the same tables: the TIME-WAIT does not stay. */
static void close_once(struct sums *sums)
{
	bool destroyed = false, released = false;

	connect_to(80);
	if (lab_hold(lab, NULL, NULL, &cause) < 0)
		fail("hold");
	close_socket("client");
	step(sums);
	step(sums);
	close_socket("server");
	step(sums);
	step(sums);
	if (socket_destroy(find("client"), on_done, &destroyed, &cause) < 0)
		fail("destroy");
	wait_until(&destroyed);
	lab_release(lab, on_done, &released);
	wait_until(&released);
}

static void make_lab(void)
{
	static const struct lab_ops ops = {.event = on_event, .changed = on_change};

	if (machine_enter(&cause) < 0)
		fail("machine");
	base = loop_new();
	lab = base ? lab_new(base, &ops, NULL, &cause) : NULL;
	if (!lab)
		fail("lab");
	client = node_new(lab, "client", NODE_HOST, &cause);
	server = client ? node_new(lab, "server", NODE_HOST, &cause) : NULL;
	if (!server || !link_new(lab, client, server, &cause))
		fail("nodes");
}

int main(int argc, char **argv)
{
	unsigned count = argc > 1 ? (unsigned)atoi(argv[1]) : 1000;
	struct sums sums = {0};

	make_lab();
	listen_at(80);
	while (sums.steps < count)
		close_once(&sums);
	sample("step.user", sums.user / sums.steps);
	sample("step.mean", sums.cpu / sums.steps);
	lab_free(lab);
	event_base_free(base);
	return 0;
}
