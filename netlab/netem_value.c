/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "netem_value.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <strings.h>

#include "netem.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORD	     "\"%.40s\""
#define ENOUGH	     UINT64_C(100000000000000000) /* too much for every unit */
#define DECIMALS_MAX 18

struct unit {
	const char *name; /* in either case, as for tc */
	uint64_t factor;
};

/* From large to small as far as they are printed. */
static const struct unit time_units[] = {{"s", 1000000000}, {"ms", 1000000}, {"us", 1000},
	{"ns", 1},
	{"sec", 1000000000}, {"secs", 1000000000}, {"msec", 1000000}, {"msecs", 1000000},
	{"usec", 1000}, {"usecs", 1000}, {"nsec", 1}, {"nsecs", 1}};
#define TIMES_PRINTED 4

static const struct unit rate_units[] = {{"tbit", 1000000000000}, {"gbit", 1000000000},
	{"mbit", 1000000}, {"kbit", 1000}, {"bit", 1},
	{"tbps", 8000000000000}, {"gbps", 8000000000}, {"mbps", 8000000}, {"kbps", 8000},
	{"bps", 8},
	{"tibit", UINT64_C(1) << 40}, {"gibit", UINT64_C(1) << 30}, {"mibit", UINT64_C(1) << 20},
	{"kibit", UINT64_C(1) << 10},
	{"tibps", UINT64_C(8) << 40}, {"gibps", UINT64_C(8) << 30}, {"mibps", UINT64_C(8) << 20},
	{"kibps", UINT64_C(8) << 10}};
#define RATES_PRINTED 5

static const struct unit percent_units[] = {{"%", UINT32_MAX}}; /* of 100 */

static const struct kind {
	const char *name, *example;
	const char *unit, *units; /* the usual one; all of them, in short */
	const char *least, *most; /* min and max as text */
	uint64_t min, max;
	const struct unit *table;
	unsigned count, printed;
	unsigned divisor; /* of the factors */
} kinds[QUANTITIES] = {
	[QUANTITY_DELAY] = {"TIME", "50ms", "ms", "s, ms, us or ns", "1ns", "3600s", 1,
		NETEM_DELAY_MAX, time_units, COUNT(time_units), TIMES_PRINTED, 1},
	[QUANTITY_JITTER] = {"TIME", "5ms", "ms", "s, ms, us or ns", "1ns", "2147ms", 1,
		NETEM_JITTER_MAX, time_units, COUNT(time_units), TIMES_PRINTED, 1},
	[QUANTITY_PERCENT] = {"PERCENT", "5%", "%", "%", "0.00000002%", "100%", 1,
		UINT32_MAX, percent_units, COUNT(percent_units), 0, 100},
	[QUANTITY_RATE] = {"RATE", "10mbit", "mbit",
		"bit, kbit ... tbit, kibit ..., or bps ... for bytes", "8bit", "1000tbit", 8,
		NETEM_RATE_MAX, rate_units, COUNT(rate_units), RATES_PRINTED, 1},
};

/* -------------------------------------------------------------------- read */

/* A decimal number as it is written, digits / 10^decimals, and the unit behind.
 * Of the digits as many as matter. */
struct number {
	uint64_t digits;
	unsigned decimals;
	bool positive; /* by any digit, even one that does not matter */
	const char *unit;
};

static void add_digit(struct number *number, char digit, bool behind_point)
{
	number->positive |= digit != '0';
	if (number->digits >= ENOUGH || number->decimals == DECIMALS_MAX)
		return;
	number->digits = number->digits * 10 + (uint64_t)(digit - '0');
	number->decimals += behind_point;
}

/* false: the word does not begin with a number. */
static bool read_number(const char *word, struct number *number)
{
	bool point = false, any = false;

	*number = (struct number){0};
	for (;; word++) {
		if (*word >= '0' && *word <= '9') {
			any = true;
			add_digit(number, *word, point);
		} else if (*word == '.' && !point) {
			point = true;
		} else {
			break;
		}
	}
	number->unit = word;
	return any;
}

/* number * factor / divisor, to the nearest; UINT64_MAX: that or more. */
static uint64_t scale(const struct number *number, uint64_t factor, unsigned divisor)
{
	unsigned __int128 value = (unsigned __int128)number->digits * factor, by = divisor;

	for (unsigned i = 0; i < number->decimals; i++)
		by *= 10;
	value = (value + by / 2) / by;
	return value > UINT64_MAX ? UINT64_MAX : (uint64_t)value;
}

static const struct unit *find_unit(const struct kind *kind, const char *name)
{
	for (unsigned i = 0; i < kind->count; i++)
		if (strcasecmp(kind->table[i].name, name) == 0)
			return &kind->table[i];
	return NULL;
}

/* 0 is the same in all units and needs none. */
static bool is_bare_zero(const struct number *number)
{
	return !number->positive && number->unit[0] == '\0';
}

/* No number at all, or one without a unit that is known. */
static int refuse(const struct kind *kind, const char *keyword, const char *word,
	struct cause *cause)
{
	struct number number;

	if (word[0] == '-')
		return cause_set(cause, EINVAL, "%s " WORD " is below 0; write such as %s",
			keyword, word, kind->example);
	if (!read_number(word, &number))
		return cause_set(cause, EINVAL, "%s " WORD " is no %s; write such as %s",
			keyword, word, kind->name, kind->example);
	if (number.unit[0] == '\0')
		return cause_set(cause, EINVAL,
			"%s " WORD " has no unit; write %.40s%s (units: %s)", keyword, word,
			word, kind->unit, kind->units);
	return cause_set(cause, EINVAL, "%s " WORD ": no unit \"%.20s\"; units: %s", keyword,
		word, number.unit, kind->units);
}

int netem_value_read(enum netem_quantity quantity, const char *keyword, const char *word,
	uint64_t *value, struct cause *cause)
{
	const struct kind *kind = &kinds[quantity];
	const struct unit *unit = NULL;
	struct number number;

	if (read_number(word, &number))
		unit = is_bare_zero(&number) ? kind->table : find_unit(kind, number.unit);
	if (!unit)
		return refuse(kind, keyword, word, cause);
	*value = scale(&number, unit->factor, kind->divisor);
	if (*value > kind->max)
		return cause_set(cause, ERANGE, "%s " WORD " is too much; at most %s", keyword,
			word, kind->most);
	if (*value < kind->min && number.positive)
		return cause_set(cause, ERANGE, "%s " WORD " is too little; at least %s", keyword,
			word, kind->least);
	return 0;
}

/* ------------------------------------------------------------------- print */

/* digits / 10^decimals without zeros at the end, and the unit */
static void print_number(uint64_t digits, unsigned decimals, const char *unit, char *buf,
	size_t size)
{
	uint64_t one = 1;

	for (; decimals > 0 && digits % 10 == 0; decimals--)
		digits /= 10;
	for (unsigned i = 0; i < decimals; i++)
		one *= 10;
	if (decimals == 0)
		snprintf(buf, size, "%llu%s", (unsigned long long)digits, unit);
	else
		snprintf(buf, size, "%llu.%0*llu%s", (unsigned long long)(digits / one),
			(int)decimals, (unsigned long long)(digits % one), unit);
}

/* As few decimals as tell the value from its neighbours: 8 always do. */
static void print_percent(uint64_t value, char *buf, size_t size)
{
	struct number number = {0};
	unsigned __int128 hundred = 100;

	for (;;) {
		number.digits = (uint64_t)((value * hundred + UINT32_MAX / 2) / UINT32_MAX);
		if (scale(&number, UINT32_MAX, 100) == value)
			break;
		number.decimals++;
		hundred *= 10;
	}
	print_number(number.digits, number.decimals, "%", buf, size);
}

const char *netem_value_print(enum netem_quantity quantity, uint64_t value, char *buf, size_t size)
{
	const struct kind *kind = &kinds[quantity];
	const struct unit *unit = kind->table, *last = unit + kind->printed - 1;

	if (quantity == QUANTITY_PERCENT) {
		print_percent(value, buf, size);
		return buf;
	}
	/* the largest in which it needs no more than three decimals */
	while (unit < last && (value < unit->factor || value % (unit->factor / 1000)))
		unit++;
	if (unit->factor < 1000)
		print_number(value, 0, unit->name, buf, size);
	else
		print_number(value / (unit->factor / 1000), 3, unit->name, buf, size);
	return buf;
}
