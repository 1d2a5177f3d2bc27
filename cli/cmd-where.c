/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-where.c - where: a command for kernels that have a knob, or for those that
 * have not.
 */
#include <errno.h>
#include <string.h>

#include "cli.h"
#include "command.h"
#include "verb.h"

enum { NODE, HAS, KNOB, COMMAND };

static enum result where(struct item *item)
{
	const struct value *command = &item->values[COMMAND];
	const char *key = item->values[KNOB].text;
	char now[512];
	bool has = node_sysctl(item->values[NODE].node, key, NULL, now, sizeof now,
			   &item->cause) == 0;

	if (!has && item->cause.code != ENOENT)
		return RESULT_FAILED;
	item->cause = (struct cause){0};
	/* a mistyped command shows on every kernel */
	if (!verb_resolve(item->cli->lab, command->words, command->word_count, &item->cause))
		return RESULT_FAILED;
	if (has != (item->values[HAS].number == 0))
		return RESULT_OK;
	if (item_run_inner(item, command->words, command->word_count, NULL) < 0)
		return RESULT_FAILED;
	return RESULT_WAIT;
}

const struct command cmd_where = {
	.name = "where",
	.summary = "run a command only where a node's kernel has a sysctl, or lacks it",
	.details = "So a script can set what newer kernels have, and say on older ones what it "
		   "cannot show there. Nothing is printed when the command is passed over.",
	.example = "where client lacks tcp_rto_max_ms say An old kernel.",
	.group = "Lessons",
	.flags = COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_CHOICE, NULL, NULL, 0, "has|lacks"},
		{ARG_SYSCTL, "SYSCTL", NULL, 0, NULL},
		{ARG_COMMAND_LINE, "COMMAND", NULL, 0, NULL}},
	.exec = where,
};
