/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * args.h - the words behind a command, by its rows in the table.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "command.h"

#define ARGS_USAGE_MAX 200

/* Parse `count` words into values[COMMAND_ARGS_MAX], by index of command->args.
 * Nodes, sockets and so on are looked up in `lab`, which is NULL only for
 * commands that need none. Values borrow the words. -1: one line that names the
 * word, or what is missing or too many, with the usage. */
int args_parse(struct lab *lab, const struct command *command, char **words, int count,
	struct value *values, struct cause *cause);

/* "listen NODE PORT [echo] [as NAME]"; returns buf. */
const char *args_usage(const struct command *command, char *buf, size_t size);

/* Does the word name a node, an endpoint, or an endpoint's socket ("server/1")? */
bool args_is_subject(const struct lab *lab, const char *word);

/* Which argument each word belongs to. Positional ones come first; a word is a
 * keyword only when no positional argument is required any more. */
struct args_walk {
	const struct command *command;
	bool set[COMMAND_ARGS_MAX];
	int pending; /* the argument whose keyword was last; -1: none */
	int rest;    /* the ARG_REST or ARG_COMMAND_LINE that has begun; -1: none */
};

#define ARGS_KEYWORD -1 /* the word was a keyword: its value comes next */
#define ARGS_TOO_MANY -2

void args_walk_begin(struct args_walk *walk, const struct command *command);
/* The index of the argument that the word is the value of, or one of the above. */
int args_walk_word(struct args_walk *walk, const char *word);
/* May the argument take the next word? */
bool args_walk_open(const struct args_walk *walk, int index);

#endif
