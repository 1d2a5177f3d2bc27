/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * source.c - sources of commands.
 */
#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "formula.h"

static struct source *source_new(const char *file)
{
	struct source *source = calloc(1, sizeof *source);

	if (!source || (file && !(source->file = strdup(file))))
		abort();
	return source;
}

struct source *source_text(const char *text, const char *file, bool count_commands)
{
	struct source *source = source_new(file);

	source->count_commands = count_commands;
	source->text = strdup(text);
	if (!source->text)
		abort();
	source->rest = source->text;
	return source;
}

struct source *source_script(const char *path, char **params, int count)
{
	struct source *source = source_new(strcmp(path, "-") == 0 ? "stdin" : path);

	source->path = strdup(path);
	if (!source->path)
		abort();
	source->words = words_copy(params, count);
	source->count = count;
	return source;
}

struct source *source_repeat(
	int64_t times, char counter, char **words, int count, const char *file, unsigned line)
{
	struct source *source = source_new(file);

	source->line = line;
	source->times = times;
	source->counter = counter;
	source->words = words_copy(words, count);
	source->count = count;
	return source;
}

bool source_is_repeat(const struct source *source)
{
	return !source->path && !source->text;
}

void source_free(struct source *source)
{
	reader_free(source->reader);
	words_free(source->words);
	free(source->text);
	free(source->path);
	free(source->file);
	free(source);
}

int source_open(struct source *source, struct cause *cause)
{
	source->reader = reader_open(source->path, cause);
	return source->reader ? 0 : -1;
}

/* The next line of the text, between cursor and end. */
static enum source_result text_line(struct source *source)
{
	const char *newline;

	if (!source->rest)
		return SOURCE_END;
	newline = strchr(source->rest, '\n');
	source->cursor = source->rest;
	source->end = newline ? newline : source->rest + strlen(source->rest);
	source->rest = newline ? newline + 1 : NULL;
	return SOURCE_NOTHING;
}

static enum source_result script_line(struct source *source, struct cause *cause)
{
	const char *line;
	size_t length;

	if (!source->reader && source_open(source, cause) < 0)
		return SOURCE_FAILED;
	switch (reader_next(source->reader, &line, &length, cause)) {
	case READER_LINE:
		source->cursor = line;
		source->end = line + length;
		return SOURCE_NOTHING;
	case READER_AGAIN:
		return SOURCE_AGAIN;
	case READER_END:
		return SOURCE_END;
	case READER_FAILED:
		return SOURCE_FAILED;
	}
	return SOURCE_END;
}

static enum source_result next_line(struct source *source, struct cause *cause)
{
	enum source_result result = source->path ? script_line(source, cause) : text_line(source);

	if (result != SOURCE_NOTHING)
		return result;
	source->line++;
	if (lex_check(source->cursor, (size_t)(source->end - source->cursor), cause) == 0)
		return SOURCE_NOTHING;
	source->cursor = source->end;
	source->command++;
	return SOURCE_FAILED;
}

static bool has_formula(const struct source *source, const char *word)
{
	return source->counter && strchr(word, '{');
}

/* What has no formula lives in the source, which outlives the use of `words`. */
static enum source_result repeat_next(
	struct source *source, struct lex_words *words, struct cause *cause)
{
	char *at = words->bytes, *end = words->bytes + sizeof words->bytes;
	int i;

	if (source->turn == source->times)
		return SOURCE_END;
	source->turn++;
	memcpy(words->word, source->words, ((size_t)source->count + 1) * sizeof *source->words);
	words->count = source->count;
	for (i = 0; i < source->count; i++) {
		if (!has_formula(source, source->words[i]))
			continue;
		if (formula_fill(source->words[i], source->counter, source->turn, at,
			    (size_t)(end - at), cause) < 0)
			return SOURCE_FAILED;
		words->word[i] = at;
		at += strlen(at) + 1;
	}
	return SOURCE_COMMAND;
}

enum source_result source_next(struct source *source, struct lex_words *words, struct cause *cause)
{
	struct lex_params params = {
		.count = source->count, .value = (const char *const *)source->words};
	enum source_result result;

	if (source_is_repeat(source))
		return repeat_next(source, words, cause);
	if (source->cursor == source->end) {
		result = next_line(source, cause);
		if (result != SOURCE_NOTHING)
			return result;
	}
	if (lex_command(&source->cursor, source->end, source->path ? &params : NULL, words, cause) <
		0) {
		source->command++;
		return SOURCE_FAILED;
	}
	if (words->count == 0)
		return SOURCE_NOTHING;
	source->command++;
	return SOURCE_COMMAND;
}

unsigned source_line(const struct source *source)
{
	return source->count_commands ? source->command : source->line;
}

char **words_copy(char *const *words, int count)
{
	size_t size = ((size_t)count + 1) * sizeof(char *);
	char **copy, *at;
	int i;

	for (i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	copy = malloc(size);
	if (!copy)
		abort();
	at = (char *)(copy + count + 1);
	for (i = 0; i < count; i++) {
		copy[i] = at;
		at = stpcpy(at, words[i]) + 1;
	}
	copy[count] = NULL;
	return copy;
}

void words_free(char **words)
{
	free(words);
}

static char *quote_word(char *at, const char *word)
{
	if (word[0] && !strpbrk(word, " \t;#'\"\\$"))
		return stpcpy(at, word);
	*at++ = '"';
	for (; *word; word++) {
		if (strchr("\"\\$", *word))
			*at++ = '\\';
		*at++ = *word;
	}
	*at++ = '"';
	*at = '\0';
	return at;
}

char *words_join(char *const *words, int count)
{
	size_t size = 1;
	char *text, *at;
	int i;

	for (i = 0; i < count; i++)
		size += 2 * strlen(words[i]) + 3;
	at = text = malloc(size);
	if (!text)
		abort();
	*at = '\0';
	for (i = 0; i < count; i++) {
		if (i > 0)
			*at++ = ' ';
		at = quote_word(at, words[i]);
	}
	return text;
}
