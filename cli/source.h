/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * source.h - where the queue's commands come from: a text, a script, a
 * repetition. And the words of a command as memory of its own.
 */
#ifndef CLI_SOURCE_H
#define CLI_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "lex.h"
#include "reader.h"

struct source {
	char *file;	       /* for messages; NULL: typed */
	unsigned line;	       /* last line taken; 0: none yet */
	unsigned command;      /* last command taken */
	bool count_commands;   /* messages name the command, not the line */
	char *path;	       /* script */
	struct reader *reader; /* script, once it is open */
	char *text;	       /* text */
	const char *rest;      /* text: the lines to come; NULL: no more */
	int64_t times, turn;   /* repetition: how often in all, and already */
	char counter;	       /* repetition: what {formulas} call the turn; 0: nothing */
	char **words;	       /* repetition: the command; script: parameters */
	int count;
	const char *cursor, *end; /* what is left of the line under way */
};

enum source_result {
	SOURCE_COMMAND, /* in words */
	SOURCE_NOTHING, /* an empty line; ask again */
	SOURCE_AGAIN,	/* when source->reader is readable */
	SOURCE_END,
	SOURCE_FAILED, /* cause; the line is used up, ask again to go on */
};

/* All arguments are copied; the caller frees by source_free(). */
struct source *source_text(const char *text, const char *file, bool count_commands);
struct source *source_script(const char *path, char **params, int count);
struct source *source_repeat(
	int64_t times, char counter, char **words, int count, const char *file, unsigned line);
bool source_is_repeat(const struct source *source);
void source_free(struct source *source);

/* Open the script now instead of with its first command. */
int source_open(struct source *source, struct cause *cause);

/* The next command; at most one line is looked at. */
enum source_result source_next(struct source *source, struct lex_words *words, struct cause *cause);

/* The line, or the number of the command, that was taken last. */
unsigned source_line(const struct source *source);

/* A copy of the words in one piece, NULL-terminated, for words_free(). */
char **words_copy(char *const *words, int count);
void words_free(char **words);
/* The words as one line, quoted where the lexer needs it; to be freed. */
char *words_join(char *const *words, int count);

#endif
