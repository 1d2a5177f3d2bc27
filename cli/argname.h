/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argname.h - words that name something: nodes, endpoints, sockets, what is to
 * be named; and what to say of those that name nothing.
 */
#ifndef CLI_ARGNAME_H
#define CLI_ARGNAME_H

#include "netlab.h"

#define WORD "\"%.60s\"" /* how causes quote a word */

#define ARGNAME_NAMES_MAX 512 /* candidates looked at for "did you mean" */

struct argname_names {
	const char *list[ARGNAME_NAMES_MAX + 1];
	int count;
};

void argname_add(struct argname_names *names, const char *name);
void argname_add_nodes(struct argname_names *names, const struct lab *lab);

/* "no node "cleint"; did you mean client?", or all that there are when few;
 * `none` is said when there are none. Always -1. */
int argname_unknown(const char *what, const char *word, const struct argname_names *names,
	const char *none, struct cause *cause);

/* Look it up. -1: as above. */
int argname_node(struct lab *lab, const char *word, struct node **node, struct cause *cause);
int argname_router(struct lab *lab, const char *word, struct node **node, struct cause *cause);
int argname_endpoint(struct lab *lab, const char *word, struct endpoint **endpoint,
	struct cause *cause);
int argname_socket(struct lab *lab, const char *word, enum socket_for purpose,
	struct tcp_socket **socket, struct cause *cause);

/* Whatever has that name: a node, an endpoint, both, or with a '/' a socket. */
int argname_owner(struct lab *lab, const char *word, struct node **node, struct endpoint **endpoint,
	struct tcp_socket **socket, struct cause *cause);
/* Is there an option of that name? */
int argname_option(const char *word, struct cause *cause);

/* May it name a new node or endpoint? -1: it has other characters, or means
 * something else in the language. */
int argname_new(const char *word, struct cause *cause);

#endif
