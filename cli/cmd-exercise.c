/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-exercise.c - exercise: list the exercises, or open one. What sets its lab
 * up is not shown: to find out is often the task.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "command.h"
#include "exercise.h"
#include "library.h"
#include "prose.h"
#include "queue.h"
#include "topologies.h"

static void summary_of(void *arg, const struct topology *topology)
{
	char *heading = arg;
	size_t length = strlen(heading);

	if (strcmp(topology->name, heading) == 0 && *topology->summary)
		snprintf(heading + length, 512 - length, ": %s", topology->summary);
}

/* "half-close: ..." */
static void tell_heading(struct cli *cli, const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	const char *dot = strstr(base, ".lab");
	char heading[512];

	snprintf(heading, sizeof heading, "%.*s", dot ? (int)(dot - base) : 200, base);
	topologies_each(LIBRARY_EXERCISES, summary_of, heading);
	prose_heading(cli, heading);
}

static void ended(struct item *item, bool ok)
{
	struct cli *cli = item->cli;

	cli->muted = false;
	if (!ok) {
		exercise_drop(cli);
		return;
	}
	exercise_begin_work(cli);
	exercise_tell_task(cli);
	if (cli->interactive && !cli->json) {
		prose_verdict(cli, "exercise", "",
			"check tells how far you are, check hints more; task shows this again");
		cli->gap = true;
	}
}

static enum result begin(struct item *item)
{
	struct cli *cli = item->cli;
	char path[4096];

	if (!item->values[0].set) {
		library_list(cli, LIBRARY_EXERCISES);
		return RESULT_OK;
	}
	if (topologies_find(LIBRARY_EXERCISES, item->values[0].text, path, sizeof path,
		    &item->cause) < 0)
		return RESULT_FAILED;
	exercise_drop(cli);
	tell_heading(cli, path);
	item->ended = ended;
	cli->muted = true;
	if (queue_run_script(item, path, NULL, 0, RUN_WHOLE) == 0)
		return RESULT_WAIT;
	item->ended = NULL;
	cli->muted = false;
	return RESULT_FAILED;
}

const struct command cmd_exercise = {
	.name = "exercise",
	.summary = "open an exercise: its task and its lab; alone: list those that there are",
	.details = "The beginning of a name is enough. Exercises lie in the folder exercises "
		   "beside the topologies; a FILE is any .lab file with task and points lines. The "
		   "lab that was there is taken down. netlab grade checks answers unattended.",
	.example = "exercise",
	.group = "Exercises",
	.flags = COMMAND_NO_LAB,
	.args = {{ARG_EXERCISE, "NAME|FILE", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
};
