/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-keep.c - keep: keep a copy of chosen segments, for replay.
 */
#include "faulting.h"

static enum result begin(struct item *item)
{
	return faulting_begin(item, FAULT_KEEP);
}

const struct command cmd_keep = {
	.name = "keep",
	.summary = "keep a copy of chosen segments, for replay",
	.details = FAULTING_SEGMENTS
		   "The segment itself goes on its way. Where several are meant, NAME is the "
		   "newest.",
	.example = "keep fin as old-fin",
	.group = "Faults",
	.args = {{ARG_SEGMENTS, "SEGMENTS as NAME", NULL, 0, "as"}},
	.exec = begin,
};
