/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-host.c - host: make hosts.
 */
#include "cli.h"
#include "command.h"

static enum result host(struct item *item)
{
	const struct value *names = &item->values[0];

	for (int i = 0; i < names->word_count; i++)
		if (!node_new(item->cli->lab, names->words[i], &item->cause))
			return RESULT_FAILED;
	return RESULT_OK;
}

const struct command cmd_host = {
	.name = "host",
	.summary = "make hosts, each a network namespace of its own",
	.example = "host alice bob",
	.group = "Lab",
	.args = {{ARG_REST, "NAME", NULL, 0, NULL}},
	.exec = host,
};
