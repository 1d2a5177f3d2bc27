/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-send.c - send: text, or so many bytes.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "cli.h"

#define SIZE_MOST (1ULL << 40)

/* "1000", "64k", "1M", "1G" (powers of 1024) are sizes; all else is text. */
static bool size_parse(const char *text, uint64_t *size)
{
	static const char units[] = "kMG";
	const char *unit;
	char *end;

	if (!isdigit((unsigned char)text[0]))
		return false;
	errno = 0;
	*size = strtoull(text, &end, 10);
	if (*end) {
		unit = strchr(units, *end == 'K' ? 'k' : *end);
		if (!unit || end[1])
			return false;
		for (const char *u = units; u <= unit; u++)
			*size = *size > SIZE_MOST ? *size : *size * 1024;
	}
	return errno == 0;
}

static enum result begin(struct item *item)
{
	struct tcp_socket *socket = item->values[0].socket;
	const char *text = item->values[1].text;
	uint64_t size;

	if (!size_parse(text, &size))
		return call_begun(socket_send(socket, text, strlen(text), call_done, item,
			&item->cause));
	if (size == 0 || size > SIZE_MOST) {
		cause_set(&item->cause, EINVAL, "cannot send %s bytes: give a size from 1 to 1024G",
			text);
		return RESULT_FAILED;
	}
	return call_begun(socket_send_size(socket, size, call_done, item, &item->cause));
}

const struct command cmd_send = {
	.name = "send",
	.summary = "send a text, or so many bytes",
	.details = "A number, with k, M or G for powers of 1024, is a size; anything else is the "
		   "text itself. What does not fit the send buffer follows as it empties.",
	.example = "send client hello",
	.group = "Endpoints",
	.flags = COMMAND_TABLE,
	.args = {{ARG_SOCKET, "EP", NULL, 0, NULL}, {ARG_TEXT, "TEXT|SIZE", NULL, 0, NULL}},
	.exec = begin,
};
