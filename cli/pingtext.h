/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pingtext.h - what came of an ICMP echo, as it is told.
 */
#ifndef CLI_PINGTEXT_H
#define CLI_PINGTEXT_H

#include <stddef.h>

#include "netlab.h"

struct json;

/* "echo reply after 12 us", "no reply", "time to live exceeded, from r64
 * (10.0.64.1)"; returns buf. */
#define PING_TEXT 160
const char *ping_text(const struct ping_answer *answer, char *buf, size_t size);

/* The fields time, and where an error came error, by (the node) and address. */
void ping_json(struct json *json, const struct ping_answer *answer);

#endif
