/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-repeat.c - repeat: run a command several times.
 */
#include "command.h"
#include "queue.h"

static enum result repeat(struct item *item)
{
	const struct value *words = &item->values[1];

	if (queue_run_repeat(item, item->values[0].number, words->words, words->word_count) < 0)
		return RESULT_FAILED;
	return RESULT_WAIT;
}

const struct command cmd_repeat = {
	.name = "repeat",
	.summary = "run a command several times",
	.details = "It ends at the first time that fails.",
	.example = "repeat 3 echo again",
	.group = "Shell",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_COUNT, "TIMES", NULL, 0, NULL}, {ARG_COMMAND_LINE, "COMMAND", NULL, 0, NULL}},
	.exec = repeat,
};
