/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * predictions.h - what was said of states to come: kept until a command has
 * acted, then held against what the kernel says.
 */
#ifndef CLI_PREDICTIONS_H
#define CLI_PREDICTIONS_H

struct cli;

/* Of the socket of that name; `given`: the state as it was said, NULL: nothing
 * was, and the answer is only told. Copied. */
void predictions_add(struct cli *cli, const char *name, const char *given);
/* A command has acted, and its events begin at cli->window_first: tell all. */
void predictions_tell(struct cli *cli);
void predictions_drop(struct cli *cli);

#endif
