/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-remove.c - remove: take nodes away.
 */
#include "cli.h"
#include "command.h"

static enum result remove_nodes(struct item *item)
{
	const struct value *names = &item->values[0];

	for (int i = 0; i < names->word_count; i++)
		if (node_remove(node_find(item->cli->lab, names->words[i]), &item->cause) < 0)
			return RESULT_FAILED;
	return RESULT_OK;
}

const struct command cmd_remove = {
	.name = "remove",
	.summary = "take nodes away, with their links and endpoints",
	.details = "Their processes are killed. What is on the way in their links is lost.",
	.example = "remove client",
	.group = "Topology",
	.flags = COMMAND_TABLE,
	.args = {{ARG_NODES, "NODE", NULL, 0, NULL}},
	.exec = remove_nodes,
};
