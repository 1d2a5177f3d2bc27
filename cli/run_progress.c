/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "plain.h"
#include "run.h"

/* The terminal is one, and so is this. */
static bool shown;

static int columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return 80;
	return size.ws_col;
}

void run_progress_show(const struct run_progress *progress)
{
	char line[600];
	int length;

	if (!isatty(STDERR_FILENO))
		return;
	length = snprintf(line, sizeof line, "%zu of %zu done, %zu running, %zu failed",
		progress->done, progress->count, progress->running, progress->bad);
	if (progress->longest)
		length += snprintf(line + length, sizeof line - (size_t)length,
			"; longest %.0f s: %.400s", progress->seconds, progress->longest);
	if (length >= columns())
		length = columns() - 1;
	fputs("\r\033[K", stderr);
	plain_write(stderr, line, (size_t)length);
	fflush(stderr);
	shown = true;
}

void run_progress_hide(void)
{
	if (shown)
		fputs("\r\033[K", stderr);
	shown = false;
}
