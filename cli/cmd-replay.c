/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-replay.c - replay: bring a segment back.
 */
#include <ctype.h>

#include "argnumber.h"
#include "call.h"
#include "cli.h"
#include "timetext.h"

enum { WHAT, AFTER };

static const struct passage *find(struct item *item, const char *word)
{
	int64_t number;

	if (!isdigit((unsigned char)word[0]))
		return lab_kept(item->cli->lab, word, &item->cause);
	if (argnumber_parse("segment", word, 1, UINT32_MAX, &number, &item->cause) < 0)
		return NULL;
	return lab_segment(item->cli->lab, (uint32_t)number, &item->cause);
}

static enum result begin(struct item *item)
{
	const struct value *value = item->values;
	const struct passage *passage = find(item, value[WHAT].text);
	char time[TIME_TEXT];

	if (!passage)
		return RESULT_FAILED;
	if (value[AFTER].ns > 0 && !item->cli->json)
		out_line(item->cli, "  lab     replays #%u in %s", passage->n,
			time_text(value[AFTER].ns, time, sizeof time));
	return call_begun(lab_replay(item->cli->lab, passage, value[AFTER].ns, call_done, item,
		&item->cause));
}

const struct command cmd_replay = {
	.name = "replay",
	.summary = "bring a kept or logged segment back onto the wire, byte for byte",
	.details = "By the name that keep gave it, or by its number. It enters the wire where it "
		   "entered first, in the place of its sender, now or after TIME; it is held like "
		   "others, but never taken for a copy. Its numbers are those of its own "
		   "connection, which may be gone.",
	.example = "replay 1",
	.group = "Faults",
	.flags = COMMAND_TABLE,
	.args = {{ARG_TEXT, "NAME|N", NULL, 0, NULL},
		{ARG_TIME, "TIME", "after", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
