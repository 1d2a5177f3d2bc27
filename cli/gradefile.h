/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gradefile.h - an exercise's file, taken apart: what sets the lab up, and what is
 * hidden from the student. And the student's file.
 */
#ifndef CLI_GRADEFILE_H
#define CLI_GRADEFILE_H

#include <stddef.h>

#include "netlab.h"

struct hidden {
	int worth;
	char *shows, *hint; /* hint NULL: none */
	char *command;
};

struct gradefile {
	char *setup; /* the text without its points and hint lines, which are empty now */
	struct hidden *hidden;
	size_t count;
};

#define ANSWERS_BYTES_MAX (1 << 20)

/* -1 with a cause, "FILE:LINE: ..." where a line is to blame: it cannot be read,
 * is no exercise, or is a bad one. Freed by gradefile_free(). */
int gradefile_read(struct gradefile *file, const char *path, struct cause *cause);
/* The same, of a text. Pure. */
int gradefile_parse(struct gradefile *file, const char *name, const char *text,
	struct cause *cause);
void gradefile_free(struct gradefile *file);

/* The text of a regular file of `most` bytes at most, NUL-terminated, for the
 * caller to free; a NUL in it becomes a \001, which no script may have either.
 * NULL with a cause. */
char *gradefile_text(const char *path, size_t most, struct cause *cause);

#endif
