/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-fault.c - fault: end one.
 */
#include <string.h>

#include "argnumber.h"
#include "cli.h"
#include "faulting.h"

static enum result end(struct item *item)
{
	const char *which = item->values[0].text;
	int64_t number = 0;

	if (strcmp(which, "all") != 0 && argnumber_parse("fault", which, 1, UINT32_MAX, &number,
						&item->cause) < 0)
		return RESULT_FAILED;
	return fault_off(item->cli->lab, (uint32_t)number, &item->cause) < 0 ? RESULT_FAILED
									      : RESULT_OK;
}

const struct command cmd_fault = {
	.name = "fault",
	.summary = "end a fault, or all of them",
	.details = "It strikes no more. A segment that it has made late still comes when it is "
		   "due.",
	.example = "lose fin all; fault 1 off",
	.group = "Faults",
	.args = {{ARG_TEXT, "N|all", NULL, 0, NULL}, {ARG_CHOICE, "off", NULL, 0, "off"}},
	.exec = end,
};
