/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * selector_fuzz.c - any words as segments that are meant: what is read, prints as
 * words that read as the same; what is refused says why.
 */
#include "../../netlab/selector.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

#define WORDS_MAX 32
#define BYTES_MAX 500

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static int parse(char *line, struct selector *selector, struct cause *cause)
{
	char *words[WORDS_MAX];
	int count = words_split(line, words, WORDS_MAX);

	return selector_parse(words, count, selector, cause);
}

static bool same(const struct selector *a, const struct selector *b)
{
	return strcmp(a->from, b->from) == 0 && strcmp(a->to, b->to) == 0 && a->kinds == b->kinds &&
		a->has_seq == b->has_seq && (!a->has_seq || a->seq == b->seq) &&
		a->which == b->which && (a->which == SELECT_ALL || a->n == b->n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char line[BYTES_MAX + 1], text[SELECTOR_TEXT];
	struct selector selector, again;
	struct cause cause = {.code = 0};

	if (size > BYTES_MAX)
		size = BYTES_MAX;
	memcpy(line, data, size);
	line[size] = '\0';
	if (parse(line, &selector, &cause) < 0) {
		require(cause.code && memchr(cause.text, '\0', sizeof cause.text) && cause.text[0]);
		return 0;
	}
	require(selector_print(&selector, text) == text && text[0] > ' ');
	require(parse(text, &again, &cause) == 0 && same(&selector, &again));
	for (uint32_t count = 1; count < 20; count++)
		if (selector_is_over(&selector, count))
			require(!selector_takes(&selector, count + 1));
	return 0;
}
