/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * argnet.h - words that name addresses, networks, links and their directions.
 * `from`, where it is taken, is the node that the command is about: whose peer
 * it is, who wants to reach the address. Each returns -1 with one line that
 * quotes the word and says what would be right.
 */
#ifndef CLI_ARGNET_H
#define CLI_ARGNET_H

#include "command.h"

/* NODE, or an ADDRESS of either family: value.address, value.node if one is named. */
int argnet_host(struct lab *lab, const struct node *from, const char *word, struct value *value,
	struct cause *cause);
/* NODE:PORT, ADDRESS:PORT, [IPV6-ADDRESS]:PORT; [NODE]:PORT is its IPv6 address. */
int argnet_target(struct lab *lab, const struct node *from, const char *word,
	struct value *value, struct cause *cause);
/* ADDRESS/LENGTH, a length of 1 at least: no interface has one of 0. */
int argnet_cidr(const char *word, struct value *value, struct cause *cause);
/* NETWORK/LENGTH, ADDRESS; default (family 0); NODE (family 0): value.node */
int argnet_prefix(struct lab *lab, const char *word, struct value *value, struct cause *cause);

/* NODE>NODE */
int argnet_direction(struct lab *lab, const char *word, struct value *value, struct cause *cause);
/* A>B, A-B, all */
int argnet_directions(struct lab *lab, const char *word, struct value *value, struct cause *cause);
/* A node that `from` is linked to. */
int argnet_peer(struct lab *lab, const struct node *from, const char *word, struct value *value,
	struct cause *cause);
/* NODE, NODE:INTERFACE */
int argnet_link_end(struct lab *lab, const char *word, struct value *value, struct cause *cause);

/* The link between them; NULL: they have none, and the cause says so. */
struct link *argnet_link(struct lab *lab, const struct node *a, const struct node *b,
	struct cause *cause);

#endif
