/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-exec.c - exec: run a program in a node.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "cli.h"
#include "command.h"
#include "interrupt.h"
#include "json.h"
#include "queue.h"

enum { NODE, PROGRAM };

/* While the program runs: item->data. */
struct running {
	struct process *process;
	unsigned interrupts; /* by Ctrl-C */
};

static void on_line(void *arg, const char *line, size_t length)
{
	struct item *item = arg;
	struct json json;

	if (!item->cli->json) {
		out_raw(item->cli, line, length);
		out_raw(item->cli, "\n", 1);
		fflush(stdout);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "output");
	json_string(&json, "node", item->values[NODE].node->name);
	json_string_sized(&json, "text", line, length);
	json_print(&json, item->cli);
}

static void settled(void *arg, const struct lab_event *call)
{
	struct item *item = arg;

	(void)call;
	item_done(item, item->cause.text[0] == '\0');
}

static void forget(struct item *item)
{
	interrupt_leave(item);
	free(item->data);
	item->data = NULL;
}

static void on_end(void *arg, int status)
{
	struct item *item = arg;
	struct running *running = item->data;
	const char *program = item->values[PROGRAM].words[0];
	bool interrupted = running->interrupts > 0;

	forget(item);
	if (interrupted) {
		queue_interrupt(item->cli->queue);
		return;
	}
	if (WIFSIGNALED(status))
		cause_set(&item->cause, 0, "%s was ended by SIG%s", program,
			sigabbrev_np(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		cause_set(&item->cause, 0, "%s ended with status %d", program, WEXITSTATUS(status));
	lab_settle(item->cli->lab, settled, item);
}

/* It may want to say something yet, as ping does, and may need more than one. */
static void on_interrupt(struct item *item)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGKILL};
	struct running *running = item->data;
	unsigned n = running->interrupts < 2 ? running->interrupts : 2;

	running->interrupts++;
	if (n > 0)
		out_line(item->cli, "  %-6s  %s gets SIG%s%s", item->values[NODE].node->name,
			item->values[PROGRAM].words[0], sigabbrev_np(signals[n]),
			n == 1 ? ", and SIGKILL with the next Ctrl-C" : "");
	process_signal(running->process, signals[n]);
}

static enum result begin(struct item *item)
{
	struct running *running = calloc(1, sizeof *running);

	if (!running)
		abort();
	running->process = node_exec(item->values[NODE].node, item->values[PROGRAM].words, on_line,
		on_end, item, &item->cause);
	item->data = running;
	if (running->process) {
		interrupt_take(item, on_interrupt);
		return RESULT_WAIT;
	}
	forget(item);
	return RESULT_FAILED;
}

/* Nobody is left to hear of its end. */
static void ignore_line(void *arg, const char *line, size_t length)
{
	(void)arg;
	(void)line;
	(void)length;
}

static void ignore_end(void *arg, int status)
{
	(void)arg;
	(void)status;
}

static void cancel(struct item *item)
{
	struct running *running = item->data;

	lab_cancel(item->cli->lab, item);
	if (!running)
		return;
	process_detach(running->process, ignore_line, ignore_end);
	process_signal(running->process, SIGINT);
	forget(item);
}

const struct command cmd_exec = {
	.name = "exec",
	.summary = "run a program in a node",
	.details = "Its output is shown as it comes, its standard input is empty, and a status "
		   "other than 0 is a failure. Ctrl-C interrupts it; a second one sends SIGTERM, a "
		   "third SIGKILL. It runs without a shell: use sh -c for pipes; and without a "
		   "terminal: use the command shell for less or vi. It knows the nodes by their "
		   "names (/etc/hosts).",
	.example = "exec client ip -brief address",
	.group = "Lab",
	.flags = COMMAND_TABLE,
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_REST, "PROGRAM", NULL, 0, NULL}},
	.exec = begin,
	.cancel = cancel,
};
