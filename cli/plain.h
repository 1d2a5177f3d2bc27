/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plain.h - bytes of unknown origin, made fit to be shown: what a lab has
 * printed may hold anything. Pure.
 */
#ifndef CLI_PLAIN_H
#define CLI_PLAIN_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define PLAIN_WRONG 0xfffdu /* stands for a byte that is no UTF-8 */

/* The character at the beginning of the text, `left` > 0 bytes long; returns
 * how many bytes it takes. What is no UTF-8, overlong forms and surrogates too,
 * is PLAIN_WRONG, a byte at a time. */
size_t plain_next(const char *text, size_t left, uint32_t *code);

/* A character that a terminal may take for a command (tabs, too)? */
int plain_is_control(uint32_t code);

/* Write the text with '?' for each control character and wrong byte. */
void plain_write(FILE *file, const char *text, size_t length);

/* The last lines of the text, `most` at most: where they begin. */
const char *plain_tail(const char *text, size_t length, int most);

#endif
