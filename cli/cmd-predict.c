/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-predict.c - predict: which state will a socket be in after the next
 * command? What becomes of it is predictions.c's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "cli.h"
#include "command.h"
#include "predictions.h"
#include "prose.h"
#include "shell.h"

enum { STATE, SOCKET };

static void put(struct item *item);

static void list_states(struct cli *cli, const char *given)
{
	char list[200] = "";
	size_t used = 0;

	for (int i = 0; i < TCP_STATES && used < sizeof list; i++)
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "",
			state_name((enum tcp_state)i));
	out_line(cli, "  \"%s\" is no TCP state; there are", given);
	prose_verdict(cli, "", "", list);
}

static void end(struct item *item)
{
	free(item->data);
	item->data = NULL;
}

static void answered(void *arg, const char *line)
{
	struct item *item = arg;
	char word[64] = "";

	if (line)
		sscanf(line, "%63s", word);
	if (word[0] && state_find(word) < 0) {
		list_states(item->cli, word);
		put(item);
		return;
	}
	predictions_add(item->cli, item->values[SOCKET].text,
		word[0] ? state_name((enum tcp_state)state_find(word)) : NULL);
	end(item);
	item_done(item, true);
}

static void put(struct item *item)
{
	struct shell_question question = {.prompt = item->data, .take = answered, .arg = item};

	prose_end(item->cli);
	item->cli->blank = false;
	shell_ask(item->cli, &question);
}

static enum result predict(struct item *item)
{
	struct cli *cli = item->cli;
	const char *name = item->values[SOCKET].text;
	char *prompt;

	if (item->values[STATE].set) {
		predictions_add(cli, name, state_name(item->values[STATE].state));
		return RESULT_OK;
	}
	if (cli->answers)
		predictions_add(cli, name, answers_next(cli->answers));
	if (cli->answers || !cli->interactive)
		return RESULT_OK;
	if (asprintf(&prompt, "next state of %s> ", name) < 0)
		abort();
	item->data = prompt;
	put(item);
	return RESULT_WAIT;
}

static void cancel(struct item *item)
{
	shell_unask(item->cli);
	end(item);
}

const struct command cmd_predict = {
	.name = "predict",
	.summary = "say, or be asked, a socket's state after the next command",
	.details = "After the next command that acts (no check, nothing that only shows) the "
		   "state that the kernel has is told, and why. Without STATE it is asked for at "
		   "the prompt; Enter alone: no idea. Several may be open at once. Scripts pass "
		   "over those without STATE, unless --answers FILE has the answers, a line each.",
	.example = "predict FIN-WAIT-2 of client",
	.group = "Lessons",
	.flags = COMMAND_ASIDE | COMMAND_QUIET,
	.args = {{ARG_STATE, "STATE", NULL, ARG_OPTIONAL, NULL},
		{ARG_SOCKET_SEEN, "EP", "of", 0, NULL}},
	.exec = predict,
	.cancel = cancel,
};
