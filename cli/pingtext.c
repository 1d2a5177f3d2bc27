/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pingtext.h"

#include <stdio.h>

#include "json.h"
#include "timetext.h"

const char *ping_text(const struct ping_answer *answer, char *buf, size_t size)
{
	char time[TIME_TEXT], address[ADDRESS_TEXT];

	if (answer->round_trip_ns >= 0)
		snprintf(buf, size, "echo reply after %s",
			time_text(answer->round_trip_ns, time, sizeof time));
	else if (!answer->error)
		snprintf(buf, size, "no reply");
	else if (answer->node)
		snprintf(buf, size, "%s, from %s (%s)", answer->error, answer->node->name,
			address_print(&answer->from, false, address, sizeof address));
	else
		snprintf(buf, size, "%s, from %s", answer->error,
			address_print(&answer->from, false, address, sizeof address));
	return buf;
}

void ping_json(struct json *json, const struct ping_answer *answer)
{
	char address[ADDRESS_TEXT];

	if (answer->round_trip_ns >= 0)
		json_seconds(json, "time", answer->round_trip_ns);
	else
		json_null(json, "time");
	if (!answer->error)
		return;
	json_string(json, "error", answer->error);
	json_string(json, "by", answer->node ? answer->node->name : NULL);
	json_string(json, "address", address_print(&answer->from, false, address, sizeof address));
}
