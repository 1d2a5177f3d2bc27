/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "json.h"
#include "table.h"

static const struct column of_library[] = {
	{NULL, ALIGN_LEFT, 0, 0}, /* what it is one of */
	{"words", ALIGN_LEFT, 0, 0},
	{"what it is", ALIGN_LEFT, 1, 20},
};

struct listing {
	struct cli *cli;
	enum library library;
	struct table *table;
};

static void list_one(void *arg, const struct topology *topology)
{
	struct listing *listing = arg;
	struct json json;

	if (!listing->cli->json) {
		table_add(listing->table, STYLE_NONE, topology->name);
		table_add(listing->table, STYLE_NONE, topology->usage);
		table_add(listing->table, STYLE_NONE, topology->summary);
		table_end_row(listing->table);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", library_word(listing->library));
	json_string(&json, "name", topology->name);
	json_string(&json, "words", topology->usage);
	json_string(&json, "summary", topology->summary);
	json_print(&json, listing->cli);
}

void library_list(struct cli *cli, enum library library)
{
	struct column columns[sizeof of_library / sizeof *of_library];
	struct table_format format = {.width = out_columns(cli), .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};
	struct listing listing = {cli, library, NULL};
	const char *text;
	size_t length;

	memcpy(columns, of_library, sizeof columns);
	columns[0].heading = library_word(library);
	listing.table = table_new(columns, sizeof columns / sizeof *columns, &format);
	topologies_each(library, list_one, &listing);
	text = table_flush(listing.table, &length);
	if (!cli->json)
		out_raw(cli, text, length);
	table_free(listing.table);
}

struct wanted {
	const char *name;
	char usage[256];
	int words; /* that it takes; -1: it does not say */
};

/* One parameter of a usage: "[ROUTERS=4, 3-5000]". */
struct parameter {
	char name[32], usual[32];
	unsigned long least, most;
};

static bool parameter_read(const char *usage, struct parameter *parameter)
{
	*parameter = (struct parameter){.most = ULONG_MAX};
	return sscanf(usage, "[%31[^]=,]=%31[^],], %lu-%lu", parameter->name, parameter->usual,
		       &parameter->least, &parameter->most) >= 2;
}

/* A rate or a delay is what its netem word takes. */
static int check_netem(const struct parameter *parameter, char *word, struct cause *cause)
{
	char keyword[sizeof parameter->name];
	char *words[] = {keyword, word};
	struct netem ignored;
	size_t i;

	for (i = 0; parameter->name[i]; i++)
		keyword[i] = (char)tolower((unsigned char)parameter->name[i]);
	keyword[i] = '\0';
	if (strcmp(keyword, "rate") != 0 && strcmp(keyword, "delay") != 0)
		return 0;
	return netem_parse(words, 2, &ignored, cause);
}

/* What is a number by default has to be one. */
static int check_word(const char *usage, const char *name, char *word, struct cause *cause)
{
	struct parameter parameter;
	unsigned long given;

	if (!parameter_read(usage, &parameter))
		return 0;
	if (parameter.usual[strspn(parameter.usual, "0123456789")])
		return check_netem(&parameter, word, cause);
	given = strtoul(word, NULL, 10);
	if (*word && !word[strspn(word, "0123456789")] && given >= parameter.least &&
		given <= parameter.most)
		return 0;
	if (parameter.most == ULONG_MAX)
		return cause_set(cause, EINVAL, "%s: %s is a whole number, not \"%.20s\"", name,
			parameter.name, word);
	return cause_set(cause, EINVAL, "%s: %s is a number of %lu to %lu, not \"%.20s\"", name,
		parameter.name, parameter.least, parameter.most, word);
}

static void look_for(void *arg, const struct topology *topology)
{
	struct wanted *wanted = arg;

	if (strcmp(topology->name, wanted->name) != 0)
		return;
	snprintf(wanted->usage, sizeof wanted->usage, "%s", topology->usage);
	wanted->words = 0;
	for (const char *c = topology->usage; *c; c++)
		wanted->words += *c == '[';
}

int library_check(enum library library, const char *name, char **words, int count,
	struct cause *cause)
{
	struct wanted wanted = {.name = name, .words = -1};
	const char *usage = wanted.usage;

	if (count > 0)
		topologies_each(library, look_for, &wanted);
	for (int i = 0; i < count && (usage = strchr(usage, '[')); i++, usage++)
		if (check_word(usage, name, words[i], cause) < 0)
			return -1;
	if (wanted.words < 0 || count <= wanted.words)
		return 0;
	return cause_set(cause, EINVAL, "\"%.40s\" is one word too many: %s %s%s%s",
		words[wanted.words], library_word(library), wanted.name,
		*wanted.usage ? " " : "", wanted.usage);
}
