/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * leftout.c - what is not followed one by one: the segments of the load that
 * runs, which the capture ring leaves out, and the sockets of this and of past
 * ones.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "lab.h"

bool leftout_segment(const struct lab *lab, const struct segment *segment)
{
	return lab->leftout && filter_leaves_out(lab->leftout, &segment->src, &segment->dst);
}

bool leftout_socket(const struct lab *lab, const struct address *local, const struct address *peer)
{
	if (lab->leftout && filter_leaves_out(lab->leftout, local, peer))
		return true;
	for (unsigned i = 0; i < lab->loaded_count; i++)
		if (filter_leaves_out(&lab->loaded[i], local, peer))
			return true;
	return false;
}

static void add_clients(struct filter *filter, const struct node_own *node)
{
	const struct end_address *own;
	const struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		TAILQ_FOREACH(own, &end->addresses, entry)
			if (own->address.family == filter->server.family &&
				filter->client_count < FILTER_CLIENTS)
				filter->clients[filter->client_count++] = own->address;
}

/* Connections that are open already are followed all the same. */
static void keep_known(struct lab *lab, struct filter *filter)
{
	const struct socket_own *own;

	TAILQ_FOREACH(own, &lab->sockets, entry) {
		const struct tcp_socket *socket = &own->socket;
		uint16_t port = address_equal(&socket->peer, &filter->server) ? socket->local.port
										: socket->peer.port;

		if (socket->state != STATE_CLOSED && filter->kept_count < FILTER_KEPT &&
			filter_leaves_out(filter, &socket->local, &socket->peer))
			filter->kept[filter->kept_count++] = port;
	}
}

/* A router that masquerades speaks for the client. */
void leftout_make(struct lab *lab, const struct node_own *client, const struct address *server,
	struct filter *filter)
{
	struct node_own *node;

	filter->server = *server;
	add_clients(filter, client);
	TAILQ_FOREACH(node, &lab->nodes, entry)
		if (node->nat)
			add_clients(filter, node);
	keep_known(lab, filter);
}

int leftout_begin(struct lab *lab, const struct filter *filter, struct cause *cause)
{
	if (wire_leave_out(lab, filter, cause) < 0)
		return -1;
	lab->leftout = filter;
	return 0;
}

/* Its sockets stay in the tables for a minute and more. */
static void remember(struct lab *lab, const struct filter *filter)
{
	struct filter past = *filter;

	memset(past.kept, 0, sizeof past.kept);
	past.kept_count = 0;
	for (unsigned i = 0; i < lab->loaded_count; i++)
		if (memcmp(&lab->loaded[i], &past, sizeof past) == 0)
			return;
	lab->loaded = alloc_resize(lab->loaded, lab->loaded_count + 1, sizeof *lab->loaded);
	lab->loaded[lab->loaded_count++] = past;
}

void leftout_end(struct lab *lab)
{
	struct cause cause;

	if (lab->leftout)
		remember(lab, lab->leftout);
	lab->leftout = NULL;
	if (wire_leave_out(lab, NULL, &cause) < 0)
		log_note(lab, "%s", cause.text);
}

void leftout_free(struct lab *lab)
{
	free_pointer(&lab->loaded);
	lab->loaded_count = 0;
	lab->leftout = NULL;
}
