/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * formula.c - a parser by descent: sums of products of powers.
 */
#include "formula.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define DEPTH_MAX 32 /* parentheses inside parentheses */

struct formula {
	const char *at; /* of a NUL-terminated text */
	int depth;
	const char *wrong; /* the first thing that is */
};

static int64_t sum(struct formula *formula);

static int64_t fail(struct formula *formula, const char *wrong)
{
	if (!formula->wrong)
		formula->wrong = wrong;
	return 0;
}

/* Take the sign if it is next. */
static bool take(struct formula *formula, char sign)
{
	while (*formula->at == ' ')
		formula->at++;
	if (*formula->at != sign)
		return false;
	formula->at++;
	return true;
}

static int64_t number(struct formula *formula)
{
	int64_t result = 0;

	if (!isdigit((unsigned char)*formula->at))
		return fail(formula, "is not whole");
	for (; isdigit((unsigned char)*formula->at); formula->at++)
		if (__builtin_mul_overflow(result, 10, &result) ||
			__builtin_add_overflow(result, *formula->at - '0', &result))
			return fail(formula, "is too large");
	return result;
}

static int64_t negative(struct formula *formula, int64_t value)
{
	return value == INT64_MIN ? fail(formula, "is too large") : -value;
}

static int64_t atom(struct formula *formula)
{
	int64_t result;

	if (++formula->depth > DEPTH_MAX)
		return fail(formula, "is too deep");
	if (take(formula, '-')) {
		result = negative(formula, atom(formula));
	} else if (take(formula, '(')) {
		result = sum(formula);
		if (!take(formula, ')'))
			return fail(formula, "is not whole");
	} else {
		result = number(formula);
	}
	formula->depth--;
	return result;
}

static int64_t power(struct formula *formula)
{
	int64_t base = atom(formula), exponent, result = 1;

	if (!take(formula, '^'))
		return base;
	exponent = atom(formula);
	if (exponent < 0 || exponent > 63)
		return fail(formula, "has a power that is not 0 to 63");
	while (exponent-- > 0)
		if (__builtin_mul_overflow(result, base, &result))
			return fail(formula, "is too large");
	return result;
}

static int64_t product(struct formula *formula)
{
	int64_t result = power(formula), by;

	for (;;) {
		if (take(formula, '*')) {
			if (__builtin_mul_overflow(result, power(formula), &result))
				return fail(formula, "is too large");
		} else if (take(formula, '/')) {
			by = power(formula);
			if (by == 0)
				return fail(formula, "divides by zero");
			result = by == -1 ? negative(formula, result) : result / by;
		} else {
			return result;
		}
	}
}

static int64_t sum(struct formula *formula)
{
	int64_t result = product(formula);

	for (;;) {
		if (take(formula, '+')) {
			if (__builtin_add_overflow(result, product(formula), &result))
				return fail(formula, "is too large");
		} else if (take(formula, '-')) {
			if (__builtin_sub_overflow(result, product(formula), &result))
				return fail(formula, "is too large");
		} else {
			return result;
		}
	}
}

/* --------------------------------------------------------------- in a word */

struct filling {
	char counter;
	int64_t value;
	char *buf;
	size_t size, used;
	struct cause *cause;
};

static int put(struct filling *filling, const char *text, size_t length)
{
	if (length >= filling->size - filling->used)
		return cause_set(filling->cause, E2BIG,
			"\"%.20s...\" is too long once its counters are filled in", filling->buf);
	memcpy(filling->buf + filling->used, text, length);
	filling->used += length;
	filling->buf[filling->used] = '\0';
	return 0;
}

/* How long the formula behind the '{' is, 0 if it is none that is to be filled
 * in; and whether another counter remains. */
static size_t measure(const struct filling *filling, const char *at, bool *other)
{
	size_t length = strspn(at, "0123456789+-*/^() " FORMULA_COUNTERS), i;
	bool mine = false;

	*other = false;
	for (i = 0; i < length; i++) {
		mine |= at[i] == filling->counter;
		*other |= at[i] != filling->counter && islower((unsigned char)at[i]);
	}
	return at[length] == '}' && (filling->counter ? mine : !*other) ? length : 0;
}

/* The formula as text, the counter replaced. */
static int replace(struct filling *filling, const char *at, size_t length, char *text, size_t size)
{
	size_t used = 0, i;

	for (i = 0; i < length && used < size; i++)
		used += (size_t)(at[i] == filling->counter
					 ? snprintf(text + used, size - used, "%lld",
						   (long long)filling->value)
					 : snprintf(text + used, size - used, "%c", at[i]));
	if (used < size)
		return 0;
	return cause_set(
		filling->cause, E2BIG, "the formula {%.20s... is too long; shorten it", at);
}

static int fill_one(struct filling *filling, const char *at, size_t length, bool other)
{
	char text[FORMULA_TEXT], result[32];
	struct formula formula = {.at = text};
	int64_t value;

	if (replace(filling, at, length, text, sizeof text) < 0)
		return -1;
	if (other)
		return put(filling, "{", 1) < 0 || put(filling, text, strlen(text)) < 0
			       ? -1
			       : put(filling, "}", 1);
	value = sum(&formula);
	while (*formula.at == ' ')
		formula.at++;
	if (*formula.at)
		fail(&formula, "is not whole");
	if (formula.wrong)
		return cause_set(filling->cause, EINVAL,
			"the formula {%.*s} %s; write such as {i}, {i+1}, {(i-1)/2}", (int)length,
			at, formula.wrong);
	return put(filling, result,
		(size_t)snprintf(result, sizeof result, "%lld", (long long)value));
}

int formula_fill(const char *word, char counter, int64_t value, char *buf, size_t size,
	struct cause *cause)
{
	struct filling filling = {counter, value, buf, size, 0, cause};

	*buf = '\0';
	while (*word) {
		size_t length = strcspn(word, "{");
		bool other;

		if (length == 0) {
			length = measure(&filling, word + 1, &other);
			if (length > 0) {
				if (fill_one(&filling, word + 1, length, other) < 0)
					return -1;
				word += length + 2;
				continue;
			}
			length = 1;
		}
		if (put(&filling, word, length) < 0)
			return -1;
		word += length;
	}
	return 0;
}
