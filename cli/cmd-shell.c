/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-shell.c - shell: the user's shell, or a program that wants a terminal, in
 * a node. What happens in the lab meanwhile is told when it has ended.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "cli.h"
#include "command.h"
#include "hooks.h"
#include "shell.h"

enum { NODE, PROGRAM };

/* Where the log stood when the terminal was lent. */
static uint64_t log_end;

static void catch_up(struct cli *cli)
{
	uint64_t n = lab_log_first(cli->lab);

	if (n > log_end)
		out_line(cli, "  lab     %llu events before these are not kept",
			(unsigned long long)(n - log_end));
	else
		n = log_end;
	for (; n < lab_log_end(cli->lab); n++)
		hooks_lab_ops.event(cli, lab_log_get(cli->lab, n));
	hooks_lab_ops.changed(cli);
}

static void settled(void *arg, const struct lab_event *call)
{
	struct item *item = arg;

	(void)call;
	shell_take_back(item->cli);
	catch_up(item->cli);
	item_done(item, item->cause.text[0] == '\0');
}

static void on_end(void *arg, int status)
{
	struct item *item = arg;
	const struct value *program = &item->values[PROGRAM];

	item->data = NULL;
	/* a shell's status is that of whatever was typed last */
	if (program->set && WIFSIGNALED(status))
		cause_set(&item->cause, 0, "%s was ended by SIG%s", program->words[0],
			sigabbrev_np(WTERMSIG(status)));
	else if (program->set && WEXITSTATUS(status))
		cause_set(&item->cause, 0, "%s ended with status %d", program->words[0],
			WEXITSTATUS(status));
	lab_settle(item->cli->lab, settled, item);
}

static enum result begin(struct item *item)
{
	const struct value *program = &item->values[PROGRAM];

	if (!program->set)
		out_line(item->cli, "  %-6s  a shell in this node; exit or Ctrl-D comes back here",
			item->values[NODE].node->name);
	log_end = lab_log_end(item->cli->lab);
	shell_lend(item->cli);
	item->data = node_exec_terminal(item->values[NODE].node,
		program->set ? program->words : NULL, on_end, item, &item->cause);
	if (item->data)
		return RESULT_WAIT;
	shell_take_back(item->cli);
	return RESULT_FAILED;
}

static void ignore_end(void *arg, int status)
{
	(void)arg;
	(void)status;
}

static void cancel(struct item *item)
{
	lab_cancel(item->cli->lab, item);
	if (item->data) {
		process_detach(item->data, NULL, ignore_end);
		process_signal(item->data, SIGHUP);
		process_signal(item->data, SIGCONT);
	}
	shell_take_back(item->cli);
}

const struct command cmd_shell = {
	.name = "shell",
	.summary = "open your shell in a node, or a program that wants a terminal",
	.details = "The lab goes on meanwhile; what happens in it is told when the shell has "
		   "ended, by exit or Ctrl-D. With PROGRAM that is run instead: less, vi, top. At "
		   "the prompt only; netlab enter does the same from another terminal.",
	.example = "shell client",
	.group = "Lab",
	.flags = COMMAND_TABLE | COMMAND_INTERACTIVE,
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL},
		{ARG_REST, "PROGRAM", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
	.cancel = cancel,
};
