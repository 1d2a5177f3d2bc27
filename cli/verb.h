/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verb.h - which command a line means.
 */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "command.h"

/* The command of that name, or the only one whose name begins so; else NULL
 * and a cause that names the nearest, or all that it could be. */
const struct command *verb_find(const char *word, struct cause *cause);

/* The command of the words (at least one); NULL with a cause. In NODE VERB ...
 * the first two words change places: words[1] is always the first argument. */
const struct command *verb_resolve(
	const struct lab *lab, char **words, int count, struct cause *cause);

#endif
