/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "netlab.h"

static const struct {
	const char *name;
	double seconds;
} units[] = {
	{"us", 1e-6}, {"microsecond", 1e-6}, {"microseconds", 1e-6},
	{"ms", 1e-3}, {"msec", 1e-3}, {"millisecond", 1e-3}, {"milliseconds", 1e-3},
	{"s", 1}, {"sec", 1}, {"second", 1}, {"seconds", 1},
	{"min", 60}, {"minute", 60}, {"minutes", 60},
	{"h", 3600}, {"hour", 3600}, {"hours", 3600},
};

struct quantity {
	double value;
	bool time; /* in seconds */
};

/* "60", "-1", "0.2 s", "1 minute" */
static bool quantity_parse(const char *text, struct quantity *quantity)
{
	size_t i, length;
	char *unit;

	if (!isdigit((unsigned char)text[*text == '-' || *text == '+']))
		return false;
	quantity->value = strtod(text, &unit);
	quantity->time = false;
	unit += strspn(unit, " ");
	length = strlen(unit);
	if (length == 0)
		return true;
	quantity->time = true;
	for (i = 0; i < sizeof units / sizeof *units; i++)
		if (strcasecmp(units[i].name, unit) == 0) {
			quantity->value *= units[i].seconds;
			return true;
		}
	return false;
}

static bool same_quantity(const struct quantity *a, const struct quantity *b)
{
	return a->time == b->time && fabs(a->value - b->value) <= 1e-9 * fabs(a->value);
}

/* The next character that counts, in lower case; 0 at the end. */
static int next_letter(const char **at)
{
	while (**at && strchr(" -_", **at))
		++*at;
	return **at ? tolower((unsigned char)*(*at)++) : 0;
}

static const char *skip_article(const char *text)
{
	text += strspn(text, " ");
	return strncasecmp(text, "the ", 4) == 0 ? text + 4 : text;
}

static bool same_text(const char *a, const char *b)
{
	int one, other;

	a = skip_article(a);
	b = skip_article(b);
	do {
		one = next_letter(&a);
		other = next_letter(&b);
	} while (one && one == other);
	return one == other;
}

/* Without blanks and full stops at its ends. */
static char *trimmed(const char *text)
{
	char *copy = strdup(text + strspn(text, " \t"));
	size_t length = copy ? strlen(copy) : 0;

	if (!copy)
		abort();
	while (length > 0 && strchr(" \t.", copy[length - 1]))
		copy[--length] = '\0';
	return copy;
}

bool answer_matches(const char *given, const char *wanted)
{
	char *one = trimmed(given), *other = trimmed(wanted);
	struct quantity a, b;
	bool same;

	if (state_find(other) >= 0 && state_find(one) >= 0)
		same = state_find(one) == state_find(other);
	else if (quantity_parse(one, &a) && quantity_parse(other, &b))
		same = same_quantity(&a, &b);
	else
		same = *one && same_text(one, other);
	free(one);
	free(other);
	return same;
}
