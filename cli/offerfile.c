/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * offerfile.c - candidates for Tab that lie in the file system.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lex.h"
#include "offer.h"
#include "topologies.h"

static bool is_directory(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The entries of `directory`, each with `prefix` before it. */
static void offer_directory(struct search *search, const char *directory, const char *prefix)
{
	bool hidden = search->word[strlen(prefix)] == '.';
	struct dirent *entry;
	char path[4096];
	DIR *dir = opendir(directory);

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' && !hidden)
			continue;
		if (snprintf(path, sizeof path, "%s/%s", directory, entry->d_name) >=
			(int)sizeof path)
			continue;
		offer_format(
			search, "%s%s%s", prefix, entry->d_name, is_directory(path) ? "/" : "");
	}
	if (dir)
		closedir(dir);
}

void offer_files(struct search *search)
{
	const char *slash = strrchr(search->word, '/');
	char prefix[LEX_LINE_MAX + 1];
	int length = slash ? (int)(slash - search->word) + 1 : 0;

	snprintf(prefix, sizeof prefix, "%.*s", length, search->word);
	offer_directory(search, length ? prefix : ".", prefix);
}

static void offer_topology(void *arg, const struct topology *topology)
{
	offer(arg, topology->name);
}

/* LIBRARIES: none */
static enum library library_of(enum arg_type type)
{
	switch (type) {
	case ARG_TOPOLOGY:
		return LIBRARY_TOPOLOGIES;
	case ARG_LESSON:
		return LIBRARY_LESSONS;
	case ARG_PROBLEM:
		return LIBRARY_PROBLEMS;
	case ARG_EXERCISE:
		return LIBRARY_EXERCISES;
	default:
		return LIBRARIES;
	}
}

void offer_library(struct search *search, enum arg_type type)
{
	if (!strchr(search->word, '/'))
		topologies_each(library_of(type), offer_topology, search);
	offer_files(search);
}

/* The words' defaults: of "[DEPTH=2] [FANOUT=3]" the next one's. */
static void offer_default(void *arg, const struct topology *topology)
{
	struct search *search = arg;
	const char *at = topology->usage;
	int n;

	if (strcmp(topology->name, search->words[0]) != 0)
		return;
	for (n = 0; at && n < search->count; n++)
		at = strchr(n ? at + 1 : at, '[');
	at = at ? strchr(at, '=') : NULL;
	if (at)
		offer_format(search, "%.*s", (int)strcspn(at + 1, "] "), at + 1);
}

void offer_library_words(struct search *search, enum arg_type type)
{
	if (library_of(type) != LIBRARIES)
		topologies_each(library_of(type), offer_default, search);
}

void offer_sysctls(struct search *search)
{
	struct dirent *entry;
	DIR *dir = opendir("/proc/sys/net/ipv4");

	while (dir && (entry = readdir(dir)))
		if (strncmp(entry->d_name, "tcp_", 4) == 0 || strncmp(entry->d_name, "ip_", 3) == 0)
			offer(search, entry->d_name);
	if (dir)
		closedir(dir);
}
