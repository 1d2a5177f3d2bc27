/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * interrupt.h - Ctrl-C for a command that does more with it than to end.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

struct item;

/* While the item waits Ctrl-C is told to it and the queue goes on; it calls
 * queue_interrupt() itself when it has ended. One at a time. */
void interrupt_take(struct item *item, void (*handler)(struct item *item));
void interrupt_leave(const struct item *item);

/* Ctrl-C: false when nobody takes it. */
bool interrupt_pass(void);

#endif
