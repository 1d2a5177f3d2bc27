/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * load.c - `load` beside the bare pair of pair.c, in turns, each in a lab of its
 * own: load PAIR ROUNDS COUNT CONCURRENCY. Same wire, same processor, and the
 * segments of both are left out of the capture. Samples: load.rate and
 * pair.rate, connections a second; load.whole, ms from the beginning of a load
 * until the lab is settled after it.
 */
#include <event2/event.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "../../netlab/lab.h"
#include "bench.h"
#include "drive.h"

static struct event_base *base;
static struct lab *lab;
static struct node *client, *server;
static struct cause cause;
static struct load_report report;

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, cause.text);
	exit(1);
}

static void on_load(void *arg, const struct load_report *of)
{
	report = *of;
	*(bool *)arg = true;
}

static void on_line(void *arg, const char *line, size_t length)
{
	(void)arg;
	fprintf(stderr, "%.*s\n", (int)length, line);
}

static void on_end(void *arg, int status)
{
	if (status)
		fail("the pair's client failed");
	*(bool *)arg = true;
}

static void on_killed(void *arg, int status)
{
	(void)status;
	*(bool *)arg = true;
}

static void wait_until(const bool *done)
{
	while (!*done)
		event_base_loop(base, EVLOOP_ONCE);
}

static void open_lab(void)
{
	static const struct lab_ops ops = {.event = on_event, .changed = on_change};

	lab = lab_new(base, &ops, NULL, &cause);
	client = lab ? node_new(lab, "client", NODE_HOST, &cause) : NULL;
	server = client ? node_new(lab, "server", NODE_HOST, &cause) : NULL;
	if (!server || !link_new(lab, client, server, &cause) || wire_start(lab, &cause) < 0)
		fail("lab");
}

static struct address target(void)
{
	struct address to;

	if (node_address_from(server, client, AF_INET, &to, &cause) < 0)
		fail("address");
	to.port = 80;
	return to;
}

static void measure_load(uint32_t count, uint32_t concurrency)
{
	struct load_wish wish = {.count = count, .concurrency = concurrency, .bytes = 64};
	bool done = false;
	double began;

	open_lab();
	wish.node = client;
	wish.to = target();
	if (endpoint_listen(lab, server, 80, false, 0, NULL, on_done, &done, &cause) < 0)
		fail("listen");
	wait_until(&done);
	done = false;
	began = now_ms();
	if (lab_load(lab, &wish, NULL, on_load, &done, &cause) < 0)
		fail("load");
	wait_until(&done);
	if (report.done != count)
		fail("not all of the load was done");
	sample("load.whole", now_ms() - began);
	sample("load.rate", (double)count * 1e9 / (double)report.took);
	lab_free(lab);
}

static void leave_out(void)
{
	struct filter filter = {.server = target(), .client_count = 1};

	if (node_address(client, &filter.clients[0], &cause) < 0 ||
		wire_leave_out(lab, &filter, &cause) < 0)
		fail("filter");
}

/* The client tries again until the server listens. */
static void measure_pair(char *pair, char *count, char *concurrency)
{
	static char serve[] = "serve", at[] = "10.0.0.2", port[] = "80", name[] = "pair.rate",
		    sh[] = "sh", option[] = "-c", self[] = "sh",
		    script[] = "until ss -Hltn | grep -q .; do sleep 0.01; done";
	static char connect_word[] = "connect";
	char *server_words[] = {pair, serve, at, port, NULL};
	char *wait_words[] = {sh, option, script, self, NULL};
	char *client_words[] = {pair, connect_word, at, port, count, concurrency, name, NULL};
	bool listening = false, done = false, killed = false;
	struct process *serving;

	open_lab();
	leave_out();
	serving = node_exec(server, server_words, on_line, on_killed, &killed, &cause);
	if (!serving || !node_exec(server, wait_words, on_line, on_end, &listening, &cause))
		fail("exec");
	wait_until(&listening);
	if (!node_exec(client, client_words, on_line, on_end, &done, &cause))
		fail("exec");
	wait_until(&done);
	process_signal(serving, 9);
	wait_until(&killed);
	lab_free(lab);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fputs("usage: load PAIR ROUNDS COUNT CONCURRENCY\n", stderr);
		return 2;
	}
	if (machine_enter(&cause) < 0)
		fail("machine");
	base = loop_new();
	for (int round = atoi(argv[2]); round > 0; round--) {
		measure_pair(argv[1], argv[3], argv[4]);
		measure_load((uint32_t)atol(argv[3]), (uint32_t)atol(argv[4]));
	}
	return 0;
}
