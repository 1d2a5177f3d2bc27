/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hooks.c - what ties the lab's callbacks and the queue to the screen: events
 * are printed as they are told; after a command the table is printed if a
 * state has changed; checks are reported.
 */
#include "hooks.h"

#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "predictions.h"
#include "prose.h"
#include "queue.h"
#include "shell.h"
#include "sockets.h"
#include "tell.h"
#include "text.h"

#define TOLD_MOST 60

/* Of free-running segments, and of sockets that no endpoint owns, there may be
 * tens of thousands: the log has them all, the screen the first. */
static bool may_be_many(const struct lab_event *event)
{
	switch (event->kind) {
	case LAB_SEGMENT:
		return event->fate == FATE_DELIVERED && passage_at_once(event->passage);
	case LAB_STATE:
		return !event->socket->endpoint;
	default:
		return false;
	}
}

static void on_event(void *arg, const struct lab_event *event)
{
	struct cli *cli = arg;

	if (event->kind == LAB_STATE)
		cli->table_due = true;
	if (shell_is_lent(cli)) /* the log keeps it, cmd-shell.c tells it */
		return;
	if (cli->brief && !cli->json && (event->kind == LAB_SEGMENT || event->kind == LAB_STATE))
		return;
	if (!cli->json && may_be_many(event) && cli->told++ >= TOLD_MOST)
		cli->untold++;
	else
		tell_event(cli, event, false);
}

static void on_changed(void *arg)
{
	struct cli *cli = arg;

	if (cli->untold)
		out_line(cli, "  lab     %u more segments and changes: events shows all",
			cli->untold);
	cli->untold = 0;
	if (cli->changed)
		cli->changed(cli->changed_item);
}

const struct lab_ops hooks_lab_ops = {.event = on_event, .changed = on_changed};

/* Does a lesson show it? Not what is done no times: that depends on its words. And
 * what is done once is shown without its repeat, the formulas filled in. */
static bool is_shown(const struct item *item)
{
	bool repeats = item->command->args[0].type == ARG_TIMES;

	return item->shown && !(item->command->flags & COMMAND_QUIET) &&
		!(repeats && item->values[0].number < 2);
}

/* A command of a lesson, as if it were typed. */
static void show_command(struct cli *cli, const struct item *item)
{
	const char *on = cli->color ? style_on(STYLE_BOLD) : "", *off = cli->color ? STYLE_OFF : "";
	struct json json;

	if (!cli->json) {
		out_line(cli, "netlab> %s%s%s", on, item->text, off);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "text");
	json_string(&json, "kind", "command");
	json_string(&json, "text", item->text);
	json_print(&json, cli);
}

/* Does it belong to the paragraph that is being said? */
static bool goes_on(const struct command *command)
{
	return strcmp(command->name, "say") == 0 || strcmp(command->name, "task") == 0 ||
	       strcmp(command->name, "where") == 0;
}

static void before(void *arg, struct item *item)
{
	struct cli *cli = arg;

	if (!goes_on(item->command))
		prose_flush(cli);
	if (is_shown(item))
		show_command(cli, item);
	if (item->command->flags & (COMMAND_CHECK | COMMAND_ASIDE))
		return;
	cli->told = 0;
	cli->window_first = cli->lab ? lab_log_end(cli->lab) : 0;
	cli->table_due = false;
}

static void report_check(struct cli *cli, const struct item *item, bool ok)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "check");
	json_string(&json, "file", item->file);
	if (item->file)
		json_int(&json, "line", item->line);
	else
		json_null(&json, "line");
	json_string(&json, "text", item->text);
	json_bool(&json, "ok", ok);
	json_print(&json, cli);
}

/* Before it asks, waits, or ends. */
static void rest(void *arg)
{
	prose_flush(arg);
}

static void print_table(struct cli *cli, const struct item *item)
{
	if (cli->json || cli->brief || !cli->lab || !cli->table_due ||
		!(item->command->flags & COMMAND_TABLE))
		return;
	out_line(cli, "%s", "");
	sockets_print_lesson(cli);
	out_line(cli, "%s", "");
	cli->table_due = false;
}

static void after(void *arg, struct item *item, bool ok)
{
	struct cli *cli = arg;

	if (cli->brief == item)
		cli->brief = NULL;
	if (item->command->flags & COMMAND_CHECK) {
		if (cli->json)
			report_check(cli, item, ok);
		else if (!ok && cli->lab)
			sockets_print_lesson(cli);
		if (ok)
			print_table(cli, item);
		return;
	}
	print_table(cli, item);
	if (cli->lab && !(item->command->flags & COMMAND_ASIDE))
		predictions_tell(cli);
}

void hooks_set(struct cli *cli)
{
	queue_set_hooks(cli->queue, before, after, cli);
	queue_set_rest(cli->queue, rest, cli);
}
