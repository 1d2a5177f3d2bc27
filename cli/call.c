/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "call.h"

#include <errno.h>
#include <string.h>

#include "cli.h"

/* What to do about it, for those that a lab meets often. */
static const char *advice(const struct lab_event *call)
{
	switch (call->error) {
	case EADDRINUSE:
		return "; the port is taken, by a listener or a TIME-WAIT: see ss";
	case EADDRNOTAVAIL:
		if (strcmp(call->call, "bind") == 0)
			return "; the node has no such address: see show addresses";
		return "; this pair of addresses and ports is still in use, or no port is left: "
		       "see ss";
	case ECONNREFUSED:
		return "; nobody listens there";
	case EAGAIN:
		return "; nothing is there now";
	case EPIPE:
		return "; the connection can no longer send";
	default:
		return "";
	}
}

void call_done(void *arg, const struct lab_event *call)
{
	struct item *item = arg;

	if (call && call->error)
		cause_set(&item->cause, call->error, "%s: %s() failed with %s (%s)%s",
			call->socket && call->socket->name[0] ? call->socket->name
			: call->endpoint		      ? call->endpoint->name
								: item->command->name,
			call->call, errno_name(call->error), strerror(call->error), advice(call));
	if (call && call->error && strcmp(call->call, "setsockopt") == 0 && call->text)
		cause_set(&item->cause, call->error, "setsockopt(%s) failed with %s (%s)%s",
			call->text, errno_name(call->error), strerror(call->error),
			call->error == EPERM ? "; netlab doctor tells what this kernel allows"
					     : "");
	item_done(item, !(call && call->error));
}
