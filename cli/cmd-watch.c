/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-watch.c - watch: the same command again and again, on a screen of its
 * own: the tables live.
 */
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "command.h"

enum { EVERY, COMMAND };

#define INTERVAL 500000 /* us */

static const char screen_begin[] = "\033[?1049h", screen_clear[] = "\033[H\033[2J",
		  screen_end[] = "\033[?1049l";

static void again(int fd, short what, void *arg);

static void cancel(struct item *item)
{
	if (item->data)
		event_free(item->data);
	item->data = NULL;
}

static void ended(struct item *item, bool ok)
{
	(void)ok;
	cancel(item);
	out_raw(item->cli, screen_end, strlen(screen_end));
}

static void shown(struct item *inner, bool ok)
{
	struct item *item = inner->parent;
	int64_t us = item->values[EVERY].set ? item->values[EVERY].ns / 1000 : INTERVAL;
	struct timeval time = {.tv_sec = us / 1000000, .tv_usec = us % 1000000};

	if (!ok) {
		item->cause = inner->cause;
		item_done(item, false);
		return;
	}
	if (!item->cli->interactive) {
		item_done(item, true);
		return;
	}
	if (!item->data)
		item->data = evtimer_new(item->cli->base, again, item);
	if (!item->data || evtimer_add(item->data, &time) < 0)
		abort();
}

static int show(struct item *item)
{
	static char ss[] = "ss", *by_default[] = {ss, NULL};
	const struct value *command = &item->values[COMMAND];

	if (!item->cli->interactive)
		goto once;
	out_raw(item->cli, screen_clear, strlen(screen_clear));
	out_line(item->cli, "%s   every %.1f s, Ctrl-C ends it",
		command->set ? item->text : "watch ss",
		(double)(item->values[EVERY].set ? item->values[EVERY].ns : INTERVAL * 1000LL) /
			1e9);
	out_line(item->cli, "%s", "");
once:
	if (command->set)
		return item_run_inner(item, command->words, command->word_count, shown);
	return item_run_inner(item, by_default, 1, shown);
}

static void again(int fd, short what, void *arg)
{
	struct item *item = arg;

	(void)fd;
	(void)what;
	if (show(item) < 0)
		item_done(item, false);
}

static enum result begin(struct item *item)
{
	if (item->cli->interactive) {
		out_raw(item->cli, screen_begin, strlen(screen_begin));
		item->ended = ended;
	}
	return show(item) < 0 ? RESULT_FAILED : RESULT_WAIT;
}

const struct command cmd_watch = {
	.name = "watch",
	.summary = "show a command's output live, ss unless said, until Ctrl-C",
	.details = "Twice a second unless every TIME says otherwise; once where there is no "
		   "prompt.",
	.example = "watch",
	.group = "Looking",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_TIME, "TIME", "every", ARG_OPTIONAL, NULL},
		{ARG_COMMAND_LINE, "COMMAND", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
	.cancel = cancel,
};
