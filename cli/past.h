/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * past.h - what `expect` can check of what has been: of the lab's log since the
 * student's work began (or the lab, when no exercise is open), and of what the
 * student has said.
 */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include "checks.h"

/* The check that the word names, or NULL. */
check_fn past_find(const char *word);

#endif
