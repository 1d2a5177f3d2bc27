/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-late.c - late: let chosen segments arrive late.
 */
#include "faulting.h"

static enum result begin(struct item *item)
{
	return faulting_begin(item, FAULT_LATE);
}

const struct command cmd_late = {
	.name = "late",
	.summary = "let chosen segments arrive late",
	.details = FAULTING_SEGMENTS
		   "What is sent behind it overtakes it. Commands wait for what is late by 3 s at "
		   "most; later ones are told when they come.",
	.example = "late fin nth 2 by 300ms",
	.group = "Faults",
	.args = {{ARG_SEGMENTS, "SEGMENTS by TIME", NULL, 0, "by"}},
	.exec = begin,
};
