/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * counterchecks.h - what `expect` can hold against a node's kernel: its counters and
 * its sysctls. Each takes the words from "counter" or "sysctl" on, returns
 * whether it is so, and says in the cause why not.
 */
#ifndef CLI_COUNTERCHECKS_H
#define CLI_COUNTERCHECKS_H

#include <stdbool.h>

#include "netlab.h"

/* counter NODE NAME[|NAME...] OP N: what has changed since the last look */
bool check_counter(struct lab *lab, char *const *words, int count, struct cause *cause);
/* sysctl NODE KEY VALUE...; an option's name will do as the key */
bool check_sysctl(struct lab *lab, char *const *words, int count, struct cause *cause);

#endif
