/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * suboption.h - what the options of `netlab run` and `netlab grade` have in
 * common. A complaint is one line on stderr that ends with "see netlab WORD
 * --help".
 */
#ifndef CLI_SUBOPTION_H
#define CLI_SUBOPTION_H

#include <getopt.h>

#include "report.h"

/* Complain, `text` and then `what` is wrong. Always -1. */
int suboption_wrong(const char *word, const char *text, const char *what);

/* The name of a report's format. -1: complained. */
int suboption_format(const char *word, const char *value, enum report_format *format);

/* getopt_long() over the words (NULL-terminated, behind the word itself); `take`
 * gets each key, '?' and ':' too, with optarg and the argv in which optind
 * counts. Not 0 from it ends the walk. Returns that; when 0, *rest are the words
 * that are no options. */
int suboption_walk(char **words, const char *letters, const struct option *names,
	int (*take)(void *arg, int key, char **argv), void *arg, char ***rest);

#endif
