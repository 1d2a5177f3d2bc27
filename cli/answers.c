/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "exercise.h"
#include "json.h"
#include "prose.h"
#include "text.h"

/* ------------------------------------------------------------------ the file */

#define LINES_MAX 10000

struct answers {
	char **line;
	size_t count, next;
};

void answers_free(struct answers *answers)
{
	if (!answers)
		return;
	while (answers->count > 0)
		free(answers->line[--answers->count]);
	free(answers->line);
	free(answers);
}

static void keep(struct answers *answers, const char *text)
{
	answers->line = reallocarray(answers->line, answers->count + 1, sizeof *answers->line);
	if (!answers->line || !(answers->line[answers->count++] = strdup(text)))
		abort();
}

static void read_lines(struct answers *answers, FILE *file)
{
	char line[1000], *text;

	while (answers->count < LINES_MAX && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\r\n")] = '\0';
		text = line + strspn(line, " \t");
		if (*text && *text != '#')
			keep(answers, text);
	}
}

struct answers *answers_open(const char *path, struct cause *cause)
{
	struct answers *answers;
	FILE *file = fopen(path, "re");
	int error = 0;

	if (!file) {
		cause_set_errno(cause, errno, "cannot read the answers %s", path);
		return NULL;
	}
	answers = calloc(1, sizeof *answers);
	if (!answers)
		abort();
	errno = 0;
	read_lines(answers, file);
	if (ferror(file))
		error = errno;
	fclose(file);
	if (!error)
		return answers;
	cause_set_errno(cause, error, "cannot read the answers %s", path);
	answers_free(answers);
	return NULL;
}

const char *answers_next(struct answers *answers)
{
	const char *line = answers->next < answers->count ? answers->line[answers->next++] : NULL;

	return line && strcmp(line, "-") != 0 ? line : NULL;
}

/* ------------------------------------------------------------- what is told */

static void tell_json(struct cli *cli, const struct question *question)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "question");
	json_string(&json, "kind", question->kind);
	json_string(&json, "text", question->text);
	json_string(&json, "given", question->given);
	json_bool(&json, "right", question->right);
	json_string(&json, "answer", question->answer);
	json_string(&json, "why", question->why);
	json_print(&json, cli);
}

/* "client is FIN-WAIT-2, not CLOSING", "60 s" */
static char *verdict_text(const struct question *question)
{
	bool wrong = question->given && !question->right;
	char *text;

	if (asprintf(&text, "%s%s%s%s%s%s%s",
		    question->subject ? question->subject : wrong ? "it" : "",
		    question->subject || wrong ? " is " : "", question->answer,
		    wrong ? ", not " : "", wrong ? question->given : "",
		    question->why ? ": " : "", question->why ? question->why : "") < 0)
		abort();
	return text;
}

static void tell_text(struct cli *cli, const struct question *question)
{
	const char *verdict = question->right ? "right" : question->given ? "wrong" : "answer";
	enum style style = question->right ? STYLE_GREEN : question->given ? STYLE_RED : STYLE_BOLD;
	char *text = verdict_text(question);

	prose_verdict(cli, verdict, cli->color ? style_on(style) : "", text);
	free(text);
}

void question_tell(struct cli *cli, const struct question *question)
{
	cli->asked++;
	cli->right += question->right;
	exercise_take_question(cli, question);
	if (cli->json)
		tell_json(cli, question);
	else
		tell_text(cli, question);
}

void answers_tell(struct cli *cli, unsigned asked, unsigned right)
{
	struct json json;

	asked = cli->asked - asked;
	right = cli->right - right;
	if (asked == 0)
		return;
	if (!cli->json) {
		out_line(cli, "  answers %u of %u right", right, asked);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "answers");
	json_int(&json, "asked", asked);
	json_int(&json, "right", right);
	json_print(&json, cli);
}
