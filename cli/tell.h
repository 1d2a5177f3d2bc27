/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell.h - what happens in the lab, told to the user: events as lines or as
 * JSON objects, and the table of sockets.
 */
#ifndef CLI_TELL_H
#define CLI_TELL_H

#include <stddef.h>

#include "netlab.h"

struct cli;

/* One event, as it happens (`all` false: leave out what only `events` shows). */
void tell_event(struct cli *cli, const struct lab_event *event, bool all);

/* The same as a JSON object, tell_json.c. */
void tell_json(struct cli *cli, const struct lab_event *event);

/* A host's name, or its address where no node has it. */
const char *tell_host(const struct node *node, const struct address *address, char *buf,
	size_t size);

/* A held segment on a line of its own. */
void tell_held(struct cli *cli, const struct passage *passage);

/* "8.1 s", "250 ms", "12 us", "3 min 20 s"; returns buf. */
#define TIME_TEXT 32
const char *time_text(int64_t ns, char *buf, size_t size);

/* The shortest clear name of a socket: "server", "server/2", or its addresses
 * when no endpoint owns it; returns buf. */
#define SOCKET_TEXT 128
const char *socket_text(const struct lab *lab, const struct tcp_socket *socket, char *buf,
	size_t size);

/* A line and a remark: side by side where there is room, else the remark on
 * lines of its own, broken between words. */
void tell_remark(struct cli *cli, const char *line, const char *remark);

/* ---- sockets.c ---- */

/* The sockets of one node (NULL: all) as the kernel has them, as a table or as
 * JSON objects. -1 with a cause. */
int sockets_print(struct cli *cli, const struct node *only, struct cause *cause);
/* How many there are in each state. */
int sockets_print_summary(struct cli *cli, const struct node *only, struct cause *cause);
/* The connections that the lesson is about: no listeners, but also those that
 * are CLOSED by now. Text only. */
void sockets_print_lesson(struct cli *cli);

#endif
