/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * optionlist.h - the table of options: what was set, and what the kernel says.
 */
#ifndef CLI_OPTIONLIST_H
#define CLI_OPTIONLIST_H

#include "command.h"

/* List all options of the node, endpoint or socket, or `only` one; the item is
 * ended when its socket has answered. */
enum result optionlist_begin(struct item *item, const struct value *owner,
	const struct option_entry *only);

#endif
