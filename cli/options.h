/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * options.h - the program's own options: one table for parsing, --help, the man
 * page and the bash completion.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>

struct option_row {
	int key;	      /* the letter; beyond 255: none */
	const char *name;     /* without "--"; NULL: none */
	const char *argument; /* "FILE"; NULL: none */
	const char *summary;  /* NULL: not shown */
};

/* Ends with key 0. */
extern const struct option_row option_rows[];

/* A word in the place of the first file: netlab does that instead. What comes
 * behind it is its own. (./WORD is a file.) */
struct word_row {
	const char *name;      /* NULL: the end */
	const char *arguments; /* as usage shows them */
	const char *summary;
};

extern const struct word_row word_rows[];

enum action {
	ACTION_RUN,
	ACTION_HELP,
	ACTION_VERSION,
	ACTION_MAN,
	ACTION_COMPLETION,
	ACTION_ENTER,
	ACTION_DOCTOR,
	ACTION_RUN_LABS,
	ACTION_GRADE,
	ACTION_WORKER, /* of ACTION_GRADE, which alone knows of it */
	ACTION_WRONG
};

struct options {
	enum action action;
	const char *topology; /* never NULL */
	const char *commands; /* of -c; NULL: none */
	const char *worker;   /* of --worker */
	const char *answers;  /* of --answers; NULL: none */
	bool keep_going, json;
	enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color;
	char **files; /* NULL-terminated, within argv */
	char **words; /* behind those of word_rows; as files */
};

/* Parse argv; ACTION_WRONG when a line about what is wrong was printed. */
void options_parse(struct options *options, int argc, char **argv);

#endif
