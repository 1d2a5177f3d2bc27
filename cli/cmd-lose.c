/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-lose.c - lose: lose chosen segments on the wire.
 */
#include "faulting.h"

static enum result begin(struct item *item)
{
	return faulting_begin(item, FAULT_LOSE);
}

const struct command cmd_lose = {
	.name = "lose",
	.summary = "lose chosen segments on the wire",
	.details = "Its sender does not know: only the other side's silence tells. "
		   FAULTING_SEGMENTS
		   "last-ack is the ACK of a FIN by a side that had sent its own FIN before: the "
		   "one that LAST-ACK and CLOSING wait for. Segments are counted where they enter "
		   "the wire, those that are sent again too, and never by chance.",
	.example = "lose last-ack",
	.group = "Faults",
	.args = {{ARG_SEGMENTS, "SEGMENTS", NULL, 0, NULL}},
	.exec = begin,
};
