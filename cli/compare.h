/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare.h - "= N", "!= N", "< N", "<= N", "> N", ">= N": what a check wants of
 * a number. Pure.
 */
#ifndef CLI_COMPARE_H
#define CLI_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "netlab.h"

#define COMPARE_MAX 4

struct compare {
	const char *word[COMPARE_MAX]; /* "<="; borrowed */
	int64_t value[COMPARE_MAX];
	int count;
};

/* Is the word one of them? */
bool compare_is(const char *word);
/* Pairs of such a word and a time, one at least, in nanoseconds. -1 with a cause. */
int compare_times(struct compare *compare, char **words, int count, struct cause *cause);
/* Does it hold for the number, all of it? */
bool compare_holds(const struct compare *compare, int64_t number);

#endif
