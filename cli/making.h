/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * making.h - what host, router and switch have in common.
 */
#ifndef CLI_MAKING_H
#define CLI_MAKING_H

#include "command.h"

/* Make nodes of that kind by the names of the first argument (ARG_NEW_NODES):
 * all of them, or none. */
enum result making_nodes(struct item *item, enum node_kind kind);

#endif
