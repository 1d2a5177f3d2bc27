/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * offer.c - candidates for Tab, by the type of the argument.
 */
#include "offer.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "complete.h"
#include "lex.h"

#define CANDIDATES_MAX 2000 /* a directory may be large */

/* --------------------------------------------------------------- candidates */

/* As it must be typed to be read as this word. */
static char *escape(const char *word, char quote)
{
	const char *special = quote == '\'' ? "" : quote == '"' ? "\"\\$" : " \t;#'\"\\$";
	char *text = malloc(2 * strlen(word) + 1), *at = text;

	if (!text)
		abort();
	for (; *word; word++) {
		if (strchr(special, *word))
			*at++ = '\\';
		*at++ = *word;
	}
	*at = '\0';
	return text;
}

void offer(struct search *search, const char *word)
{
	struct completion *found = search->found;

	if (strncmp(word, search->word, strlen(search->word)) != 0 ||
		found->count == CANDIDATES_MAX)
		return;
	found->words = reallocarray(found->words, (size_t)found->count + 2, sizeof *found->words);
	if (!found->words)
		abort();
	found->words[found->count++] = escape(word, search->quote);
	found->words[found->count] = NULL;
}

static void __attribute__((format(printf, 2, 3)))
offer_format(struct search *search, const char *format, ...)
{
	char word[512];
	va_list args;

	va_start(args, format);
	vsnprintf(word, sizeof word, format, args);
	va_end(args);
	offer(search, word);
}

void offer_commands(struct search *search)
{
	int i;

	for (i = 0; commands[i]; i++)
		offer(search, commands[i]->name);
}

void offer_nodes(struct search *search, const char *suffix)
{
	const struct node *node = NULL;

	while (search->lab && (node = node_next(search->lab, node)))
		offer_format(search, "%s%s", node->name, suffix);
}

void offer_endpoints(struct search *search)
{
	const struct endpoint *endpoint = NULL;

	while (search->lab && (endpoint = endpoint_next(search->lab, endpoint)))
		offer(search, endpoint->name);
}

/* Names of endpoints, and of their sockets once a '/' is typed or the endpoint
 * has several. */
void offer_sockets(struct search *search)
{
	const struct tcp_socket *socket = NULL;

	offer_endpoints(search);
	while (search->lab && (socket = socket_next(search->lab, socket)))
		if (strchr(search->word, '/') || socket->number > 1)
			offer(search, socket->name);
}

/* "server:" first; behind the colon the ports that are listened on. */
static void offer_targets(struct search *search)
{
	const struct tcp_socket *socket = NULL;

	if (!strchr(search->word, ':')) {
		offer_nodes(search, ":");
		return;
	}
	while (search->lab && (socket = socket_next(search->lab, socket)))
		if (socket->listener && socket->open)
			offer_format(search, "%s:%u", socket->node->name, socket->local.port);
}

void offer_directions(struct search *search)
{
	const struct node *from = NULL, *to;

	if (!strchr(search->word, '>')) {
		offer_nodes(search, ">");
		return;
	}
	while (search->lab && (from = node_next(search->lab, from)))
		for (to = NULL; (to = node_next(search->lab, to));)
			if (from != to)
				offer_format(search, "%s>%s", from->name, to->name);
}

static void offer_states(struct search *search)
{
	int i;

	for (i = 0; i < TCP_STATES; i++)
		offer(search, state_name((enum tcp_state)i));
}

void offer_errnos(struct search *search)
{
	int i;

	for (i = 1; i < 134; i++)
		if (errno_name(i)[0] == 'E')
			offer(search, errno_name(i));
}

void offer_choices(struct search *search, const char *choices)
{
	size_t length;

	for (; *choices; choices += length + (choices[length] == '|')) {
		length = strcspn(choices, "|");
		offer_format(search, "%.*s", (int)length, choices);
	}
}

/* -------------------------------------------------------------------- files */

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

static void offer_files(struct search *search)
{
	const char *slash = strrchr(search->word, '/');
	char prefix[LEX_LINE_MAX + 1];
	int length = slash ? (int)(slash - search->word) + 1 : 0;

	snprintf(prefix, sizeof prefix, "%.*s", length, search->word);
	offer_directory(search, length ? prefix : ".", prefix);
}

/* The names of the .lab files in a directory, without the ending. */
static void offer_labs(struct search *search, const char *directory)
{
	struct dirent *entry;
	DIR *dir = opendir(directory);
	const char *dot;

	while (dir && (entry = readdir(dir))) {
		dot = strrchr(entry->d_name, '.');
		if (dot && dot != entry->d_name && strcmp(dot, ".lab") == 0)
			offer_format(search, "%.*s", (int)(dot - entry->d_name), entry->d_name);
	}
	if (dir)
		closedir(dir);
}

static void offer_topologies(struct search *search)
{
	if (strchr(search->word, '/')) {
		offer_files(search);
		return;
	}
	offer(search, "pair");
	offer_labs(search, NETLAB_DATADIR "/topologies");
	offer_files(search);
}

static void offer_sysctls(struct search *search)
{
	struct dirent *entry;
	DIR *dir = opendir("/proc/sys/net/ipv4");

	while (dir && (entry = readdir(dir)))
		if (strncmp(entry->d_name, "tcp_", 4) == 0 || strncmp(entry->d_name, "ip_", 3) == 0)
			offer(search, entry->d_name);
	if (dir)
		closedir(dir);
}

void offer_values(struct search *search, const struct arg *arg)
{
	switch (arg->type) {
	case ARG_NODE:
	case ARG_HOST:
		offer_nodes(search, "");
		break;
	case ARG_ENDPOINT:
		offer_endpoints(search);
		break;
	case ARG_SOCKET:
	case ARG_SOCKET_SEEN:
		offer_sockets(search);
		break;
	case ARG_TARGET:
		offer_targets(search);
		break;
	case ARG_DIRECTION:
		offer_directions(search);
		break;
	case ARG_STATE:
		offer_states(search);
		break;
	case ARG_ERRNO:
		offer_errnos(search);
		break;
	case ARG_CHOICE:
		offer_choices(search, arg->choices);
		break;
	case ARG_SYSCTL:
		offer_sysctls(search);
		break;
	case ARG_FILE:
		offer_files(search);
		break;
	case ARG_TOPOLOGY:
		offer_topologies(search);
		break;
	case ARG_COMMAND:
		offer_commands(search);
		break;
	case ARG_END:
	case ARG_FLAG:
	case ARG_PORT:
	case ARG_COUNT:
	case ARG_NUMBER:
	case ARG_TIME:
	case ARG_NAME:
	case ARG_FLAGS:
	case ARG_TEXT:
	case ARG_REST:
	case ARG_COMMAND_LINE:
		break;
	}
}
