/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * option_table.h - the options of sockets and the sysctls of nodes that decide
 * how TCP opens and closes: what the shell calls each, what it really is, which
 * values it takes. Pure.
 */
#ifndef NETLAB_OPTION_TABLE_H
#define NETLAB_OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cause.h"

enum option_kind {
	OPTION_SOCKET, /* setsockopt() */
	OPTION_SYSCTL, /* of a network namespace */
};

enum option_grammar {
	OPTION_SWITCH,	  /* on, off; where there are more: their numbers */
	OPTION_NUMBER,	  /* in its unit, or with a unit of time behind it */
	OPTION_LINGER,	  /* off, or seconds */
	OPTION_KEEPALIVE, /* on, off, or IDLE [INTERVAL [COUNT]] */
	OPTION_RANGE,	  /* LOW-HIGH, or LOW HIGH */
};

struct option_entry {
	const char *name;  /* "linger" */
	const char *real;  /* "SO_LINGER", "net.ipv4.tcp_fin_timeout" */
	enum option_kind kind;
	enum option_grammar grammar;
	int level, number; /* of setsockopt() */
	int64_t least, most;
	const char *unit;  /* "s", "ms", "us", "bytes"; "": a bare number */
	const char *since; /* the Linux that brought it; NULL: every one that netlab runs on */
	const char *gloss; /* what it does, in a few words */
};

/* Socket options come first, in the order in which they are set; a row's
 * index is its bit in struct socket_options. Ends with a row without a name. */
#define SOCKET_OPTIONS 18
extern const struct option_entry option_table[];

/* Values for some of the socket options. SO_LINGER: seconds, -1 is off. */
struct socket_options {
	uint32_t set; /* a bit a row */
	int32_t value[SOCKET_OPTIONS];
};

static inline bool socket_options_have(const struct socket_options *options, size_t row)
{
	return options && options->set >> row & 1;
}

/* What `change` sets is set in `options`, too. */
void socket_options_add(struct socket_options *options, const struct socket_options *change);

/* By the shell's name or the real one ("net.ipv4." may be left out), in either
 * case; NULL. */
const struct option_entry *option_find(const char *name);

/* Its real name as sysctl(8) users say it: "tcp_fin_timeout" of the node. */
const char *option_key(const struct option_entry *row);

/* How many rows from this one on it sets: keepalive those of its three numbers, too. */
int option_span(const struct option_entry *row);

/* Read the words (at least one) as a value: of a socket option into `options`,
 * which it is added to, of a sysctl as text for /proc/sys. -1: what it takes. */
#define OPTION_TEXT 64
int option_parse(const struct option_entry *row, char *const *words, int count,
	struct socket_options *options, char text[OPTION_TEXT], struct cause *cause);

/* The value as it is shown: "on", "off", "5 s", "1000 ms". A sysctl's comes as
 * the kernel's own text. */
const char *option_print(const struct option_entry *row, int32_t value, char buf[OPTION_TEXT]);
const char *option_print_text(const struct option_entry *row, const char *value,
	char buf[OPTION_TEXT]);

/* What may stand for its value: "on|off", "off|SECONDS". */
const char *option_takes(const struct option_entry *row, char buf[OPTION_TEXT]);

#endif
