/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <stdlib.h>
#include <string.h>

char *words_text(char *const *words, int count)
{
	size_t size = 1;
	char *text, *at;
	int i;

	for (i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	at = text = malloc(size);
	if (!text)
		abort();
	*at = '\0';
	for (i = 0; i < count; i++) {
		if (i > 0)
			*at++ = ' ';
		at = stpcpy(at, words[i]);
	}
	return text;
}
