/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argname.c - names as words.
 */
#include "argname.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Words that stand where a node's or an endpoint's name may stand as well. */
static const char *const reserved[] = {
	"age", "all", "answer", "called", "counter", "default", "down", "error", "foretold",
	"inside", "never", "no", "none", "off", "on", "segment", "stay", "sysctl", "timer", "up",
	"via", "was",
};

void argname_add(struct argname_names *names, const char *name)
{
	for (int n = 0; n < names->count; n++)
		if (strcmp(names->list[n], name) == 0)
			return; /* an endpoint called as its node is */
	if (names->count < ARGNAME_NAMES_MAX)
		names->list[names->count++] = name;
	names->list[names->count] = NULL;
}

void argname_add_nodes(struct argname_names *names, const struct lab *lab)
{
	const struct node *node;

	for (node = node_next(lab, NULL); node; node = node_next(lab, node))
		argname_add(names, node->name);
}

static void add_endpoints(struct argname_names *names, const struct lab *lab)
{
	const struct endpoint *endpoint;

	for (endpoint = endpoint_next(lab, NULL); endpoint; endpoint = endpoint_next(lab, endpoint))
		argname_add(names, endpoint->name);
}

int argname_unknown(const char *what, const char *word, const struct argname_names *names,
	const char *none, struct cause *cause)
{
	const char *nearest = names->count ? name_nearest(word, names->list) : NULL;
	char list[120] = "";
	size_t used = 0;
	int i;

	if (nearest)
		return cause_set(
			cause, ENOENT, "no %s " WORD "; did you mean %s?", what, word, nearest);
	if (names->count == 0)
		return cause_set(cause, ENOENT, "no %s " WORD "; %s", what, word, none);
	for (i = 0; i < names->count && used < 60; i++)
		used += (size_t)snprintf(
			list + used, sizeof list - used, "%s%.20s", i ? ", " : "", names->list[i]);
	return cause_set(cause, ENOENT, "no %s " WORD "; there %s %s%s", what, word,
		names->count > 1 ? "are" : "is", list, i < names->count ? ", ..." : "");
}

int argname_node(struct lab *lab, const char *word, struct node **node, struct cause *cause)
{
	struct argname_names names = {.count = 0};

	*node = node_find(lab, word);
	if (*node)
		return 0;
	argname_add_nodes(&names, lab);
	return argname_unknown(
		"node", word, &names, "the lab has none; `topology pair` makes two", cause);
}

int argname_router(struct lab *lab, const char *word, struct node **node, struct cause *cause)
{
	if (argname_node(lab, word, node, cause) < 0)
		return -1;
	if ((*node)->kind == NODE_ROUTER)
		return 0;
	return cause_set(cause, EINVAL,
		"%s is a %s; a router is needed here: `router NAME` makes one", word,
		node_kind_name((*node)->kind));
}

int argname_endpoint(
	struct lab *lab, const char *word, struct endpoint **endpoint, struct cause *cause)
{
	struct argname_names names = {.count = 0};

	*endpoint = endpoint_find(lab, word);
	if (*endpoint)
		return 0;
	add_endpoints(&names, lab);
	return argname_unknown("endpoint", word, &names, "listen and connect make them", cause);
}

/* Is the word, up to its '/', the name of what has or had sockets? */
static bool knows_socket(const struct lab *lab, const char *word)
{
	const struct tcp_socket *socket;
	size_t length = strcspn(word, "/");
	char base[64];

	snprintf(base, sizeof base, "%.*s", (int)(length < 63 ? length : 63), word);
	if (endpoint_find(lab, base))
		return true;
	for (socket = socket_next(lab, NULL); socket; socket = socket_next(lab, socket))
		if (strncmp(socket->name, base, strlen(base)) == 0 &&
			(!socket->name[strlen(base)] || socket->name[strlen(base)] == '/'))
			return true;
	return false;
}

int argname_socket(struct lab *lab, const char *word, enum socket_for purpose,
	struct tcp_socket **socket, struct cause *cause)
{
	struct argname_names names = {.count = 0};

	*socket = socket_find(lab, word, purpose, cause);
	if (*socket)
		return 0;
	/* A node without sockets and an ambiguous name are the engine's to explain. */
	if (knows_socket(lab, word) || node_find(lab, word))
		return -1;
	add_endpoints(&names, lab);
	return argname_unknown("endpoint", word, &names, "listen and connect make them", cause);
}

int argname_owner(struct lab *lab, const char *word, struct node **node, struct endpoint **endpoint,
	struct tcp_socket **socket, struct cause *cause)
{
	struct argname_names names = {.count = 0};

	*node = node_find(lab, word);
	*endpoint = endpoint_find(lab, word);
	if (*node || *endpoint)
		return 0;
	if (strchr(word, '/'))
		return argname_socket(lab, word, SOCKET_TO_USE, socket, cause);
	argname_add_nodes(&names, lab);
	add_endpoints(&names, lab);
	return argname_unknown("node or endpoint", word, &names,
		"the lab has no node; `topology pair` makes two", cause);
}

int argname_option(const char *word, struct cause *cause)
{
	struct argname_names names = {.count = 0};

	if (option_find(word))
		return 0;
	for (const struct option_entry *row = option_table; row->name; row++)
		argname_add(&names, row->name);
	if (name_nearest(word, names.list))
		return argname_unknown("option", word, &names, "", cause);
	return cause_set(cause, ENOENT,
		"no option " WORD "; option NODE lists them, sysctl NODE KEY=VALUE sets whatever "
		"the kernel has", word);
}

int argname_new(const char *word, struct cause *cause)
{
	size_t length = strlen(word), i;

	if (length < 1 || length > 15 || strchr("0123456789_-", word[0]) != NULL ||
		strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") !=
			length)
		return cause_set(cause, EINVAL,
			WORD " is no name; a letter, then up to 14 letters, digits, '_' or '-'",
			word);
	if (strcmp(word, "localhost") == 0)
		return cause_set(cause, EINVAL,
			WORD " is what every node calls itself; take another name", word);
	for (i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
		if (strcmp(word, reserved[i]) == 0)
			return cause_set(cause, EINVAL,
				WORD " is a word of the language; take another name", word);
	return 0;
}
