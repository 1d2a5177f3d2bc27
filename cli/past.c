/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "past.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "cli.h"
#include "command.h"
#include "exercise.h"
#include "words.h"

static bool wrong(struct item *item, const char *usage)
{
	cause_set(&item->cause, EINVAL, "usage: expect %s", usage);
	return false;
}

/* The next event of the work, from `*n` on; NULL: no more. */
static const struct lab_event *next_event(const struct cli *cli, uint64_t *n)
{
	const struct lab_event *event = NULL;

	if (*n < cli->work_first)
		*n = cli->work_first;
	while (!event && *n < lab_log_end(cli->lab))
		event = lab_log_get(cli->lab, (*n)++);
	return event;
}

/* Newer connections are called "client/2"; what the work is about has the name
 * that it had. */
static bool is_named(const struct tcp_socket *socket, const char *name)
{
	return socket && (strcmp(socket->name, name) == 0 ||
		(socket->endpoint && !socket->listener &&
			strcmp(socket->endpoint->name, name) == 0));
}

static bool was(struct item *item, char **words, int count)
{
	int state = count == 3 ? state_find(words[2]) : -1;
	const struct lab_event *event;
	uint64_t n = 0;

	if (state < 0)
		return wrong(item, "was EP STATE");
	while ((event = next_event(item->cli, &n)))
		if (event->kind == LAB_STATE && (int)event->to == state &&
			is_named(event->socket, words[1]))
			return true;
	cause_set(&item->cause, 0, "%s has not been %s", words[1],
		state_name((enum tcp_state)state));
	return false;
}

static bool is_called_by(const struct lab_event *event, const char *name)
{
	return (event->endpoint && strcmp(event->endpoint->name, name) == 0) ||
	       is_named(event->socket, name);
}

static bool called(struct item *item, char **words, int count)
{
	int error = count != 4 ? -1 : strcmp(words[3], "ok") == 0 ? 0 : errno_find(words[3]);
	const struct lab_event *event;
	uint64_t n = 0;

	if (error < 0)
		return wrong(item, "called EP CALL ok|ERRNO");
	while ((event = next_event(item->cli, &n)))
		if (event->kind == LAB_CALL && !event->pending && event->error == error &&
			strcmp(event->call, words[2]) == 0 && is_called_by(event, words[1]))
			return true;
	cause_set(&item->cause, 0, "no %s() of %s ended with %s", words[2], words[1], words[3]);
	return false;
}

/* expect never called EP|all CALL */
static bool never(struct item *item, char **words, int count)
{
	const struct cli *cli = item->cli;
	const struct lab_event *event;
	uint64_t n = 0;

	if (count != 4 || strcmp(words[1], "called") != 0)
		return wrong(item, "never called EP|all CALL");
	while ((event = next_event(cli, &n)))
		if (event->kind == LAB_CALL && strcmp(event->call, words[3]) == 0 &&
			(strcmp(words[2], "all") == 0 || is_called_by(event, words[2]))) {
			cause_set(&item->cause, 0, "there was a call of %s()", words[3]);
			return false;
		}
	if (lab_log_first(cli->lab) <= cli->work_first)
		return true;
	cause_set(&item->cause, 0, "so much has happened that the log does not go back so far");
	return false;
}

/* expect answer N TEXT [or TEXT...] */
static bool answer(struct item *item, char **words, int count)
{
	const struct exercise *exercise = item->cli->exercise;
	int n = count >= 3 ? atoi(words[1]) : 0, from, to;
	const char *given;
	bool right = false;
	char *text;

	if (n < 1 || n > EXERCISE_ANSWERS)
		return wrong(item, "answer N TEXT [or TEXT...]");
	given = exercise ? exercise->answer[n - 1] : NULL;
	for (from = 2; given && from < count && !right; from = to + 1) {
		for (to = from; to < count && strcmp(words[to], "or") != 0; to++)
			;
		text = words_text(words + from, to - from);
		right = answer_matches(given, text);
		free(text);
	}
	if (!right)
		cause_set(&item->cause, 0,
			given ? "answer %d is \"%.100s\"" : "answer %d is not given", n, given);
	return right;
}

static bool foretold(struct item *item, char **words, int count)
{
	int state = count == 3 ? state_find(words[2]) : -1;

	if (count == 2 && strcmp(words[1], "all") == 0) {
		if (exercise_foretold_all(item->cli))
			return true;
		cause_set(&item->cause, 0, "a prediction was wrong, or there was none");
		return false;
	}
	if (state < 0)
		return wrong(item, "foretold EP STATE | expect foretold all");
	if (exercise_foretold(item->cli, words[1], (enum tcp_state)state))
		return true;
	cause_set(&item->cause, 0, "%s was not foretold for %s", words[2], words[1]);
	return false;
}

check_fn past_find(const char *word)
{
	static const struct {
		const char *word;
		check_fn check;
	} checks[] = {{"was", was}, {"called", called}, {"never", never},
		    {"answer", answer}, {"foretold", foretold}};

	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (strcmp(word, checks[i].word) == 0)
			return checks[i].check;
	return NULL;
}
