/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * args.c - from words to values: which word belongs to which row. What a single
 * word means is argtype.c's.
 */
#include "args.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "argtype.h"

/* The word that introduces the argument, or NULL for a positional one. */
static const char *keyword_of(const struct arg *arg)
{
	if (arg->keyword)
		return arg->keyword;
	return arg->type == ARG_FLAG ? arg->name : NULL;
}

static bool is_optional(const struct arg *arg)
{
	return (arg->flags & ARG_OPTIONAL) || arg->type == ARG_FLAG;
}

/* ------------------------------------------------------------------- usage */

static size_t usage_arg(const struct arg *arg, char *buf, size_t size)
{
	const char *keyword = keyword_of(arg);
	const char *name = arg->name ? arg->name : arg->choices ? arg->choices : "WORD";
	bool open = argtype_takes_rest(arg->type) && arg->type != ARG_SEGMENTS;
	const char *dots = open && !strstr(name, "...") ? "..." : "";
	bool named = arg->type != ARG_FLAG;
	int length = snprintf(buf, size, " %s%s%s%s%s%s", is_optional(arg) ? "[" : "",
		keyword ? keyword : "", keyword && named ? " " : "", named ? name : "",
		named ? dots : "", is_optional(arg) ? "]" : "");

	return length < 0 ? 0 : (size_t)length;
}

const char *args_usage(const struct command *command, char *buf, size_t size)
{
	size_t used = (size_t)snprintf(buf, size, "%s", command->name);
	const struct arg *arg;

	for (arg = command->args; arg->type != ARG_END && used < size; arg++)
		used += usage_arg(arg, buf + used, size - used);
	return buf;
}

/* -------------------------------------------------------------------- walk */

void args_walk_begin(struct args_walk *walk, const struct command *command)
{
	*walk = (struct args_walk){.command = command, .pending = -1, .rest = -1};
}

/* The first positional argument that is not set and, if asked so, required. */
static int next_positional(const struct args_walk *walk, bool required)
{
	const struct arg *args = walk->command->args;
	int i;

	for (i = 0; args[i].type != ARG_END; i++)
		if (!keyword_of(&args[i]) && !walk->set[i] && !(required && is_optional(&args[i])))
			return i;
	return -1;
}

/* The positional argument that the word is for: the first one, but optional
 * ones that it could not be are passed over for one that it could. */
static int find_positional(const struct args_walk *walk, const char *word)
{
	const struct arg *args = walk->command->args;
	int i, first = next_positional(walk, next_positional(walk, true) >= 0);

	if (first < 0 || !is_optional(&args[first]))
		return first;
	for (i = first; args[i].type != ARG_END; i++)
		if (!keyword_of(&args[i]) && !walk->set[i] && argtype_may_be(&args[i], word))
			return i;
	return first;
}

static int find_keyword(const struct args_walk *walk, const char *word)
{
	const struct arg *args = walk->command->args;
	int i;

	for (i = 0; args[i].type != ARG_END; i++)
		if (keyword_of(&args[i]) && !walk->set[i] &&
			strcmp(keyword_of(&args[i]), word) == 0)
			return i;
	return -1;
}

static int take_keyword(struct args_walk *walk, int index)
{
	const struct arg *arg = &walk->command->args[index];

	walk->set[index] = true;
	if (arg->type == ARG_FLAG)
		return index;
	walk->pending = index;
	return ARGS_KEYWORD;
}

int args_walk_word(struct args_walk *walk, const char *word)
{
	int index = walk->pending >= 0 ? walk->pending : walk->rest;

	if (index < 0 && next_positional(walk, true) < 0) {
		index = find_keyword(walk, word);
		if (index >= 0)
			return take_keyword(walk, index);
	}
	walk->pending = -1;
	if (index < 0)
		index = find_positional(walk, word);
	if (index < 0)
		return ARGS_TOO_MANY;
	walk->set[index] = true;
	if (argtype_takes_rest(walk->command->args[index].type))
		walk->rest = index;
	return index;
}

bool args_walk_open(const struct args_walk *walk, int index)
{
	int required = next_positional(walk, true);

	if (walk->pending >= 0 || walk->rest >= 0)
		return index == walk->pending || index == walk->rest;
	if (required >= 0)
		return index == required;
	if (keyword_of(&walk->command->args[index]))
		return !walk->set[index];
	return index == next_positional(walk, false);
}

/* ------------------------------------------------------------------- parse */

static int too_many(const struct args_walk *walk, const char *word, struct cause *cause)
{
	const char *keywords[COMMAND_ARGS_MAX + 1], *nearest;
	char usage[ARGS_USAGE_MAX];
	const struct arg *arg;
	int count = 0;

	for (arg = walk->command->args; arg->type != ARG_END; arg++)
		if (keyword_of(arg))
			keywords[count++] = keyword_of(arg);
	keywords[count] = NULL;
	nearest = name_nearest(word, keywords);
	args_usage(walk->command, usage, sizeof usage);
	if (nearest && strcmp(nearest, word) != 0)
		return cause_set(cause, EINVAL, "no \"%.40s\" here; did you mean %s? usage: %s",
			word, nearest, usage);
	return cause_set(cause, EINVAL, "one word too many: \"%.40s\"; usage: %s", word, usage);
}

static int missing(const struct command *command, int index, struct cause *cause)
{
	const struct arg *arg = &command->args[index];
	const char *name = arg->name ? arg->name : arg->choices ? arg->choices : "a word";
	char usage[ARGS_USAGE_MAX];

	args_usage(command, usage, sizeof usage);
	if (arg->keyword)
		return cause_set(cause, EINVAL, "%s: %s %s is missing; usage: %s", command->name,
			arg->keyword, name, usage);
	return cause_set(cause, EINVAL, "%s: %s is missing; usage: %s", command->name, name, usage);
}

/* Every required argument must be set, and no keyword without its value. */
static int check_complete(const struct args_walk *walk, struct cause *cause)
{
	const struct command *command = walk->command;
	int i;

	if (walk->pending >= 0)
		return missing(command, walk->pending, cause);
	for (i = 0; command->args[i].type != ARG_END; i++)
		if (!walk->set[i] && !is_optional(&command->args[i]))
			return missing(command, i, cause);
	return 0;
}

/* Which words go where, before any is looked at: a word too many or too few is
 * the first thing to say. owner[i] is the argument of words[i]. */
static int assign(const struct command *command, char **words, int count, struct value *values,
	int *owner, struct cause *cause)
{
	struct args_walk walk;
	int i, index;

	args_walk_begin(&walk, command);
	for (i = 0; i < count && walk.rest < 0; i++) {
		index = args_walk_word(&walk, words[i]);
		if (index == ARGS_TOO_MANY)
			return too_many(&walk, words[i], cause);
		if (index >= 0) {
			owner[index] = i;
			values[index].set = true;
		}
	}
	return check_complete(&walk, cause);
}

static int parse_one(struct lab *lab, const struct command *command, int index, char **words,
	int count, struct value *values, struct cause *cause)
{
	const struct arg *arg = &command->args[index];

	if (argtype_takes_rest(arg->type))
		return argtype_parse_rest(lab, arg, words, count, &values[index], cause);
	return argtype_parse(lab, arg, values[0].node, words[0], &values[index], cause);
}

int args_parse(struct lab *lab, const struct command *command, char **words, int count,
	struct value *values, struct cause *cause)
{
	int owner[COMMAND_ARGS_MAX];
	int i;

	memset(values, 0, COMMAND_ARGS_MAX * sizeof *values);
	for (i = 0; i < COMMAND_ARGS_MAX; i++)
		owner[i] = -1;
	if (assign(command, words, count, values, owner, cause) < 0)
		return -1;
	for (i = 0; command->args[i].type != ARG_END; i++)
		if (owner[i] >= 0 && parse_one(lab, command, i, words + owner[i], count - owner[i],
					     values, cause) < 0)
			return -1;
	return 0;
}

bool args_is_subject(const struct lab *lab, const char *word)
{
	size_t length = strcspn(word, "/");
	char name[32];

	if (!lab || length == 0 || length >= sizeof name)
		return false;
	memcpy(name, word, length);
	name[length] = '\0';
	if (endpoint_find(lab, name))
		return true;
	return !word[length] && node_find(lab, name);
}
