/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argnumber.c - numbers and times as words.
 */
#include "argnumber.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#define WORD "\"%.60s\""

int argnumber_parse(const char *what, const char *word, int64_t least, int64_t most,
	int64_t *number, struct cause *cause)
{
	const char *at;
	int64_t sum = 0;

	for (at = word; isdigit((unsigned char)*at) && sum <= most; at++)
		sum = sum * 10 + (*at - '0');
	if (at == word || (*at && !isdigit((unsigned char)*at)))
		return cause_set(cause, EINVAL, WORD " is no %s; it is a number of %lld to %lld",
			word, what, (long long)least, (long long)most);
	if (sum < least || sum > most)
		return cause_set(cause, ERANGE,
			"the %s " WORD " is out of range; it is %lld to %lld", what, word,
			(long long)least, (long long)most);
	*number = sum;
	return 0;
}

#define SECOND 1000000000LL
#define DAY (86400 * SECOND)

static int64_t time_unit(const char *unit)
{
	static const struct {
		const char *name;
		int64_t ns;
	} units[] = {{"", SECOND}, {"s", SECOND}, {"ms", 1000000}, {"us", 1000}, {"ns", 1},
		{"min", 60 * SECOND}, {"m", 60 * SECOND}, {"h", 3600 * SECOND}};
	size_t i;

	for (i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strcmp(unit, units[i].name) == 0)
			return units[i].ns;
	return 0;
}

/* The part behind the point, in whole units of the ninth digit. */
static const char *parse_fraction(const char *at, int64_t *billionths)
{
	int64_t weight = SECOND / 10;

	*billionths = 0;
	for (; isdigit((unsigned char)*at); at++, weight /= 10)
		*billionths += (*at - '0') * weight;
	return at;
}

int argnumber_time(const char *word, int64_t *ns, struct cause *cause)
{
	const char *at = word, *point;
	int64_t whole = 0, part = 0, unit = 0;

	for (; isdigit((unsigned char)*at) && whole < DAY; at++)
		whole = whole * 10 + (*at - '0');
	point = at;
	if (*at == '.')
		at = parse_fraction(at + 1, &part);
	/* at least one digit, before the point or behind it */
	if (at > point + 1 || point > word)
		unit = time_unit(at + strspn(at, "0123456789"));
	if (!unit)
		return cause_set(cause, EINVAL,
			WORD " is no time; write such as 250us, 40ms, 1.5s, 2min", word);
	/* 128 bits: a day in billionths of an hour is beyond 64 */
	__int128 sum = (__int128)whole * unit + (__int128)part * unit / SECOND;
	if (whole >= DAY || sum > DAY)
		return cause_set(cause, ERANGE, "the time " WORD " is too long; at most 24h", word);
	*ns = (int64_t)sum;
	return 0;
}
