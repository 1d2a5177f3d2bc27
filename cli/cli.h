/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cli.h - what the whole shell shares: its lab, its loop, its options.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "netlab.h"

struct event_base;
struct queue;
struct item;

struct cli {
	struct event_base *base;
	struct lab *lab;	/* NULL before the first topology */
	struct queue *queue;
	bool interactive;	/* a prompt on a terminal */
	bool json;
	bool color;
	bool utf8;		/* box drawing may be used */
	bool keep_going;	/* -k */
	int exit_status;	/* 0, 1 failed, 2 usage */
	bool quitting;
	/* window of events for `expect segment`: since the last command that is
	 * not a check (numbers of the lab's log) */
	uint64_t window_first;
	unsigned told;		/* events printed since then that may be many */
	unsigned untold;	/* left out after those */
	const struct item *brief; /* the command of which only the calls are told */
	bool table_due;		/* a socket changed since the table was last printed */
	bool greeted;		/* who begins has been told where to go on */
	struct prose *prose;	/* what is being said, prose.c */
	bool gap;		/* a blank line is due before what is printed next */
	bool blank;		/* what was printed last was one, or nothing was yet */
	bool line_open;		/* it had no newline yet */
	struct answers *answers; /* of --answers; NULL: none */
	struct predictions *predictions; /* that wait for the next command */
	unsigned asked, right;	/* questions and predictions so far */
	bool strayed;		/* the user did something at a pause */
	struct exercise *exercise; /* that is open; NULL: none ever was */
	uint64_t work_first;	/* event of the log with which the student's work began */
	bool muted;		/* nothing is printed but errors */
	uint64_t printed;	/* bytes on stdout */
	uint64_t printed_most;	/* what is more is dropped; 0: nothing is */
	char *error;		/* gets the first error; NULL: nobody wants it */
	size_t error_size;
	struct allowance *allowance;	/* of commands that are not trusted; NULL: none */
	/* called after the lab has told events, for a command that waits for
	 * something to come true; NULL when none does */
	void (*changed)(struct item *item);
	struct item *changed_item;
};

/* ---- out.c: everything that is printed passes here ---- */

/* Print one line of text (no newline in it) on stdout, above the prompt when
 * there is one; in JSON mode {"event":"text","text":...}. */
void out_line(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Print ASCII text behind `head`, wrapped between words at the width of the terminal
 * or at `most` columns, its further lines as far in as the head is. */
void out_wrapped(struct cli *cli, int most, const char *head, const char *text);

/* Raw bytes for stdout, above the prompt when there is one: for those who
 * format themselves. Not changed by JSON mode. */
void out_raw(struct cli *cli, const char *bytes, size_t length);

/* One error line on stderr: "FILE:LINE: text" ("text" alone at the prompt);
 * in JSON mode {"event":"error","file":..,"line":..,"text":..} on stdout. */
void out_error(struct cli *cli, const struct item *item, const char *text);

/* Terminal columns, 40 to 300; 100 when stdout is no terminal. */
int out_columns(const struct cli *cli);

/* ---- shell.c: the only file that knows readline ---- */

/* Begin and end something that prints above the prompt. Nests. Does nothing
 * when no prompt is shown. */
void shell_hide_prompt(struct cli *cli);
void shell_show_prompt(struct cli *cli);

#endif
