/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argtype.c - what each type of argument accepts.
 */
#include "argtype.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "argname.h"
#include "argnet.h"
#include "argnumber.h"
#include "formula.h"

static int parse_state(const char *word, enum tcp_state *state, struct cause *cause)
{
	struct argname_names names = {.count = 0};
	int i, found = state_find(word);

	if (found >= 0) {
		*state = (enum tcp_state)found;
		return 0;
	}
	for (i = 0; i < TCP_STATES; i++)
		argname_add(&names, state_name((enum tcp_state)i));
	return argname_unknown("state", word, &names, "", cause);
}

static int parse_errno(const char *word, int64_t *number, struct cause *cause)
{
	struct argname_names names = {.count = 0};
	int i, found = errno_find(word);

	if (found >= 0) {
		*number = found;
		return 0;
	}
	for (i = 1; i < 134; i++) /* static storage for known numbers only */
		if (errno_find(errno_name(i)) == i)
			argname_add(&names, errno_name(i));
	if (name_nearest(word, names.list))
		return argname_unknown("errno", word, &names, "", cause);
	return cause_set(cause, ENOENT, "no errno " WORD "; write such as ECONNREFUSED", word);
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
		return cause_set(cause, EINVAL, WORD " is %s %s", word,
			strchr(arg->choices, '|') ? "none of" : "not", arg->choices);
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

static int parse_times(const char *word, int64_t *number, struct cause *cause)
{
	char text[FORMULA_TEXT];

	if (formula_fill(word, 0, 0, text, sizeof text, cause) < 0)
		return -1;
	return argnumber_parse("number of times", text, 0, 1000000, number, cause);
}

/* Types that name something of the lab. */
static int parse_in_lab(struct lab *lab, const struct arg *arg, const struct node *from,
	const char *word, struct value *value, struct cause *cause)
{
	switch (arg->type) {
	case ARG_NODE:
		return argname_node(lab, word, &value->node, cause);
	case ARG_ROUTER:
		return argname_router(lab, word, &value->node, cause);
	case ARG_PEER:
		return argnet_peer(lab, from, word, value, cause);
	case ARG_LINK_END:
		return argnet_link_end(lab, word, value, cause);
	case ARG_ENDPOINT:
		return argname_endpoint(lab, word, &value->endpoint, cause);
	case ARG_SOCKET:
		return argname_socket(lab, word, SOCKET_TO_USE, &value->socket, cause);
	case ARG_SOCKET_SEEN:
		return argname_socket(lab, word, SOCKET_TO_SEE, &value->socket, cause);
	case ARG_OWNER:
		return argname_owner(lab, word, &value->node, &value->endpoint, &value->socket,
			cause);
	case ARG_TARGET:
		return argnet_target(lab, from, word, value, cause);
	case ARG_HOST:
		return argnet_host(lab, from, word, value, cause);
	case ARG_PREFIX:
		return argnet_prefix(lab, word, value, cause);
	case ARG_DIRECTION:
		return argnet_direction(lab, word, value, cause);
	case ARG_DIRECTIONS:
		return argnet_directions(lab, word, value, cause);
	default:
		return 0;
	}
}

int argtype_parse(struct lab *lab, const struct arg *arg, const struct node *from,
	const char *word, struct value *value, struct cause *cause)
{
	value->set = true;
	value->text = word;
	switch (arg->type) {
	case ARG_PORT:
		return argnumber_parse("port", word, 1, 65535, &value->number, cause);
	case ARG_COUNT:
		return argnumber_parse("count", word, 1, 1000000, &value->number, cause);
	case ARG_NUMBER:
		return argnumber_parse("number", word, 0, UINT32_MAX, &value->number, cause);
	case ARG_TIMES:
		return parse_times(word, &value->number, cause);
	case ARG_TIME:
		return argnumber_time(word, &value->ns, cause);
	case ARG_CIDR:
		return argnet_cidr(word, value, cause);
	case ARG_STATE:
		return parse_state(word, &value->state, cause);
	case ARG_ERRNO:
		return parse_errno(word, &value->number, cause);
	case ARG_NAME:
		return argname_new(word, cause);
	case ARG_CHOICE:
		return parse_choice(arg, word, &value->number, cause);
	case ARG_FLAGS:
		return parse_flags(word, &value->number, cause);
	case ARG_SYSCTL:
		return parse_sysctl(word, cause);
	case ARG_OPTION:
		return argname_option(word, cause);
	case ARG_FILE:
	case ARG_TOPOLOGY:
	case ARG_LESSON:
	case ARG_PROBLEM:
	case ARG_EXERCISE:
	case ARG_COMMAND:
		return check_not_empty(arg, word, cause);
	default:
		return parse_in_lab(lab, arg, from, word, value, cause);
	}
}

bool argtype_takes_rest(enum arg_type type)
{
	return type == ARG_REST || type == ARG_COMMAND_LINE || type == ARG_NODES ||
	       type == ARG_NEW_NODES || type == ARG_NETEM || type == ARG_SEGMENTS;
}

static bool is_among(char *const *words, int count, const char *word)
{
	int i;

	for (i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

int argtype_parse_rest(struct lab *lab, const struct arg *arg, char **words, int count,
	struct value *value, struct cause *cause)
{
	int i;

	value->set = true;
	value->text = words[0];
	value->words = words;
	value->word_count = count;
	if (arg->type == ARG_NETEM)
		return netem_parse(words, count, &value->netem, cause);
	if (arg->type != ARG_NODES && arg->type != ARG_NEW_NODES)
		return 0;
	for (i = 0; i < count; i++) {
		if (arg->type == ARG_NODES &&
			argname_node(lab, words[i], &value->node, cause) < 0)
			return -1;
		if (arg->type == ARG_NEW_NODES && argname_new(words[i], cause) < 0)
			return -1;
		if (is_among(words, i, words[i]))
			return cause_set(cause, EEXIST, WORD " is named twice", words[i]);
	}
	return 0;
}

bool argtype_may_be(const struct arg *arg, const char *word)
{
	bool address = isdigit((unsigned char)word[0]) || strpbrk(word, "/:.");

	if (arg->type == ARG_CIDR)
		return address;
	if (arg->type == ARG_CHOICE)
		return argtype_choice(arg->choices, word) >= 0;
	return arg->type != ARG_PEER || !address;
}
