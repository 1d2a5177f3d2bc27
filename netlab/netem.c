/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "netem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "netem_value.h"

/* ------------------------------------------------------------------ change */

static void lay_over(struct netem *set, const struct netem *change)
{
	unsigned given = change->given;

	if (given & NETEM_DELAY)
		set->delay_ns = change->delay_ns;
	if (given & NETEM_JITTER)
		set->jitter_ns = change->jitter_ns;
	if (given & NETEM_DISTRIBUTION)
		set->distribution = change->distribution;
	if (given & NETEM_LOSS) {
		set->loss = change->loss;
		set->gemodel = change->gemodel;
		set->p = change->p;
		set->r = change->r;
	}
	if (given & NETEM_DUPLICATE)
		set->duplicate = change->duplicate;
	if (given & NETEM_REORDER) {
		set->reorder = change->reorder;
		set->gap = change->gap;
	}
	if (given & NETEM_CORRUPT)
		set->corrupt = change->corrupt;
	if (given & NETEM_RATE)
		set->rate_bit = change->rate_bit;
	if (given & NETEM_LIMIT)
		set->limit = change->limit;
	if (given & NETEM_SEED)
		set->seed = change->seed;
	set->given |= given & NETEM_SEED;
}

/* What has no effect is as it is in nothing, and is not given. */
static void clear_idle(struct netem *set)
{
	if (set->loss == 0 || (set->gemodel && set->p == 0)) {
		set->gemodel = false;
		set->loss = set->p = set->r = 0;
	}
	if (set->reorder == 0)
		set->gap = 0;
	if (set->limit == NETEM_LIMIT_DEFAULT)
		set->limit = 0;
	set->given = (set->given & NETEM_SEED) | (set->delay_ns ? NETEM_DELAY : 0) |
		(set->jitter_ns ? NETEM_JITTER : 0) |
		(set->distribution ? NETEM_DISTRIBUTION : 0) | (set->loss ? NETEM_LOSS : 0) |
		(set->duplicate ? NETEM_DUPLICATE : 0) | (set->reorder ? NETEM_REORDER : 0) |
		(set->corrupt ? NETEM_CORRUPT : 0) | (set->rate_bit ? NETEM_RATE : 0) |
		(set->limit ? NETEM_LIMIT : 0);
}

/* What the change should have said, too, of those that need a delay. */
static int need_delay(const struct netem *next, bool took_delay, struct cause *cause)
{
	bool both = next->jitter_ns && next->reorder;
	const char *who = next->jitter_ns ? "jitter needs" : "reorder needs";
	const char *without = next->jitter_ns ? "jitter 0" : "reorder 0";

	if (both) {
		who = "jitter and reorder need";
		without = "jitter 0 reorder 0";
	}
	return cause_set(cause, EINVAL, "%s a delay; name %s as well", who,
		took_delay ? without : "delay TIME");
}

/* Do they go together? `next` is the set with the change laid over it. */
static int check(const struct netem *next, const struct netem *change, struct cause *cause)
{
	if ((next->jitter_ns || next->reorder) && !next->delay_ns)
		return need_delay(next, change->given & NETEM_DELAY, cause);
	if (change->given & NETEM_DISTRIBUTION && !next->jitter_ns)
		return cause_set(cause, EINVAL,
			"distribution is the shape of jitter; name jitter TIME as well");
	return 0;
}

int netem_change(struct netem *set, const struct netem *change, struct cause *cause)
{
	struct netem next = {0};

	if (!(change->given & NETEM_NONE))
		next = *set;
	lay_over(&next, change);
	if (check(&next, change, cause) < 0)
		return -1;
	if (next.jitter_ns == 0)
		next.distribution = NETEM_UNIFORM;
	clear_idle(&next);
	*set = next;
	return 0;
}

bool netem_is_none(const struct netem *set)
{
	return !(set->given & ~(NETEM_LIMIT | NETEM_SEED | NETEM_NONE));
}

/* ------------------------------------------------------------------- print */

struct text {
	char *buf;
	size_t size, used;
};

static void add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct text *text, const char *format, ...)
{
	size_t left = text->size - text->used;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text->buf + text->used, left, format, args);
	va_end(args);
	if (length > 0)
		text->used += (size_t)length < left ? (size_t)length : left - 1;
}

static void add_word(struct text *text, const char *word)
{
	add(text, "%s%s", text->used ? " " : "", word);
}

static void add_value(struct text *text, const char *keyword, enum netem_quantity quantity,
	uint64_t value)
{
	char buf[NETEM_VALUE_TEXT];

	add_word(text, keyword);
	add_word(text, netem_value_print(quantity, value, buf, sizeof buf));
}

static void add_number(struct text *text, const char *keyword, uint64_t number)
{
	add_word(text, keyword);
	add(text, " %llu", (unsigned long long)number);
}

static void add_loss(struct text *text, const struct netem *set)
{
	char buf[NETEM_VALUE_TEXT];

	if (set->gemodel && set->loss == UINT32_MAX)
		add_word(text, "loss");
	else
		add_value(text, "loss", QUANTITY_PERCENT, set->loss);
	if (!set->gemodel)
		return;
	add_value(text, "gemodel", QUANTITY_PERCENT, set->p);
	add_word(text, netem_value_print(QUANTITY_PERCENT, set->r, buf, sizeof buf));
}

static void add_delay(struct text *text, const struct netem *set)
{
	if (set->given & NETEM_DELAY)
		add_value(text, "delay", QUANTITY_DELAY, (uint64_t)set->delay_ns);
	if (set->given & NETEM_JITTER)
		add_value(text, "jitter", QUANTITY_JITTER, (uint64_t)set->jitter_ns);
	if (set->given & NETEM_DISTRIBUTION) {
		add_word(text, "distribution");
		add_word(text, netem_distributions[set->distribution]);
	}
}

const char *netem_print(const struct netem *set, char *buf, size_t size)
{
	struct text text = {.buf = buf, .size = size};

	if (size == 0)
		return buf;
	buf[0] = '\0';
	if (set->given == 0 || set->given & NETEM_NONE)
		add_word(&text, "none");
	add_delay(&text, set);
	if (set->given & NETEM_LOSS)
		add_loss(&text, set);
	if (set->given & NETEM_DUPLICATE)
		add_value(&text, "duplicate", QUANTITY_PERCENT, set->duplicate);
	if (set->given & NETEM_REORDER)
		add_value(&text, "reorder", QUANTITY_PERCENT, set->reorder);
	if (set->given & NETEM_REORDER && set->gap)
		add_number(&text, "gap", set->gap);
	if (set->given & NETEM_CORRUPT)
		add_value(&text, "corrupt", QUANTITY_PERCENT, set->corrupt);
	if (set->given & NETEM_RATE)
		add_value(&text, "rate", QUANTITY_RATE, set->rate_bit);
	if (set->given & NETEM_LIMIT)
		add_number(&text, "limit", set->limit);
	if (set->given & NETEM_SEED)
		add_number(&text, "seed", set->seed);
	return buf;
}

/* ------------------------------------------------------------------- times */

static int64_t clamp(__int128 time)
{
	return time > INT64_MAX ? INT64_MAX : (int64_t)time;
}

int64_t netem_sending(const struct netem *set, uint32_t length)
{
	if (set->rate_bit == 0)
		return 0;
	return clamp((__int128)length * 8 * 1000000000 / set->rate_bit);
}

int64_t netem_longest(const struct netem *set, uint32_t length)
{
	const int16_t *table = netem_table(set->distribution);
	__int128 jitter = set->jitter_ns;

	if (table)
		jitter = jitter * table[NETEM_TABLE_SIZE - 1] / NETEM_DIST_UNIT;
	return clamp(set->delay_ns + jitter + netem_sending(set, length));
}
