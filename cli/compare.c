/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare.h"

#include <errno.h>
#include <string.h>

#include "argnumber.h"

static const char *const operators[] = {"=", "!=", "<", "<=", ">", ">="};
#define OPERATORS (int)(sizeof operators / sizeof *operators)

static int find(const char *word)
{
	for (int i = 0; i < OPERATORS; i++)
		if (strcmp(operators[i], word) == 0)
			return i;
	return -1;
}

bool compare_is(const char *word)
{
	return find(word) >= 0;
}

int compare_times(struct compare *compare, char **words, int count, struct cause *cause)
{
	int i;

	*compare = (struct compare){.count = 0};
	if (count < 2)
		return cause_set(cause, EINVAL, "what it is to be is missing: write such as > 50s");
	for (i = 0; i < count; i += 2) {
		if (find(words[i]) < 0)
			return cause_set(cause, EINVAL,
				"\"%.40s\" compares nothing; write =, !=, <, <=, > or >=",
				words[i]);
		if (i + 1 == count)
			return cause_set(cause, EINVAL, "a time is missing behind \"%s\"",
				words[i]);
		if (compare->count == COMPARE_MAX)
			return cause_set(cause, EINVAL, "more than %d comparisons", COMPARE_MAX);
		compare->word[compare->count] = operators[find(words[i])];
		if (argnumber_time(words[i + 1], &compare->value[compare->count++], cause) < 0)
			return -1;
	}
	return 0;
}

static bool holds(int operator, int64_t number, int64_t value)
{
	switch (operator) {
	case 0:
		return number == value;
	case 1:
		return number != value;
	case 2:
		return number < value;
	case 3:
		return number <= value;
	case 4:
		return number > value;
	default:
		return number >= value;
	}
}

bool compare_holds(const struct compare *compare, int64_t number)
{
	for (int i = 0; i < compare->count; i++)
		if (!holds(find(compare->word[i]), number, compare->value[i]))
			return false;
	return true;
}
