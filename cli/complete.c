/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * complete.c - Tab: which argument of which command the word is, and the form
 * that the prompt wants the words in. What there is of that type is offer.c's.
 */
#include "complete.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "command.h"
#include "lex.h"
#include "offer.h"
#include "verb.h"

/* What the next word of the command may be, after `count` words. */
static void offer_open(struct search *search, const struct args_walk *walk)
{
	const struct arg *arg;
	int i;

	for (i = 0; (arg = &walk->command->args[i])->type != ARG_END; i++) {
		if (!args_walk_open(walk, i))
			continue;
		if (walk->pending != i && (arg->keyword || arg->type == ARG_FLAG))
			offer(search, arg->keyword ? arg->keyword : arg->name);
		else
			offer_values(search, arg);
	}
}

static void offer_line(struct search *search, char **words, int count);

/* `expect` is read by its own exec: a socket and a state, or one of its verbs. */
static void offer_expect(struct search *search, char **words, int count)
{
	static const struct arg state = {ARG_STATE, "STATE", NULL, 0, NULL};

	if (count == 0) {
		offer_choices(search, "counter|error|segment|no|none|timer|stay|age|sysctl");
		offer_sockets(search);
	} else if (strcmp(words[0], "error") == 0) {
		if (count == 1)
			offer_errnos(search);
		else
			offer_line(search, words + 2, count - 2);
	} else if (strcmp(words[0], "segment") == 0) {
		offer_choices(
			search, "from|to|flags|seq|ack|len|delivered|dropped|held|lost|absorbed");
		offer_directions(search);
	} else if (strcmp(words[0], "counter") == 0 || strcmp(words[0], "sysctl") == 0) {
		if (count == 1)
			offer_nodes(search, "");
		else if (count == 2 && *words[0] == 's')
			offer_sysctls(search);
		else if (count == 2)
			offer_counters(search);
	} else if (count == 1 && (strcmp(words[0], "none") == 0 || strcmp(words[0], "timer") == 0 ||
				       strcmp(words[0], "stay") == 0)) {
		offer_sockets(search);
	} else if (count == 1) {
		offer_values(search, &state);
	}
}

static bool reads_itself(const struct command *command)
{
	return strcmp(command->name, "expect") == 0 && command->args[0].type == ARG_REST;
}

/* The words behind the command's name. */
static void offer_arguments(
	struct search *search, const struct command *command, char **words, int count)
{
	struct args_walk walk;
	int i, index;

	search->words = words;
	search->count = search->rest = count;
	if (reads_itself(command)) {
		offer_expect(search, words, count);
		return;
	}
	args_walk_begin(&walk, command);
	for (i = 0; i < count; i++) {
		index = args_walk_word(&walk, words[i]);
		if (index == ARGS_TOO_MANY)
			return;
		if (index >= 0 && command->args[index].type == ARG_COMMAND_LINE) {
			offer_line(search, words + i, count - i);
			return;
		}
		if (walk.rest >= 0 && search->rest == count)
			search->rest = i;
	}
	for (i = 0; command->args[i].type != ARG_END; i++)
		if (args_walk_open(&walk, i) && command->args[i].type == ARG_COMMAND_LINE)
			offer_line(search, words + count, 0);
	if (count > 0)
		offer_library_words(search, command->args[0].type);
	if (count == 2 && command->args[1].type == ARG_OPTION)
		offer_option_value(search, words[1]);
	offer_open(search, &walk);
}

/* Commands whose first argument may be what was named: NODE VERB. */
static void offer_verbs_of(struct search *search, const char *subject)
{
	bool node = node_find(search->lab, subject) != NULL;
	bool endpoint = endpoint_find(search->lab, subject) != NULL || strchr(subject, '/');
	int i;

	for (i = 0; commands[i]; i++) {
		enum arg_type type = commands[i]->args[0].type;

		if ((node && (type == ARG_NODE || type == ARG_LINK_END || type == ARG_NODES ||
				     type == ARG_OWNER)) ||
			(endpoint && (type == ARG_ENDPOINT || type == ARG_SOCKET ||
					     type == ARG_SOCKET_SEEN || type == ARG_OWNER)) ||
			(endpoint && reads_itself(commands[i])))
			offer(search, commands[i]->name);
	}
}

/* The whole words of a command before the one that is sought. */
static void offer_line(struct search *search, char **words, int count)
{
	const struct command *command;
	struct cause cause;

	if (count == 0) {
		offer_commands(search);
		offer_nodes(search, "");
		offer_endpoints(search);
		return;
	}
	if (count == 1 && !verb_find(words[0], &cause) && args_is_subject(search->lab, words[0])) {
		offer_verbs_of(search, words[0]);
		return;
	}
	command = verb_resolve(search->lab, words, count, &cause);
	if (command)
		offer_arguments(search, command, words + 1, count - 1);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct completion *found)
{
	int i, kept = 0;

	if (found->count == 0)
		return;
	qsort(found->words, (size_t)found->count, sizeof *found->words, compare);
	for (i = 1; i < found->count; i++) {
		if (strcmp(found->words[i], found->words[kept]) == 0)
			free(found->words[i]);
		else
			found->words[++kept] = found->words[i];
	}
	found->count = kept + 1;
	found->words[found->count] = NULL;
}

static const char *last_of(const char *word)
{
	return *word ? word + strlen(word) - 1 : word;
}

void complete_line(
	const struct lab *lab, const char *line, size_t length, struct completion *completion)
{
	struct lex_tail tail;
	struct search search = {.lab = lab, .found = completion};

	*completion = (struct completion){.start = length, .append = ' '};
	if (lex_unfinished(line, length, &tail) < 0 || tail.comment)
		return;
	search.word = tail.last;
	search.quote = tail.quote;
	completion->start = tail.start + (tail.quote ? 1 : 0);
	offer_line(&search, tail.words.word, tail.words.count);
	sort(completion);
	if (completion->count == 1 && strchr("/:>", *last_of(completion->words[0])))
		completion->append = 0;
}

/* The word for who replaces from `start` on, where we meant `from`. */
static char *adapt(const char *word, const char *line, size_t start, size_t from)
{
	char *text = NULL;

	if (start >= from)
		return strdup(strlen(word) >= start - from ? word + (start - from) : "");
	if (asprintf(&text, "%.*s%s", (int)(from - start), line + start, word) < 0)
		return NULL;
	return text;
}

static size_t common_length(const char *a, const char *b)
{
	size_t length = 0;

	while (a[length] && a[length] == b[length])
		length++;
	return length;
}

char **complete_matches(const struct completion *completion, const char *line, size_t start)
{
	char **matches;
	size_t common;
	int i;

	if (completion->count == 0)
		return NULL;
	matches = calloc((size_t)completion->count + 2, sizeof *matches);
	if (!matches)
		return NULL;
	for (i = 0; i < completion->count; i++)
		matches[i + 1] = adapt(completion->words[i], line, start, completion->start);
	common = strlen(matches[1]);
	for (i = 1; i < completion->count; i++)
		if (common_length(matches[1], matches[i + 1]) < common)
			common = common_length(matches[1], matches[i + 1]);
	matches[0] = strndup(matches[1], common);
	if (completion->count == 1) { /* the form for a single one */
		free(matches[1]);
		matches[1] = NULL;
	}
	return matches;
}

void completion_free(struct completion *completion)
{
	int i;

	for (i = 0; i < completion->count; i++)
		free(completion->words[i]);
	free(completion->words);
}
