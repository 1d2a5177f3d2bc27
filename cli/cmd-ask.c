/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-ask.c - ask: a question, and whether the answer to it is right.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "answers.h"
#include "cli.h"
#include "command.h"
#include "prose.h"
#include "shell.h"
#include "words.h"

enum { QUESTION, ANSWERS };

#define ANSWERS_MAX 20

/* item->data, until it is answered. */
struct asked {
	char *answer[ANSWERS_MAX]; /* any of them is right, the first is told */
	int count;
	unsigned wrong; /* answers so far */
};

static void forget(struct item *item)
{
	struct asked *asked = item->data;

	while (asked->count > 0)
		free(asked->answer[--asked->count]);
	free(asked);
	item->data = NULL;
}

/* "one minute or 60 or 60s": each between two "or" may be of several words. */
static int take_answers(struct item *item)
{
	const struct value *words = &item->values[ANSWERS];
	struct asked *asked = item->data;
	int from = 0, to;

	for (; from <= words->word_count; from = to + 1) {
		for (to = from; to < words->word_count && strcmp(words->words[to], "or") != 0; to++)
			;
		if (to == from || asked->count == ANSWERS_MAX)
			return cause_set(&item->cause, EINVAL, to == from
				? "an answer is missing beside \"or\"; usage: ask \"QUESTION\" "
				  "ANSWER [or ANSWER...]"
				: "more than %d answers", ANSWERS_MAX);
		asked->answer[asked->count++] = words_text(words->words + from, to - from);
	}
	return 0;
}

static bool is_right(const struct asked *asked, const char *given)
{
	for (int i = 0; i < asked->count; i++)
		if (answer_matches(given, asked->answer[i]))
			return true;
	return false;
}

static void settle(struct item *item, const char *given)
{
	struct asked *asked = item->data;
	struct question question = {.kind = "ask", .text = item->values[QUESTION].text,
		.given = given, .answer = asked->answer[0],
		.right = given && is_right(asked, given)};

	question_tell(item->cli, &question);
	forget(item);
}

static void put(struct item *item);

static void answered(void *arg, const char *line)
{
	struct item *item = arg;
	struct asked *asked = item->data;
	const char *given = line && line[strspn(line, " \t")] ? line : NULL;

	if (given && !is_right(asked, given) && asked->wrong++ == 0) {
		out_line(item->cli, "  wrong   try once more; Enter alone tells the answer");
		put(item);
		return;
	}
	settle(item, given);
	item_done(item, true);
}

static void put(struct item *item)
{
	struct shell_question question = {.prompt = "answer> ", .take = answered, .arg = item};

	prose_end(item->cli);
	item->cli->blank = false;
	shell_ask(item->cli, &question);
}

static enum result ask(struct item *item)
{
	struct cli *cli = item->cli;

	item->data = calloc(1, sizeof(struct asked));
	if (!item->data)
		abort();
	if (take_answers(item) < 0 || (!cli->answers && !cli->interactive)) {
		forget(item);
		return item->cause.text[0] ? RESULT_FAILED : RESULT_OK;
	}
	if (!cli->json)
		prose_add(cli, item->values[QUESTION].text);
	if (cli->answers) {
		settle(item, answers_next(cli->answers));
		return RESULT_OK;
	}
	put(item);
	return RESULT_WAIT;
}

static void cancel(struct item *item)
{
	shell_unask(item->cli);
	forget(item);
}

const struct command cmd_ask = {
	.name = "ask",
	.summary = "ask a question at the prompt, and tell whether the answer is right",
	.details = "The answers behind the question, with or between them, are all right; the "
		   "first one is told. Case, blanks and hyphens do not matter, states and numbers "
		   "are compared as such. A wrong answer gives one more try; Enter alone tells. "
		   "Scripts pass over it, unless --answers FILE has the answers, a line each.",
	.example = "ask \"How long does TIME-WAIT last on Linux?\" 60 s or 2 MSL",
	.group = "Lessons",
	.flags = COMMAND_NO_LAB | COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_TEXT, "QUESTION", NULL, 0, NULL},
		{ARG_REST, "ANSWER [or ANSWER...]", NULL, 0, NULL}},
	.exec = ask,
	.cancel = cancel,
};
