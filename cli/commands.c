/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * commands.c - the command table: one row a command, in the order of help.
 */
#include <stddef.h>

#include "command.h"

extern const struct command cmd_echo, cmd_help, cmd_quit, cmd_repeat, cmd_sleep, cmd_source;

const struct command *const commands[] = {
	&cmd_source,
	&cmd_repeat,
	&cmd_sleep,
	&cmd_echo,
	&cmd_help,
	&cmd_quit,
	NULL,
};
