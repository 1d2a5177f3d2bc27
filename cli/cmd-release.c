/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-release.c - release: let everything go.
 */
#include <errno.h>

#include "call.h"
#include "cli.h"

static enum result release(struct item *item)
{
	if (!lab_is_held(item->cli->lab)) {
		cause_set(&item->cause, EINVAL, "nothing is held: hold comes first");
		return RESULT_FAILED;
	}
	lab_release(item->cli->lab, call_done, item);
	return RESULT_WAIT;
}

const struct command cmd_release = {
	.name = "release",
	.summary = "deliver what is held, in order, and hold no more",
	.details = "Absorbed copies are not delivered.",
	.example = "hold; release",
	.group = "Wire",
	.flags = COMMAND_TABLE,
	.exec = release,
};
