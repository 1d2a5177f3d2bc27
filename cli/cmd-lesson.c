/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-lesson.c - lesson: list the lessons, or run one.
 */
#include "lesson.h"

static enum result run(struct item *item)
{
	const struct value *words = &item->values[1];

	return lesson_run(item, LIBRARY_LESSONS, item->values[0].text, words->words,
		words->word_count);
}

const struct command cmd_lesson = {
	.name = "lesson",
	.summary = "run a lesson; alone: list those that there are",
	.details = "The beginning of a name is enough. Lessons lie in the folder lessons beside "
		   "the topologies. At the prompt a lesson waits at each pause and asks its "
		   "questions; in a script it runs straight through. The lab that was there is "
		   "taken down when the lesson makes its own, which stays when it ends.",
	.example = "lesson",
	.group = "Lessons",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_LESSON, "NAME|FILE", NULL, ARG_OPTIONAL, NULL},
		{ARG_REST, "WORD", NULL, ARG_OPTIONAL, NULL}},
	.exec = run,
};
