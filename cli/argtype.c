/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argtype.c - what each type of argument accepts.
 */
#include "argtype.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "argnumber.h"

#define NAMES_MAX 512 /* candidates looked at for "did you mean" */
#define WORD "\"%.60s\""

/* ------------------------------------------------------------------- names */

struct names {
	const char *list[NAMES_MAX + 1];
	int count;
};

static void names_add(struct names *names, const char *name)
{
	if (names->count < NAMES_MAX)
		names->list[names->count++] = name;
	names->list[names->count] = NULL;
}

static void names_add_nodes(struct names *names, const struct lab *lab)
{
	const struct node *node;

	for (node = node_next(lab, NULL); node; node = node_next(lab, node))
		names_add(names, node->name);
}

static void names_add_endpoints(struct names *names, const struct lab *lab)
{
	const struct endpoint *endpoint;

	for (endpoint = endpoint_next(lab, NULL); endpoint; endpoint = endpoint_next(lab, endpoint))
		names_add(names, endpoint->name);
}

/* "no node "cleint"; did you mean client?", or all there are when few. */
static int no_such(const char *what, const char *word, const struct names *names, const char *none,
	struct cause *cause)
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

static int parse_node(struct lab *lab, const char *word, struct node **node, struct cause *cause)
{
	struct names names = {.count = 0};

	*node = node_find(lab, word);
	if (*node)
		return 0;
	names_add_nodes(&names, lab);
	return no_such("node", word, &names, "the lab has none; `topology pair` makes two", cause);
}

static int parse_endpoint(
	struct lab *lab, const char *word, struct endpoint **endpoint, struct cause *cause)
{
	struct names names = {.count = 0};

	*endpoint = endpoint_find(lab, word);
	if (*endpoint)
		return 0;
	names_add_endpoints(&names, lab);
	return no_such("endpoint", word, &names, "listen and connect make them", cause);
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

static int parse_socket(struct lab *lab, const char *word, enum socket_for purpose,
	struct tcp_socket **socket, struct cause *cause)
{
	struct names names = {.count = 0};

	*socket = socket_find(lab, word, purpose, cause);
	if (*socket)
		return 0;
	/* A node without sockets and an ambiguous name are the engine's to explain. */
	if (knows_socket(lab, word) || node_find(lab, word))
		return -1;
	names_add_endpoints(&names, lab);
	return no_such("endpoint", word, &names, "listen and connect make them", cause);
}

/* --------------------------------------------------------------- addresses */

static int parse_host(
	struct lab *lab, const char *word, struct address *address, struct cause *cause)
{
	const struct node *node = node_find(lab, word);
	struct names names = {.count = 0};

	if (node)
		return node_address(node, address, cause);
	*address = (struct address){0};
	if (address_parse(word, address) == 0)
		return 0;
	names_add_nodes(&names, lab);
	return no_such("node or address", word, &names, "the lab has no nodes", cause);
}

static int parse_target(
	struct lab *lab, const char *word, struct address *address, struct cause *cause)
{
	const char *colon = strrchr(word, ':');
	const char *from = word;
	size_t length = colon ? (size_t)(colon - word) : 0;
	char host[64];
	int64_t port;

	if (!colon || length == 0 || strchr(colon, ']'))
		return cause_set(
			cause, EINVAL, WORD " names no port; write such as server:80", word);
	if (word[0] == '[' && word[length - 1] == ']') {
		from++;
		length -= 2;
	} else if (memchr(word, ':', length)) {
		return cause_set(
			cause, EINVAL, WORD ": write an IPv6 address as [ADDRESS]:PORT", word);
	}
	if (argnumber_parse("port", colon + 1, 1, 65535, &port, cause) < 0)
		return -1;
	snprintf(host, sizeof host, "%.*s", (int)(length < 63 ? length : 63), from);
	if (parse_host(lab, host, address, cause) < 0)
		return -1;
	address->port = (uint16_t)port;
	return 0;
}

static int parse_direction(
	struct lab *lab, const char *word, struct value *value, struct cause *cause)
{
	const char *sign = strchr(word, '>');
	char from[64];

	if (!sign || sign == word || !sign[1])
		return cause_set(cause, EINVAL, WORD " is no direction; write NODE>NODE", word);
	snprintf(from, sizeof from, "%.*s", (int)(sign - word < 63 ? sign - word : 63), word);
	if (parse_node(lab, from, &value->from, cause) < 0 ||
		parse_node(lab, sign + 1, &value->to, cause) < 0)
		return -1;
	if (value->from == value->to)
		return cause_set(cause, EINVAL, WORD " goes nowhere; name two nodes", word);
	return 0;
}

/* ------------------------------------------------------------- other words */

static int parse_state(const char *word, enum tcp_state *state, struct cause *cause)
{
	struct names names = {.count = 0};
	int i, found = state_find(word);

	if (found >= 0) {
		*state = (enum tcp_state)found;
		return 0;
	}
	for (i = 0; i < TCP_STATES; i++)
		names_add(&names, state_name((enum tcp_state)i));
	return no_such("state", word, &names, "", cause);
}

static int parse_errno(const char *word, int64_t *number, struct cause *cause)
{
	struct names names = {.count = 0};
	int i, found = errno_find(word);

	if (found >= 0) {
		*number = found;
		return 0;
	}
	for (i = 1; i < 134; i++) /* static storage for known numbers only */
		if (errno_find(errno_name(i)) == i)
			names_add(&names, errno_name(i));
	if (name_nearest(word, names.list))
		return no_such("errno", word, &names, "", cause);
	return cause_set(cause, ENOENT, "no errno " WORD "; write such as ECONNREFUSED", word);
}

static int parse_name(const char *word, struct cause *cause)
{
	size_t length = strlen(word);

	if (length >= 1 && length <= 15 && strchr("0123456789_-", word[0]) == NULL &&
		strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
			length)
		return 0;
	return cause_set(cause, EINVAL,
		WORD " is no name; a letter, then up to 14 letters, digits, '_' or '-'", word);
}

int argtype_choice(const char *choices, const char *word)
{
	size_t length = strlen(word);
	int index, found = -1, count = 0;

	for (index = 0; *choices; index++) {
		size_t here = strcspn(choices, "|");

		if (length <= here && length > 0 && strncmp(choices, word, length) == 0) {
			if (length == here)
				return index;
			found = index;
			count++;
		}
		choices += here + (choices[here] == '|');
	}
	return count == 1 ? found : -1;
}

static int parse_choice(
	const struct arg *arg, const char *word, int64_t *number, struct cause *cause)
{
	int index = argtype_choice(arg->choices, word);

	if (index < 0)
		return cause_set(cause, EINVAL, WORD " is none of %s", word, arg->choices);
	*number = index;
	return 0;
}

static int parse_flags(const char *word, int64_t *number, struct cause *cause)
{
	size_t length = strlen(word);
	bool brackets = length >= 2 && word[0] == '[' && word[length - 1] == ']';
	char letters[16];
	uint8_t flags;

	snprintf(letters, sizeof letters, "%.*s", (int)(brackets ? length - 2 : length),
		word + brackets);
	if (length >= sizeof letters || segment_flags_parse(letters, &flags) < 0)
		return cause_set(cause, EINVAL,
			WORD " are no flags; write them as tcpdump does: "
			     "S S. . P. F. R R. ('.' is ACK)",
			word);
	*number = flags;
	return 0;
}

static int parse_sysctl(const char *word, struct cause *cause)
{
	size_t key = strcspn(word, "=");

	if (key == 0 || memchr(word, ' ', key))
		return cause_set(cause, EINVAL, WORD " is no sysctl; write KEY or KEY=VALUE", word);
	return 0;
}

static int check_not_empty(const struct arg *arg, const char *word, struct cause *cause)
{
	if (word[0])
		return 0;
	return cause_set(cause, EINVAL, "%s is empty", arg->name ? arg->name : "the word");
}

int argtype_parse(struct lab *lab, const struct arg *arg, const char *word, struct value *value,
	struct cause *cause)
{
	value->set = true;
	value->text = word;
	switch (arg->type) {
	case ARG_NODE:
		return parse_node(lab, word, &value->node, cause);
	case ARG_ENDPOINT:
		return parse_endpoint(lab, word, &value->endpoint, cause);
	case ARG_SOCKET:
		return parse_socket(lab, word, SOCKET_TO_USE, &value->socket, cause);
	case ARG_SOCKET_SEEN:
		return parse_socket(lab, word, SOCKET_TO_SEE, &value->socket, cause);
	case ARG_TARGET:
		return parse_target(lab, word, &value->address, cause);
	case ARG_HOST:
		return parse_host(lab, word, &value->address, cause);
	case ARG_DIRECTION:
		return parse_direction(lab, word, value, cause);
	case ARG_PORT:
		return argnumber_parse("port", word, 1, 65535, &value->number, cause);
	case ARG_COUNT:
		return argnumber_parse("count", word, 1, 1000000, &value->number, cause);
	case ARG_NUMBER:
		return argnumber_parse("number", word, 0, UINT32_MAX, &value->number, cause);
	case ARG_TIME:
		return argnumber_time(word, &value->ns, cause);
	case ARG_STATE:
		return parse_state(word, &value->state, cause);
	case ARG_ERRNO:
		return parse_errno(word, &value->number, cause);
	case ARG_NAME:
		return parse_name(word, cause);
	case ARG_CHOICE:
		return parse_choice(arg, word, &value->number, cause);
	case ARG_FLAGS:
		return parse_flags(word, &value->number, cause);
	case ARG_SYSCTL:
		return parse_sysctl(word, cause);
	case ARG_FILE:
	case ARG_TOPOLOGY:
	case ARG_COMMAND:
		return check_not_empty(arg, word, cause);
	case ARG_END:
	case ARG_FLAG:
	case ARG_TEXT:
	case ARG_REST:
	case ARG_COMMAND_LINE:
		return 0;
	}
	return 0;
}
