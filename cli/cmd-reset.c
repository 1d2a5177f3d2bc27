/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-reset.c - reset: an empty lab.
 */
#include "anew.h"
#include "cli.h"
#include "command.h"

static enum result reset(struct item *item)
{
	if (anew_begin(item) < 0)
		return RESULT_FAILED;
	anew_end(item, true);
	return RESULT_OK;
}

const struct command cmd_reset = {
	.name = "reset",
	.summary = "take everything down: an empty lab",
	.example = "reset",
	.group = "Topology",
	.flags = COMMAND_NO_LAB,
	.exec = reset,
};
