/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-swap.c - swap: let chosen segments be overtaken by the next one.
 */
#include "faulting.h"

static enum result begin(struct item *item)
{
	return faulting_begin(item, FAULT_SWAP);
}

const struct command cmd_swap = {
	.name = "swap",
	.summary = "let chosen segments be overtaken by the next one",
	.details = FAULTING_SEGMENTS
		   "The next one is whatever its sender sends next on the same connection, also the "
		   "same data again; when nothing comes for 3 s it goes on alone.",
	.example = "swap client>server data",
	.group = "Faults",
	.args = {{ARG_SEGMENTS, "SEGMENTS", NULL, 0, NULL}},
	.exec = begin,
};
