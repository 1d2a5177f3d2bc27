/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hooks.h - what ties the lab's callbacks and the queue to the screen.
 */
#ifndef CLI_HOOKS_H
#define CLI_HOOKS_H

struct cli;

/* Set the queue's hooks, and know what to do with the lab's events. */
void hooks_set(struct cli *cli);

/* The callbacks for lab_new(), their arg being the cli. */
extern const struct lab_ops hooks_lab_ops;

#endif
