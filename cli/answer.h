/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * answer.h - is an answer right? Pure.
 */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include <stdbool.h>

/* States are compared as states ("FIN-WAIT-1", "fin_wait1"), numbers as numbers,
 * with their unit of time if they have one (60 s is 1 min, and not 60), all else
 * letter by letter, without regard to case, blanks, hyphens, underscores, a
 * "the" before it and a full stop behind it. */
bool answer_matches(const char *given, const char *wanted);

#endif
