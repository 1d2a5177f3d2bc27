/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argnumber.h - numbers and times as words: decimal, exact, no locale. Pure.
 */
#ifndef CLI_ARGNUMBER_H
#define CLI_ARGNUMBER_H

#include <stdint.h>

#include "netlab.h"

/* Digits only, within the range; `what` names it in the cause: "port". */
int argnumber_parse(const char *what, const char *word, int64_t least, int64_t most,
	int64_t *number, struct cause *cause);

/* "250us", "40ms", "1.5s", "2min", "1h", a bare number of seconds: nanoseconds,
 * what is finer is cut off; at most a day. */
int argnumber_time(const char *word, int64_t *ns, struct cause *cause);

#endif
