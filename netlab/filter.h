/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * filter.h - which segments the capture ring leaves out: those between some
 * clients and one port of one server. As a question, and as a program for the
 * kernel (classic BPF, Documentation/networking/filter.rst). Pure.
 */
#ifndef NETLAB_FILTER_H
#define NETLAB_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>

#include "segment.h"

#define FILTER_CLIENTS 16
#define FILTER_KEPT    64
#define FILTER_PROGRAM 1024 /* instructions that the longest program has room in */

struct filter {
	struct address server;			/* with its port */
	struct address clients[FILTER_CLIENTS];	/* of the server's family; their ports do not
						   matter */
	unsigned client_count;
	uint16_t kept[FILTER_KEPT];		/* clients' ports that are not left out */
	unsigned kept_count;
};

/* Is a connection between these two left out? In either order. */
bool filter_leaves_out(const struct filter *filter, const struct address *a,
	const struct address *b);

/* The program for Ethernet frames: 0 for those that are left out. Fragments and
 * IPv6 extension headers are let through. Returns its length. */
unsigned filter_compile(const struct filter *filter, struct sock_filter program[FILTER_PROGRAM]);

#endif
