/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * anew.h - a new lab in the place of the old one, which is kept until the new
 * one stands, and comes back when it does not. For `topology` and `reset`.
 */
#ifndef CLI_ANEW_H
#define CLI_ANEW_H

#include <stdbool.h>

struct item;

/* The shell's lab is an empty one from now on; the old one is in item->data.
 * -1: nothing has changed; cause in item->cause. */
int anew_begin(struct item *item);
/* ok: the old one is taken down. Else it takes its place again. */
void anew_end(struct item *item, bool ok);

#endif
