/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argtype.h - one word of a command, by the type of its row.
 */
#ifndef CLI_ARGTYPE_H
#define CLI_ARGTYPE_H

#include "command.h"

/* Parse the word into the value (text and the fields of the type). -1: one line
 * that quotes the word and says what would be right. */
int argtype_parse(struct lab *lab, const struct arg *arg, const char *word, struct value *value,
	struct cause *cause);

/* The index of the word among "a|b|c" (whole, or a prefix of only one); -1. */
int argtype_choice(const char *choices, const char *word);

#endif
