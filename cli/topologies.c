/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * topologies.c - where lab files lie, and what they say of themselves.
 */
#include "topologies.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "homepath.h"

#define FOLDERS	    TOPOLOGIES_FOLDERS
#define FOLDER_SIZE 3072
#define LINE_SIZE   200

static const struct {
	const char *word, *folder;
} libraries[] = {
	[LIBRARY_TOPOLOGIES] = {"topology", ""},
	[LIBRARY_LESSONS] = {"lesson", "/lessons"},
	[LIBRARY_PROBLEMS] = {"problem", "/problems"},
	[LIBRARY_EXERCISES] = {"exercise", "/exercises"},
};
static_assert(sizeof libraries / sizeof *libraries == LIBRARIES, "a row for each library");

const char *library_word(enum library library)
{
	return libraries[library].word;
}

struct folders {
	char path[FOLDERS][FOLDER_SIZE];
	int count;
};

/* Beside the binary; beside the folder that it is in, as for build/netlab; and
 * where that is a bin/, in the share/ beside it, wherever both were moved to. */
static void add_beside_binary(struct folders *folders, const char *folder)
{
	char binary[FOLDER_SIZE - 60];
	ssize_t length = readlink("/proc/self/exe", binary, sizeof binary - 1);
	int up;

	if (length <= 0)
		return;
	binary[length] = '\0';
	for (up = 0; up < 2; up++) {
		char *slash = strrchr(binary, '/');

		if (!slash)
			return;
		*slash = '\0';
		snprintf(folders->path[folders->count++], FOLDER_SIZE, "%s/topologies%s", binary,
			folder);
	}
	snprintf(folders->path[folders->count++], FOLDER_SIZE, "%s/share/netlab/topologies%s",
		binary, folder);
}

static void look_for_folders(struct folders *folders, enum library library)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	const char *folder = libraries[library].folder;

	folders->count = 0;
	add_beside_binary(folders, folder);
	snprintf(folders->path[folders->count++], FOLDER_SIZE, "%s%s",
		NETLAB_DATADIR "/topologies", folder);
	if (data && *data)
		snprintf(folders->path[folders->count++], FOLDER_SIZE, "%s/netlab/topologies%s",
			data, folder);
	else if (home)
		snprintf(folders->path[folders->count++], FOLDER_SIZE,
			"%s/.local/share/netlab/topologies%s", home, folder);
}

/* They are looked for once: a process that changes its root folder would not find
 * itself any more. */
static const struct folders *find_folders(enum library library)
{
	static struct folders known[LIBRARIES];

	if (known[library].count == 0)
		look_for_folders(&known[library], library);
	return &known[library];
}

int topologies_folders(enum library library, const char **paths)
{
	const struct folders *folders = find_folders(library);

	for (int i = 0; i < folders->count; i++)
		paths[i] = folders->path[i];
	return folders->count;
}

/* In which of the first `count` folders the topology lies; -1: in none. */
static int search(const struct folders *folders, int count, const char *name, char *path,
	size_t size)
{
	int i;

	for (i = 0; i < count; i++)
		if (snprintf(path, size, "%s/%s.lab", folders->path[i], name) < (int)size &&
			access(path, R_OK) == 0)
			return i;
	return -1;
}

struct nearest {
	const char *name;
	char names[2048];
	const char *list[128];
	int count;
	size_t used;
};

static void collect(void *arg, const struct topology *topology)
{
	struct nearest *nearest = arg;
	size_t size = strlen(topology->name) + 1;

	if (nearest->count == 127 || nearest->used + size > sizeof nearest->names)
		return;
	nearest->list[nearest->count++] =
		memcpy(nearest->names + nearest->used, topology->name, size);
	nearest->list[nearest->count] = NULL;
	nearest->used += size;
}

static int unknown(enum library library, const char *name, struct cause *cause)
{
	struct nearest nearest = {.list = {NULL}};
	const char *meant, *word = library_word(library);

	topologies_each(library, collect, &nearest);
	meant = nearest.count ? name_nearest(name, nearest.list) : NULL;
	if (meant)
		return cause_set(cause, ENOENT, "no %s \"%.60s\"; did you mean %s?", word, name,
			meant);
	return cause_set(cause, ENOENT,
		"no %s \"%.60s\"; `%s` lists what there is, FILE.lab is a file", word, name, word);
}

struct beginning {
	const char *word;
	char name[256], list[160];
	int count;
};

static void look_at(void *arg, const struct topology *topology)
{
	struct beginning *beginning = arg;
	size_t used = strlen(beginning->list);

	if (strncmp(topology->name, beginning->word, strlen(beginning->word)) != 0)
		return;
	if (beginning->count++ == 0)
		snprintf(beginning->name, sizeof beginning->name, "%s", topology->name);
	snprintf(beginning->list + used, sizeof beginning->list - used, "%s%s", used ? ", " : "",
		topology->name);
}

static int find_beginning(enum library library, const struct folders *folders, const char *name,
	char *path, size_t size, struct cause *cause)
{
	struct beginning beginning = {.word = name};

	if (*name)
		topologies_each(library, look_at, &beginning);
	if (beginning.count > 1)
		return cause_set(cause, EINVAL, "\"%.30s\" could be %s; write more of it", name,
			beginning.list);
	if (beginning.count == 1 &&
		search(folders, folders->count, beginning.name, path, size) >= 0)
		return 0;
	return unknown(library, name, cause);
}

static bool is_file_here(const char *name)
{
	struct stat info;

	return stat(name, &info) == 0 && S_ISREG(info.st_mode);
}

int topologies_find(enum library library, const char *name, char *path, size_t size,
	struct cause *cause)
{
	const struct folders *folders = find_folders(library);
	char buf[HOMEPATH_SIZE];
	const char *whole = homepath(name, buf);

	if (strchr(whole, '/') || strstr(whole, ".lab")) {
		snprintf(path, size, "%s", whole);
		if (access(path, R_OK) == 0)
			return 0;
		return cause_set(cause, errno, "no %s file %s (%s)", library_word(library), name,
			strerror(errno));
	}
	if (search(folders, folders->count, name, path, size) >= 0)
		return 0;
	if (is_file_here(name)) { /* such as save makes */
		snprintf(path, size, "%s", name);
		return 0;
	}
	return find_beginning(library, folders, name, path, size, cause);
}

/* ------------------------------------------------------ what they say of it */

/* What is behind "# WORD:" of a line, and behind `skip` if it begins so. */
static void take_heading(char *line, const char *word, const char *skip, char *text, size_t size)
{
	size_t length = strlen(word);

	if (*text || strncmp(line, "# ", 2) != 0 || strncmp(line + 2, word, length) != 0 ||
		line[2 + length] != ':')
		return;
	line += 3 + length;
	line += strspn(line, " ");
	line[strcspn(line, "\n")] = '\0';
	if (skip && strncmp(line, skip, strlen(skip)) == 0) {
		line += strlen(skip);
		line += strspn(line, " ");
	}
	snprintf(text, size, "%s", line);
}

/* Other files lie beside topologies: those say in their heading how to use them. */
static void tell_file(enum library library, const char *path, const char *name, topology_fn each,
	void *arg)
{
	char line[LINE_SIZE], usage[LINE_SIZE] = "", summary[LINE_SIZE] = "", call[300];
	struct topology topology = {name, usage, summary};
	FILE *file = fopen(path, "re");
	bool is_one = library != LIBRARY_TOPOLOGIES;

	snprintf(call, sizeof call, "%s %s", library_word(library), name);
	while (file && fgets(line, sizeof line, file) && line[0] == '#') {
		is_one |= strstr(line, "topology ") != NULL;
		take_heading(line, name, NULL, summary, sizeof summary);
		take_heading(line, "usage", call, usage, sizeof usage);
	}
	if (file)
		fclose(file);
	if (is_one)
		each(arg, &topology);
}

int topologies_is_lab(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && dot != entry->d_name && strcmp(dot, ".lab") == 0;
}

void topologies_each(enum library library, topology_fn each, void *arg)
{
	struct dirent **entries;
	const struct folders *folders = find_folders(library);
	char path[4096], name[256];
	int i, n, count;

	for (i = 0; i < folders->count; i++) {
		count = scandir(folders->path[i], &entries, topologies_is_lab, alphasort);
		for (n = 0; n < count; n++) {
			snprintf(name, sizeof name, "%.*s", (int)strlen(entries[n]->d_name) - 4,
				entries[n]->d_name);
			if (search(folders, i + 1, name, path, sizeof path) == i)
				tell_file(library, path, name, each, arg);
			free(entries[n]);
		}
		if (count >= 0)
			free(entries);
	}
}
