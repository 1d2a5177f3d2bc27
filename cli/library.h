/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * library.h - what the commands that run lab files by name have in common.
 */
#ifndef CLI_LIBRARY_H
#define CLI_LIBRARY_H

#include "topologies.h"

struct cli;

/* Name, words and summary of each, as a table or as JSON objects. */
void library_list(struct cli *cli, enum library library);
/* Words that the file of that name does not read are a mistake: -1. */
int library_check(enum library library, const char *name, char **words, int count,
	struct cause *cause);

#endif
