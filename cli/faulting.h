/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * faulting.h - what the commands that choose a fault have in common.
 */
#ifndef CLI_FAULTING_H
#define CLI_FAULTING_H

#include "command.h"

/* The exec of such a command, whose first row is ARG_SEGMENTS. */
enum result faulting_begin(struct item *item, enum fault_kind kind);

/* Which segments can be meant, for their details. */
#define FAULTING_SEGMENTS "SEGMENTS is [A>B] [KIND...] [seq N] [nth N|first N|every N|all]. " \
	"Kinds: syn, syn-ack, ack (bare), fin, rst, data, ack-of-fin, last-ack, retransmission; " \
	"several must all hold. nth 1 unless said: one segment, once. "

/* A fault as a row of JSON; "active", "done" or "off". */
void faulting_json(struct cli *cli, const struct fault *fault);
const char *faulting_state(const struct fault *fault);

#endif
