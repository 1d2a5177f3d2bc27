/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-option.c - option: options of sockets, and sysctls of nodes, by one name
 * each.
 */
#include <errno.h>
#include <string.h>

#include "call.h"
#include "cli.h"
#include "json.h"
#include "optionlist.h"

enum { OWNER, NAME, VALUE };

static void tell(struct item *item, const char *owner, const struct option_entry *row,
	const char *value, const char *where)
{
	struct json json;

	if (!item->cli->json) {
		out_line(item->cli, "  %-7s %s = %s%s%s", owner, row->real, value,
			*where ? " " : "", where);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "option");
	json_string(&json, "owner", owner);
	json_string(&json, "name", row->name);
	json_string(&json, "real", row->real);
	json_string(&json, "value", value);
	json_string(&json, "where", *where ? where : "now");
	json_print(&json, item->cli);
}

/* The node that the owner is, or is in. */
static struct node *node_of(const struct value *owner)
{
	const struct node *node = owner->node ? owner->node
		: owner->endpoint	      ? owner->endpoint->node
					      : owner->socket->node;

	return (struct node *)(uintptr_t)node;
}

/* ----------------------------------------------------------------- sysctls */

static int set_sysctl(struct item *item, const struct option_entry *row, const char *value)
{
	struct node *node = node_of(&item->values[OWNER]);
	char now[OPTION_TEXT], text[OPTION_TEXT];
	int result = value ? node_sysctl(node, row->real, value, now, sizeof now, &item->cause)
			   : node_sysctl_restore(node, row->real, now, sizeof now, &item->cause);

	if (result < 0 && item->cause.code == ENOENT && row->since)
		cause_set(&item->cause, ENOENT,
			"this kernel has no %s, so %s cannot be set: it came with Linux %s",
			row->real, row->name, row->since);
	if (result == 0)
		tell(item, node->name, row, option_print_text(row, now, text), "");
	return result;
}

/* ---------------------------------------------------------- socket options */

static const char *owner_name(const struct value *owner)
{
	return owner->node ? owner->node->name : owner->endpoint->name;
}

/* It waits for sockets to come: in the node, unless an endpoint alone is meant. */
static void remember(struct item *item, const struct socket_options *options)
{
	const struct value *owner = &item->values[OWNER];
	char text[OPTION_TEXT];

	if (owner->socket)
		return;
	if (owner->node)
		node_add_options(owner->node, options);
	else
		endpoint_add_options(owner->endpoint, options);
	for (size_t i = 0; i < SOCKET_OPTIONS; i++)
		if (socket_options_have(options, i))
			tell(item, owner_name(owner), &option_table[i],
				option_print(&option_table[i], options->value[i], text),
				"for sockets to come");
}

static int parse(struct item *item, struct socket_options *options, char text[OPTION_TEXT])
{
	const struct value *value = item->values;

	*options = (struct socket_options){.set = 0};
	return option_parse(option_find(value[NAME].text), value[VALUE].words,
		value[VALUE].word_count, options, text, &item->cause);
}

/* Set on the open ones; what they refuse is not kept for others. */
static void set_now(void *arg, const struct lab_event *call)
{
	struct item *item = arg;
	struct socket_options options;
	char text[OPTION_TEXT];

	if (!(call && call->error) && parse(item, &options, text) == 0)
		remember(item, &options);
	call_done(item, call);
}

static enum result set_options(struct item *item, const struct socket_options *options)
{
	const struct value *owner = &item->values[OWNER];
	int asked = -1;

	if (owner->socket)
		asked = socket_set_options(owner->socket, options, set_now, item, &item->cause);
	else if (owner->endpoint)
		asked = endpoint_set_options(owner->endpoint, options, set_now, item, &item->cause);
	if (asked == 0)
		return RESULT_WAIT;
	if (owner->socket || (owner->endpoint && item->cause.code != ENOENT))
		return RESULT_FAILED;
	remember(item, options);
	return RESULT_OK;
}

static enum result drop(struct item *item, const struct option_entry *row)
{
	const struct value *owner = &item->values[OWNER];

	if (owner->socket) {
		cause_set(&item->cause, EINVAL,
			"an open socket has no way back to the default: give %s a value",
			row->name);
		return RESULT_FAILED;
	}
	if (owner->node)
		node_drop_option(owner->node, row);
	if (owner->endpoint)
		endpoint_drop_option(owner->endpoint, row);
	tell(item, owner_name(owner), row, "the kernel's default", "for sockets to come");
	return RESULT_OK;
}

/* ---------------------------------------------------------------- the verb */

static enum result set(struct item *item)
{
	const struct value *value = item->values;
	const struct option_entry *row = option_find(value[NAME].text);
	bool back = strcmp(value[VALUE].words[0], "default") == 0 && value[VALUE].word_count == 1;
	struct socket_options options;
	char text[OPTION_TEXT] = "";

	if (back && row->kind == OPTION_SOCKET)
		return drop(item, row);
	if (!back && parse(item, &options, text) < 0)
		return RESULT_FAILED;
	if (row->kind == OPTION_SOCKET)
		return set_options(item, &options);
	return set_sysctl(item, row, back ? NULL : text) < 0 ? RESULT_FAILED : RESULT_OK;
}

static enum result begin(struct item *item)
{
	const struct value *value = item->values;
	const struct node *node = node_of(&value[OWNER]);

	if (node->kind == NODE_SWITCH) {
		cause_set(&item->cause, EINVAL, "%s is a switch: it has no sockets", node->name);
		return RESULT_FAILED;
	}
	if (value[VALUE].set)
		return set(item);
	return optionlist_begin(item, &value[OWNER],
		value[NAME].set ? option_find(value[NAME].text) : NULL);
}

const struct command cmd_option = {
	.name = "option",
	.summary = "set a socket option or a TCP sysctl by name; alone: list them",
	.details = "A socket option given to a NODE is set on every socket that endpoints open "
		   "there from then on, right after socket(); given to an endpoint, on its open "
		   "sockets now and on those to come; given to a socket (server/1, server/listen), "
		   "on that one. A name that is a node's and an endpoint's means both. An accepted "
		   "socket inherits from its listener. A sysctl is the node's. A bare number is in "
		   "the option's own unit, 500ms and 2s may be written where it is a time; default "
		   "takes it back.",
	.example = "option client linger 0",
	.group = "Endpoints",
	.args = {{ARG_OWNER, "NODE|EP", NULL, 0, NULL},
		{ARG_OPTION, "NAME", NULL, ARG_OPTIONAL, NULL},
		{ARG_REST, "VALUE", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
};
