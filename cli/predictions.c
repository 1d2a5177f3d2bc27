/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "predictions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "answers.h"
#include "cli.h"

struct prediction {
	char *name, *given; /* given NULL: nothing was said */
	const struct lab *lab;
};

struct predictions {
	struct prediction *at;
	size_t count;
};

void predictions_add(struct cli *cli, const char *name, const char *given)
{
	struct predictions *all = cli->predictions;
	struct prediction *prediction;

	if (!all)
		all = cli->predictions = calloc(1, sizeof *all);
	if (!all || !(all->at = reallocarray(all->at, all->count + 1, sizeof *all->at)))
		abort();
	prediction = &all->at[all->count++];
	*prediction = (struct prediction){.name = strdup(name),
		.given = given ? strdup(given) : NULL, .lab = cli->lab};
	if (!prediction->name || (given && !prediction->given))
		abort();
}

void predictions_drop(struct cli *cli)
{
	struct predictions *all = cli->predictions;

	cli->predictions = NULL;
	for (size_t i = 0; all && i < all->count; i++) {
		free(all->at[i].name);
		free(all->at[i].given);
	}
	if (all)
		free(all->at);
	free(all);
}

/* What led the socket to its state, or kept it there, since the command began. */
static const struct lab_event *reason(const struct cli *cli, const struct tcp_socket *socket)
{
	uint64_t n;

	for (n = lab_log_end(cli->lab); n-- > cli->window_first;) {
		const struct lab_event *event = lab_log_get(cli->lab, n);

		if (!event)
			break;
		if (event->socket == socket && event->why &&
			(event->kind == LAB_STATE || event->kind == LAB_SEGMENT))
			return event;
	}
	return NULL;
}

static void why_text(const struct lab_event *event, char *buf, size_t size)
{
	if (event)
		snprintf(buf, size, "%s (%s)", event->why, event->rfc);
	else
		snprintf(buf, size, "nothing has changed that");
}

static void tell(struct cli *cli, const struct prediction *prediction)
{
	struct cause cause;
	const struct tcp_socket *socket;
	struct question question = {.kind = "predict", .subject = prediction->name,
		.given = prediction->given};
	char text[100], why[256];

	if (prediction->lab != cli->lab)
		return;
	socket = socket_find(cli->lab, prediction->name, SOCKET_TO_SEE, &cause);
	if (!socket) {
		out_line(cli, "  lab     cannot tell the state of %s: %s", prediction->name,
			cause.text);
		return;
	}
	snprintf(text, sizeof text, "the state of %s", prediction->name);
	why_text(reason(cli, socket), why, sizeof why);
	question.text = text;
	question.why = why;
	question.answer = state_name(socket->state);
	question.right = question.given && answer_matches(question.given, question.answer);
	question_tell(cli, &question);
}

void predictions_tell(struct cli *cli)
{
	const struct predictions *all = cli->predictions;

	for (size_t i = 0; all && i < all->count; i++)
		tell(cli, &all->at[i]);
	predictions_drop(cli);
}
