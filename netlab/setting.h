/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * setting.h - what the kernel is to be told about a node's interfaces, as
 * plain rows in a fixed order: so that two lists of them can be compared. Pure.
 */
#ifndef NETLAB_SETTING_H
#define NETLAB_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

enum setting_kind {
	SETTING_ADDRESS,   /* address/length on the interface */
	SETTING_NEIGHBOUR, /* address is at mac */
	SETTING_FORWARD,   /* a bridge's: mac is behind the port */
	SETTING_ROUTE,	   /* address/length by via; via.family 0: on the link */
};

struct setting {
	enum setting_kind kind;
	int ifindex;
	struct address address, via;
	int length;
	uint8_t mac[6];
	bool dropped; /* scratch while others are looked at */
	bool kept; /* was asked for by need: nobody plans it, nobody takes it away */
};

struct settings {
	struct setting *row;
	size_t count, room;
};

void settings_add(struct settings *settings, const struct setting *setting);
void settings_free(struct settings *settings);
/* Of routes to the same prefix only the one that was added first: so has the
 * kernel. Before sorting. */
void settings_one_route(struct settings *settings);
/* Put them in order, equal ones once. */
void settings_sort(struct settings *settings);
/* <0, 0, >0; `kept` does not count. */
int setting_compare(const struct setting *a, const struct setting *b);
/* Is the row in the sorted list? */
bool settings_hold(const struct settings *settings, const struct setting *setting);
/* Call gone() for what is in `have` alone, from the last to the first (routes
 * before addresses), then come() for what is in `want` alone, in order. Both
 * sorted. Stops at the first -1 of come(). */
int settings_differ(const struct settings *have, const struct settings *want,
	void (*gone)(void *arg, const struct setting *setting),
	int (*come)(void *arg, const struct setting *setting), void *arg);

#endif
