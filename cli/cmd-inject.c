/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-inject.c - inject: make a segment up.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "argnumber.h"
#include "call.h"
#include "cli.h"

enum { WAY, FLAGS, SEQ, ACK, TS, LEN };

/* Relative to the connection, and so before its beginning, too. */
static int parse_relative(const char *what, const struct value *value, int64_t *number,
	struct cause *cause)
{
	bool negative = value->text[0] == '-';

	if (argnumber_parse(what, value->text + negative, 0, negative ? 1LL << 31 : UINT32_MAX,
		    number, cause) < 0)
		return -1;
	if (negative)
		*number = -*number;
	return 0;
}

static int parse_stamp(const struct value *value, struct injection *injection, struct cause *cause)
{
	int64_t number;

	if (strcmp(value->text, "old") == 0)
		injection->stamp = STAMP_OLD;
	else if (strcmp(value->text, "none") == 0)
		injection->stamp = STAMP_NONE;
	else if (!isdigit((unsigned char)value->text[0]))
		return cause_set(cause, EINVAL,
			"\"%.40s\" is no timestamp; say old, none or a number", value->text);
	else if (argnumber_parse("timestamp", value->text, 0, UINT32_MAX, &number, cause) < 0)
		return -1;
	else {
		injection->stamp = STAMP_GIVEN;
		injection->stamp_value = (uint32_t)number;
	}
	return 0;
}

static enum result begin(struct item *item)
{
	const struct value *value = item->values;
	struct injection injection = {.flags = (uint8_t)value[FLAGS].number,
		.has_seq = value[SEQ].set, .has_ack = value[ACK].set,
		.length = (uint32_t)value[LEN].number};

	if ((value[SEQ].set &&
		    parse_relative("seq", &value[SEQ], &injection.seq, &item->cause) < 0) ||
		(value[ACK].set &&
			parse_relative("ack", &value[ACK], &injection.ack, &item->cause) < 0) ||
		(value[TS].set && parse_stamp(&value[TS], &injection, &item->cause) < 0))
		return RESULT_FAILED;
	if (value[ACK].set && !(injection.flags & SEG_ACK)) {
		cause_set(&item->cause, EINVAL,
			"an ack number wants the ACK flag: a '.', as in R. or F.");
		return RESULT_FAILED;
	}
	return call_begun(lab_inject(item->cli->lab, value[WAY].from, value[WAY].to, &injection,
		call_done, item, &item->cause));
}

const struct command cmd_inject = {
	.name = "inject",
	.summary = "put a segment onto the wire that nobody has sent",
	.details = "In the name of A, whose kernel knows nothing of it, on the newest connection "
		   "between the two. FLAGS as tcpdump writes them: R, F., P., S. Unless said, seq "
		   "is what B expects next, ack all that A has, and the timestamp A's newest, "
		   "where the connection uses them; ts old is 100 s older, ts none none. Numbers "
		   "are relative and may be negative. It is held like others.",
	.example = "inject server>client R ts none",
	.group = "Faults",
	.flags = COMMAND_TABLE,
	.args = {{ARG_DIRECTION, "A>B", NULL, 0, NULL}, {ARG_FLAGS, "FLAGS", NULL, 0, NULL},
		{ARG_TEXT, "N", "seq", ARG_OPTIONAL, NULL},
		{ARG_TEXT, "N", "ack", ARG_OPTIONAL, NULL},
		{ARG_TEXT, "old|none|N", "ts", ARG_OPTIONAL, NULL},
		{ARG_NUMBER, "N", "len", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
