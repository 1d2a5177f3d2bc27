/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-sleep.c - sleep: let time pass.
 */
#include <event2/event.h>
#include <stdlib.h>

#include "cli.h"
#include "command.h"

static void forget(struct item *item)
{
	event_free(item->data);
	item->data = NULL;
}

static void over(int fd, short what, void *arg)
{
	struct item *item = arg;

	(void)fd;
	(void)what;
	forget(item);
	item_done(item, true);
}

static enum result begin(struct item *item)
{
	int64_t us = item->values[0].ns / 1000;
	struct timeval time = {.tv_sec = us / 1000000, .tv_usec = us % 1000000};

	item->data = evtimer_new(item->cli->base, over, item);
	if (!item->data || evtimer_add(item->data, &time) < 0)
		abort();
	return RESULT_WAIT;
}

const struct command cmd_sleep = {
	.name = "sleep",
	.summary = "let time pass",
	.details = "The lab goes on meanwhile. To wait for something, use wait instead.",
	.example = "sleep 10ms",
	.group = "Shell",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_TIME, "TIME", NULL, 0, NULL}},
	.exec = begin,
	.cancel = forget,
};
