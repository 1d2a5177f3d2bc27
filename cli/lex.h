/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lex.h - lines into commands and words. Pure: reads the caller's bytes, writes
 * into the caller's struct, allocates nothing.
 *
 * Commands on a line are separated by ';'. Words are separated by blanks; '...'
 * takes everything as it is, "..." everything but \" \\ \$ and parameters, a
 * backslash the next character. '#' where a word could begin starts a comment.
 * $1 to $9, ${1} and ${1:-default} stand for the parameters of `source FILE
 * PARAMETER...`; what they stand for is never split. Any other '$' is itself.
 */
#ifndef CLI_LEX_H
#define CLI_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "netlab.h"

#define LEX_LINE_MAX 4096  /* bytes of a line, without its newline */
#define LEX_WORDS_MAX 512  /* words of a command */
#define LEX_BYTES_MAX 8192 /* of a command's words, each with a NUL */

struct lex_params {
	int count;
	const char *const *value; /* value[0] is $1 */
};

/* One command; the words point into `bytes`. */
struct lex_words {
	int count;
	char *word[LEX_WORDS_MAX + 1]; /* NULL-terminated */
	size_t used;
	char bytes[LEX_BYTES_MAX];
};

/* Check the bytes of a line (no newline in it; one '\r' at its end is allowed
 * for): at most LEX_LINE_MAX of them, UTF-8, no control bytes but tabs. */
int lex_check(const char *line, size_t length, struct cause *cause);

/* Split the first command off the line [*cursor, end) and move the cursor behind
 * it and its ';', to `end` after the last. words->count is 0 for an empty
 * command or a comment. `params` NULL: there are none. -1: quotes without their
 * end, a parameter that is not given and has no default, too many words; the
 * cursor is at `end` then, for nothing behind it can be trusted. */
int lex_command(const char **cursor, const char *end, const struct lex_params *params,
	struct lex_words *words, struct cause *cause);

/* What Tab sees: the last command of an unfinished line. */
struct lex_tail {
	struct lex_words words; /* the whole words before the last one */
	const char *last;	/* the unfinished word, unquoted; may be "" */
	size_t start;		/* offset of the unfinished word in the line */
	char quote;		/* the quote that is still open, or 0 */
	bool comment;		/* the end of the line is in a comment */
};

/* Split [line, line + length) up to its end without complaining of open quotes;
 * parameters stay as they are written. -1 only when there are too many words. */
int lex_unfinished(const char *line, size_t length, struct lex_tail *tail);

#endif
