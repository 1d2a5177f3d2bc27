/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-events.c - events: the log.
 */
#include "cli.h"
#include "command.h"
#include "tell.h"

static enum result events(struct item *item)
{
	struct cli *cli = item->cli;
	uint64_t end = lab_log_end(cli->lab), first = lab_log_first(cli->lab);
	uint64_t most = item->values[0].set ? (uint64_t)item->values[0].number : end;
	const struct lab_event *event;

	if (end - first > most)
		first = end - most;
	else if (first > 0 && !cli->json)
		out_line(cli, "  %llu earlier events are no longer kept",
			(unsigned long long)first);
	for (; first < end; first++) {
		event = lab_log_get(cli->lab, first);
		if (!cli->json)
			out_line(cli, "%.6f s", (double)event->time / 1e9);
		tell_event(cli, event, true);
	}
	return RESULT_OK;
}

const struct command cmd_events = {
	.name = "events",
	.summary = "print the log: every segment, call and change of state, with its time",
	.details = "Times are seconds since the lab began. The newest 16384 events are kept.",
	.example = "events last 5",
	.group = "Looking",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_COUNT, "N", "last", ARG_OPTIONAL, NULL}},
	.exec = events,
};
