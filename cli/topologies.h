/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * topologies.h - the lab files that there are, by name: beside the binary, in the
 * installed data, in the user's own folder, in that order. Topologies lie in the
 * folder itself, the others in folders of their own in it.
 */
#ifndef CLI_TOPOLOGIES_H
#define CLI_TOPOLOGIES_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>

#include "netlab.h"

enum library {
	LIBRARY_TOPOLOGIES,
	LIBRARY_LESSONS,
	LIBRARY_PROBLEMS,
	LIBRARY_EXERCISES,
	LIBRARIES
};

/* The folders where they may lie, TOPOLOGIES_FOLDERS at most, whether they are
 * there or not; static. Returns how many. */
#define TOPOLOGIES_FOLDERS 5
int topologies_folders(enum library library, const char **paths);

/* What one of them is called, and the command that runs it: "lesson". */
const char *library_word(enum library library);

/* Where the file of that name lies, or else that in the folder that netlab runs in,
 * or the only one whose name begins so; a path, or what ends in .lab, is itself.
 * -1: there is none, or it cannot be read. */
int topologies_find(enum library library, const char *name, char *path, size_t size,
	struct cause *cause);

/* Every one of them; those that another one hides are left out, and topologies
 * whose heading, the comment at its top, does not tell of `topology`. Borrowed
 * for the time of the call. */
struct topology {
	const char *name;    /* "star" */
	const char *usage;   /* "[HOSTS=4]": the words behind its name, from the line
			        "# usage: topology star [HOSTS=4]"; "" without */
	const char *summary; /* from the first line, "# star: ..."; "" without */
};
typedef void (*topology_fn)(void *arg, const struct topology *topology);
void topologies_each(enum library library, topology_fn each, void *arg);

/* Is it called *.lab? For scandir(). */
int topologies_is_lab(const struct dirent *entry);

#endif
