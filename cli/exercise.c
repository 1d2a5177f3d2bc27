/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exercise.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "cli.h"
#include "command.h"
#include "prose.h"
#include "source.h"

#define FORETOLD_MAX 10000

struct foretold {
	char *name;
	int state; /* that it was */
	bool right;
};

static char *copy(const char *text)
{
	char *new = strdup(text);

	if (!new)
		abort();
	return new;
}

struct exercise *exercise_of(struct cli *cli)
{
	if (!cli->exercise)
		cli->exercise = calloc(1, sizeof *cli->exercise);
	if (!cli->exercise)
		abort();
	return cli->exercise;
}

static void expectation_free(struct expectation *expectation)
{
	free(expectation->shows);
	free(expectation->hint);
	words_free(expectation->words);
}

void exercise_drop(struct cli *cli)
{
	struct exercise *exercise = cli->exercise;

	cli->exercise = NULL;
	if (!exercise)
		return;
	while (exercise->tasks > 0)
		free(exercise->task[--exercise->tasks]);
	while (exercise->count > 0)
		expectation_free(&exercise->expectations[--exercise->count]);
	while (exercise->foretold_count > 0)
		free(exercise->foretold[--exercise->foretold_count].name);
	for (int i = 0; i < EXERCISE_ANSWERS; i++)
		free(exercise->answer[i]);
	free(exercise->task);
	free(exercise->expectations);
	free(exercise->foretold);
	free(exercise);
}

bool exercise_is_open(const struct cli *cli)
{
	return cli->exercise && cli->exercise->count > 0;
}

/* ---------------------------------------------------------- what it holds */

void exercise_add_task(struct cli *cli, const char *text)
{
	struct exercise *exercise = exercise_of(cli);

	exercise->task = reallocarray(exercise->task, exercise->tasks + 1, sizeof *exercise->task);
	if (!exercise->task)
		abort();
	exercise->task[exercise->tasks++] = copy(text);
}

bool exercise_knows(const char *command)
{
	for (int i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, command) == 0)
			return true;
	return false;
}

int exercise_add_points(struct cli *cli, int worth, const char *shows, char **words, int count,
	struct cause *cause)
{
	struct exercise *exercise = exercise_of(cli);

	if (!exercise_knows(words[0]))
		return cause_set(cause, EINVAL, "\"%.40s\" is no command; usage: "
			"points N \"WHAT IT SHOWS\" COMMAND...", words[0]);
	if (exercise->count == EXERCISE_POINTS_MAX)
		return cause_set(cause, E2BIG, "more than %d points lines", EXERCISE_POINTS_MAX);
	exercise->expectations = reallocarray(exercise->expectations, exercise->count + 1,
		sizeof *exercise->expectations);
	if (!exercise->expectations)
		abort();
	exercise->expectations[exercise->count++] = (struct expectation){.worth = worth,
		.shows = copy(shows), .words = words_copy(words, count), .count = count};
	return 0;
}

int exercise_add_hint(struct cli *cli, const char *hint, struct cause *cause)
{
	struct expectation *last;

	if (!exercise_is_open(cli))
		return cause_set(cause, EINVAL,
			"a hint belongs below the points line that it is for");
	last = &cli->exercise->expectations[cli->exercise->count - 1];
	free(last->hint);
	last->hint = copy(hint);
	return 0;
}

void exercise_tell_task(struct cli *cli)
{
	const struct exercise *exercise = exercise_of(cli);

	for (size_t i = 0; i < exercise->tasks; i++)
		prose_add(cli, exercise->task[i]);
	prose_flush(cli);
}

/* ------------------------------------------------------ the student's part */

void exercise_begin_work(struct cli *cli)
{
	cli->work_first = cli->window_first = cli->lab ? lab_log_end(cli->lab) : 0;
	cli->table_due = false;
}

void exercise_look_back(struct cli *cli)
{
	cli->window_first = cli->work_first;
}

void exercise_take_answer(struct cli *cli, int n, const char *text)
{
	char **answer = &exercise_of(cli)->answer[n - 1];

	free(*answer);
	*answer = copy(text);
}

void exercise_take_question(struct cli *cli, const struct question *question)
{
	struct exercise *exercise = cli->exercise;

	if (!exercise || !question->subject || !question->given ||
		exercise->foretold_count == FORETOLD_MAX)
		return;
	exercise->foretold = reallocarray(exercise->foretold, exercise->foretold_count + 1,
		sizeof *exercise->foretold);
	if (!exercise->foretold)
		abort();
	exercise->foretold[exercise->foretold_count++] = (struct foretold){
		.name = copy(question->subject), .state = state_find(question->answer),
		.right = question->right};
}

/* "server" and "server/1" are said of the same. */
static bool is_about(const char *said, const char *name)
{
	size_t length = strlen(name);

	return strncmp(said, name, length) == 0 && (!said[length] || said[length] == '/');
}

bool exercise_foretold(const struct cli *cli, const char *name, enum tcp_state state)
{
	const struct exercise *exercise = cli->exercise;

	for (size_t i = 0; exercise && i < exercise->foretold_count; i++)
		if (exercise->foretold[i].right && exercise->foretold[i].state == (int)state &&
			is_about(exercise->foretold[i].name, name))
			return true;
	return false;
}

bool exercise_foretold_all(const struct cli *cli)
{
	const struct exercise *exercise = cli->exercise;

	for (size_t i = 0; exercise && i < exercise->foretold_count; i++)
		if (!exercise->foretold[i].right)
			return false;
	return exercise && exercise->foretold_count > 0;
}
