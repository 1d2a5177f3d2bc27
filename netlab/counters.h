/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * counters.h - the kernel's counters as /proc/net/snmp and /proc/net/netstat
 * print them, under the names that nstat(8) gives them, and what those that
 * matter in opening and closing say. Pure.
 */
#ifndef NETLAB_COUNTERS_H
#define NETLAB_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNTER_NAME 56 /* of the longest name, with its NUL */

struct counter {
	char name[COUNTER_NAME]; /* "TcpActiveOpens", "TcpExtTW" */
	int64_t value;
};

struct counters {
	struct counter *row;
	size_t count, room;
};

/* Add what the text holds: pairs of lines, "Tcp: NAME NAME..." and "Tcp: 1 2...".
 * What is no counter (limits, and CurrEstab, which goes down again) is left out,
 * and so are lines that do not belong together. */
void counters_parse(struct counters *counters, const char *text);
void counters_free(struct counters *counters);

/* The value of that name; 0 when there is none, or no counters (NULL). A look at
 * the same kernel has its names in the same places: `hint` is where to begin. */
int64_t counters_value(const struct counters *counters, const char *name, size_t hint);

/* Is it what the word means: the whole name, or without "TcpExt" or "Tcp" before
 * it, in either case? */
bool counter_is(const char *name, const char *word);

/* Those that are explained, one after the other; NULL ends. */
const char *counter_explained(size_t i);
/* The name without "TcpExt" or "Tcp" before it. */
const char *counter_short(const char *name);
/* What it means for a connection's beginning and end; NULL. */
const char *counter_gloss(const char *name);

#endif
