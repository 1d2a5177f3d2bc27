/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * reader.c - script files: one descriptor and one buffer.
 */
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lex.h"

struct reader {
	int fd;
	bool ended;    /* read() has said so */
	bool skipping; /* in the rest of a line that was too long */
	dev_t device;
	ino_t inode; /* 0: no regular file */
	size_t start, end;
	char bytes[4 * LEX_LINE_MAX];
};

static int check_kind(const char *path, int fd, struct stat *info, struct cause *cause)
{
	if (fstat(fd, info) < 0)
		return cause_set_errno(cause, errno, "cannot read %s", path);
	if (S_ISDIR(info->st_mode))
		return cause_set(
			cause, EISDIR, "%s is a directory; give the path of a script", path);
	return 0;
}

struct reader *reader_open(const char *path, struct cause *cause)
{
	bool is_stdin = strcmp(path, "-") == 0;
	/* O_NONBLOCK: a named pipe without a writer must not stop the loop */
	int fd = is_stdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
			  : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct reader *reader;
	struct stat info;

	if (fd < 0) {
		cause_set_errno(cause, errno, "cannot read the script %s", path);
		return NULL;
	}
	if (check_kind(path, fd, &info, cause) < 0) {
		close(fd);
		return NULL;
	}
	reader = calloc(1, sizeof *reader);
	if (!reader)
		abort();
	reader->fd = fd;
	if (S_ISREG(info.st_mode)) {
		reader->device = info.st_dev;
		reader->inode = info.st_ino;
	}
	return reader;
}

void reader_free(struct reader *reader)
{
	if (!reader)
		return;
	close(reader->fd);
	free(reader);
}

/* More bytes behind those that are there. There is always room: a line that
 * fills more than half of the buffer has been given out or skipped. */
static enum reader_result fill(struct reader *reader, struct cause *cause)
{
	struct pollfd ready = {.fd = reader->fd, .events = POLLIN};
	ssize_t got;

	memmove(reader->bytes, reader->bytes + reader->start, reader->end - reader->start);
	reader->end -= reader->start;
	reader->start = 0;
	/* stdin is shared with others and stays blocking, so ask first */
	if (poll(&ready, 1, 0) == 0)
		return READER_AGAIN;
	got = read(reader->fd, reader->bytes + reader->end, sizeof reader->bytes - reader->end);
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return READER_AGAIN;
	if (got < 0) {
		reader->ended = true;
		cause_set_errno(cause, errno, "cannot read on");
		return READER_FAILED;
	}
	reader->ended = got == 0;
	reader->end += (size_t)got;
	return READER_LINE;
}

/* Take `length` bytes and what follows them out of the buffer. */
static void take(struct reader *reader, size_t length, const char **line, size_t *taken)
{
	*line = reader->bytes + reader->start;
	*taken = length;
	reader->start += length;
}

/* A whole line, or the beginning of one that is too long; false: read on. */
static bool find_line(struct reader *reader, const char **line, size_t *length)
{
	size_t left = reader->end - reader->start;
	const char *from = reader->bytes + reader->start;
	const char *newline = memchr(from, '\n', left);
	size_t here = newline ? (size_t)(newline - from) : left;

	if (reader->skipping) {
		reader->start += newline ? here + 1 : here;
		reader->skipping = !newline;
		return newline ? find_line(reader, line, length) : false;
	}
	if (here > LEX_LINE_MAX) {
		take(reader, LEX_LINE_MAX + 1, line, length);
		reader->skipping = true;
		return true;
	}
	if (!newline && !(reader->ended && left > 0))
		return false;
	take(reader, here, line, length);
	if (newline)
		reader->start++;
	return true;
}

enum reader_result reader_next(
	struct reader *reader, const char **line, size_t *length, struct cause *cause)
{
	enum reader_result result;

	for (;;) {
		if (find_line(reader, line, length))
			return READER_LINE;
		if (reader->ended)
			return READER_END;
		result = fill(reader, cause);
		if (result != READER_LINE)
			return result;
	}
}

int reader_fd(const struct reader *reader)
{
	return reader->fd;
}

bool reader_same(const struct reader *a, const struct reader *b)
{
	return a->inode != 0 && a->inode == b->inode && a->device == b->device;
}
