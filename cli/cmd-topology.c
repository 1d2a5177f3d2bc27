/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-topology.c - topology: start anew, or list what there is to start with.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "anew.h"
#include "cli.h"
#include "command.h"
#include "impairs.h"
#include "json.h"
#include "queue.h"
#include "table.h"
#include "topologies.h"

static const struct column columns[] = {
	{"topology", ALIGN_LEFT, 0, 0},
	{"words", ALIGN_LEFT, 0, 0},
	{"what it is", ALIGN_LEFT, 1, 20},
};

struct listing {
	struct cli *cli;
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
	json_string(&json, "event", "topology");
	json_string(&json, "name", topology->name);
	json_string(&json, "words", topology->usage);
	json_string(&json, "summary", topology->summary);
	json_print(&json, listing->cli);
}

static void list_all(struct cli *cli)
{
	struct table_format format = {.width = out_columns(cli), .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};
	struct listing listing = {cli,
		table_new(columns, sizeof columns / sizeof *columns, &format)};
	const char *text;
	size_t length;

	topologies_each(list_one, &listing);
	text = table_flush(listing.table, &length);
	if (!cli->json)
		out_raw(cli, text, length);
	table_free(listing.table);
}

/* At the prompt: who is there. */
static void greet(struct cli *cli)
{
	const struct node *node = NULL;
	struct address address;
	struct cause ignored;
	char text[ADDRESS_TEXT], line[400] = "";
	size_t used = 0;

	while ((node = node_next(cli->lab, node)) && used < 300) {
		used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", used ? ", " : "",
			node->name);
		if (node->kind == NODE_HOST && node_address(node, &address, &ignored) == 0)
			used += (size_t)snprintf(line + used, sizeof line - used, " %s",
				address_print(&address, false, text, sizeof text));
	}
	out_line(cli, "  lab     %s%s; help lists the commands", line, node ? ", ..." : "");
	impairs_tell_backends(cli);
}

static void ended(struct item *item, bool ok)
{
	anew_end(item, ok);
	if (ok && item->cli->interactive)
		greet(item->cli);
}

struct wanted {
	const char *name;
	char usage[256];
	int words; /* that it takes; -1: it does not say */
};

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

/* Words that nobody reads are a mistake. */
static int check_words(const struct value *values, struct cause *cause)
{
	struct wanted wanted = {.name = values[0].text, .words = -1};

	if (values[1].word_count > 0)
		topologies_each(look_for, &wanted);
	if (wanted.words < 0 || values[1].word_count <= wanted.words)
		return 0;
	return cause_set(cause, EINVAL, "\"%.40s\" is one word too many: topology %s %s",
		values[1].words[wanted.words], wanted.name, wanted.usage);
}

static enum result begin(struct item *item)
{
	const struct value *words = &item->values[1];
	char path[4096];

	if (!item->values[0].set) {
		list_all(item->cli);
		return RESULT_OK;
	}
	if (topologies_find(item->values[0].text, path, sizeof path, &item->cause) < 0 ||
		check_words(item->values, &item->cause) < 0 || anew_begin(item) < 0)
		return RESULT_FAILED;
	item->ended = ended;
	if (queue_run_script(item, path, words->words, words->word_count, true) == 0)
		return RESULT_WAIT;
	item->ended = NULL;
	anew_end(item, false);
	return RESULT_FAILED;
}

const struct command cmd_topology = {
	.name = "topology",
	.summary = "start anew with a topology; alone: list those that there are",
	.details = "NAME is looked for beside the program, in the installed data folder and in "
		   "~/.local/share/netlab/topologies; a FILE is any .lab file, such as save "
		   "makes. The lab that was there is taken down. Words behind the name are the "
		   "file's $1, $2, ...: `topology star 8` has eight hosts.",
	.example = "topology star 3",
	.group = "Topology",
	.flags = COMMAND_NO_LAB,
	.args = {{ARG_TOPOLOGY, "NAME|FILE", NULL, ARG_OPTIONAL, NULL},
		{ARG_REST, "WORD", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
};
