/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-ages.c - ages: how long each segment was on the wire, against MSL.
 */
#include <stdio.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "stay.h"
#include "table.h"
#include "tell.h"
#include "timetext.h"

static const struct column columns[] = {
	{"segment", ALIGN_LEFT, 0, 0},
	{"entered", ALIGN_RIGHT, 2, 0},
	{"age", ALIGN_RIGHT, 0, 0},
	{"of MSL 30 s", ALIGN_RIGHT, 1, 0},
	{"what became of it", ALIGN_LEFT, 3, 10},
};

struct ages {
	struct cli *cli;
	struct table *table;
	unsigned rows;
	uint32_t above; /* only segments with a higher number */
};

/* ------------------------------------------------------------------- a row */

static void segment_what(const struct passage *passage, char *buf, size_t size)
{
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT], what[SEGMENT_TEXT];

	snprintf(buf, size, "#%u %s > %s %s", passage->n,
		tell_host(passage->from, &passage->seg.src, from, sizeof from),
		tell_host(passage->to, &passage->seg.dst, to, sizeof to),
		segment_print(&passage->seg, passage->seq, passage->ack, what, sizeof what));
}

static void row_text(struct ages *ages, const struct passage *passage, int64_t age,
	const char *fate)
{
	char text[256], time[TIME_TEXT];

	segment_what(passage, text, sizeof text);
	table_add(ages->table, STYLE_NONE, text);
	table_addf(ages->table, STYLE_DIM, "%.3f", (double)passage->entered / 1e9);
	if (age < 0) {
		table_add(ages->table, STYLE_NONE, "?");
		table_add(ages->table, STYLE_NONE, "");
	} else {
		table_add(ages->table, age > MSL_LINUX ? STYLE_RED : STYLE_NONE,
			time_text(age, time, sizeof time));
		table_addf(ages->table, age > MSL_LINUX ? STYLE_RED : STYLE_NONE, "%.1f %%",
			(double)age * 100 / MSL_LINUX);
	}
	table_add(ages->table, STYLE_NONE, fate);
	table_end_row(ages->table);
}

static void row_json(struct cli *cli, const struct passage *passage, int64_t age, const char *fate)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "age");
	json_int(&json, "n", passage->n);
	json_string(&json, "from", passage->from ? passage->from->name : NULL);
	json_string(&json, "to", passage->to ? passage->to->name : NULL);
	json_seconds(&json, "entered", passage->entered);
	if (age < 0)
		json_null(&json, "age");
	else
		json_seconds(&json, "age", age);
	json_string(&json, "fate", fate);
	json_print(&json, cli);
}

static void row(struct ages *ages, const struct passage *passage, int64_t age, enum fate fate)
{
	const char *name = fate == FATE_HELD ? "held still" : fate_name(fate);

	if (passage->n <= ages->above)
		return;
	if (ages->cli->json)
		row_json(ages->cli, passage, age, fate == FATE_HELD ? "held" : name);
	else
		row_text(ages, passage, age, name);
	ages->rows++;
}

/* -------------------------------------------------------------- all of them */

static void all_rows(struct ages *ages)
{
	const struct lab *lab = ages->cli->lab;
	const struct passage *passage = NULL;

	for (uint64_t n = lab_log_first(lab); n < lab_log_end(lab); n++) {
		const struct lab_event *event = lab_log_get(lab, n);

		if (segment_ended(event))
			row(ages, event->passage, segment_age(event), event->fate);
	}
	while ((passage = held_next(lab, passage)))
		row(ages, passage, lab_now(lab) - passage->entered, FATE_HELD);
}

static uint32_t newest_segment(const struct lab *lab)
{
	uint32_t newest = 0;

	for (uint64_t n = lab_log_first(lab); n < lab_log_end(lab); n++) {
		const struct passage *passage = lab_log_get(lab, n)->passage;

		if (passage && passage->n > newest)
			newest = passage->n;
	}
	return newest;
}

static enum result tell(struct item *item)
{
	struct cli *cli = item->cli;
	struct table_format format = {.width = out_columns(cli), .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};
	struct ages ages = {.cli = cli,
		.table = table_new(columns, sizeof columns / sizeof *columns, &format)};
	uint32_t newest = newest_segment(cli->lab);
	const char *text;
	size_t length;

	if (item->values[0].set && newest > item->values[0].number)
		ages.above = newest - (uint32_t)item->values[0].number;
	all_rows(&ages);
	text = table_flush(ages.table, &length);
	if (!cli->json && ages.rows) {
		out_raw(cli, text, length);
		ages_tell_oldest(cli, 0);
	} else if (!cli->json) {
		out_line(cli, "  no segment has been on the wire yet");
	}
	table_free(ages.table);
	return RESULT_OK;
}

const struct command cmd_ages = {
	.name = "ages",
	.summary = "show how long each segment was on the wire, against MSL",
	.details = "The time from entering the wire to leaving it. A segment that is held grows "
		   "older; when one was lost is not known. Retransmissions are segments of their "
		   "own, copies that were absorbed are left out. count N shows the newest N.",
	.example = "ages",
	.group = "Looking",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_COUNT, "N", "count", ARG_OPTIONAL, NULL}},
	.exec = tell,
};
