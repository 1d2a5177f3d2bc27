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
#include "json.h"

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
	json_string(&json, "node", item->values[0].node->name);
	json_string_sized(&json, "text", line, length);
	json_print(&json, item->cli);
}

static void settled(void *arg, const struct lab_event *call)
{
	struct item *item = arg;

	(void)call;
	item_done(item, item->cause.text[0] == '\0');
}

static void on_end(void *arg, int status)
{
	struct item *item = arg;
	const char *program = item->values[1].words[0];

	item->data = NULL;
	if (WIFSIGNALED(status))
		cause_set(&item->cause, 0, "%s was ended by SIG%s", program,
			sigabbrev_np(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		cause_set(&item->cause, 0, "%s ended with status %d", program, WEXITSTATUS(status));
	lab_settle(item->cli->lab, settled, item);
}

static enum result begin(struct item *item)
{
	item->data = node_exec(item->values[0].node, item->values[1].words, on_line, on_end, item,
		&item->cause);
	return item->data ? RESULT_WAIT : RESULT_FAILED;
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
	lab_cancel(item->cli->lab, item);
	if (!item->data)
		return;
	process_detach(item->data, ignore_line, ignore_end);
	process_signal(item->data, SIGINT);
}

const struct command cmd_exec = {
	.name = "exec",
	.summary = "run a program in a node",
	.details = "Its output is shown as it comes, its standard input is empty, Ctrl-C interrupts it, "
		   "and a status other than 0 is a failure. It runs without a shell: use sh -c for "
		   "pipes.",
	.example = "exec client ip -brief address",
	.group = "Lab",
	.flags = COMMAND_TABLE,
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_REST, "PROGRAM", NULL, 0, NULL}},
	.exec = begin,
	.cancel = cancel,
};
