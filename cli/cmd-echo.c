/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-echo.c - echo: print a line.
 */
#include <stdio.h>

#include "cli.h"
#include "command.h"
#include "lex.h"

static enum result echo(struct item *item)
{
	const struct value *text = &item->values[0];
	char line[LEX_BYTES_MAX] = ""; /* all words of a command fit */
	size_t used = 0;
	int i;

	for (i = 0; i < text->word_count && used < sizeof line; i++)
		used += (size_t)snprintf(
			line + used, sizeof line - used, "%s%s", i ? " " : "", text->words[i]);
	out_line(item->cli, "%s", line);
	return RESULT_OK;
}

const struct command cmd_echo = {
	.name = "echo",
	.summary = "print a line of text",
	.example = "echo the FIN is on its way",
	.group = "Shell",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_REST, "TEXT", NULL, ARG_OPTIONAL, NULL}},
	.exec = echo,
};
