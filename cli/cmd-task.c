/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-task.c - task: what the student is asked to do.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli.h"
#include "command.h"
#include "exercise.h"
#include "prose.h"
#include "words.h"

static enum result task(struct item *item)
{
	const struct value *words = &item->values[0];
	char *text;

	if (!words->set && (!item->cli->exercise || item->cli->exercise->tasks == 0)) {
		cause_set(&item->cause, ENOENT, "no exercise is open; `exercise` lists them");
		return RESULT_FAILED;
	}
	if (!words->set) {
		exercise_tell_task(item->cli);
		return RESULT_OK;
	}
	text = words_text(words->words, words->word_count);
	exercise_add_task(item->cli, text);
	if (!item->cli->muted)
		prose_add(item->cli, text);
	free(text);
	return RESULT_OK;
}

const struct command cmd_task = {
	.name = "task",
	.summary = "in an exercise: what the student is to do; alone: show it again",
	.details = "Lines that follow each other are one paragraph; a text that begins with \"- \" "
		   "is an item of a list. Put a text in double quotes that has ' or ; or # in it.",
	.example = "task Close the client first.",
	.group = "Exercises",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_REST, "TEXT", NULL, ARG_OPTIONAL, NULL}},
	.exec = task,
};
