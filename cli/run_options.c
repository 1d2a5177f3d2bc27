/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * run_options.c - what is to be run, and how.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "argnumber.h"
#include "run.h"
#include "suboption.h"
#include "topologies.h"

#define RUNS_MAX 10000 /* their names are compared with each other */
#define TIMEOUT_USUAL (300 * 1000000000LL)

enum { KEY_TIMEOUT = 256, KEY_TIMES, KEY_FORMAT, KEY_OUTPUT, KEY_HELP };

static const struct option names[] = {
	{"jobs", required_argument, NULL, 'j'},
	{"timeout", required_argument, NULL, KEY_TIMEOUT},
	{"times", required_argument, NULL, KEY_TIMES},
	{"format", required_argument, NULL, KEY_FORMAT},
	{"output", required_argument, NULL, KEY_OUTPUT},
	{"topology", required_argument, NULL, 't'},
	{"keep-going", no_argument, NULL, 'k'},
	{"help", no_argument, NULL, KEY_HELP},
	{NULL, 0, NULL, 0},
};

static const char usage[] =
	"usage: netlab run [OPTION...] FILE|FOLDER...\n"
	"\n"
	"Runs many labs side by side, each a netlab of its own, and reports on all of them.\n"
	"A folder stands for its *.lab files; a file may be given several times.\n"
	"\n"
	"  -j N, --jobs=N       at once, 1 to 1000; twice the processors unless given\n"
	"  --timeout=TIME       a lab that takes longer is ended; 5min unless given\n"
	"  --times=N            all of them N times\n"
	"  --format=FORMAT      text (the default), tap, junit or json\n"
	"  --output=FILE        write the report there\n"
	"  -t, --topology=WHAT  that each lab begins with, instead of pair\n"
	"  -k, --keep-going     a lab goes on after a failed command\n"
	"\n"
	"Exit status: 0 all well, 1 a lab failed, 2 wrong usage, 130 interrupted.\n";

static int wrong(const char *text, const char *word)
{
	return suboption_wrong("run", text, word);
}

static int take_number(const char *what, const char *word, int64_t most, int *number)
{
	struct cause cause;
	int64_t value = 0;

	if (argnumber_parse(what, word, 1, most, &value, &cause) < 0)
		return wrong(cause.text, "");
	*number = (int)value;
	return 0;
}

static int take_timeout(struct run_options *options, const char *word)
{
	struct cause cause;

	if (argnumber_time(word, &options->timeout_ns, &cause) < 0)
		return wrong(cause.text, "");
	return options->timeout_ns > 0 ? 0 : wrong("--timeout must be more than 0", "");
}

struct taking {
	struct run_options *options;
	int times;
};

static int take(void *arg, int key, char **argv)
{
	struct taking *taking = arg;
	struct run_options *options = taking->options;

	switch (key) {
	case 'j':
		return take_number("-j", optarg, RUN_JOBS_MAX, &options->jobs);
	case KEY_TIMEOUT:
		return take_timeout(options, optarg);
	case KEY_TIMES:
		return take_number("--times", optarg, RUNS_MAX, &taking->times);
	case KEY_FORMAT:
		return suboption_format("run", optarg, &options->format);
	case KEY_OUTPUT:
		options->output = optarg;
		return 0;
	case 't':
		options->topology = optarg;
		return 0;
	case 'k':
		options->keep_going = true;
		return 0;
	case ':':
		return wrong("a value is missing after ", argv[optind - 1]);
	case KEY_HELP:
		fputs(usage, stdout);
		return 1;
	default:
		return wrong("no such option: ", argv[optind - 1]);
	}
}

/* ------------------------------------------------------------------- files */

static int add(struct run_options *options, const char *path)
{
	if (options->count == RUNS_MAX)
		return wrong("too many labs; 10,000 is the most", "");
	if ((options->count & (options->count - 1)) == 0) {
		options->names = realloc(options->names,
			(options->count ? 2 * options->count : 1) * sizeof *options->names);
		if (!options->names)
			abort();
	}
	options->names[options->count] = strdup(path);
	if (!options->names[options->count++])
		abort();
	return 0;
}

static int add_folder(struct run_options *options, const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, topologies_is_lab, alphasort), result = 0;
	char *name;

	if (count < 0) {
		fprintf(stderr, "netlab: cannot read %s: %s\n", path, strerror(errno));
		return -1;
	}
	for (int i = 0; i < count; i++) {
		if (asprintf(&name, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/",
			    entries[i]->d_name) < 0)
			abort();
		if (result == 0)
			result = add(options, name);
		free(name);
		free(entries[i]);
	}
	free(entries);
	return count == 0 ? wrong("there is no *.lab file in ", path) : result;
}

static int add_path(struct run_options *options, const char *path)
{
	struct stat info;

	/* what is not there now may be there when its turn comes: no; a slip of
	 * the hand is better told at once */
	if (stat(path, &info) < 0) {
		fprintf(stderr, "netlab: cannot read %s: %s\n", path, strerror(errno));
		return -1;
	}
	return S_ISDIR(info.st_mode) ? add_folder(options, path) : add(options, path);
}

static int add_all(struct run_options *options, char **paths, int times)
{
	size_t once;

	for (; *paths; paths++)
		if (add_path(options, *paths) < 0)
			return -1;
	if (options->count == 0)
		return wrong("no labs to run", "");
	once = options->count;
	while (--times > 0)
		for (size_t i = 0; i < once; i++)
			if (add(options, options->names[i]) < 0)
				return -1;
	return 0;
}

int run_options_parse(struct run_options *options, char **words)
{
	struct taking taking = {.options = options, .times = 1};
	char **rest;
	int result;

	*options = (struct run_options){.jobs = 2 * (int)sysconf(_SC_NPROCESSORS_ONLN),
		.timeout_ns = TIMEOUT_USUAL};
	if (options->jobs < 1)
		options->jobs = 1;
	result = suboption_walk(words, ":j:t:k", names, take, &taking, &rest);
	return result ? result : add_all(options, rest, taking.times);
}

void run_options_free(struct run_options *options)
{
	for (size_t i = 0; i < options->count; i++)
		free(options->names[i]);
	free(options->names);
}
