/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netem_parse.c - netem's words to a change. What goes together is netem.c's to
 * say, what a single value means netem_value.c's.
 */
#include "netem.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "names.h"
#include "netem_value.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORD	     "\"%.40s\""

const char *const netem_keywords[] = {"delay", "jitter", "distribution", "loss", "gemodel",
	"duplicate", "reorder", "gap", "corrupt", "rate", "limit", "seed", "none", NULL};

/* What stands behind each: what it is, and such as. */
static const struct {
	const char *hint, *example;
} values[] = {{"TIME", "50ms"}, {"TIME", "5ms"}, {"NAME", "normal"}, {"PERCENT", "5%"},
	{"PERCENT PERCENT", "1% 25%"}, {"PERCENT", "5%"}, {"PERCENT", "25%"}, {"N", "5"},
	{"PERCENT", "1%"}, {"RATE", "10mbit"}, {"N", "100"}, {"N", "7"}, {"", ""}};
static_assert(COUNT(netem_keywords) == COUNT(values) + 1, "a row for each");

const char *const netem_distributions[] = {"uniform", "normal", "pareto", NULL};
static_assert(COUNT(netem_distributions) == NETEM_DISTRIBUTIONS + 1, "a name for each");

/* ------------------------------------------------------------------ values */

/* The words that are left, and the keyword that has just been read. */
struct reader {
	char *const *words;
	int count;
	const char *keyword;
	struct cause *cause;
};

static int find_name(const char *const *names, const char *word)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], word) == 0)
			return i;
	return -1;
}

/* The next word, if it is that keyword. */
static bool take_keyword(struct reader *reader, const char *keyword)
{
	if (reader->count == 0 || strcmp(reader->words[0], keyword) != 0)
		return false;
	reader->keyword = keyword;
	reader->count--;
	reader->words++;
	return true;
}

/* The value of the keyword; NULL, and the cause: there is none. */
static const char *take_word(struct reader *reader)
{
	int keyword = find_name(netem_keywords, reader->keyword);

	if (reader->count == 0 || find_name(netem_keywords, reader->words[0]) >= 0) {
		cause_set(reader->cause, EINVAL, "%s: %s is missing; write such as %s %s",
			reader->keyword, values[keyword].hint, reader->keyword,
			values[keyword].example);
		return NULL;
	}
	reader->count--;
	return *reader->words++;
}

static int take(struct reader *reader, enum netem_quantity quantity, uint64_t *value)
{
	const char *word = take_word(reader);

	if (!word)
		return -1;
	return netem_value_read(quantity, reader->keyword, word, value, reader->cause);
}

static int take_time(struct reader *reader, enum netem_quantity quantity, int64_t *time)
{
	uint64_t value;

	if (take(reader, quantity, &value) < 0)
		return -1;
	*time = (int64_t)value;
	return 0;
}

static int take_percent(struct reader *reader, uint32_t *probability)
{
	uint64_t value;

	if (take(reader, QUANTITY_PERCENT, &value) < 0)
		return -1;
	*probability = (uint32_t)value;
	return 0;
}

static int take_whole(struct reader *reader, uint64_t most, uint64_t *value)
{
	const char *word = take_word(reader), *c = word;
	unsigned __int128 sum = 0;

	if (!word)
		return -1;
	for (; *c >= '0' && *c <= '9' && sum <= most; c++)
		sum = sum * 10 + (unsigned)(*c - '0');
	if (c == word || *c || sum > most)
		return cause_set(reader->cause, EINVAL,
			"%s " WORD " does not fit; write a whole number of 0 to %llu",
			reader->keyword, word, (unsigned long long)most);
	*value = (uint64_t)sum;
	return 0;
}

static int take_count(struct reader *reader, uint32_t *count)
{
	uint64_t value;

	if (take_whole(reader, UINT32_MAX, &value) < 0)
		return -1;
	*count = (uint32_t)value;
	return 0;
}

/* ---------------------------------------------------------------- keywords */

static int parse_delay(struct reader *reader, struct netem *change)
{
	return take_time(reader, QUANTITY_DELAY, &change->delay_ns);
}

static int parse_jitter(struct reader *reader, struct netem *change)
{
	return take_time(reader, QUANTITY_JITTER, &change->jitter_ns);
}

static int parse_distribution(struct reader *reader, struct netem *change)
{
	const char *word = take_word(reader);
	int found;

	if (!word)
		return -1;
	found = find_name(netem_distributions, word);
	if (found < 0)
		return cause_set(reader->cause, EINVAL,
			"no distribution " WORD "; there are uniform, normal and pareto", word);
	change->distribution = (enum netem_distribution)found;
	return 0;
}

static int parse_loss(struct reader *reader, struct netem *change)
{
	bool model_alone = take_keyword(reader, "gemodel");

	change->loss = UINT32_MAX;
	if (!model_alone && take_percent(reader, &change->loss) < 0)
		return -1;
	change->gemodel = model_alone || take_keyword(reader, "gemodel");
	if (!change->gemodel)
		return 0;
	if (take_percent(reader, &change->p) < 0)
		return -1;
	return take_percent(reader, &change->r);
}

static int parse_duplicate(struct reader *reader, struct netem *change)
{
	return take_percent(reader, &change->duplicate);
}

static int parse_reorder(struct reader *reader, struct netem *change)
{
	if (take_percent(reader, &change->reorder) < 0)
		return -1;
	return take_keyword(reader, "gap") ? take_count(reader, &change->gap) : 0;
}

static int parse_corrupt(struct reader *reader, struct netem *change)
{
	return take_percent(reader, &change->corrupt);
}

static int parse_rate(struct reader *reader, struct netem *change)
{
	return take(reader, QUANTITY_RATE, &change->rate_bit);
}

static int parse_limit(struct reader *reader, struct netem *change)
{
	return take_count(reader, &change->limit);
}

static int parse_seed(struct reader *reader, struct netem *change)
{
	return take_whole(reader, UINT64_MAX, &change->seed);
}

static int parse_none(struct reader *reader, struct netem *change)
{
	if (change->given)
		return cause_set(reader->cause, EINVAL,
			"none begins from nothing; write it before the other words");
	return 0;
}

static const struct row {
	unsigned bit;
	int (*parse)(struct reader *reader, struct netem *change);
	const char *place; /* how to write what only stands behind another */
} rows[] = {
	{NETEM_DELAY, parse_delay, NULL},
	{NETEM_JITTER, parse_jitter, NULL},
	{NETEM_DISTRIBUTION, parse_distribution, NULL},
	{NETEM_LOSS, parse_loss, NULL},
	{0, NULL, "loss gemodel 1% 25%"},
	{NETEM_DUPLICATE, parse_duplicate, NULL},
	{NETEM_REORDER, parse_reorder, NULL},
	{0, NULL, "reorder 25% gap 5"},
	{NETEM_CORRUPT, parse_corrupt, NULL},
	{NETEM_RATE, parse_rate, NULL},
	{NETEM_LIMIT, parse_limit, NULL},
	{NETEM_SEED, parse_seed, NULL},
	{NETEM_NONE, parse_none, NULL},
};
static_assert(COUNT(netem_keywords) == COUNT(rows) + 1, "a row for each");

const char *netem_hint(const char *keyword)
{
	int found = find_name(netem_keywords, keyword);

	return found < 0 ? NULL : values[found].hint;
}

/* ------------------------------------------------------------------- parse */

static int unknown(const char *word, struct cause *cause)
{
	const char *near = name_nearest(word, netem_keywords);

	if (word[0] && strchr("0123456789.-", word[0]))
		return cause_set(cause, EINVAL,
			WORD " has no word before it; write such as delay 50ms jitter 5ms loss 1%%",
			word);
	if (near)
		return cause_set(cause, EINVAL, "no " WORD " here; did you mean %s?", word, near);
	return cause_set(cause, EINVAL,
		"no " WORD " here; there are delay, jitter, distribution, loss, duplicate, "
		"reorder, corrupt, rate, limit, seed and none", word);
}

static int parse_keyword(struct reader *reader, struct netem *change)
{
	const char *word = reader->words[0];
	int found = find_name(netem_keywords, word);
	const struct row *row = &rows[found < 0 ? 0 : found];

	if (found < 0)
		return unknown(word, reader->cause);
	if (row->place)
		return cause_set(reader->cause, EINVAL, "%s has no place here; write such as %s",
			word, row->place);
	if (change->given & row->bit)
		return cause_set(reader->cause, EINVAL, "%s is there twice; name it once", word);
	take_keyword(reader, netem_keywords[found]);
	if (row->parse(reader, change) < 0)
		return -1;
	change->given |= row->bit;
	return 0;
}

int netem_parse(char *const *words, int count, struct netem *change, struct cause *cause)
{
	struct reader reader = {.words = words, .count = count, .cause = cause};
	struct netem parsed = {0};

	if (count == 0)
		return cause_set(cause, EINVAL,
			"nothing is named; write such as delay 50ms or loss 1%%, or none");
	while (reader.count > 0)
		if (parse_keyword(&reader, &parsed) < 0)
			return -1;
	*change = parsed;
	return 0;
}
