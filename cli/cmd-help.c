/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-help.c - help: what there is and how it is used.
 */
#include "command.h"
#include "manual.h"
#include "verb.h"

static enum result help(struct item *item)
{
	const struct command *command;

	if (!item->values[0].set) {
		manual_list(item->cli);
		return RESULT_OK;
	}
	command = verb_find(item->values[0].text, &item->cause);
	if (!command)
		return RESULT_FAILED;
	manual_command(item->cli, command);
	return RESULT_OK;
}

const struct command cmd_help = {
	.name = "help",
	.summary = "list the commands, or explain one",
	.example = "help echo",
	.group = "Shell",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_COMMAND, "COMMAND", NULL, ARG_OPTIONAL, NULL}},
	.exec = help,
};
