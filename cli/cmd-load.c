/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-load.c - load: many connections, opened, used and closed at once.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "command.h"
#include "interrupt.h"
#include "json.h"
#include "queue.h"
#include "sockets.h"
#include "tell.h"
#include "timetext.h"

enum { NODE, TARGET, COUNT, CONCURRENCY, CLOSER, PORTS, BYTES };

#define CONCURRENCY_UNLESS_SAID 64
#define BYTES_UNLESS_SAID	64
#define BAR			24

/* While it runs: item->data. */
struct loading {
	unsigned interrupts;
	bool bar; /* a progress bar is on the screen */
};

static double rate(const struct load_report *report)
{
	return report->took > 0 ? (double)report->done * 1e9 / (double)report->took : 0;
}

static const char *error_text(const struct load_errors *errors)
{
	return errors->error ? errno_name(errors->error) : "reply cut short";
}

/* ------------------------------------------------------------- while it runs */

static void wipe_bar(struct cli *cli, struct loading *loading)
{
	static const char wipe[] = "\r\033[K";

	if (loading->bar)
		out_raw(cli, wipe, strlen(wipe));
	loading->bar = false;
}

static void on_progress(void *arg, const struct load_report *report)
{
	struct item *item = arg;
	struct loading *loading = item->data;
	int64_t count = item->values[COUNT].number;
	uint32_t over = report->done + report->failed;
	int full = (int)((int64_t)over * BAR / count);
	char line[160], bar[BAR + 1];

	if (item->cli->json || !isatty(STDOUT_FILENO))
		return;
	memset(bar, '.', BAR);
	memset(bar, '#', (size_t)full);
	bar[BAR] = '\0';
	snprintf(line, sizeof line, "\r  %-7s [%s] %u of %lld, %.0f a second, %u failed\033[K",
		item->values[NODE].node->name, bar, over, (long long)count, rate(report),
		report->failed);
	loading->bar = true;
	out_raw(item->cli, line, strlen(line));
	fflush(stdout);
}

/* ------------------------------------------------------------------- its end */

static void json_errors(struct json *json, const struct load_report *report)
{
	json_open(json, "errors", '{');
	for (unsigned i = 0; i < report->error_count; i++)
		json_int(json, error_text(&report->errors[i]), report->errors[i].count);
	json_close(json, '}');
}

static void sum_up_json(struct item *item, const struct load_report *report, bool interrupted)
{
	const struct value *value = item->values;
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "load");
	json_string(&json, "from", value[NODE].node->name);
	json_string(&json, "to", value[TARGET].text);
	json_int(&json, "count", value[COUNT].number);
	json_int(&json, "done", report->done);
	json_int(&json, "failed", report->failed);
	json_int(&json, "cut_off", report->cut_off);
	json_errors(&json, report);
	json_int(&json, "server_failed", report->server_failed);
	json_seconds(&json, "took", report->took);
	json_double(&json, "rate", rate(report), 0);
	json_string(&json, "closer", value[CLOSER].number ? "server" : "client");
	json_string(&json, "ports", value[PORTS].number ? "kernel" : "named");
	json_bool(&json, "interrupted", interrupted);
	json_print(&json, item->cli);
}

static const char *gloss(const struct load_report *report, int error, char *buf, size_t size)
{
	switch (error) {
	case EADDRNOTAVAIL:
		snprintf(buf, size,
			"no port of %u to %u was free towards that address and port: each was open "
			"or in TIME-WAIT", report->low, report->high);
		return buf;
	case ECONNREFUSED:
		return "nobody listened there any more";
	case ECONNRESET:
		return "the server's kernel sent RST";
	case ETIMEDOUT:
		return "no answer came to any of its SYNs, or to its data";
	case EMFILE:
		return "its process may not open more files: ulimit -n";
	default:
		return "";
	}
}

static void sum_up_errors(struct item *item, const struct load_report *report)
{
	char line[120], remark[160];

	for (unsigned i = 0; i < report->error_count; i++) {
		snprintf(line, sizeof line, "  %-7s %u failed: %s", item->values[NODE].node->name,
			report->errors[i].count, error_text(&report->errors[i]));
		tell_remark(item->cli, line, gloss(report, report->errors[i].error, remark,
						     sizeof remark));
	}
	if (report->cut_off)
		out_line(item->cli, "  %-7s %u were open still, and were closed",
			item->values[NODE].node->name, report->cut_off);
	else if (report->server_failed)
		out_line(item->cli, "  %-7s %u failed at the server", item->values[NODE].node->name,
			report->server_failed);
}

static void sum_up(struct item *item, const struct load_report *report, bool interrupted)
{
	const struct value *value = item->values;
	char took[TIME_TEXT];
	struct cause cause;

	if (item->cli->json) {
		sum_up_json(item, report, interrupted);
	} else {
		out_line(item->cli,
			"  %-7s %u connections to %s in %s, %.0f a second; the %s closed first",
			value[NODE].node->name, report->done, value[TARGET].text,
			time_text(report->took, took, sizeof took), rate(report),
			value[CLOSER].number ? "server" : "client");
		sum_up_errors(item, report);
	}
	if (sockets_print_summary(item->cli, NULL, &cause) < 0)
		out_error(item->cli, item, cause.text);
}

static void forget(struct item *item)
{
	interrupt_leave(item);
	free(item->data);
	item->data = NULL;
}

/* The error that came most often. */
static int worst(const struct load_report *report)
{
	const struct load_errors *most = &report->errors[0];

	for (unsigned i = 1; i < report->error_count; i++)
		if (report->errors[i].count > most->count)
			most = &report->errors[i];
	return report->error_count ? most->error : 0;
}

static void on_done(void *arg, const struct load_report *report)
{
	struct item *item = arg;
	struct loading *loading = item->data;
	bool interrupted = loading->interrupts > 0;
	int error = worst(report);

	wipe_bar(item->cli, loading);
	forget(item);
	sum_up(item, report, interrupted);
	if (interrupted) {
		queue_interrupt(item->cli->queue);
		return;
	}
	if (report->lost)
		cause_set(&item->cause, ESRCH, "the load has ended early: %s", report->lost);
	else if (report->failed)
		cause_set(&item->cause, error, "%u of %u connections failed, most of them by %s",
			report->failed, report->failed + report->done,
			error ? errno_name(error) : "a reply that was cut short");
	item_done(item, !report->lost && !report->failed);
}

/* The second time it is not even waited for. */
static void on_interrupt(struct item *item)
{
	struct loading *loading = item->data;

	if (loading->interrupts++ == 0)
		lab_load_end(item->cli->lab);
	else
		queue_interrupt(item->cli->queue);
}

static void cancel(struct item *item)
{
	lab_load_cancel(item->cli->lab, item);
	if (item->data)
		wipe_bar(item->cli, item->data);
	forget(item);
}

static int check(const struct value *value, struct cause *cause)
{
	if (value[CONCURRENCY].set && value[CONCURRENCY].number > LOAD_CONCURRENCY_MAX)
		return cause_set(cause, EINVAL, "concurrency %lld: %d at most",
			(long long)value[CONCURRENCY].number, LOAD_CONCURRENCY_MAX);
	return 0;
}

static enum result begin(struct item *item)
{
	const struct value *value = item->values;
	struct load_wish wish = {
		.node = value[NODE].node,
		.to = value[TARGET].address,
		.count = (uint32_t)value[COUNT].number,
		.concurrency = value[CONCURRENCY].set ? (uint32_t)value[CONCURRENCY].number
						      : CONCURRENCY_UNLESS_SAID,
		.bytes = value[BYTES].set ? (uint32_t)value[BYTES].number : BYTES_UNLESS_SAID,
		.server_closes = value[CLOSER].number == 1,
		.kernel_ports = value[PORTS].number == 1,
	};

	if (check(value, &item->cause) < 0)
		return RESULT_FAILED;
	if (wish.concurrency > wish.count)
		wish.concurrency = wish.count;
	if (lab_load(item->cli->lab, &wish, on_progress, on_done, item, &item->cause) < 0)
		return RESULT_FAILED;
	item->data = calloc(1, sizeof(struct loading));
	if (!item->data)
		abort();
	interrupt_take(item, on_interrupt);
	return RESULT_WAIT;
}

const struct command cmd_load = {
	.name = "load",
	.summary = "open, use and close many connections, so many at once",
	.details = "Over each goes a request of 64 bytes and a reply of 64, or as many as bytes "
		   "says; then the closer (client unless said) closes first and has the TIME-WAIT. "
		   "The target must be an endpoint that listens. 64 connections at once unless "
		   "concurrency says otherwise. ports named: each has the next free port of the "
		   "node's ip_local_port_range, which is fast even when most are in TIME-WAIT; "
		   "kernel: connect() looks for one. `option` holds for its sockets, too. Its "
		   "segments are not followed one by one, and no fault strikes them. Errors are "
		   "counted; the load fails if there was one. At the end all sockets are summed by "
		   "state. Ctrl-C ends it.",
	.example = "load client server:80 count 100",
	.group = "Endpoints",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_TARGET, "NODE:PORT", NULL, 0, NULL},
		{ARG_COUNT, "N", "count", 0, NULL},
		{ARG_COUNT, "C", "concurrency", ARG_OPTIONAL, NULL},
		{ARG_CHOICE, NULL, "closer", ARG_OPTIONAL, "client|server"},
		{ARG_CHOICE, NULL, "ports", ARG_OPTIONAL, "named|kernel"},
		{ARG_COUNT, "N", "bytes", ARG_OPTIONAL, NULL}},
	.exec = begin,
	.cancel = cancel,
};
