/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage.h - what a process and all that it has started take of the machine.
 */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include <stddef.h>

struct usage {
	size_t processes;
	size_t bytes; /* of memory of their own, that is, shared with no file */
};

/* Sums up the process, and all that have it for an ancestor. */
void usage_of(int pid, struct usage *usage);

#endif
