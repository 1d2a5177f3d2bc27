/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * formula.h - whole numbers worked out in braces: what `repeat` counts by. A
 * formula is digits, the counters i, j and k, + - * / ^ and parentheses; '/'
 * cuts off what is left over, '^' is a power. Anything else in braces is text.
 * Pure.
 */
#ifndef CLI_FORMULA_H
#define CLI_FORMULA_H

#include <stddef.h>
#include <stdint.h>

#include "netlab.h"

#define FORMULA_COUNTERS "ijk" /* of a repetition, of one inside it, ... */
#define FORMULA_TEXT	 512

/* Copy the word with `value` for the counter in each formula that has it; those
 * that have no other counter are replaced by their result. `counter` 0: those
 * without counters are. "h{i+1}" is "h4" for i = 3. -1: the formula is not
 * whole, divides by zero, is too large; the word does not fit. */
int formula_fill(const char *word, char counter, int64_t value, char *buf, size_t size,
	struct cause *cause);

#endif
