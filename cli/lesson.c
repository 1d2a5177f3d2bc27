/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "cli.h"
#include "library.h"
#include "predictions.h"
#include "prose.h"
#include "queue.h"

/* item->data, while it runs. */
struct lesson {
	char name[256];
	const char *typed; /* its name as it was given; the item's */
	const char *word;  /* "lesson" */
	unsigned asked, right;
};

static void summary_of(void *arg, const struct topology *topology)
{
	char *heading = arg;
	size_t length = strlen(heading);

	if (strcmp(topology->name, heading) == 0 && *topology->summary)
		snprintf(heading + length, 512 - length, ": %s", topology->summary);
}

static void tell_begin(struct cli *cli, enum library library, const struct lesson *lesson)
{
	char heading[512];

	snprintf(heading, sizeof heading, "%s", lesson->name);
	topologies_each(library, summary_of, heading);
	prose_heading(cli, heading);
	if (cli->interactive && !cli->json)
		prose_verdict(cli, lesson->word, "",
			"at each pause Enter goes on, and any command may be typed first: ss, "
			"ladder, help; Ctrl-C leaves");
}

/* At the prompt: where the user is now. What failed has been told, and what was
 * interrupted has no cause. */
static void tell_end(const struct item *item, const struct lesson *lesson, bool ok)
{
	const char *how = ok ? "ends here" : item->cause.text[0] ? "cannot go on" : "is left";
	struct cli *cli = item->cli;
	char text[700];

	answers_tell(cli, lesson->asked, lesson->right);
	snprintf(text, sizeof text, "%s %s; the lab stays as it is%s; `%s %s` begins anew",
		lesson->name, how,
		cli->lab && lab_is_held(cli->lab) ? ", with segments held (release)" : "",
		lesson->word, lesson->typed);
	prose_verdict(cli, lesson->word, "", text);
	if (!ok && item->cause.text[0] && cli->strayed)
		prose_verdict(cli, "", "", "(commands typed at a pause have changed the lab, so it "
			"may not be what the next step expects)");
}

static void ended(struct item *item, bool ok)
{
	struct lesson *lesson = item->data;

	prose_flush(item->cli);
	predictions_drop(item->cli);
	if (item->cli->interactive && !item->cli->json && !item->cli->quitting)
		tell_end(item, lesson, ok);
	free(lesson);
	item->data = NULL;
}

static struct lesson *lesson_new(const struct cli *cli, enum library library, const char *path)
{
	struct lesson *lesson = calloc(1, sizeof *lesson);
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	const char *dot = strstr(base, ".lab");

	if (!lesson)
		abort();
	snprintf(lesson->name, sizeof lesson->name, "%.*s",
		dot ? (int)(dot - base) : (int)strlen(base), base);
	lesson->word = library_word(library);
	lesson->asked = cli->asked;
	lesson->right = cli->right;
	return lesson;
}

enum result lesson_run(struct item *item, enum library library, const char *name, char **words,
	int count)
{
	struct cli *cli = item->cli;
	struct lesson *lesson;
	char path[4096];

	if (!name) {
		library_list(cli, library);
		return RESULT_OK;
	}
	if (topologies_find(library, name, path, sizeof path, &item->cause) < 0)
		return RESULT_FAILED;
	lesson = lesson_new(cli, library, path);
	lesson->typed = name;
	if (library_check(library, lesson->name, words, count, &item->cause) < 0 ||
		queue_run_script(item, path, words, count, RUN_WHOLE | RUN_SHOWN) < 0) {
		free(lesson);
		return RESULT_FAILED;
	}
	cli->strayed = false;
	item->data = lesson;
	item->ended = ended;
	tell_begin(cli, library, lesson);
	return RESULT_WAIT;
}
