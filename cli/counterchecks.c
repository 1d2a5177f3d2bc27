/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counterchecks.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "argname.h"
#include "argnumber.h"

/* ---------------------------------------------------------------- counters */

#define NAMES_MAX 16

/* The names of one check, and what was counted under them. */
struct sum {
	char text[256]; /* "TW|TWKilled", the bars turned into NULs */
	const char *name[NAMES_MAX];
	int count;
	bool found[NAMES_MAX];
	int64_t changed;
	const char *sought; /* near misses of this one are looked for */
	struct argname_names known;
	char (*names)[64];
	size_t names_count;
};

static int split(struct sum *sum, const char *word, struct cause *cause)
{
	char *at;

	snprintf(sum->text, sizeof sum->text, "%s", word);
	for (char *name = strtok_r(sum->text, "|", &at); name; name = strtok_r(NULL, "|", &at)) {
		if (sum->count == NAMES_MAX)
			return cause_set(cause, EINVAL, "more than %d counters in one sum",
				NAMES_MAX);
		sum->name[sum->count++] = name;
	}
	if (strlen(word) < sizeof sum->text && sum->count > 0)
		return 0;
	return cause_set(cause, EINVAL,
		WORD " names no counter; write such as TCPTimeWaitOverflow, or TW|TWKilled for "
		"their sum", word);
}

static void add(void *arg, const struct node_counter *row)
{
	struct sum *sum = arg;

	for (int i = 0; i < sum->count; i++)
		if (counter_is(row->name, sum->name[i]) && !sum->found[i]) {
			sum->found[i] = true;
			sum->changed += row->changed;
		}
}

/* As the user would write it. */
static void know(void *arg, const struct node_counter *row)
{
	struct sum *sum = arg;

	snprintf(sum->names[sum->names_count], sizeof *sum->names, "%s", counter_short(row->name));
	if (sum->names_count < ARGNAME_NAMES_MAX - 1)
		argname_add(&sum->known, sum->names[sum->names_count++]);
}

static int unknown(struct sum *sum, struct node *node, struct cause *cause)
{
	struct cause ignored;
	const char *nearest = NULL;

	sum->names = calloc(ARGNAME_NAMES_MAX, sizeof *sum->names);
	if (!sum->names)
		abort();
	node_counters(node, false, know, sum, &ignored);
	for (int i = 0; i < sum->count && !nearest; i++)
		nearest = name_nearest(sum->name[i], sum->known.list);
	cause_set(cause, ENOENT,
		"this kernel has no counter " WORD "%s%s%s; counters all lists them",
		sum->name[0], nearest ? "; did you mean " : "", nearest ? nearest : "",
		nearest ? "?" : "");
	free(sum->names);
	return -1;
}

static int count_up(struct sum *sum, struct node *node, struct cause *cause)
{
	if (node_counters(node, false, add, sum, cause) < 0)
		return -1;
	for (int i = 0; i < sum->count; i++)
		if (sum->found[i])
			return 0;
	return unknown(sum, node, cause);
}

static const char *const operators[] = {"=", "!=", "<", "<=", ">", ">="};

/* Is it so? -1: there is no such operator. */
static int compare(int64_t left, const char *operator, int64_t right)
{
	const bool so[] = {left == right, left != right, left < right, left <= right, left > right,
		left >= right};

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (strcmp(operators[i], operator) == 0)
			return so[i];
	return -1;
}

bool check_counter(struct lab *lab, char *const *words, int count, struct cause *cause)
{
	struct sum sum = {.count = 0};
	struct node *node;
	int64_t wanted;
	int so;

	if (count != 5) {
		cause_set(cause, EINVAL,
			"usage: expect counter NODE NAME[|NAME...] =|!=|<|<=|>|>= N");
		return false;
	}
	if (argname_node(lab, words[1], &node, cause) < 0 || split(&sum, words[2], cause) < 0 ||
		argnumber_parse("number", words[4], 0, INT64_MAX / 100, &wanted, cause) < 0 ||
		count_up(&sum, node, cause) < 0)
		return false;
	so = compare(sum.changed, words[3], wanted);
	if (so < 0)
		cause_set(cause, EINVAL, WORD " is no comparison; it is =, !=, <, <=, > or >=",
			words[3]);
	else if (!so)
		cause_set(cause, 0,
			"expected %s of %s %s %s since the last look, but it is %" PRId64,
			words[2], node->name, words[3], words[4], sum.changed);
	return so > 0;
}

/* ----------------------------------------------------------------- sysctls */

bool check_sysctl(struct lab *lab, char *const *words, int count, struct cause *cause)
{
	const struct option_entry *row;
	char now[512], wanted[OPTION_TEXT], shown[OPTION_TEXT];
	const char *key;
	struct node *node;

	if (count < 4 || count > 5) {
		cause_set(cause, EINVAL, "usage: expect sysctl NODE KEY VALUE");
		return false;
	}
	row = option_find(words[2]);
	key = row && row->kind == OPTION_SYSCTL ? row->real : words[2];
	if (argname_node(lab, words[1], &node, cause) < 0 ||
		node_sysctl(node, key, NULL, now, sizeof now, cause) < 0)
		return false;
	snprintf(wanted, sizeof wanted, "%s%s%s", words[3], count > 4 ? " " : "",
		count > 4 ? words[4] : "");
	if (strcmp(now, wanted) == 0)
		return true;
	/* on and off, units and ranges, as `option` takes them */
	if (row && row->kind == OPTION_SYSCTL &&
		option_parse(row, words + 3, count - 3, NULL, shown, cause) == 0 &&
		strcmp(now, shown) == 0)
		return true;
	cause_set(cause, 0, "expected %s of %s = %s, but it is %s", key, node->name, wanted, now);
	return false;
}
