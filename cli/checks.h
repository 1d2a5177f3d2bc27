/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * checks.h - what `expect` can check of times: timers, stays in states, ages of
 * segments; and what past.h adds.
 */
#ifndef CLI_CHECKS_H
#define CLI_CHECKS_H

#include <stdbool.h>

struct item;

/* Is what the words say so? false: item->cause says what was seen. The lab has
 * settled. */
typedef bool (*check_fn)(struct item *item, char **words, int count);

/* The check that the word names, or NULL. */
check_fn checks_find(const char *word);

#endif
