/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "selector.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "segment.h"

enum data { ANY, NONE, SOME };

/* What each kind is, as far as flags and data tell. */
static const struct kind {
	const char *name;
	unsigned bit;
	uint8_t set, clear; /* flags */
	enum data data;
} kinds[] = {
	{"syn", SELECT_SYN, SEG_SYN, SEG_ACK, ANY},
	{"syn-ack", SELECT_SYN_ACK, SEG_SYN | SEG_ACK, 0, ANY},
	{"ack", SELECT_ACK, SEG_ACK, SEG_SYN | SEG_FIN | SEG_RST, NONE},
	{"fin", SELECT_FIN, SEG_FIN, 0, ANY},
	{"rst", SELECT_RST, SEG_RST, 0, ANY},
	{"data", SELECT_DATA, 0, 0, SOME},
	{"ack-of-fin", SELECT_ACK_OF_FIN, SEG_ACK, SEG_SYN | SEG_FIN | SEG_RST, NONE},
	{"last-ack", SELECT_LAST_ACK, SEG_ACK, SEG_SYN | SEG_FIN | SEG_RST, NONE},
	{"retransmission", SELECT_RETRANSMISSION, 0, SEG_RST, ANY},
};
#define KINDS (sizeof kinds / sizeof *kinds)

const char *const selector_words[] = {"syn", "syn-ack", "ack", "fin", "rst", "data", "ack-of-fin",
	"last-ack", "retransmission", "seq", "nth", "first", "every", "all", NULL};

static const char *const which_words[] = {
	[SELECT_NTH] = "nth", [SELECT_FIRST] = "first", [SELECT_EVERY] = "every",
	[SELECT_ALL] = "all"};

bool selector_wants_number(const char *word)
{
	return strcmp(word, "seq") == 0 || strcmp(word, "nth") == 0 ||
		strcmp(word, "first") == 0 || strcmp(word, "every") == 0;
}

/* ------------------------------------------------------------------- parse */

struct parsing {
	struct selector *selector;
	char *const *words;
	int count, at;
	bool which_given;
	struct cause *cause;
};

static int is_twice(const struct parsing *parsing, const char *what)
{
	return cause_set(parsing->cause, EINVAL, "\"%.40s\": %s is said twice",
		parsing->words[parsing->at], what);
}

/* A node's: a letter first, then also digits, - and _. */
static bool is_name(const char *name, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isalpha((unsigned char)name[i]) &&
			(i == 0 || (!isdigit((unsigned char)name[i]) && !strchr("-_", name[i]))))
			return false;
	return length > 0 && length < sizeof((struct selector *)0)->from;
}

static int parse_way(struct parsing *parsing, const char *word)
{
	struct selector *selector = parsing->selector;
	const char *arrow = strchr(word, '>');
	size_t length = (size_t)(arrow - word);

	if (selector->from[0])
		return is_twice(parsing, "the way");
	if (!is_name(word, length) || !is_name(arrow + 1, strlen(arrow + 1)))
		return cause_set(parsing->cause, EINVAL,
			"\"%.60s\" is no way from one node to another; write such as client>server",
			word);
	memcpy(selector->from, word, length);
	strcpy(selector->to, arrow + 1);
	if (strcmp(selector->from, selector->to) == 0)
		return cause_set(parsing->cause, EINVAL,
			"\"%.60s\" leads from a node to itself: that is never on the wire", word);
	return 0;
}

/* The number behind the word. */
static int parse_number(struct parsing *parsing, uint32_t least, uint32_t *number)
{
	const char *word = parsing->words[parsing->at];
	const char *digits = parsing->at + 1 < parsing->count ? parsing->words[++parsing->at] : "";
	uint64_t sum = 0;

	for (const char *at = digits; *at && sum <= UINT32_MAX; at++) {
		if (!isdigit((unsigned char)*at))
			return cause_set(parsing->cause, EINVAL,
				"\"%.40s\" is no number, and %s wants one", digits, word);
		sum = sum * 10 + (unsigned)(*at - '0');
	}
	if (!*digits)
		return cause_set(parsing->cause, EINVAL, "%s wants a number behind it", word);
	if (sum < least || sum > UINT32_MAX)
		return cause_set(parsing->cause, ERANGE, "%s %.40s is out of range; it is %u to %u",
			word, digits, least, UINT32_MAX);
	*number = (uint32_t)sum;
	return 0;
}

static int parse_which(struct parsing *parsing, enum selector_which which)
{
	if (parsing->which_given)
		return is_twice(parsing, "which of them");
	parsing->which_given = true;
	parsing->selector->which = which;
	return which == SELECT_ALL ? 0 : parse_number(parsing, 1, &parsing->selector->n);
}

static int parse_kind(struct parsing *parsing, const struct kind *kind)
{
	if (parsing->selector->kinds & kind->bit)
		return is_twice(parsing, "this kind");
	parsing->selector->kinds |= kind->bit;
	return 0;
}

static int parse_word(struct parsing *parsing)
{
	const char *word = parsing->words[parsing->at], *nearest;

	if (strchr(word, '>'))
		return parse_way(parsing, word);
	for (size_t i = 0; i < KINDS; i++)
		if (strcmp(word, kinds[i].name) == 0)
			return parse_kind(parsing, &kinds[i]);
	for (int i = 0; i <= SELECT_ALL; i++)
		if (strcmp(word, which_words[i]) == 0)
			return parse_which(parsing, (enum selector_which)i);
	if (strcmp(word, "seq") == 0) {
		if (parsing->selector->has_seq)
			return is_twice(parsing, "its number");
		parsing->selector->has_seq = true;
		return parse_number(parsing, 0, &parsing->selector->seq);
	}
	nearest = name_nearest(word, selector_words);
	return cause_set(parsing->cause, EINVAL, "\"%.40s\" says nothing about a segment%s%s; write "
		"[A>B] [syn|syn-ack|ack|fin|rst|data|ack-of-fin|last-ack|retransmission] [seq N] "
		"[nth N|first N|every N|all]", word, nearest ? "; did you mean " : "",
		nearest ? nearest : "");
}

/* Two kinds that no segment can be at once. */
static int check_kinds(const struct selector *selector, struct cause *cause)
{
	for (size_t i = 0; i < KINDS; i++)
		for (size_t j = 0; j < KINDS; j++) {
			const struct kind *a = &kinds[i], *b = &kinds[j];
			bool bare = a->bit == SELECT_RETRANSMISSION && b->data == NONE;

			if (!(selector->kinds & a->bit) || !(selector->kinds & b->bit))
				continue;
			if (a->set & b->clear || (a->data == SOME && b->data == NONE) || bare)
				return cause_set(cause, EINVAL, "no segment is both %s and %s", a->name,
					b->name);
		}
	return 0;
}

int selector_parse(char *const *words, int count, struct selector *selector, struct cause *cause)
{
	struct parsing parsing = {.selector = selector, .words = words, .count = count,
		.cause = cause};

	*selector = (struct selector){.which = SELECT_NTH, .n = 1};
	if (count == 0)
		return cause_set(cause, EINVAL, "which segments? say such as last-ack, or fin nth 2");
	for (; parsing.at < count; parsing.at++)
		if (parse_word(&parsing) < 0)
			return -1;
	return check_kinds(selector, cause);
}

/* ------------------------------------------------------------------- match */

static bool is_kind(const struct kind *kind, const struct selector_facts *facts)
{
	if ((facts->flags & kind->set) != kind->set || facts->flags & kind->clear)
		return false;
	if (kind->data != ANY && (kind->data == SOME) != (facts->length > 0))
		return false;
	switch (kind->bit) {
	case SELECT_ACK_OF_FIN:
		return facts->acks_fin;
	case SELECT_LAST_ACK:
		return facts->acks_fin && facts->is_last;
	case SELECT_RETRANSMISSION:
		return facts->retransmission;
	default:
		return true;
	}
}

/* What takes nothing in sequence space has no number of its own; RST is found by
 * the one that it carries. */
static bool has_number(const struct selector_facts *facts)
{
	return facts->length > 0 || facts->flags & (SEG_SYN | SEG_FIN | SEG_RST);
}

bool selector_matches(const struct selector *selector, const struct selector_facts *facts)
{
	if (selector->from[0] && (strcmp(selector->from, facts->from) != 0 ||
					 strcmp(selector->to, facts->to) != 0))
		return false;
	if (selector->has_seq && (!has_number(facts) || facts->seq != selector->seq))
		return false;
	for (size_t i = 0; i < KINDS; i++)
		if (selector->kinds & kinds[i].bit && !is_kind(&kinds[i], facts))
			return false;
	return true;
}

bool selector_takes(const struct selector *selector, uint32_t count)
{
	switch (selector->which) {
	case SELECT_NTH:
		return count == selector->n;
	case SELECT_FIRST:
		return count <= selector->n;
	case SELECT_EVERY:
		return count % selector->n == 0;
	case SELECT_ALL:
		return true;
	}
	return false;
}

bool selector_is_over(const struct selector *selector, uint32_t count)
{
	return (selector->which == SELECT_NTH || selector->which == SELECT_FIRST) &&
		count >= selector->n;
}

/* ------------------------------------------------------------------- print */

static size_t put(char *buf, size_t used, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static size_t put(char *buf, size_t used, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(buf + used, SELECTOR_TEXT - used, format, args);
	va_end(args);
	return used + (size_t)length < SELECTOR_TEXT ? used + (size_t)length : SELECTOR_TEXT - 1;
}

const char *selector_print(const struct selector *selector, char buf[SELECTOR_TEXT])
{
	size_t used = 0;

	buf[0] = '\0';
	if (selector->from[0])
		used = put(buf, used, " %s>%s", selector->from, selector->to);
	for (size_t i = 0; i < KINDS; i++)
		if (selector->kinds & kinds[i].bit)
			used = put(buf, used, " %s", kinds[i].name);
	if (selector->has_seq)
		used = put(buf, used, " seq %u", selector->seq);
	if (selector->which == SELECT_ALL)
		used = put(buf, used, " all");
	else if (selector->which != SELECT_NTH || selector->n != 1 || used == 0)
		used = put(buf, used, " %s %u", which_words[selector->which], selector->n);
	memmove(buf, buf + 1, used);
	return buf;
}
