/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-backend.c - backend: who carries out the impairments.
 */
#include <limits.h>
#include <stdio.h>

#include "cli.h"
#include "command.h"
#include "impairs.h"
#include "json.h"

/* In the order of enum backend. */
#define CHOICES "auto|kernel|gate"

/* Does the gate stand in although nobody asked for it? */
static bool stands_in(const struct lab *lab)
{
	const struct link *link = NULL;

	if (lab_backend(lab) != BACKEND_AUTO)
		return false;
	while ((link = link_next(lab, link)))
		for (int end = 0; end < 2; end++)
			if (link_backend(link, end) == BACKEND_GATE)
				return true;
	return false;
}

/* The reason is what asking for the kernel's netem is answered with. */
static const char *reason(struct lab *lab, struct cause *cause)
{
	if (!stands_in(lab))
		return NULL;
	if (lab_set_backend(lab, BACKEND_KERNEL, cause) < 0)
		return cause->text;
	lab_set_backend(lab, BACKEND_AUTO, cause);
	return NULL;
}

static void tell(struct cli *cli)
{
	static const char *const meaning[BACKENDS] = {
		"netem where the kernel has it, else the gate",
		"the kernel's netem alone",
		"netlab itself, in user space",
	};
	enum backend chosen = lab_backend(cli->lab);
	struct value all = {.directions = DIRECTIONS_ALL};
	struct cause cause;
	const char *why = reason(cli->lab, &cause);
	struct json json;

	if (cli->json) {
		json_begin(&json);
		json_string(&json, "event", "backend");
		json_string(&json, "chosen", backend_name(chosen));
		json_string(&json, "reason", why);
		json_print(&json, cli);
	} else {
		out_line(cli, "  backend %s: %s", backend_name(chosen), meaning[chosen]);
		if (why)
			out_wrapped(cli, INT_MAX, "  the gate stands in: ", why);
	}
	impairs_tell(cli, &all);
}

static enum result backend(struct item *item)
{
	struct cli *cli = item->cli;

	if (!item->values[0].set) {
		tell(cli);
		return RESULT_OK;
	}
	return lab_set_backend(cli->lab, (enum backend)item->values[0].number, &item->cause) < 0
		       ? RESULT_FAILED
		       : RESULT_OK;
}

const struct command cmd_backend = {
	.name = "backend",
	.summary = "choose who carries out impairments; alone: tell who does",
	.details = "kernel is netem in the links' queues. gate is netlab itself, which takes "
		   "each frame from one end of the link to the other: for kernels that have no "
		   "netem. auto, as it is at first, takes the kernel's where it can. Impairments "
		   "move over as they are, and nothing is lost by it.",
	.example = "backend gate",
	.group = "Impairments",
	.args = {{ARG_CHOICE, NULL, NULL, ARG_OPTIONAL, CHOICES}},
	.exec = backend,
};
