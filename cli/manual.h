/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * manual.h - all that is printed from the command table: help, man page, bash
 * completion.
 */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include <stdio.h>

struct cli;
struct command;

/* All commands, by group, a line each. */
void manual_list(struct cli *cli);
/* Usage, summary, details and example of one command. */
void manual_command(struct cli *cli, const struct command *command);

/* What --help, --man (roff) and --bash-completion print. */
void manual_options(FILE *file);
void manual_page(FILE *file);
void manual_completion(FILE *file);

#endif
