/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reader.h - a script read line by line, without ever blocking: pipes and
 * terminals may have nothing yet.
 */
#ifndef CLI_READER_H
#define CLI_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "netlab.h"

struct reader;

enum reader_result {
	READER_LINE,  /* here is one */
	READER_AGAIN, /* nothing yet: wait until reader_fd() is readable */
	READER_END,
	READER_FAILED, /* cannot be read on; cause */
};

/* Open a script; "-" is stdin. NULL: it cannot be read, or is a directory. */
struct reader *reader_open(const char *path, struct cause *cause);
void reader_free(struct reader *reader);

/* The next line without its newline, borrowed until the next call. Of a line
 * longer than LEX_LINE_MAX the first LEX_LINE_MAX + 1 bytes are given, the rest
 * is left out. */
enum reader_result reader_next(
	struct reader *reader, const char **line, size_t *length, struct cause *cause);

int reader_fd(const struct reader *reader);
/* Do both read the same file? Pipes and terminals are never the same. */
bool reader_same(const struct reader *a, const struct reader *b);

#endif
