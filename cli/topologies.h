/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * topologies.h - the topology files that there are, by name: beside the binary,
 * in the installed data, in the user's own folder, in that order.
 */
#ifndef CLI_TOPOLOGIES_H
#define CLI_TOPOLOGIES_H

#include <stdbool.h>
#include <stddef.h>

#include "netlab.h"

/* Where the topology of that name lies; a path, or what ends in .lab, is itself.
 * -1: there is none, or it cannot be read. */
int topologies_find(const char *name, char *path, size_t size, struct cause *cause);

/* Every one of them whose heading, the comment at its top, tells of `topology`;
 * those that another one hides are left out. Borrowed for the time of the call. */
struct topology {
	const char *name;    /* "star" */
	const char *usage;   /* "[HOSTS=4]": the words behind its name, from the line
			        "# usage: topology star [HOSTS=4]"; "" without */
	const char *summary; /* from the first line, "# star: ..."; "" without */
};
typedef void (*topology_fn)(void *arg, const struct topology *topology);
void topologies_each(topology_fn each, void *arg);

#endif
