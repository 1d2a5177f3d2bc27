/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * interrupt.c - who is told of Ctrl-C.
 */
#include "interrupt.h"

#include <stddef.h>

/* A signal is the program's, and so is this. */
static struct {
	struct item *item;
	void (*handler)(struct item *item);
} taker;

void interrupt_take(struct item *item, void (*handler)(struct item *item))
{
	taker.item = item;
	taker.handler = handler;
}

void interrupt_leave(const struct item *item)
{
	if (taker.item == item)
		taker.item = NULL;
}

bool interrupt_pass(void)
{
	if (!taker.item)
		return false;
	taker.handler(taker.item);
	return true;
}
