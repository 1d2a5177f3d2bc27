/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argnet.c - addresses, networks, links and directions as words.
 */
#include "argnet.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "argname.h"
#include "argnumber.h"

#define PIECE 64 /* of a word; no name and no address is longer */

static const char *piece(char buf[PIECE], const char *from, size_t length)
{
	snprintf(buf, PIECE, "%.*s", (int)(length < PIECE ? length : PIECE - 1), from);
	return buf;
}

/* --------------------------------------------------------------- addresses */

/* The node's address as `from` reaches it: IPv4, where it has no such IPv6. */
static int address_of(const struct node *node, const struct node *from, struct address *address,
	struct cause *cause)
{
	struct cause none;

	if (!from)
		return node_address(node, address, cause);
	if (node_address_from(node, from, AF_INET, address, cause) == 0)
		return 0;
	return lab_has_ipv6(node->lab) &&
			       node_address_from(node, from, AF_INET6, address, &none) == 0
		       ? 0
		       : -1;
}

int argnet_host(struct lab *lab, const struct node *from, const char *word, struct value *value,
	struct cause *cause)
{
	struct argname_names names = {.count = 0};

	value->node = node_find(lab, word);
	if (value->node)
		return address_of(value->node, from, &value->address, cause);
	value->address = (struct address){0};
	if (address_parse(word, &value->address) == 0)
		return 0;
	argname_add_nodes(&names, lab);
	return argname_unknown("node or address", word, &names, "the lab has no nodes", cause);
}

/* What stands in brackets: an IPv6 address, or whose it is. */
static int bracketed(struct lab *lab, const struct node *from, const char *word,
	struct value *value, struct cause *cause)
{
	value->node = node_find(lab, word);
	if (value->node && from)
		return node_address_from(value->node, from, AF_INET6, &value->address, cause);
	return argnet_host(lab, from, word, value, cause);
}

int argnet_target(struct lab *lab, const struct node *from, const char *word,
	struct value *value, struct cause *cause)
{
	const char *colon = strrchr(word, ':');
	size_t length = colon ? (size_t)(colon - word) : 0;
	bool brackets = length > 2 && word[0] == '[' && word[length - 1] == ']';
	char host[PIECE];
	int64_t port;

	if (!colon || length == 0 || strchr(colon, ']'))
		return cause_set(
			cause, EINVAL, WORD " names no port; write such as server:80", word);
	if (!brackets && memchr(word, ':', length))
		return cause_set(
			cause, EINVAL, WORD ": write an IPv6 address as [ADDRESS]:PORT", word);
	if (argnumber_parse("port", colon + 1, 1, 65535, &port, cause) < 0)
		return -1;
	piece(host, word + brackets, brackets ? length - 2 : length);
	if ((brackets ? bracketed : argnet_host)(lab, from, host, value, cause) < 0)
		return -1;
	value->address.port = (uint16_t)port;
	return 0;
}

static int width(const struct address *address)
{
	return address->family == AF_INET6 ? 128 : 32;
}

/* ADDRESS/LENGTH, of an interface 1 at least; of a `route` 0 is `default`, and where
 * there is no length it is the longest. */
static int parse_cidr(const char *word, bool route, struct value *value, struct cause *cause)
{
	const char *slash = strchr(word, '/');
	char text[PIECE];
	int64_t length;

	value->address = (struct address){0};
	if (address_parse(piece(text, word, strcspn(word, "/")), &value->address) < 0)
		return cause_set(cause, EINVAL,
			WORD " is no address; write such as 10.0.0.1/24 or fd00::1/64", word);
	value->prefix_length = width(&value->address);
	if (!slash && route)
		return 0;
	if (!slash)
		return cause_set(cause, EINVAL,
			WORD " tells no prefix length; write such as %s/%d", word, text,
			value->address.family == AF_INET6 ? 64 : 24);
	if (argnumber_parse("prefix length", slash + 1, route ? 0 : 1, value->prefix_length,
		    &length, cause) < 0)
		return -1;
	value->prefix_length = (int)length;
	return 0;
}

int argnet_cidr(const char *word, struct value *value, struct cause *cause)
{
	return parse_cidr(word, false, value, cause);
}

/* The address with all bits beyond the prefix cleared. */
static struct address network(const struct address *address, int length)
{
	struct address result = *address;
	int bit;

	for (bit = length; bit < width(address); bit++)
		result.bytes[bit / 8] &= (uint8_t)~(0x80 >> bit % 8);
	return result;
}

int argnet_prefix(struct lab *lab, const char *word, struct value *value, struct cause *cause)
{
	struct address clean;
	char text[ADDRESS_TEXT];

	value->address = (struct address){0};
	value->prefix_length = 0;
	if (strcmp(word, "default") == 0)
		return 0;
	value->node = node_find(lab, word);
	if (value->node)
		return 0;
	if (parse_cidr(word, true, value, cause) < 0)
		return -1;
	clean = network(&value->address, value->prefix_length);
	if (address_same_host(&clean, &value->address))
		return 0;
	return cause_set(cause, EINVAL, WORD " has bits beyond its length; write %s/%d", word,
		address_print(&clean, false, text, sizeof text), value->prefix_length);
}

/* -------------------------------------------------------------- directions */

static int not_itself(const char *word, const struct value *value, struct cause *cause)
{
	if (value->from != value->to)
		return 0;
	return cause_set(cause, EINVAL, WORD " goes nowhere; name two nodes", word);
}

int argnet_direction(struct lab *lab, const char *word, struct value *value, struct cause *cause)
{
	const char *sign = strchr(word, '>');
	char from[PIECE];

	if (!sign || sign == word || !sign[1])
		return cause_set(cause, EINVAL, WORD " is no direction; write NODE>NODE", word);
	if (argname_node(lab, piece(from, word, (size_t)(sign - word)), &value->from, cause) < 0 ||
		argname_node(lab, sign + 1, &value->to, cause) < 0)
		return -1;
	return not_itself(word, value, cause);
}

struct link *argnet_link(struct lab *lab, const struct node *a, const struct node *b,
	struct cause *cause)
{
	struct link *link = link_find(lab, a, b);

	if (!link)
		cause_set(cause, ENOENT, "%s and %s are not linked; `show links` lists what is",
			a->name, b->name);
	return link;
}

/* A-B. A name may have a '-' in it as well: every one is tried. */
static int parse_both(struct lab *lab, const char *word, struct value *value, struct cause *cause)
{
	const char *sign, *first = strchr(word, '-');
	char name[PIECE];
	int found = 0;

	for (sign = first; sign; sign = strchr(sign + 1, '-')) {
		struct node *a = node_find(lab, piece(name, word, (size_t)(sign - word)));
		struct node *b = node_find(lab, sign + 1);

		if (!a || !b)
			continue;
		found++;
		value->from = a;
		value->to = b;
	}
	if (found > 1)
		return cause_set(cause, ENOTUNIQ,
			WORD " can be read in two ways; write A>B, and B>A for the other direction",
			word);
	if (found == 1)
		return 0;
	if (!first || first == word || !first[1])
		return cause_set(
			cause, EINVAL, WORD " is no direction; write A>B, A-B or all", word);
	if (argname_node(lab, piece(name, word, (size_t)(first - word)), &value->from, cause) < 0)
		return -1;
	return argname_node(lab, first + 1, &value->to, cause);
}

int argnet_directions(struct lab *lab, const char *word, struct value *value, struct cause *cause)
{
	if (strcmp(word, "all") == 0) {
		value->directions = DIRECTIONS_ALL;
		if (link_next(lab, NULL))
			return 0;
		return cause_set(cause, ENOENT, "the lab has no links; `link NODE NODE` makes one");
	}
	value->directions = strchr(word, '>') ? DIRECTIONS_ONE : DIRECTIONS_BOTH;
	if ((value->directions == DIRECTIONS_ONE ? argnet_direction : parse_both)(
		    lab, word, value, cause) < 0 ||
		not_itself(word, value, cause) < 0)
		return -1;
	value->link = argnet_link(lab, value->from, value->to, cause);
	return value->link ? 0 : -1;
}

/* ------------------------------------------------------------------- links */

int argnet_peer(struct lab *lab, const struct node *from, const char *word, struct value *value,
	struct cause *cause)
{
	if (argname_node(lab, word, &value->node, cause) < 0)
		return -1;
	if (!from)
		return cause_set(cause, EINVAL, WORD ": the node that is linked to it comes first",
			word);
	value->link = argnet_link(lab, from, value->node, cause);
	return value->link ? 0 : -1;
}

int argnet_link_end(struct lab *lab, const char *word, struct value *value, struct cause *cause)
{
	const char *colon = strchr(word, ':');
	char name[PIECE];

	value->interface = colon ? colon + 1 : NULL;
	if (colon && !colon[1])
		return cause_set(cause, EINVAL, WORD " names no interface; write such as r1:eth2",
			word);
	return argname_node(lab, piece(name, word, strcspn(word, ":")), &value->node, cause);
}
