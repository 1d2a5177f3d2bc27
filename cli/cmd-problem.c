/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-problem.c - problem: list the problems that can be reproduced, or do it.
 */
#include <string.h>

#include "lesson.h"

/* `problem out-of-ports at 28000` and `--at 28000` read better than the word
 * alone, which is the file's $1. */
static enum result run(struct item *item)
{
	char **words = item->values[1].words;
	int count = item->values[1].word_count;

	if (count > 1 && (strcmp(words[0], "at") == 0 || strcmp(words[0], "--at") == 0)) {
		words++;
		count--;
	}
	return lesson_run(item, LIBRARY_PROBLEMS, item->values[0].text, words, count);
}

const struct command cmd_problem = {
	.name = "problem",
	.summary = "reproduce a problem of TIME-WAIT and its kin; alone: list them",
	.details = "Each shows the symptom, the cause, and remedies with what they change and "
		   "cost. The beginning of a name is enough. They lie in the folder problems "
		   "beside the topologies, and run as lessons do. at N is the same as N alone.",
	.example = "problem",
	.group = "Lessons",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_PROBLEM, "NAME|FILE", NULL, ARG_OPTIONAL, NULL},
		{ARG_REST, "WORD", NULL, ARG_OPTIONAL, NULL}},
	.exec = run,
};
