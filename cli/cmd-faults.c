/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-faults.c - faults: the list of chosen faults.
 */
#include "cli.h"
#include "faulting.h"
#include "table.h"

static void add_row(struct table *table, const struct fault *fault)
{
	bool active = fault_is_active(fault);

	table_add_number(table, STYLE_NONE, fault->number);
	table_add(table, STYLE_NONE, fault->text);
	table_add_number(table, STYLE_NONE, fault->matched);
	table_add_number(table, fault->struck ? STYLE_NONE : STYLE_DIM, fault->struck);
	table_add(table, active ? STYLE_GREEN : STYLE_DIM, faulting_state(fault));
	table_end_row(table);
}

static enum result faults(struct item *item)
{
	static const struct column columns[] = {
		{"fault", ALIGN_RIGHT, 0, 0},	{"what", ALIGN_LEFT, 0, 20},
		{"matched", ALIGN_RIGHT, 1, 0},	{"struck", ALIGN_RIGHT, 0, 0},
		{"now", ALIGN_LEFT, 0, 0},
	};
	struct cli *cli = item->cli;
	const struct table_format format = {.width = out_columns(cli), .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};
	const struct fault *fault = NULL;
	struct table *table = table_new(columns, sizeof columns / sizeof *columns, &format);
	const char *text;
	size_t length;

	while ((fault = fault_next(cli->lab, fault)))
		if (cli->json)
			faulting_json(cli, fault);
		else
			add_row(table, fault);
	text = table_flush(table, &length);
	if (!cli->json && fault_next(cli->lab, NULL))
		out_raw(cli, text, length);
	else if (!cli->json)
		out_line(cli, "  no faults: lose, late, double, swap and keep choose them");
	table_free(table);
	return RESULT_OK;
}

const struct command cmd_faults = {
	.name = "faults",
	.summary = "list the faults, and how often each has struck",
	.details = "matched counts the segments of that kind that have entered the wire since; "
		   "struck those that the fault met. A fault is done when no later segment can be "
		   "meant. reset and topology end all of them; save does not save them.",
	.example = "lose last-ack; faults",
	.group = "Faults",
	.flags = COMMAND_ASIDE,
	.exec = faults,
};
