/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-ladder.c - ladder: the time-sequence diagram so far.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "command.h"
#include "ladder.h"
#include "stay.h"

enum { AGES, COUNT };

/* The call that led to what the log shows next, and the state it led to. */
static bool leads_on(const struct lab_event *event)
{
	return event && (event->kind == LAB_CALL ||
		(event->kind == LAB_STATE && event->because.kind == BECAUSE_CALL));
}

static uint32_t newest_segment(const struct lab *lab)
{
	uint32_t newest = 0;

	for (uint64_t i = lab_log_first(lab); i < lab_log_end(lab); i++) {
		const struct passage *passage = lab_log_get(lab, i)->passage;

		if (passage && passage->n > newest)
			newest = passage->n;
	}
	return newest;
}

/* Where the log begins to tell of the newest `count` segments. */
static uint64_t first_of(const struct lab *lab, int64_t count)
{
	uint64_t begin = lab_log_first(lab), i = begin;
	int64_t before = (int64_t)newest_segment(lab) - count;

	while (i < lab_log_end(lab) && (!lab_log_get(lab, i)->passage ||
					       lab_log_get(lab, i)->passage->n <= before))
		i++;
	while (i > begin && leads_on(lab_log_get(lab, i - 1)))
		i--;
	return i;
}

static const struct lab_event **events_from(const struct lab *lab, uint64_t first, size_t *count)
{
	const struct lab_event **events;

	*count = (size_t)(lab_log_end(lab) - first);
	events = calloc(*count + 1, sizeof *events);
	if (!events)
		abort();
	for (size_t i = 0; i < *count; i++)
		events[i] = lab_log_get(lab, first + i);
	return events;
}

static const struct node **nodes_of(const struct lab *lab, size_t *count)
{
	const struct node **nodes = NULL;
	const struct node *node = NULL;

	for (*count = 0; (node = node_next(lab, node)); ++*count) {
		nodes = reallocarray(nodes, *count + 1, sizeof *nodes);
		if (!nodes)
			abort();
		nodes[*count] = node;
	}
	return nodes;
}

static void print(struct cli *cli, char *text)
{
	char *line, *rest = text;

	if (!*text)
		out_line(cli, "nothing has happened yet");
	else if (!cli->json)
		out_raw(cli, text, strlen(text));
	else
		while ((line = strsep(&rest, "\n")) && rest)
			out_line(cli, "%s", line);
}

static enum result ladder(struct item *item)
{
	struct cli *cli = item->cli;
	const struct value *newest = &item->values[COUNT];
	struct ladder_format format = {.width = out_columns(cli), .utf8 = cli->utf8,
		.color = cli->color && !cli->json, .ages = item->values[AGES].set};
	size_t count, node_count;
	const struct lab_event **events = events_from(cli->lab,
		newest->set ? first_of(cli->lab, newest->number) : lab_log_first(cli->lab), &count);
	const struct node **nodes = nodes_of(cli->lab, &node_count);
	char *text = ladder_draw(events, count, nodes, node_count, &format);

	print(cli, text);
	if (format.ages && *text)
		ages_tell_oldest(cli, newest->set ? first_of(cli->lab, newest->number) : 0);
	free(text);
	free(nodes);
	free(events);
	return RESULT_OK;
}

const struct command cmd_ladder = {
	.name = "ladder",
	.summary = "draw what has happened as a time-sequence diagram",
	.details = "Time runs down, in seconds since the lab began. Each host has a life line, "
		   "with its calls and states beside it; a segment is an arrow. One that was held "
		   "is drawn where it entered the wire and where it left it. count N draws the "
		   "newest N segments only. With ages each arrow has the time that it took, in "
		   "brackets, and the oldest segment is held against MSL.",
	.example = "ladder count 10",
	.group = "Looking",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_FLAG, "ages", NULL, 0, NULL}, {ARG_COUNT, "N", "count", ARG_OPTIONAL, NULL}},
	.exec = ladder,
};
