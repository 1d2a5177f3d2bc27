/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-points.c - points: what will be looked at when the exercise is checked.
 */
#include "cli.h"
#include "command.h"
#include "exercise.h"

static enum result points(struct item *item)
{
	const struct value *words = &item->values[2];

	if (exercise_add_points(item->cli, (int)item->values[0].number, item->values[1].text,
		    words->words, words->word_count, &item->cause) < 0)
		return RESULT_FAILED;
	exercise_begin_work(item->cli);
	return RESULT_OK;
}

const struct command cmd_points = {
	.name = "points",
	.summary = "in an exercise: points for what check, or netlab grade, finds to be so",
	.details = "It is only remembered when the exercise is opened. When it is checked the "
		   "command is run, unseen; the student is told WHAT, never the command. "
		   "expect segment, expect no segment, expect was and expect called look at all "
		   "that has happened since the last points line was read.",
	.example = "points 2 \"the client keeps the TIME-WAIT\" expect client TIME-WAIT",
	.group = "Exercises",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_COUNT, "N", NULL, 0, NULL}, {ARG_TEXT, "WHAT", NULL, 0, NULL},
		{ARG_COMMAND_LINE, "COMMAND", NULL, 0, NULL}},
	.exec = points,
};
