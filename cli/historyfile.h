/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * historyfile.h - where the lines of earlier sessions are kept. Knows nothing of
 * the terminal.
 */
#ifndef CLI_HISTORYFILE_H
#define CLI_HISTORYFILE_H

/* The file, which is there from now on: $XDG_STATE_HOME/netlab/history, or
 * below ~/.local/state. Borrowed for good; NULL: there is no home, or it cannot be
 * written, so no history is kept. */
const char *historyfile_begin(void);

/* Nobody else changes the file until the descriptor, which is the caller's, is
 * closed; waits for who does now. -1: no history is kept. */
int historyfile_lock(void);

#endif
