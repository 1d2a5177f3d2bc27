/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netem_value.h - values of netem's words with their units: times, percentages
 * and rates, read from a word and printed as one. Exact: no floating point.
 */
#ifndef NETLAB_NETEM_VALUE_H
#define NETLAB_NETEM_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "cause.h"

enum netem_quantity {
	QUANTITY_DELAY,	  /* ns, NETEM_DELAY_MAX at most */
	QUANTITY_JITTER,  /* ns, NETEM_JITTER_MAX at most */
	QUANTITY_PERCENT, /* UINT32_MAX is 100 % */
	QUANTITY_RATE,	  /* bit/s, NETEM_RATE_MAX at most */
	QUANTITIES
};

/* The value of the word, to the nearest, in the units of tc(8), in either case. A
 * word without unit other than 0, below 0, too large, or above 0 but too small to be
 * told from it, is refused; the cause begins with the keyword that the value belongs
 * to. */
int netem_value_read(enum netem_quantity quantity, const char *keyword, const char *word,
	uint64_t *value, struct cause *cause);

/* The shortest way to write the value so that it is read back exactly, for
 * people: "1.5ms", "10mbit", "0.1%". Returns buf. */
#define NETEM_VALUE_TEXT 40
const char *netem_value_print(enum netem_quantity quantity, uint64_t value, char *buf,
	size_t size);

#endif
