/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-say.c - say: the text of a lesson.
 */
#include <stdlib.h>

#include "cli.h"
#include "command.h"
#include "prose.h"
#include "words.h"

static enum result say(struct item *item)
{
	char *text = words_text(item->values[0].words, item->values[0].word_count);

	if (*text)
		prose_add(item->cli, text);
	else
		prose_flush(item->cli);
	free(text);
	return RESULT_OK;
}

const struct command cmd_say = {
	.name = "say",
	.summary = "print a paragraph of text; what the next say has belongs to it",
	.details = "The paragraph ends with the next command that is no say, or with say alone, "
		   "and is as wide as is good to read. A text that begins with \"- \" is an item "
		   "of a list. Put a text in double quotes that has ' or ; or # in it.",
	.example = "say The closer keeps the TIME-WAIT.",
	.group = "Lessons",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_REST, "TEXT", NULL, ARG_OPTIONAL, NULL}},
	.exec = say,
};
