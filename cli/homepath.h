/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * homepath.h - paths as they are typed at a shell's prompt.
 */
#ifndef CLI_HOMEPATH_H
#define CLI_HOMEPATH_H

#define HOMEPATH_SIZE 4096 /* a path and its NUL */

/* The path with the user's home folder ($HOME) in place of "~" at its beginning, in
 * `buf`; the word itself where there is none, or no room. */
const char *homepath(const char *word, char buf[HOMEPATH_SIZE]);

#endif
