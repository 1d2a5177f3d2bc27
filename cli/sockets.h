/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sockets.h - the table of sockets, as the kernel has them.
 */
#ifndef CLI_SOCKETS_H
#define CLI_SOCKETS_H

#include "netlab.h"

struct cli;

/* The sockets of one node (NULL: all) as the kernel has them, as a table or as
 * JSON objects. -1 with a cause. */
int sockets_print(struct cli *cli, const struct node *only, struct cause *cause);
/* How many there are in each state. -1 with a cause. */
int sockets_print_summary(struct cli *cli, const struct node *only, struct cause *cause);
/* The connections that the lesson is about: no listeners, but also those that
 * are CLOSED by now. Text only. */
void sockets_print_lesson(struct cli *cli);

#endif
