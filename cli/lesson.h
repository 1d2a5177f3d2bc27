/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lesson.h - a lab file that teaches, run by its name: `lesson`, `problem`. Its
 * commands are shown as if they were typed.
 */
#ifndef CLI_LESSON_H
#define CLI_LESSON_H

#include "command.h"
#include "topologies.h"

/* For the exec of a command: without a name, list them. */
enum result lesson_run(struct item *item, enum library library, const char *name, char **words,
	int count);

#endif
