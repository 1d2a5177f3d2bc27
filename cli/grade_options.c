/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "argnumber.h"
#include "grade.h"
#include "suboption.h"

#define TIMEOUT_USUAL (120 * 1000000000LL)
#define TIMEOUT_MOST  (3600 * 1000000000LL)

enum {
	KEY_ANSWERS = 256, KEY_TIMEOUT, KEY_FORMAT, KEY_OUTPUT, KEY_ALLOW, KEY_HINTS, KEY_WHY,
	KEY_HELP
};

static const struct option names[] = {
	{"answers", required_argument, NULL, KEY_ANSWERS},
	{"timeout", required_argument, NULL, KEY_TIMEOUT},
	{"format", required_argument, NULL, KEY_FORMAT},
	{"output", required_argument, NULL, KEY_OUTPUT},
	{"allow", required_argument, NULL, KEY_ALLOW},
	{"hints", no_argument, NULL, KEY_HINTS},
	{"why", no_argument, NULL, KEY_WHY},
	{"help", no_argument, NULL, KEY_HELP},
	{NULL, 0, NULL, 0},
};

static const char usage[] =
	"usage: netlab grade [OPTION...] EXERCISE --answers FILE\n"
	"\n"
	"Sets up the lab of the exercise (a name, or a file), runs the commands of the answers\n"
	"in it, and tells how many points they have earned. The answers act on the lab and on\n"
	"nothing else: no files, no programs, and they see nothing of what is looked for.\n"
	"\n"
	"  --answers=FILE    the student's commands, 1 MiB at most\n"
	"  --timeout=TIME    for them; what takes longer is ended; 2min unless given\n"
	"  --allow=exec      they may start programs in the nodes, shut in and bounded\n"
	"  --format=FORMAT   text (the default), tap, junit or json\n"
	"  --output=FILE     write the report there\n"
	"  --hints           with the exercise's hints for what is missed\n"
	"  --why             with what was seen instead; gives away what is looked for\n"
	"\n"
	"Exit status: 0 all points, 1 not all, 2 wrong usage or a bad exercise.\n";

static int wrong(const char *text, const char *word)
{
	return suboption_wrong("grade", text, word);
}

static int take_timeout(struct grade_options *options, const char *word)
{
	struct cause cause;

	if (argnumber_time(word, &options->timeout_ns, &cause) < 0)
		return wrong(cause.text, "");
	if (options->timeout_ns <= 0 || options->timeout_ns > TIMEOUT_MOST)
		return wrong("--timeout must be more than 0 and at most an hour", "");
	return 0;
}

static int take(void *arg, int key, char **argv)
{
	struct grade_options *options = arg;

	switch (key) {
	case KEY_ANSWERS:
		options->answers = optarg;
		return 0;
	case KEY_TIMEOUT:
		return take_timeout(options, optarg);
	case KEY_FORMAT:
		return suboption_format("grade", optarg, &options->format);
	case KEY_OUTPUT:
		options->output = optarg;
		return 0;
	case KEY_ALLOW:
		options->programs = true;
		return strcmp(optarg, "exec") == 0 ? 0 : wrong("--allow is exec, not ", optarg);
	case KEY_HINTS:
		options->hints = true;
		return 0;
	case KEY_WHY:
		options->why = true;
		return 0;
	case KEY_HELP:
		fputs(usage, stdout);
		return 1;
	case ':':
		return wrong("a value is missing after ", argv[optind - 1]);
	default:
		return wrong("no such option: ", argv[optind - 1]);
	}
}

int grade_options_parse(struct grade_options *options, char **words)
{
	char **rest;
	int result;

	*options = (struct grade_options){.timeout_ns = TIMEOUT_USUAL};
	result = suboption_walk(words, ":", names, take, options, &rest);
	if (result)
		return result;
	options->exercise = rest[0];
	if (!options->exercise)
		return wrong("which exercise is to be graded?", "");
	if (rest[1])
		return wrong("one exercise at a time, not also ", rest[1]);
	return options->answers ? 0 : wrong("--answers FILE is missing", "");
}
