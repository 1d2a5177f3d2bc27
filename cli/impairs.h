/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * impairs.h - impairments laid over links, and told: what each direction has,
 * and who carries it out.
 */
#ifndef CLI_IMPAIRS_H
#define CLI_IMPAIRS_H

#include "command.h"

/* Lay the change over what `directions` (ARG_DIRECTIONS) names: every one of
 * them, or none if it does not go together with what one of them has. */
int impairs_change(struct cli *cli, const struct value *directions, const struct netem *change,
	struct cause *cause);
/* Over both directions of the link. */
int impairs_link(struct link *link, const struct netem *change, struct cause *cause);

/* Tell of them, each with its back end. */
void impairs_tell(struct cli *cli, const struct value *directions);
/* How many directions are impaired, by which back ends; nothing if none is. */
void impairs_tell_backends(struct cli *cli);

/* "delay 50ms loss 1%", or "-"; returns buf. */
const char *impairs_text(const struct link *link, int end, char *buf, size_t size);

#endif
