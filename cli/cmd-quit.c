/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-quit.c - quit: end the lab and the program.
 */
#include "cli.h"
#include "command.h"

static enum result quit(struct item *item)
{
	item->cli->quitting = true;
	return RESULT_OK;
}

const struct command cmd_quit = {
	.name = "quit",
	.summary = "end the lab and leave, as Ctrl-D does",
	.details = "Nothing of the lab is left on the machine. In a script it ends the script, "
		   "too; the exit status tells whether a command before it failed.",
	.example = "quit",
	.group = "Shell",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.exec = quit,
};
