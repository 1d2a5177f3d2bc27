/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suboption.h"

#include <stdio.h>

int suboption_wrong(const char *word, const char *text, const char *what)
{
	fprintf(stderr, "netlab: %s%s; see netlab %s --help\n", text, what, word);
	return -1;
}

int suboption_format(const char *word, const char *value, enum report_format *format)
{
	int found = report_format_find(value);

	if (found < 0)
		return suboption_wrong(word, "--format is text, tap, junit or json, not ", value);
	*format = (enum report_format)found;
	return 0;
}

int suboption_walk(char **words, const char *letters, const struct option *names,
	int (*take)(void *arg, int key, char **argv), void *arg, char ***rest)
{
	char **argv = words - 1;
	int argc = 1, key, result = 0;

	while (argv[argc])
		argc++;
	optind = 0; /* begin anew */
	opterr = 0;
	while (result == 0 && (key = getopt_long(argc, argv, letters, names, NULL)) != -1)
		result = take(arg, key, argv);
	*rest = argv + optind;
	return result;
}
