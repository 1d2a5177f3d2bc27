/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-segments.c - segments: what is on the wire now.
 */
#include "cli.h"
#include "command.h"
#include "tell.h"

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
