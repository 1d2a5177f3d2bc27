/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-step.c - step: deliver the oldest held segment.
 */
#include "stepping.h"

static enum result begin(struct item *item)
{
	return stepping_begin(item, lab_step);
}

const struct command cmd_step = {
	.name = "step",
	.summary = "deliver the oldest held segment, and show what it changed",
	.details = "Or N of them, one after the other. When none is on the wire it waits for the "
		   "next one, a second unless told otherwise: a kernel may delay its ACK.",
	.example = "hold; close client; step",
	.group = "Wire",
	.flags = COMMAND_TABLE,
	.args = {{ARG_COUNT, "N", NULL, ARG_OPTIONAL, NULL},
		{ARG_TIME, "TIME", "within", ARG_OPTIONAL, NULL}},
	.exec = begin,
	.cancel = stepping_cancel,
};
