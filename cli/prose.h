/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * prose.h - the text between the commands of a lesson: paragraphs and headings,
 * as wide as is good to read, set off from what the commands print.
 */
#ifndef CLI_PROSE_H
#define CLI_PROSE_H

#include <stddef.h>

struct cli;

#define PROSE_WIDTH 78 /* columns; less on a narrower terminal */

/* Go on with the paragraph, which is printed when something else is; a text that
 * begins with "- " begins an item of a list in it. */
void prose_add(struct cli *cli, const char *text);
/* Print what was added. */
void prose_flush(struct cli *cli);
/* The same, and the blank line below it: a question follows. */
void prose_end(struct cli *cli);
void prose_free(struct cli *cli);
/* A heading, on a line of its own. */
void prose_heading(struct cli *cli, const char *text);
/* "  right   TEXT", at once; what does not fit goes below the text. `style` is put
 * around the word, "" for none. Text only. */
void prose_verdict(struct cli *cli, const char *word, const char *style, const char *text);

/* How many bytes of the text (no newline in it) go on a line of so many columns:
 * up to a blank where there is one; at least one character if it has any. Pure. */
size_t prose_fit(const char *text, int columns);

#endif
