/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * options.c - the program's own options.
 */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum {
	KEY_JSON = 256,
	KEY_ANSWERS,
	KEY_COLOR,
	KEY_HELP,
	KEY_VERSION,
	KEY_MAN,
	KEY_COMPLETION,
	KEY_WORKER
};

const struct option_row option_rows[] = {
	{'c', NULL, "COMMANDS", "run commands, separated by ';', and end"},
	{'t', "topology", "TOPOLOGY", "set up this one first instead of pair, such as \"star 10\""},
	{'k', "keep-going", NULL, "go on after a failed command; the exit status tells"},
	{KEY_ANSWERS, "answers", "FILE", "answers to the questions of a lesson, one a line"},
	{KEY_JSON, "json", NULL, "print one JSON object a line"},
	{KEY_COLOR, "color", "WHEN", "colour: auto (the default), always or never"},
	{KEY_HELP, "help", NULL, "print this and end"},
	{KEY_VERSION, "version", NULL, "print the version and end"},
	{KEY_MAN, "man", NULL, NULL},
	{KEY_COMPLETION, "bash-completion", NULL, NULL},
	{KEY_WORKER, "worker", "", NULL},
	{0, NULL, NULL, NULL},
};

const struct word_row word_rows[] = {
	{"enter", "[LAB] NODE [COMMAND...]",
		"go into a node of a lab in another terminal; alone: list"},
	{"doctor", "[--all] [--json]",
		"tell what this machine offers, and what mends it"},
	{"run", "[OPTION...] FILE|FOLDER...",
		"run many labs side by side, and report; run --help"},
	{"grade", "[OPTION...] EXERCISE --answers FILE",
		"give points for a student's commands; grade --help"},
	{NULL, NULL, NULL},
};

static const enum action word_actions[] = {
	ACTION_ENTER, ACTION_DOCTOR, ACTION_RUN_LABS, ACTION_GRADE};

#define ROWS (sizeof option_rows / sizeof option_rows[0])

static void make_getopt(char *letters, struct option *names)
{
	const struct option_row *row;

	*letters++ = '-'; /* what is no option comes in its turn */
	*letters++ = ':'; /* the messages are ours */
	for (row = option_rows; row->key; row++) {
		if (row->key < 256)
			*letters++ = (char)row->key;
		if (row->key < 256 && row->argument)
			*letters++ = ':';
		if (row->name)
			*names++ = (struct option){.name = row->name,
				.has_arg = row->argument ? required_argument : no_argument,
				.val = row->key};
	}
	*letters = '\0';
	*names = (struct option){0};
}

static void wrong(struct options *options, const char *text, const char *word)
{
	fprintf(stderr, "netlab: %s%s; see netlab --help\n", text, word);
	options->action = ACTION_WRONG;
}

static void take_color(struct options *options, const char *when)
{
	static const char *const names[] = {"auto", "always", "never"};
	size_t i;

	for (i = 0; i < 3; i++) {
		if (strcmp(when, names[i]) != 0)
			continue;
		options->color = i == 0 ? COLOR_AUTO : i == 1 ? COLOR_ALWAYS : COLOR_NEVER;
		return;
	}
	wrong(options, "--color is auto, always or never, not ", when);
}

static void take(struct options *options, int key, const char *value)
{
	switch (key) {
	case 'c':
		if (options->commands)
			wrong(options, "-c is given twice; join the commands by ';'", "");
		options->commands = value;
		break;
	case 't':
		options->topology = value;
		break;
	case 'k':
		options->keep_going = true;
		break;
	case KEY_ANSWERS:
		options->answers = value;
		break;
	case KEY_JSON:
		options->json = true;
		break;
	case KEY_COLOR:
		take_color(options, value);
		break;
	case KEY_HELP:
		options->action = ACTION_HELP;
		break;
	case KEY_VERSION:
		options->action = ACTION_VERSION;
		break;
	case KEY_MAN:
		options->action = ACTION_MAN;
		break;
	case KEY_COMPLETION:
		options->action = ACTION_COMPLETION;
		break;
	case KEY_WORKER:
		options->action = ACTION_WORKER;
		options->worker = value;
		break;
	}
}

/* getopt's word for what it refused. */
static const char *refused(char **argv, char letter[3])
{
	if (optopt > 0 && optopt < 256) {
		letter[0] = '-';
		letter[1] = (char)optopt;
		letter[2] = '\0';
		return letter;
	}
	return argv[optind - 1];
}

/* Is it one of word_rows? Then the rest of argv belongs to it. */
static bool take_word(struct options *options, const char *word, char **rest)
{
	int i;

	for (i = 0; word_rows[i].name; i++) {
		if (strcmp(word_rows[i].name, word) != 0)
			continue;
		options->action = word_actions[i];
		options->words = rest;
		if (options->commands)
			wrong(options, "-c does not go together with ", word);
		return true;
	}
	return false;
}

void options_parse(struct options *options, int argc, char **argv)
{
	struct option names[ROWS];
	char letters[2 * ROWS + 3], letter[3];
	int key, files = 0;

	*options = (struct options){.topology = "pair", .files = argv};
	make_getopt(letters, names);
	while (options->action != ACTION_WRONG &&
		(key = getopt_long(argc, argv, letters, names, NULL)) != -1) {
		if (key == ':')
			wrong(options, "a value is missing after ", refused(argv, letter));
		else if (key == '?')
			wrong(options, "no such option: ", refused(argv, letter));
		else if (key != 1)
			take(options, key, optarg);
		else if (files == 0 && take_word(options, optarg, argv + optind))
			return;
		else
			argv[files++] = optarg;
	}
	/* behind "--" */
	while (optind < argc)
		argv[files++] = argv[optind++];
	argv[files] = NULL;
}
