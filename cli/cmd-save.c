/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-save.c - save: the lab as a file that builds it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "command.h"
#include "homepath.h"
#include "saving.h"
#include "source.h"

enum { PATH, OVER };

/* The text in one piece, for the caller to free; NULL: cause. */
static char *text_of(struct lab *lab, struct cause *cause)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);
	int result;

	if (!file)
		abort();
	result = saving_write(lab, file, cause);
	if (fclose(file) != 0)
		abort();
	if (result == 0)
		return text;
	free(text);
	return NULL;
}

static void print(struct cli *cli, char *text)
{
	char *line;

	while ((line = strsep(&text, "\n")))
		if (*line)
			out_line(cli, "%s", line);
}

/* Returns an errno, or 0. */
static int write_out(const char *path, const char *text)
{
	FILE *file = fopen(path, "wxe");
	int wrong = file ? 0 : errno;

	if (file && fputs(text, file) < 0)
		wrong = errno;
	if (file && fclose(file) != 0 && !wrong)
		wrong = errno;
	return wrong;
}

static void refuse_over(const char *path, struct cause *cause)
{
	char first[] = "save", last[] = "over";
	char *words[] = {first, (char *)(uintptr_t)path, last, NULL};
	char *line = words_join(words, 3);

	cause_set(cause, EEXIST, "%s is there already; `%s` overwrites it", path, line);
	free(line);
}

/* The new file takes its place only when it is whole. */
static int replace(const char *path, bool over, const char *text, struct cause *cause)
{
	char whole[4096 + 32];
	int wrong;

	snprintf(whole, sizeof whole, "%.4096s.%d.new", path, (int)getpid());
	unlink(whole);
	wrong = write_out(whole, text);
	if (wrong) {
		unlink(whole);
		return cause_set_errno(cause, wrong, "cannot write %s", path);
	}
	if (renameat2(AT_FDCWD, whole, AT_FDCWD, path, over ? 0 : RENAME_NOREPLACE) == 0)
		return 0;
	if (errno == EEXIST)
		refuse_over(path, cause);
	else
		cause_set_errno(cause, errno, "cannot write %s", path);
	unlink(whole);
	return -1;
}

static int save(const char *path, bool over, const char *text, struct cause *cause)
{
	struct stat info;
	bool there = stat(path, &info) == 0;

	if (there && S_ISDIR(info.st_mode))
		return cause_set(cause, EISDIR, "%s is a directory; name a file in it", path);
	if (there && !S_ISREG(info.st_mode))
		return cause_set(cause, EINVAL, "%s is no regular file; `save -` prints", path);
	return replace(path, over, text, cause);
}

static enum result begin(struct item *item)
{
	const struct value *value = item->values;
	char *text = text_of(item->cli->lab, &item->cause), buf[HOMEPATH_SIZE];
	int result = 0;

	if (!text)
		return RESULT_FAILED;
	if (strcmp(value[PATH].text, "-") == 0)
		print(item->cli, text);
	else
		result = save(homepath(value[PATH].text, buf), value[OVER].set, text, &item->cause);
	free(text);
	return result < 0 ? RESULT_FAILED : RESULT_OK;
}

const struct command cmd_save = {
	.name = "save",
	.summary = "write the lab to a file that builds it again",
	.details = "`topology FILE` loads it: nodes, links, impairments, addresses and routes by "
		   "hand, nat, sysctls; no endpoints and no connections. A file that is there is "
		   "kept unless over is given. - is the screen.",
	.example = "save -",
	.group = "Topology",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_FILE, "FILE|-", NULL, 0, NULL},
		{ARG_FLAG, "over", "over", ARG_OPTIONAL, NULL}},
	.exec = begin,
};
