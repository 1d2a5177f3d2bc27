/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netem_fuzz.c - any words as netem's: what is read, prints as words that read
 * as the same, and changes of changes stay sets that do so, too.
 */
#include "../../netlab/netem.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

#define WORDS_MAX 64
#define BYTES_MAX 2000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static bool same(const struct netem *a, const struct netem *b)
{
	return a->given == b->given && a->delay_ns == b->delay_ns &&
		a->jitter_ns == b->jitter_ns && a->distribution == b->distribution &&
		a->loss == b->loss && a->gemodel == b->gemodel && a->p == b->p && a->r == b->r &&
		a->duplicate == b->duplicate && a->corrupt == b->corrupt &&
		a->reorder == b->reorder && a->gap == b->gap && a->rate_bit == b->rate_bit &&
		a->limit == b->limit && a->seed == b->seed;
}

static void check_cause(const struct cause *cause)
{
	require(cause->code && memchr(cause->text, '\0', sizeof(cause->text)) && cause->text[0]);
}

static int parse(char *line, struct netem *change, struct cause *cause)
{
	char *words[WORDS_MAX];
	int count = words_split(line, words, WORDS_MAX);

	return netem_parse(words, count, change, cause);
}

static void print_and_read(const struct netem *printed, struct netem *again)
{
	char text[NETEM_TEXT];
	struct cause cause;

	require(netem_print(printed, text, sizeof(text)) == text);
	require(strlen(text) < sizeof(text) - 1);
	require(parse(text, again, &cause) == 0);
}

static void check_set(const struct netem *set)
{
	struct netem words, again = {0};
	struct cause cause;

	require(!set->jitter_ns || set->delay_ns);
	require(!set->reorder || set->delay_ns);
	require(set->distribution == NETEM_UNIFORM || set->jitter_ns);
	require(netem_longest(set, 65535) >= set->delay_ns);
	print_and_read(set, &words);
	require(netem_change(&again, &words, &cause) == 0);
	require(same(&again, set));
}

static void change(struct netem *set, char *line)
{
	struct cause cause = {.code = 0};
	struct netem words, again, before = *set;

	if (parse(line, &words, &cause) < 0) {
		check_cause(&cause);
		return;
	}
	require(words.given);
	print_and_read(&words, &again);
	require(same(&words, &again));
	if (netem_change(set, &words, &cause) < 0) {
		check_cause(&cause);
		require(same(set, &before));
	}
	check_set(set);
}

/* Each line is a change of what the ones before it left. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct netem set = {0};
	char text[BYTES_MAX + 1];
	char *end = text;

	if (size > BYTES_MAX)
		size = BYTES_MAX;
	memcpy(text, data, size);
	text[size] = '\0';
	for (char *line = text; line && end < text + size; line = end + 1) {
		end = line + strcspn(line, "\n");
		*end = '\0';
		change(&set, line);
	}
	return 0;
}
