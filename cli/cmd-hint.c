/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-hint.c - hint: what helps when those points are missed.
 */
#include <stdlib.h>

#include "command.h"
#include "exercise.h"
#include "words.h"

static enum result hint(struct item *item)
{
	char *text = words_text(item->values[0].words, item->values[0].word_count);
	int result = exercise_add_hint(item->cli, text, &item->cause);

	free(text);
	return result < 0 ? RESULT_FAILED : RESULT_OK;
}

const struct command cmd_hint = {
	.name = "hint",
	.summary = "in an exercise: what check hints tells of the points line above",
	.example = "points 1 \"it is open\" expect client ESTAB; hint Look at ss.",
	.group = "Exercises",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_REST, "TEXT", NULL, 0, NULL}},
	.exec = hint,
};
