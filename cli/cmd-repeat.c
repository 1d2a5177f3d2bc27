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
	.details = "In its command, {i} is 1 the first time, then 2 and so on; {i+1}, {(i-1)/2}, "
		   "{2^i} are worked out in whole numbers. In a repeat inside it, {i} is the "
		   "outer one's count and {j} the inner one's, then {k}. TIMES may be such a "
		   "{formula}, too; 0 times is nothing. It ends at the first time that fails.",
	.example = "repeat 3 echo again {i}",
	.group = "Shell",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_TIMES, "TIMES", NULL, 0, NULL}, {ARG_COMMAND_LINE, "COMMAND", NULL, 0, NULL}},
	.exec = repeat,
};
