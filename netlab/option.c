/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * option.c - the socket options that wait in nodes and endpoints for sockets to
 * come. They travel with the request for a socket; child_option.c sets them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "lab.h"

static void add(struct socket_options **options, const struct socket_options *change)
{
	if (!*options)
		*options = alloc_new(struct socket_options);
	socket_options_add(*options, change);
}

static void drop(struct socket_options *options, const struct option_entry *row)
{
	if (options && row->kind == OPTION_SOCKET)
		options->set &= ~(((1U << option_span(row)) - 1) << (row - option_table));
}

void node_add_options(struct node *node, const struct socket_options *options)
{
	add(&node_own(node)->options, options);
}

void endpoint_add_options(struct endpoint *endpoint, const struct socket_options *options)
{
	add(&((struct endpoint_own *)endpoint)->options, options);
}

void node_drop_option(struct node *node, const struct option_entry *row)
{
	drop(node_own(node)->options, row);
}

void endpoint_drop_option(struct endpoint *endpoint, const struct option_entry *row)
{
	drop(((struct endpoint_own *)endpoint)->options, row);
}

const struct socket_options *node_options(const struct node *node)
{
	return node_own(node)->options;
}

const struct socket_options *endpoint_options(const struct endpoint *endpoint)
{
	return ((const struct endpoint_own *)endpoint)->options;
}

void options_of(const struct endpoint_own *endpoint, struct socket_options *options)
{
	const struct node_own *node = node_own(endpoint->endpoint.node);

	memset(options, 0, sizeof *options);
	if (node->options)
		socket_options_add(options, node->options);
	if (endpoint->options)
		socket_options_add(options, endpoint->options);
}
