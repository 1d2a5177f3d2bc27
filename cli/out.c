/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * out.c - everything that is printed: stdout is one buffer, flushed at the end
 * of each command, and at once for what comes between commands.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "prose.h"
#include "queue.h"

/* What is being said comes first, and a blank line after it. */
static void end_prose(struct cli *cli, bool blank)
{
	prose_flush(cli);
	if (cli->gap && !blank && !cli->json)
		fputc('\n', stdout);
	cli->gap = false;
}

void out_raw(struct cli *cli, const char *bytes, size_t length)
{
	bool blank = length == 1 && bytes[0] == '\n' && !cli->line_open;

	if (length == 0 || cli->muted)
		return;
	cli->printed += length;
	if (cli->printed_most && cli->printed > cli->printed_most)
		return;
	shell_hide_prompt(cli);
	end_prose(cli, blank);
	fwrite(bytes, 1, length, stdout);
	cli->blank = blank;
	cli->line_open = bytes[length - 1] != '\n';
	if (!cli->queue || !queue_is_running(cli->queue))
		fflush(stdout);
	shell_show_prompt(cli);
}

static void line_json(struct cli *cli, const char *text)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "text");
	json_string(&json, "text", text);
	json_print(&json, cli);
}

void out_line(struct cli *cli, const char *format, ...)
{
	char *text = NULL;
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		abort();
	if (cli->json) {
		line_json(cli, text);
	} else {
		text[length] = '\n'; /* in the place of the NUL: the length is known */
		out_raw(cli, text, (size_t)length + 1);
	}
	free(text);
}

static void error_json(struct cli *cli, const struct item *item, const char *text)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "error");
	json_string(&json, "file", item ? item->file : NULL);
	if (item && item->file)
		json_int(&json, "line", item->line);
	else
		json_null(&json, "line");
	json_string(&json, "text", text);
	json_print(&json, cli);
}

/* For whoever asks what went wrong: the first of it. */
static void keep_error(struct cli *cli, const struct item *item, const char *text)
{
	if (!cli->error || cli->error[0])
		return;
	if (item && item->file)
		snprintf(cli->error, cli->error_size, "%s:%u: %s", item->file, item->line, text);
	else
		snprintf(cli->error, cli->error_size, "%s", text);
}

void out_error(struct cli *cli, const struct item *item, const char *text)
{
	keep_error(cli, item, text);
	if (cli->json) {
		error_json(cli, item, text);
		return;
	}
	shell_hide_prompt(cli);
	end_prose(cli, false);
	cli->blank = false;
	fflush(stdout); /* what was printed before it is read before it */
	if (item && item->file)
		fprintf(stderr, "%s:%u: %s\n", item->file, item->line, text);
	else
		fprintf(stderr, "%s\n", text);
	shell_show_prompt(cli);
}

int out_columns(const struct cli *cli)
{
	struct winsize size;

	(void)cli;
	if (!isatty(STDOUT_FILENO))
		return 100;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return 80;
	return size.ws_col < 40 ? 40 : size.ws_col > 300 ? 300 : size.ws_col;
}

/* How much of the text goes on a line of `width`: up to a blank, if it can. */
static int fit(const char *text, int width)
{
	int length = (int)strcspn(text, "\n"), cut;

	if (length <= width)
		return length;
	for (cut = width; cut > 0 && text[cut] != ' '; cut--)
		;
	return cut > 0 ? cut : width;
}

void out_wrapped(struct cli *cli, int most, const char *head, const char *text)
{
	int columns = out_columns(cli), indent = (int)strlen(head), length;
	int width = (columns < most ? columns : most) - indent - 1;

	for (width = width < 10 ? 10 : width; *text; head = "") {
		length = fit(text, width);
		out_line(cli, "%-*s%.*s", length ? indent : 0, head, length, text);
		text += length;
		text += *text == '\n' ? 1 : strspn(text, " ");
	}
}
