/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell_own.h - what the files that tell events as text share.
 */
#ifndef CLI_TELL_OWN_H
#define CLI_TELL_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include "tell.h"

/* ---- tell.c ---- */

/* Why it came about, with its section: "... (RFC 9293 3.5)"; "" where the event
 * does not say. */
void tell_why(const struct lab_event *event, char *buf, size_t size);

/* A remark on lines of its own, broken between words to fit the terminal. */
void tell_more(struct cli *cli, const char *remark);

/* ---- tell_segment.c ---- */

/* An event of kind LAB_SEGMENT (`all`: copies that were absorbed, too). */
void tell_segment(struct cli *cli, const struct lab_event *event, bool all);

#endif
