/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-segments.c - segments: what is on the wire now.
 */
#include "cli.h"
#include "command.h"
#include "tell.h"
#include "timetext.h"

/* Kept back by faults. */
static bool late(struct cli *cli)
{
	const struct passage *passage = NULL;
	int64_t comes_in;
	bool any = false;

	while ((passage = late_next(cli->lab, passage, &comes_in))) {
		struct lab_event event = {.kind = LAB_SEGMENT, .time = lab_now(cli->lab),
			.passage = passage, .fate = FATE_LATE};
		char time[TIME_TEXT];

		any = true;
		tell_event(cli, &event, true);
		if (!cli->json)
			out_line(cli, "          comes %s %s", passage->swapped ? "within" : "in",
				time_text(comes_in > 0 ? comes_in : 0, time, sizeof time));
	}
	return any;
}

static enum result segments(struct item *item)
{
	struct cli *cli = item->cli;
	const struct passage *passage = NULL;
	bool any = false;

	while ((passage = held_next(cli->lab, passage))) {
		struct lab_event event = {.kind = LAB_SEGMENT, .time = lab_now(cli->lab),
			.passage = passage, .fate = FATE_HELD};
		char age[TIME_TEXT];

		any = true;
		tell_event(cli, &event, true);
		if (!cli->json)
			out_line(cli, "          for %s, %u sent again meanwhile",
				time_text(event.time - passage->entered, age, sizeof age),
				passage->copies);
	}
	any |= late(cli);
	if (!any && !cli->json)
		out_line(cli, "  no segment is held%s",
			lab_is_held(cli->lab) ? "" : ": hold keeps them on the wire");
	return RESULT_OK;
}

const struct command cmd_segments = {
	.name = "segments",
	.summary = "show the segments that are on the wire now, oldest first",
	.example = "segments",
	.group = "Wire",
	.flags = COMMAND_ASIDE,
	.exec = segments,
};
