/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-answer.c - answer: the student's answer to a question of the task.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli.h"
#include "command.h"
#include "exercise.h"
#include "words.h"

static enum result answer(struct item *item)
{
	int n = (int)item->values[0].number;
	char *text;

	if (item->values[0].number > EXERCISE_ANSWERS) {
		cause_set(&item->cause, EINVAL, "answers are numbered 1 to %d", EXERCISE_ANSWERS);
		return RESULT_FAILED;
	}
	text = words_text(item->values[1].words, item->values[1].word_count);
	exercise_take_answer(item->cli, n, text);
	out_line(item->cli, "  answer  %d: %s", n, text);
	free(text);
	return RESULT_OK;
}

const struct command cmd_answer = {
	.name = "answer",
	.summary = "answer a question that the task of an exercise asks, by its number",
	.details = "A later answer takes the place of an earlier one; check tells whether it is "
		   "right. Case, blanks and hyphens do not matter.",
	.example = "answer 1 TIME-WAIT",
	.group = "Exercises",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_COUNT, "N", NULL, 0, NULL}, {ARG_REST, "TEXT", NULL, 0, NULL}},
	.exec = answer,
};
