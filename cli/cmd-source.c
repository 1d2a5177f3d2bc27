/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-source.c - source: run the commands of a file.
 */
#include "command.h"
#include "homepath.h"
#include "queue.h"

static enum result source(struct item *item)
{
	const struct value *params = &item->values[1];
	char buf[HOMEPATH_SIZE];

	if (queue_run_script(item, homepath(item->values[0].text, buf), params->words,
		    params->word_count, 0) < 0)
		return RESULT_FAILED;
	return RESULT_WAIT;
}

const struct command cmd_source = {
	.name = "source",
	.summary = "run the commands of a file",
	.details =
		"The words behind the file's name are $1 to $9 in it; ${1:-80} is $1, or 80 when "
		"it is not given. The file ends at the first command that fails.",
	.example = "source /dev/null",
	.group = "Shell",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_FILE, "FILE", NULL, 0, NULL},
		{ARG_REST, "PARAMETER", NULL, ARG_OPTIONAL, NULL}},
	.exec = source,
};
