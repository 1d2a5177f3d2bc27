/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * complete.h - what could stand where the cursor is, from the command table.
 * Knows nothing of the terminal.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include <stddef.h>

struct lab;

struct completion {
	size_t start; /* where in the line the word begins that they replace */
	char **words; /* candidates, sorted, each once, as to be typed; NULL-terminated */
	int count;
	char append; /* behind the only candidate: ' ', or 0 for none */
};

/* Candidates for the end of [line, line + length); `lab` may be NULL. What is
 * in `completion` is freed by completion_free(). */
void complete_line(
	const struct lab *lab, const char *line, size_t length, struct completion *completion);
void completion_free(struct completion *completion);

/* The same for readline, which replaces the line from `start` on: the common
 * beginning, then the words where there is more than one, then NULL. The caller
 * frees each and the array; NULL where there are none. */
char **complete_matches(const struct completion *completion, const char *line, size_t start);

#endif
