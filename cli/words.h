/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * words.h - words of a command as the text that they were.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

/* The words with a blank between them; to be freed. */
char *words_text(char *const *words, int count);

#endif
