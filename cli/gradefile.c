/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gradefile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "argnumber.h"
#include "exercise.h"
#include "lex.h"
#include "source.h"
#include "words.h"

/* -------------------------------------------------------------------- texts */

static char *read_all(int fd, size_t size)
{
	char *text = malloc(size + 1);
	size_t used = 0;
	ssize_t got = 1;

	if (!text)
		abort();
	while (used < size && (got = read(fd, text + used, size - used)) > 0)
		used += (size_t)got;
	for (size_t i = 0; i < used; i++)
		if (!text[i])
			text[i] = '\001';
	text[used] = '\0';
	return text;
}

char *gradefile_text(const char *path, size_t most, struct cause *cause)
{
	/* O_NONBLOCK: a named pipe must not stop us */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat info;
	char *text = NULL;

	if (fd < 0 || fstat(fd, &info) < 0)
		cause_set_errno(cause, errno, "cannot read %s", path);
	else if (!S_ISREG(info.st_mode))
		cause_set(cause, EINVAL, "%s is no regular file", path);
	else if (info.st_size > (off_t)most)
		cause_set(cause, EFBIG, "%s has %lld bytes; %zu are the most", path,
			(long long)info.st_size, most);
	else
		text = read_all(fd, (size_t)info.st_size);
	if (fd >= 0)
		close(fd);
	return text;
}

/* ------------------------------------------------------------ hidden lines */

static int take_points(struct gradefile *file, char **words, int count, struct cause *cause)
{
	struct hidden *hidden;
	int64_t worth;

	if (count < 4)
		return cause_set(cause, EINVAL, "usage: points N \"WHAT IT SHOWS\" COMMAND...");
	if (argnumber_parse("number of points", words[1], 1, 1000000, &worth, cause) < 0)
		return -1;
	if (!exercise_knows(words[3]))
		return cause_set(cause, EINVAL, "\"%.40s\" is no command; usage: "
			"points N \"WHAT IT SHOWS\" COMMAND...", words[3]);
	if (file->count == EXERCISE_POINTS_MAX)
		return cause_set(cause, E2BIG, "more than %d points lines", EXERCISE_POINTS_MAX);
	file->hidden = reallocarray(file->hidden, file->count + 1, sizeof *file->hidden);
	if (!file->hidden)
		abort();
	hidden = &file->hidden[file->count++];
	*hidden = (struct hidden){.worth = (int)worth, .shows = strdup(words[2]),
		.command = words_join(words + 3, count - 3)};
	if (!hidden->shows)
		abort();
	return 0;
}

static int take_hint(struct gradefile *file, char **words, int count, struct cause *cause)
{
	struct hidden *last;

	if (file->count == 0 || count < 2)
		return cause_set(cause, EINVAL,
			"a hint belongs below the points line that it is for");
	last = &file->hidden[file->count - 1];
	free(last->hint);
	last->hint = words_text(words + 1, count - 1);
	return 0;
}

/* One line, up to `end`. 1: it is hidden, and was taken. */
static int take_line(struct gradefile *file, const char *line, const char *end, struct cause *cause)
{
	static struct lex_words words; /* large */
	int commands = 0, hidden = 0;

	if (lex_check(line, (size_t)(end - line), cause) < 0)
		return -1;
	while (line < end) {
		if (lex_command(&line, end, NULL, &words, cause) < 0)
			return -1;
		if (words.count == 0)
			continue;
		commands++;
		if (strcmp(words.word[0], "points") == 0 || strcmp(words.word[0], "hint") == 0)
			hidden++;
		else
			continue;
		if ((words.word[0][0] == 'p' ? take_points : take_hint)(file, words.word,
			    words.count, cause) < 0)
			return -1;
	}
	if (hidden && hidden != commands)
		return cause_set(cause, EINVAL,
			"points and hint do not share their line with other commands");
	return hidden > 0;
}

int gradefile_parse(struct gradefile *file, const char *name, const char *text, struct cause *cause)
{
	const char *line = text, *end;
	struct cause why;
	unsigned number = 0;
	int result;

	*file = (struct gradefile){.setup = strdup(text)};
	if (!file->setup)
		abort();
	for (; *line; line = *end ? end + 1 : end) {
		end = strchrnul(line, '\n');
		number++;
		result = take_line(file, line, end, &why);
		if (result < 0) {
			gradefile_free(file);
			return cause_set(cause, why.code, "%s:%u: %s", name, number, why.text);
		}
		if (result > 0)
			memset(file->setup + (line - text), ' ', (size_t)(end - line));
	}
	if (file->count > 0)
		return 0;
	gradefile_free(file);
	return cause_set(cause, EINVAL, "%s has no points line, so there is nothing to grade",
		name);
}

int gradefile_read(struct gradefile *file, const char *path, struct cause *cause)
{
	char *text = gradefile_text(path, ANSWERS_BYTES_MAX, cause);
	int result = text ? gradefile_parse(file, path, text, cause) : -1;

	free(text);
	return result;
}

void gradefile_free(struct gradefile *file)
{
	while (file->count > 0) {
		struct hidden *hidden = &file->hidden[--file->count];

		free(hidden->shows);
		free(hidden->hint);
		free(hidden->command);
	}
	free(file->hidden);
	free(file->setup);
	*file = (struct gradefile){0};
}
