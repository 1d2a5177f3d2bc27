/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-drop.c - drop: lose the oldest held segment.
 */
#include "stepping.h"

static enum result begin(struct item *item)
{
	return stepping_begin(item, lab_drop);
}

const struct command cmd_drop = {
	.name = "drop",
	.summary = "lose the oldest held segment",
	.details = "Or N of them. Where copies of it were absorbed, the newest takes its place; "
		   "else its sender will send it again when its timer says so, and step waits for "
		   "that.",
	.example = "hold; close client; drop",
	.group = "Wire",
	.flags = COMMAND_TABLE,
	.args = {{ARG_COUNT, "N", NULL, ARG_OPTIONAL, NULL},
		{ARG_TIME, "TIME", "within", ARG_OPTIONAL, NULL}},
	.exec = begin,
	.cancel = stepping_cancel,
};
