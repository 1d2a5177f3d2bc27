/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-wait.c - wait: until an endpoint's socket is in a state.
 */
#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "command.h"
#include "timetext.h"

enum { SOCKET, STATE, WITHIN };

#define PATIENCE (70 * 1000000000LL) /* longer than any TIME-WAIT */

static void forget(struct item *item)
{
	if (item->data)
		event_free(item->data);
	item->data = NULL;
	item->cli->changed = NULL;
}

/* The name is looked up anew: it may mean a newer connection by now. */
static const struct tcp_socket *look(struct item *item)
{
	struct cause ignored;

	return socket_find(item->cli->lab, item->values[SOCKET].text, SOCKET_TO_SEE, &ignored);
}

static void changed(struct item *item)
{
	const struct tcp_socket *socket = look(item);

	if (!socket || socket->state != item->values[STATE].state)
		return;
	forget(item);
	item_done(item, true);
}

static void too_late(int fd, short what, void *arg)
{
	struct item *item = arg;
	const struct tcp_socket *socket = look(item);
	char waited[TIME_TEXT];

	(void)fd;
	(void)what;
	cause_set(&item->cause, ETIMEDOUT, "%s is %s, not %s, after %s", item->values[SOCKET].text,
		socket ? state_name(socket->state) : "gone", state_name(item->values[STATE].state),
		time_text(item->values[WITHIN].set ? item->values[WITHIN].ns : PATIENCE, waited,
			sizeof waited));
	forget(item);
	item_done(item, false);
}

static void settled(void *arg, const struct lab_event *call)
{
	struct item *item = arg;
	int64_t us = (item->values[WITHIN].set ? item->values[WITHIN].ns : PATIENCE) / 1000;
	struct timeval time = {.tv_sec = us / 1000000, .tv_usec = us % 1000000};

	(void)call;
	item->data = evtimer_new(item->cli->base, too_late, item);
	if (!item->data || evtimer_add(item->data, &time) < 0)
		abort();
	item->cli->changed = changed;
	item->cli->changed_item = item;
	changed(item);
}

static enum result begin(struct item *item)
{
	lab_settle(item->cli->lab, settled, item);
	return RESULT_WAIT;
}

static void cancel(struct item *item)
{
	lab_cancel(item->cli->lab, item);
	forget(item);
}

const struct command cmd_wait = {
	.name = "wait",
	.summary = "wait until an endpoint is in a state, 70 s at most unless said",
	.example = "wait client ESTAB within 1s",
	.group = "Checking",
	.flags = COMMAND_CHECK | COMMAND_TABLE,
	.args = {{ARG_SOCKET_SEEN, "EP", NULL, 0, NULL}, {ARG_STATE, "STATE", NULL, 0, NULL},
		{ARG_TIME, "TIME", "within", ARG_OPTIONAL, NULL}},
	.exec = begin,
	.cancel = cancel,
};
