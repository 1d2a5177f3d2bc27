/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verb.c - command names: prefixes, near misses, NODE VERB.
 */
#include "verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "args.h"

#define NAMES_MAX 128

/* What other shells call what is there. */
static const char *const synonyms[][2] = {
	{"exit", "quit"},
	{"bye", "quit"},
	{"?", "help"},
	{"man", "help"},
	{"run", "exec"},
	{"netstat", "ss"},
	{"continue", "cont"},
	{"include", "source"},
	{"print", "echo"},
};

static const struct command *find_exact(const char *word)
{
	int i;

	for (i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, word) == 0)
			return commands[i];
	return NULL;
}

/* How many names begin so; the first of them, and all as a list. */
static int find_prefix(const char *word, const struct command **first, char *list, size_t size)
{
	int i, count = 0;
	size_t used = 0;

	list[0] = '\0';
	for (i = 0; commands[i] && word[0]; i++) {
		if (strncmp(commands[i]->name, word, strlen(word)) != 0)
			continue;
		if (count++ == 0)
			*first = commands[i];
		if (used < size)
			used += (size_t)snprintf(list + used, size - used, "%s%s",
				count > 1 ? ", " : "", commands[i]->name);
	}
	return count;
}

static const char *find_nearest(const char *word)
{
	const char *names[NAMES_MAX];
	size_t i;

	for (i = 0; i < sizeof synonyms / sizeof synonyms[0]; i++)
		if (strcmp(word, synonyms[i][0]) == 0 && find_exact(synonyms[i][1]))
			return synonyms[i][1];
	for (i = 0; commands[i] && i < NAMES_MAX - 1; i++)
		names[i] = commands[i]->name;
	names[i] = NULL;
	return name_nearest(word, names);
}

const struct command *verb_find(const char *word, struct cause *cause)
{
	const struct command *command = find_exact(word);
	const char *nearest;
	char list[200];
	int count;

	if (command)
		return command;
	count = find_prefix(word, &command, list, sizeof list);
	if (count == 1)
		return command;
	if (count > 1) {
		cause_set(cause, EINVAL, "\"%.30s\" could be %s; write more of it", word, list);
		return NULL;
	}
	nearest = find_nearest(word);
	if (nearest)
		cause_set(cause, ENOENT, "no command \"%.60s\"; did you mean %s?", word, nearest);
	else
		cause_set(cause, ENOENT, "no command \"%.60s\"; `help` lists them", word);
	return NULL;
}

static const struct command *swap(char **words, struct cause *cause)
{
	const struct command *command = verb_find(words[1], cause);
	char *first = words[0];

	if (!command)
		return NULL;
	words[0] = words[1];
	words[1] = first;
	return command;
}

const struct command *verb_resolve(
	const struct lab *lab, char **words, int count, struct cause *cause)
{
	struct cause unknown = {0}; /* no complaint if it is a node's name */
	const struct command *command = verb_find(words[0], &unknown);

	if (command)
		return command;
	if (!args_is_subject(lab, words[0])) {
		*cause = unknown;
		return NULL;
	}
	if (count < 2) {
		cause_set(cause, EINVAL, "%s what? a command is missing, such as: ss %s", words[0],
			words[0]);
		return NULL;
	}
	return swap(words, cause);
}
