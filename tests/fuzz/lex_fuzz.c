/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lex_fuzz.c - any bytes as a line: the splitter stays inside of it, comes to
 * its end, and what it splits, quoted and joined, is split the same again.
 */
#include "../../cli/lex.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_words(const struct lex_words *words)
{
	const char *from = words->bytes;

	require(words->count >= 0 && words->count <= LEX_WORDS_MAX);
	require(words->word[words->count] == NULL);
	require(words->used <= sizeof(words->bytes));
	for (int i = 0; i < words->count; i++) {
		const char *word = words->word[i];

		require(word >= from && word < words->bytes + words->used);
		require(memchr(word, '\0', (size_t)(words->bytes + words->used - word)));
		from = word + strlen(word) + 1;
	}
}

/* 'word', a quote in it as '\'' */
static char *quote(char *at, const char *word)
{
	*at++ = '\'';
	for (; *word; word++) {
		if (*word == '\'') {
			memcpy(at, "'\\'", 3);
			at += 3;
		}
		*at++ = *word;
	}
	*at++ = '\'';
	return at;
}

static void split_again(const struct lex_words *words)
{
	static char line[LEX_BYTES_MAX * 4 + LEX_WORDS_MAX * 3];
	static struct lex_words again;
	const char *cursor = line;
	struct cause cause;
	char *at = line;

	for (int i = 0; i < words->count; i++) {
		at = quote(at, words->word[i]);
		*at++ = ' ';
	}
	require(lex_command(&cursor, at, NULL, &again, &cause) == 0);
	require(cursor == at && again.count == words->count);
	for (int i = 0; i < words->count; i++)
		require(strcmp(again.word[i], words->word[i]) == 0);
}

static void check_cause(const struct cause *cause)
{
	require(memchr(cause->text, '\0', sizeof(cause->text)) && cause->text[0]);
	require(!strchr(cause->text, '\n'));
}

/* `clean`: lex_check() has passed the bytes. */
static void split(const char *line, const char *end, const struct lex_params *params, bool clean)
{
	static struct lex_words words;
	const char *cursor = line;

	while (cursor < end) {
		const char *before = cursor;
		struct cause cause = {.code = 0};
		int result = lex_command(&cursor, end, params, &words, &cause);

		require(cursor > before && cursor <= end);
		if (result < 0) {
			require(cursor == end);
			if (clean)
				check_cause(&cause);
			return;
		}
		if (!clean)
			continue;
		check_words(&words);
		split_again(&words);
	}
}

static void check_tail(const char *line, size_t length)
{
	static struct lex_tail tail;

	if (lex_unfinished(line, length, &tail) < 0)
		return;
	check_words(&tail.words);
	require(tail.last && tail.start <= length);
	require(strlen(tail.last) <= length);
	require(tail.quote == 0 || tail.quote == '\'' || tail.quote == '"');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const values[] = {"", "two words; '\"#", "$2 ${1}"};
	const struct lex_params params = {3, values};
	const char *line = (const char *)data;
	struct cause cause = {.code = 0};
	bool clean = lex_check(line, size, &cause) == 0;

	if (!clean)
		check_cause(&cause);
	split(line, line + size, NULL, clean);
	split(line, line + size, &params, clean);
	if (clean)
		check_tail(line, size);
	return 0;
}
