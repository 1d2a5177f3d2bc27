/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * shows.h - the lab as it is built, as tables or as JSON objects: links,
 * addresses, routes, NAT. `only`: of that node, NULL: of all.
 */
#ifndef CLI_SHOWS_H
#define CLI_SHOWS_H

#include <stdbool.h>

#include "netlab.h"

struct cli;

/* A row a direction: its impairments, who carries them out, its frames. */
int shows_links(struct cli *cli, const struct node *only, struct cause *cause);
int shows_addresses(struct cli *cli, const struct node *only, struct cause *cause);
int shows_routes(struct cli *cli, const struct node *only, struct cause *cause);
/* The routers that masquerade, a line each; false: none does. */
bool shows_nat(struct cli *cli);

#endif
