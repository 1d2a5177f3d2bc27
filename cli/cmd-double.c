/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-double.c - double: let chosen segments arrive twice.
 */
#include "faulting.h"

static enum result begin(struct item *item)
{
	return faulting_begin(item, FAULT_DOUBLE);
}

const struct command cmd_double = {
	.name = "double",
	.summary = "let chosen segments arrive twice",
	.details = FAULTING_SEGMENTS
		   "The second one is the same, byte for byte, and comes TIME behind the first, at "
		   "once unless said.",
	.example = "double fin after 100ms",
	.group = "Faults",
	.args = {{ARG_SEGMENTS, "SEGMENTS [after TIME]", NULL, 0, "after"}},
	.exec = begin,
};
