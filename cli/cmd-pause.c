/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-pause.c - pause: wait for Enter; other commands may be typed first.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "command.h"
#include "prose.h"
#include "queue.h"
#include "shell.h"
#include "words.h"

#define PROMPT "(Enter goes on) netlab> "

/* item->data: where the lesson was. */
struct paused {
	struct lab *lab;
	uint64_t window_first;
	bool blank;
};

static void put(struct item *item);

/* What was typed is over. What the lesson expects of its own last command, it
 * expects of that one still. */
static void again(struct item *item)
{
	struct cli *cli = item->cli;
	const struct paused *paused = item->data;

	if (cli->lab != paused->lab || cli->window_first != paused->window_first)
		cli->strayed = true;
	if (cli->lab == paused->lab)
		cli->window_first = paused->window_first;
	put(item);
}

/* The question goes, so that the lesson reads on as one text. */
static void go_on(struct item *item, bool entered)
{
	struct cli *cli = item->cli;
	const struct paused *paused = item->data;

	if (entered)
		shell_unprint(cli);
	cli->blank = entered && paused->blank;
	free(item->data);
	item->data = NULL;
	item_done(item, true);
}

static void answered(void *arg, const char *line)
{
	struct item *item = arg;

	if (!line || !line[strspn(line, " \t")]) {
		go_on(item, line != NULL);
		return;
	}
	item->cli->blank = false;
	if (queue_run_typed(item, line, again) == 0)
		return;
	out_error(item->cli, NULL, item->cause.text);
	item->cause.text[0] = '\0';
	put(item);
}

static void put(struct item *item)
{
	struct shell_question question = {
		.prompt = PROMPT, .commands = true, .take = answered, .arg = item};
	struct paused *paused = item->data;

	prose_end(item->cli);
	paused->blank = item->cli->blank;
	shell_ask(item->cli, &question);
}

static enum result pause_here(struct item *item)
{
	struct cli *cli = item->cli;
	struct paused *paused;
	char *text;

	if (!cli->interactive)
		return RESULT_OK;
	text = words_text(item->values[0].words, item->values[0].word_count);
	if (*text)
		prose_add(cli, text);
	free(text);
	paused = calloc(1, sizeof *paused);
	if (!paused)
		abort();
	*paused = (struct paused){.lab = cli->lab, .window_first = cli->window_first};
	item->data = paused;
	put(item);
	return RESULT_WAIT;
}

static void cancel(struct item *item)
{
	shell_unask(item->cli);
	free(item->data);
	item->data = NULL;
}

const struct command cmd_pause = {
	.name = "pause",
	.summary = "wait for Enter at the prompt; nothing in a script",
	.details = "Any command may be typed first, to look around: the pause comes back after "
		   "it. Ctrl-C leaves the lesson, or what was typed if that still runs.",
	.example = "pause",
	.group = "Lessons",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_REST, "TEXT", NULL, ARG_OPTIONAL, NULL}},
	.exec = pause_here,
	.cancel = cancel,
};
