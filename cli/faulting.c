/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulting.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "argname.h"
#include "argnumber.h"
#include "cli.h"
#include "json.h"

const char *faulting_state(const struct fault *fault)
{
	return fault->off ? "off" : fault->done ? "done" : "active";
}

void faulting_json(struct cli *cli, const struct fault *fault)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "fault");
	json_int(&json, "n", fault->number);
	json_string(&json, "kind", fault_kind_name(fault->kind));
	json_string(&json, "text", fault->text);
	json_int(&json, "matched", fault->matched);
	json_int(&json, "struck", fault->struck);
	json_string(&json, "state", faulting_state(fault));
	json_print(&json, cli);
}

/* The words of the fault itself: by TIME, after TIME, as NAME. */
static int take_keyword(const struct item *item, char **words, int *count, struct fault *fault,
	struct cause *cause)
{
	const char *keyword = item->command->args[0].choices, *word;
	bool given = keyword && *count >= 2 && strcmp(words[*count - 2], keyword) == 0;

	if (!given && keyword && fault->kind != FAULT_DOUBLE)
		return cause_set(cause, EINVAL, "%s ends with %s; usage: %s %s",
			item->command->name, fault->kind == FAULT_KEEP ? "as NAME" : "by TIME",
			item->command->name, item->command->args[0].name);
	if (!given)
		return 0;
	word = words[*count - 1];
	*count -= 2;
	if (fault->kind != FAULT_KEEP)
		return argnumber_time(word, &fault->ns, cause);
	if (argname_new(word, cause) < 0)
		return -1;
	snprintf(fault->name, sizeof fault->name, "%s", word);
	return 0;
}

static int check(struct lab *lab, const struct fault *fault, struct cause *cause)
{
	const struct selector *selector = &fault->selector;
	struct node *node;

	if (fault->kind == FAULT_LATE && fault->ns == 0)
		return cause_set(cause, EINVAL,
			"late by no time is not late: say such as by 300ms");
	if (!selector->from[0])
		return 0;
	return argname_node(lab, selector->from, &node, cause) < 0
		? -1
		: argname_node(lab, selector->to, &node, cause);
}

enum result faulting_begin(struct item *item, enum fault_kind kind)
{
	struct cli *cli = item->cli;
	struct fault fault = {.kind = kind};
	char **words = item->values[0].words;
	int count = item->values[0].word_count;
	const struct fault *made;
	uint32_t number;

	if (take_keyword(item, words, &count, &fault, &item->cause) < 0 ||
		selector_parse(words, count, &fault.selector, &item->cause) < 0 ||
		check(cli->lab, &fault, &item->cause) < 0)
		return RESULT_FAILED;
	number = lab_fault(cli->lab, &fault, &item->cause);
	if (!number)
		return RESULT_FAILED;
	made = fault_find(cli->lab, number);
	if (cli->json)
		faulting_json(cli, made);
	else
		out_line(cli, "  fault %u  %s", number, made->text);
	return RESULT_OK;
}
