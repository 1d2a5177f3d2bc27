/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * answers.h - answers to a script's questions: the file of --answers, one answer
 * a line, in the order of the questions; and what is told of each of them.
 */
#ifndef CLI_ANSWERS_H
#define CLI_ANSWERS_H

#include <stdbool.h>

#include "netlab.h"

struct answers;
struct cli;

/* Lines that are empty or begin with '#' are passed over; "-" leaves a question
 * without an answer. -1: it cannot be read. */
struct answers *answers_open(const char *path, struct cause *cause);
void answers_free(struct answers *answers);
/* The next one; NULL when it has none, or no more. Borrowed until the end. */
const char *answers_next(struct answers *answers);

/* A question that has been settled; strings are borrowed. */
struct question {
	const char *kind;   /* "ask", "predict" */
	const char *text;
	const char *given;  /* NULL: none */
	const char *subject;/* what the answer is said of: "client"; NULL: the question */
	const char *answer; /* the right one */
	const char *why;    /* NULL: there is nothing to say */
	bool right;
};

/* Tell it and count it. */
void question_tell(struct cli *cli, const struct question *question);

/* How many were right, of those asked since `asked` and `right` were counted. */
void answers_tell(struct cli *cli, unsigned asked, unsigned right);

#endif
