/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * enter.h - `netlab enter`: a program in a node of a lab that runs in another
 * terminal.
 */
#ifndef CLI_ENTER_H
#define CLI_ENTER_H

/* The words behind "enter", NULL-terminated: [LAB] NODE [COMMAND...]; none, or
 * LAB alone, lists nodes. Returns the exit status: the command's (128 + N when
 * a signal N has ended it), or 1 with a line on stderr. */
int enter_main(char **words);

#endif
