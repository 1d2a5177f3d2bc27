/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * allowance.h - what commands may do that come from somebody who is not trusted: a
 * student whose answers are graded. They act on the lab, and on nothing else.
 */
#ifndef CLI_ALLOWANCE_H
#define CLI_ALLOWANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "command.h"

#define ALLOWANCE_COMMANDS 100000
#define ALLOWANCE_PRINTED  (16 << 20) /* bytes */

struct allowance {
	enum {
		ALLOWANCE_NONE,
		ALLOWANCE_SETUP, /* the exercise's author, but for the points lines */
		ALLOWANCE_WORK,  /* the student */
	} of;
	bool programs;	   /* exec is allowed */
	unsigned commands; /* so far */
};

/* Whether a student may give the command of that name; ALLOWANCE_UNKNOWN: whoever
 * adds a command has to say. */
enum allowance_verdict { ALLOWANCE_ALLOWED, ALLOWANCE_REFUSED, ALLOWANCE_UNKNOWN };
enum allowance_verdict allowance_verdict(const char *name);

/* May the parsed item be run? Counts it. -1 with a cause. */
int allowance_check(struct allowance *allowance, const struct item *item, struct cause *cause);

#endif
