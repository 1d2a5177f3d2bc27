/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell.h - what happens in the lab, told to the user: events as lines or as
 * JSON objects, and the names in them.
 */
#ifndef CLI_TELL_H
#define CLI_TELL_H

#include <stdbool.h>
#include <stddef.h>

#include "netlab.h"

struct cli;

/* One event, as it happens (`all` false: leave out what only `events` shows). */
void tell_event(struct cli *cli, const struct lab_event *event, bool all);

/* The same as a JSON object, tell_json.c. */
void tell_json(struct cli *cli, const struct lab_event *event);

/* A host's name, or its address where no node has it; returns the name, which is
 * borrowed, or buf. */
const char *tell_host(const struct node *node, const struct address *address, char *buf,
	size_t size);

/* The shortest clear name of a socket: "server", "server/2", or its addresses
 * when no endpoint owns it; returns buf. */
#define SOCKET_TEXT 128
const char *socket_text(const struct lab *lab, const struct tcp_socket *socket, char *buf,
	size_t size);

/* A line and a remark: side by side where there is room, else the remark on
 * lines of its own, broken between words. */
void tell_remark(struct cli *cli, const char *line, const char *remark);

#endif
