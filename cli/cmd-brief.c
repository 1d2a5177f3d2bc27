/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-brief.c - brief: a command of whose doings only the calls are told.
 */
#include "cli.h"
#include "command.h"

static enum result brief(struct item *item)
{
	const struct value *command = &item->values[0];

	item->cli->brief = item; /* until it has ended: hooks.c */
	if (item_run_inner(item, command->words, command->word_count, NULL) < 0)
		return RESULT_FAILED;
	return RESULT_WAIT;
}

const struct command cmd_brief = {
	.name = "brief",
	.summary = "run a command, and tell of what it does only the calls",
	.details = "For what was shown before: the segments, the changes of state and the table "
		   "are left out, but they are in events and ladder as always. Checks see them.",
	.example = "brief connect client server:80 as another",
	.group = "Lessons",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE, /* the command itself may be none */
	.args = {{ARG_COMMAND_LINE, "COMMAND", NULL, 0, NULL}},
	.exec = brief,
};
