/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-topology.c - topology: start anew, or list what there is to start with.
 */
#include <limits.h>
#include <stdio.h>

#include "anew.h"
#include "cli.h"
#include "command.h"
#include "impairs.h"
#include "library.h"
#include "queue.h"
#include "topologies.h"

/* At the prompt: who is there. */
static void greet(struct cli *cli)
{
	const struct node *node = NULL;
	struct address address;
	struct cause ignored;
	char text[ADDRESS_TEXT], line[440] = "";
	size_t used = 0;

	while ((node = node_next(cli->lab, node)) && used < 300) {
		used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", used ? ", " : "",
			node->name);
		if (node->kind == NODE_HOST && node_address(node, &address, &ignored) == 0)
			used += (size_t)snprintf(line + used, sizeof line - used, " %s",
				address_print(&address, false, text, sizeof text));
	}
	snprintf(line + used, sizeof line - used, "%s; help lists the commands", node ? ", ..." : "");
	out_wrapped(cli, INT_MAX, "  lab     ", line);
	if (!cli->greeted)
		out_line(cli,
			"  lab     lesson lists the lessons, problem what goes wrong with "
			"TIME-WAIT");
	cli->greeted = true;
	impairs_tell_backends(cli);
}

static void ended(struct item *item, bool ok)
{
	anew_end(item, ok);
	if (ok && item->cli->interactive)
		greet(item->cli);
}

static enum result begin(struct item *item)
{
	const struct value *words = &item->values[1];
	char path[4096];

	if (!item->values[0].set) {
		library_list(item->cli, LIBRARY_TOPOLOGIES);
		return RESULT_OK;
	}
	if (topologies_find(LIBRARY_TOPOLOGIES, item->values[0].text, path, sizeof path,
		    &item->cause) < 0 ||
		library_check(LIBRARY_TOPOLOGIES, item->values[0].text, words->words,
			words->word_count, &item->cause) < 0 ||
		anew_begin(item) < 0)
		return RESULT_FAILED;
	item->ended = ended;
	if (queue_run_script(item, path, words->words, words->word_count, RUN_WHOLE) == 0)
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
