/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-section.c - section: a heading in a lesson.
 */
#include <stdlib.h>

#include "cli.h"
#include "command.h"
#include "prose.h"
#include "words.h"

static enum result section(struct item *item)
{
	char *text = words_text(item->values[0].words, item->values[0].word_count);

	prose_heading(item->cli, text);
	free(text);
	return RESULT_OK;
}

const struct command cmd_section = {
	.name = "section",
	.summary = "print a heading",
	.example = "section The client closes",
	.group = "Lessons",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_REST, "TEXT", NULL, 0, NULL}},
	.exec = section,
};
