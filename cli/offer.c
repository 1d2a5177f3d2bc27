/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * offer.c - candidates for Tab, by the type of the argument.
 */
#include "offer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "complete.h"

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

void offer_format(struct search *search, const char *format, ...)
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

static void offer_routers(struct search *search)
{
	const struct node *node = NULL;

	while (search->lab && (node = node_next(search->lab, node)))
		if (node->kind == NODE_ROUTER)
			offer(search, node->name);
}

/* All but the one that the command's first argument is, or has the interface of. */
static void offer_others(struct search *search)
{
	const char *first = search->count ? search->words[0] : "";
	size_t length = strcspn(first, ":");
	const struct node *node = NULL;

	while (search->lab && (node = node_next(search->lab, node)))
		if (strncmp(node->name, first, length) != 0 || node->name[length])
			offer(search, node->name);
}

/* Those that the command's first argument is linked to. */
static void offer_peers(struct search *search)
{
	const struct node *node;
	const struct link *link = NULL;
	int end;

	if (!search->lab || search->count == 0)
		return;
	node = node_find(search->lab, search->words[0]);
	while (node && (link = link_next(search->lab, link)))
		for (end = 0; end < 2; end++)
			if (link_node(link, end) == node)
				offer(search, link_node(link, !end)->name);
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

/* Of links: A>B, A-B, all. */
static void offer_link_directions(struct search *search)
{
	const struct link *link = NULL;
	int end;

	offer(search, "all");
	while (search->lab && (link = link_next(search->lab, link))) {
		offer_format(search, "%s-%s", link_node(link, 0)->name, link_node(link, 1)->name);
		for (end = 0; end < 2; end++)
			offer_format(search, "%s>%s", link_node(link, end)->name,
				link_node(link, !end)->name);
	}
}

static bool is_given(const struct search *search, const char *word)
{
	int i;

	for (i = 0; i < search->count; i++)
		if (strcmp(search->words[i], word) == 0)
			return true;
	return false;
}

/* A way, kinds, and the fault's own keyword; nothing where a value is due. */
static void offer_segments(struct search *search, const char *keyword)
{
	const char *last = search->count ? search->words[search->count - 1] : "";
	int i;

	if (selector_wants_number(last) || (keyword && strcmp(last, keyword) == 0))
		return;
	if (search->count == 0 || strchr(search->word, '>'))
		offer_directions(search);
	for (i = 0; selector_words[i]; i++)
		if (!is_given(search, selector_words[i]))
			offer(search, selector_words[i]);
	if (keyword && search->count > 0)
		offer(search, keyword);
}

/* Each once. */
static void offer_more_nodes(struct search *search)
{
	const struct node *node = NULL;

	while (search->lab && (node = node_next(search->lab, node)))
		if (!is_given(search, node->name))
			offer(search, node->name);
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

static void offer_options(struct search *search)
{
	for (const struct option_entry *row = option_table; row->name; row++)
		offer(search, row->name);
}

void offer_counters(struct search *search)
{
	for (size_t i = 0; counter_explained(i); i++)
		offer(search, counter_short(counter_explained(i)));
}

/* What may stand behind an option's name, as far as it is a word. */
void offer_option_value(struct search *search, const char *name)
{
	const struct option_entry *row = option_find(name);
	bool has_off = row && row->grammar != OPTION_NUMBER && row->grammar != OPTION_RANGE;

	if (!row)
		return;
	offer(search, "default");
	if (has_off)
		offer(search, "off");
	if (has_off && row->grammar != OPTION_LINGER)
		offer(search, "on");
}

/* The types whose words are names of the lab. */
static bool offer_names(struct search *search, const struct arg *arg)
{
	switch (arg->type) {
	case ARG_PREFIX:
		offer(search, "default");
		/* fall through */
	case ARG_NODE:
		offer_nodes(search, "");
		return true;
	case ARG_HOST: /* a next hop is another node; who pings or connects may be the same */
		if (arg->keyword && strcmp(arg->keyword, "via") == 0)
			offer_others(search);
		else
			offer_nodes(search, "");
		return true;
	case ARG_LINK_END:
		offer_others(search);
		return true;
	case ARG_ENDPOINT:
		offer_endpoints(search);
		return true;
	case ARG_OWNER:
		offer_nodes(search, "");
		/* fall through */
	case ARG_SOCKET:
	case ARG_SOCKET_SEEN:
		offer_sockets(search);
		return true;
	case ARG_TARGET:
		offer_targets(search);
		return true;
	case ARG_NODES:
		offer_more_nodes(search);
		return true;
	case ARG_ROUTER:
		offer_routers(search);
		return true;
	case ARG_PEER:
		offer_peers(search);
		return true;
	case ARG_DIRECTION:
		offer_directions(search);
		return true;
	case ARG_DIRECTIONS:
		offer_link_directions(search);
		return true;
	default:
		return false;
	}
}

void offer_values(struct search *search, const struct arg *arg)
{
	if (offer_names(search, arg))
		return;
	switch (arg->type) {
	case ARG_NETEM:
		offer_netem(search);
		break;
	case ARG_SEGMENTS:
		offer_segments(search, arg->choices);
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
	case ARG_OPTION:
		offer_options(search);
		break;
	case ARG_FILE:
		offer_files(search);
		break;
	case ARG_TOPOLOGY:
	case ARG_LESSON:
	case ARG_PROBLEM:
	case ARG_EXERCISE:
		offer_library(search, arg->type);
		break;
	case ARG_COMMAND:
		offer_commands(search);
		break;
	default: /* a new word, a number, a text */
		break;
	}
}
