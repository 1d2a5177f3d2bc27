/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * socket.c - the lab's list of TCP sockets, found by their addresses, named
 * after their endpoints, and kept for a while after they are gone.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "lab.h"

#define GONE_KEPT 16 /* of one endpoint */

static unsigned bucket_of(const struct node *node, const struct address *local,
	const struct address *peer)
{
	uint32_t sum = node->index * 0x9e3779b1u;

	sum = (sum ^ local->port) * 16777619u;
	sum = (sum ^ peer->port) * 16777619u;
	sum = (sum ^ peer->bytes[3] ^ peer->bytes[15]) * 16777619u;
	return (sum ^ sum >> 16) % 1024;
}

static struct socket_own **bucket(struct lab *lab, const struct node *node,
	const struct address *local, const struct address *peer)
{
	return &lab->socket_hash[bucket_of(node, local, peer)];
}

static struct socket_own **owned_bucket(struct lab *lab, const struct node *node,
	const struct address *local, const struct address *peer)
{
	return &lab->owned_hash[bucket_of(node, local, peer)];
}

struct socket_own *socket_make(struct lab *lab, struct node_own *node, const struct address *local,
	const struct address *peer, uint64_t cookie)
{
	struct socket_own *own = alloc_new(struct socket_own);
	struct socket_own **first = bucket(lab, &node->node, local, peer);

	own->references = 1;
	own->socket = (struct tcp_socket){.node = &node->node, .local = *local, .peer = *peer,
		.cookie = cookie, .listener = peer->port == 0};
	own->same_hash = *first;
	*first = own;
	TAILQ_INSERT_TAIL(&lab->sockets, own, entry);
	lab->socket_count++;
	return own;
}

/* A listener on the wildcard address has one socket for all its addresses. */
static bool is_at(const struct socket_own *own, const struct node *node,
	const struct address *local, const struct address *peer)
{
	return own->socket.node == node && address_equal(&own->socket.local, local) &&
		own->socket.peer.port == peer->port &&
		(peer->port == 0 || address_same_host(&own->socket.peer, peer));
}

struct socket_own *socket_at(struct lab *lab, const struct node *node, const struct address *local,
	const struct address *peer)
{
	struct socket_own *own = *bucket(lab, node, local, peer);

	while (own && !is_at(own, node, local, peer))
		own = own->same_hash;
	return own;
}

struct socket_own *socket_owned_at(struct lab *lab, const struct node *node,
	const struct address *local, const struct address *peer)
{
	struct socket_own *own = *owned_bucket(lab, node, local, peer);

	while (own && !is_at(own, node, local, peer))
		own = own->same_owned;
	return own;
}

struct socket_own *socket_with(struct lab *lab, const struct node *node,
	const struct address *local, const struct address *peer, uint64_t cookie)
{
	struct socket_own *own = *bucket(lab, node, local, peer);

	while (own && !(own->socket.cookie == cookie && is_at(own, node, local, peer)))
		own = own->same_hash;
	return own;
}

struct socket_own *socket_before(const struct socket_own *own)
{
	const struct tcp_socket *socket = &own->socket;
	struct socket_own *older = own->same_hash;

	while (older && !is_at(older, socket->node, &socket->local, &socket->peer))
		older = older->same_hash;
	return older;
}

void socket_ref(struct socket_own *socket)
{
	socket->references++;
}

void socket_unref(struct socket_own *socket)
{
	if (--socket->references > 0)
		return;
	free(socket->proposals);
	free(socket);
}

static void unlist(struct lab *lab, struct socket_own *own)
{
	struct socket_own **link = bucket(lab, own->socket.node, &own->socket.local, &own->socket.peer);

	while (*link != own)
		link = &(*link)->same_hash;
	*link = own->same_hash;
	if (own->socket.endpoint) {
		link = owned_bucket(lab, own->socket.node, &own->socket.local, &own->socket.peer);
		while (*link != own)
			link = &(*link)->same_owned;
		*link = own->same_owned;
	}
	TAILQ_REMOVE(&lab->sockets, own, entry);
	lab->socket_count--;
	socket_unref(own);
}

static bool is_gone(const struct socket_own *own)
{
	return own->socket.state == STATE_CLOSED && !own->socket.open;
}

void sockets_retire(struct lab *lab)
{
	struct socket_own *own, *next;
	struct endpoint_own *endpoint;

	for (own = TAILQ_FIRST(&lab->sockets); own; own = next) {
		next = TAILQ_NEXT(own, entry);
		endpoint = (struct endpoint_own *)own->socket.endpoint;
		if (is_gone(own) &&
			(!endpoint || own->socket.number + GONE_KEPT < endpoint->next_number))
			unlist(lab, own);
	}
}

void sockets_remove(struct lab *lab, const struct node *node)
{
	struct socket_own *own, *next;

	for (own = TAILQ_FIRST(&lab->sockets); own; own = next) {
		next = TAILQ_NEXT(own, entry);
		if (own->socket.node == node)
			unlist(lab, own);
	}
}

void sockets_free(struct lab *lab)
{
	struct socket_own *own;

	while ((own = TAILQ_FIRST(&lab->sockets)))
		unlist(lab, own);
}

/* ---------------------------------------------------------------- by name */

void socket_own_by(struct socket_own *own, struct endpoint_own *endpoint, unsigned number)
{
	struct tcp_socket *socket = &own->socket;
	struct socket_own **first = owned_bucket(endpoint->lab, socket->node, &socket->local,
		&socket->peer);

	if (!socket->endpoint) {
		own->same_owned = *first;
		*first = own;
	}
	socket->endpoint = &endpoint->endpoint;
	socket->number = number;
	if (socket->listener)
		snprintf(socket->name, sizeof socket->name, "%s/listen", endpoint->name);
	else if (socket->accepted || number > 1)
		snprintf(socket->name, sizeof socket->name, "%s/%u", endpoint->name, number);
	else
		snprintf(socket->name, sizeof socket->name, "%s", endpoint->name);
}

struct socket_own *socket_of(struct lab *lab, const struct endpoint_own *endpoint, unsigned number)
{
	struct socket_own *own;

	TAILQ_FOREACH_REVERSE(own, &lab->sockets, sockets_head, entry)
		if (own->socket.endpoint == &endpoint->endpoint && own->socket.number == number)
			return own;
	return NULL;
}

struct tcp_socket *socket_next(const struct lab *lab, const struct tcp_socket *socket)
{
	struct socket_own *next = socket ? TAILQ_NEXT(socket_own(socket), entry)
					 : TAILQ_FIRST(&lab->sockets);

	while (next && !next->socket.endpoint)
		next = TAILQ_NEXT(next, entry);
	return next ? &next->socket : NULL;
}

static int none_called(const struct lab *lab, const char *name, struct cause *cause)
{
	const char *names[64];
	const struct endpoint_own *endpoint;
	const char *nearest;
	unsigned count = 0;

	TAILQ_FOREACH(endpoint, &lab->endpoints, entry)
		if (count < 63)
			names[count++] = endpoint->name;
	names[count] = NULL;
	nearest = name_nearest(name, names);
	if (nearest)
		return cause_set(cause, ENOENT, "no endpoint \"%s\": did you mean %s?", name, nearest);
	if (node_find(lab, name))
		return cause_set(cause, ENOENT, "%s has no socket: open one with listen or connect", name);
	return cause_set(cause, ENOENT, "no endpoint \"%s\": make one with listen or connect", name);
}

/* How well a socket answers to its endpoint's bare name; 0: not at all. */
static int fitness(const struct tcp_socket *socket, enum socket_for purpose)
{
	if (socket->listener)
		return socket->open ? 1 : 0;
	if (socket->open)
		return 4;
	if (purpose == SOCKET_TO_USE)
		return 0;
	return socket->state != STATE_CLOSED ? 3 : 2;
}

static struct tcp_socket *ambiguous(const struct lab *lab, const struct endpoint *endpoint,
	enum socket_for purpose, int best, struct cause *cause)
{
	char choices[160] = "";
	struct tcp_socket *socket = NULL;
	size_t used = 0;

	while ((socket = socket_next(lab, socket)))
		if (socket->endpoint == endpoint && fitness(socket, purpose) == best && used < 120)
			used += (size_t)snprintf(choices + used, sizeof choices - used, "%s%s",
				used ? ", " : "", socket->name);
	cause_set(cause, EINVAL, "%s has several connections: say %s", endpoint->name, choices);
	return NULL;
}

/* The one that the bare name means: its one open connection; else, where it is
 * only to be seen, the one still in the kernel, or the newest of the gone. */
static struct tcp_socket *by_endpoint(const struct lab *lab, const struct endpoint *endpoint,
	enum socket_for purpose, struct cause *cause)
{
	struct tcp_socket *socket = NULL, *found = NULL;
	int best = 0, equals = 0;

	while ((socket = socket_next(lab, socket))) {
		int fit = socket->endpoint == endpoint ? fitness(socket, purpose) : 0;

		if (fit == 0 || fit < best)
			continue;
		equals = fit == best ? equals + 1 : 1;
		best = fit;
		found = socket;
	}
	if (!found) {
		cause_set(cause, EBADF, "%s has no open socket: it was closed, or never opened",
			endpoint->name);
		return NULL;
	}
	if (equals > 1 && best > 2)
		return ambiguous(lab, endpoint, purpose, best, cause);
	return found;
}

/* By its name, or as "client/1" by the long form of it. */
static bool is_called(const struct tcp_socket *socket, const char *name)
{
	char full[48];

	snprintf(full, sizeof full, "%s/%u", socket->endpoint->name, socket->number);
	return strcmp(socket->name, name) == 0 || (!socket->listener && strcmp(full, name) == 0);
}

/* An endpoint that listens again has several listeners of one name: the open one
 * is meant, else the newest. */
static struct tcp_socket *by_name(const struct lab *lab, const char *name)
{
	struct tcp_socket *socket = NULL, *found = NULL;

	while ((socket = socket_next(lab, socket)))
		if (is_called(socket, name) && !(found && found->open))
			found = socket;
	return found;
}

struct tcp_socket *socket_find(const struct lab *lab, const char *name, enum socket_for purpose,
	struct cause *cause)
{
	struct endpoint *endpoint = endpoint_find(lab, name);
	struct tcp_socket *socket;

	if (endpoint)
		return by_endpoint(lab, endpoint, purpose, cause);
	socket = by_name(lab, name);
	if (!socket) {
		none_called(lab, name, cause);
		return NULL;
	}
	if (purpose == SOCKET_TO_USE && !socket->open) {
		cause_set(cause, EBADF, "%s is closed already", name);
		return NULL;
	}
	return socket;
}
