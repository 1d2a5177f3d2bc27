/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * exercise.h - an exercise that is open: what the student is asked to do, what
 * will be looked at when it is checked, and what the student has said so far.
 *
 * An exercise is a lab file: `task` lines, commands that set the lab up, and
 * `points` lines, which are only remembered when the file is run.
 */
#ifndef CLI_EXERCISE_H
#define CLI_EXERCISE_H

#include <stdbool.h>
#include <stddef.h>

#include "netlab.h"

struct cli;
struct question;

#define EXERCISE_ANSWERS 20
#define EXERCISE_POINTS_MAX 1000

/* A `points` line: what it shows in general words, and the command that finds out. */
struct expectation {
	int worth;
	char *shows, *hint; /* hint NULL: none */
	char **words;	    /* of the command; NULL-terminated */
	int count;
};

struct exercise {
	char **task; /* paragraphs, and items that begin with "- " */
	size_t tasks;
	struct expectation *expectations;
	size_t count;
	char *answer[EXERCISE_ANSWERS]; /* NULL: not given */
	struct foretold *foretold;	/* predictions that were settled */
	size_t foretold_count;
};

/* The one of this shell; made when it is first asked for. */
struct exercise *exercise_of(struct cli *cli);
/* Close it: nothing is remembered any more. */
void exercise_drop(struct cli *cli);
/* Is it the name of a command, spelt out? */
bool exercise_knows(const char *command);
bool exercise_is_open(const struct cli *cli);

/* All texts are copied. */
void exercise_add_task(struct cli *cli, const char *text);
/* -1: there is no such command, or it is too much. */
int exercise_add_points(struct cli *cli, int worth, const char *shows, char **words, int count,
	struct cause *cause);
/* For the last of those. -1: there is none. */
int exercise_add_hint(struct cli *cli, const char *hint, struct cause *cause);
/* Print the task. */
void exercise_tell_task(struct cli *cli);

/* From now on the student is at work: `expect segment` and the like look at all
 * that happens from here on, when the exercise is checked. */
void exercise_begin_work(struct cli *cli);
/* Before an expectation is looked at. */
void exercise_look_back(struct cli *cli);

/* What the student says: the n-th answer; a prediction that has been settled. */
void exercise_take_answer(struct cli *cli, int n, const char *text);
void exercise_take_question(struct cli *cli, const struct question *question);
/* Was the state of that socket foretold, rightly? Was all that was foretold right,
 * and something at all? */
bool exercise_foretold(const struct cli *cli, const char *name, enum tcp_state state);
bool exercise_foretold_all(const struct cli *cli);

#endif
