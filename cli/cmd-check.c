/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-check.c - check: how many points of the open exercise are earned. Each
 * expectation is an inner command, and nothing that it prints is shown.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli.h"
#include "command.h"
#include "exercise.h"
#include "json.h"
#include "prose.h"

/* item->data, while it goes on. */
struct checking {
	size_t at;
	int points, worth;
};

static void tell_json(struct cli *cli, const struct expectation *expectation, int points,
	bool hints)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "points");
	json_string(&json, "text", expectation->shows);
	json_int(&json, "points", points);
	json_int(&json, "worth", expectation->worth);
	json_string(&json, "hint", hints && !points ? expectation->hint : NULL);
	json_print(&json, cli);
}

static void tell(struct cli *cli, const struct expectation *expectation, bool ok, bool hints)
{
	int points = ok ? expectation->worth : 0;

	if (cli->json) {
		tell_json(cli, expectation, points, hints);
		return;
	}
	out_line(cli, "  %-7s %2d of %-2d  %s", ok ? "ok" : "missed", points, expectation->worth,
		expectation->shows);
	if (hints && !ok && expectation->hint)
		prose_verdict(cli, "hint", "", expectation->hint);
}

static void tell_sum(struct cli *cli, const struct checking *checking)
{
	struct json json;

	if (!cli->json) {
		out_line(cli, "  points  %2d of %d", checking->points, checking->worth);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "score");
	json_int(&json, "points", checking->points);
	json_int(&json, "worth", checking->worth);
	json_print(&json, cli);
}

static void end(struct item *item)
{
	struct checking *checking = item->data;
	bool all = checking->points == checking->worth;

	tell_sum(item->cli, checking);
	/* at the prompt that has been told; a script fails by it */
	if (!all && !item->cli->interactive)
		cause_set(&item->cause, 0, "%d of %d points", checking->points, checking->worth);
	item_done(item, all);
}

static void go_on(struct item *item);

static void result_is(struct item *item, bool ok)
{
	struct checking *checking = item->data;
	const struct expectation *expectation =
		&item->cli->exercise->expectations[checking->at++];

	item->cli->muted = false;
	checking->worth += expectation->worth;
	checking->points += ok ? expectation->worth : 0;
	tell(item->cli, expectation, ok, item->values[0].set);
	item->cause = (struct cause){0};
}

static void ended(struct item *inner, bool ok)
{
	result_is(inner->parent, ok);
	go_on(inner->parent);
}

static void go_on(struct item *item)
{
	struct checking *checking = item->data;
	const struct exercise *exercise = item->cli->exercise;
	const struct expectation *expectation;

	for (; checking->at < exercise->count; result_is(item, false)) {
		expectation = &exercise->expectations[checking->at];
		exercise_look_back(item->cli);
		item->cli->muted = true;
		if (item_run_inner(item, expectation->words, expectation->count, ended) == 0)
			return;
	}
	end(item);
}

static void over(struct item *item, bool ok)
{
	(void)ok;
	item->cli->muted = false;
	free(item->data);
	item->data = NULL;
}

static enum result check(struct item *item)
{
	if (!exercise_is_open(item->cli)) {
		cause_set(&item->cause, ENOENT, "no exercise is open; `exercise` lists them");
		return RESULT_FAILED;
	}
	item->data = calloc(1, sizeof(struct checking));
	if (!item->data)
		abort();
	item->ended = over;
	go_on(item);
	return RESULT_WAIT;
}

/* What waits inside it is cancelled by itself. */
static void cancel(struct item *item)
{
	(void)item;
}

const struct command cmd_check = {
	.name = "check",
	.summary = "tell how many points of the open exercise are earned so far",
	.details = "What is missed is told in general words; `check hints` says more where the "
		   "exercise has more to say. In a script it fails unless all points are earned.",
	.example = "points 1 \"it is open\" expect client ESTAB; check",
	.group = "Exercises",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE,
	.args = {{ARG_FLAG, "hints", "hints", ARG_OPTIONAL, NULL}},
	.exec = check,
	.cancel = cancel,
};
