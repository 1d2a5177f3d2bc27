/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argtype.h - one word of a command, by the type of its row.
 */
#ifndef CLI_ARGTYPE_H
#define CLI_ARGTYPE_H

#include "command.h"

/* Parse the word into the value (text and the fields of the type). `from` is
 * the node that the command's first argument names, or NULL. -1: one line that
 * quotes the word and says what would be right. */
int argtype_parse(struct lab *lab, const struct arg *arg, const struct node *from,
	const char *word, struct value *value, struct cause *cause);

/* Is it all the words that are left? Then these are parsed so, at least one. */
bool argtype_takes_rest(enum arg_type type);
int argtype_parse_rest(struct lab *lab, const struct arg *arg, char **words, int count,
	struct value *value, struct cause *cause);

/* Could the word, by its looks, be meant for this type? */
bool argtype_may_be(const struct arg *arg, const char *word);

/* The index of the word among "a|b|c" (whole, or a prefix of only one); -1. */
int argtype_choice(const char *choices, const char *word);

#endif
