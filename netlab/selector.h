/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * selector.h - which segments are meant: the words behind `lose` and the like,
 *
 *	[A>B] [KIND...] [seq N] [nth N | first N | every N | all]
 *
 * and whether a segment is one of them. Counting is by segments, never by
 * chance or by time. Pure.
 */
#ifndef NETLAB_SELECTOR_H
#define NETLAB_SELECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cause.h"

/* Kinds of segments; several of them must all hold. */
#define SELECT_SYN	      0x01 /* SYN without ACK */
#define SELECT_SYN_ACK	      0x02
#define SELECT_ACK	      0x04 /* a bare ACK: no data, SYN, FIN or RST */
#define SELECT_FIN	      0x08 /* with data or without */
#define SELECT_RST	      0x10
#define SELECT_DATA	      0x20
#define SELECT_ACK_OF_FIN     0x40 /* a bare ACK that covers the peer's FIN */
#define SELECT_LAST_ACK	      0x80 /* the same, by a side that had sent its own FIN before it
				      first did: what LAST-ACK and CLOSING wait for */
#define SELECT_RETRANSMISSION 0x100 /* all of its sequence space was sent before */

/* Of those that match, counted from 1. */
enum selector_which {
	SELECT_NTH,   /* the n-th alone */
	SELECT_FIRST, /* the first n */
	SELECT_EVERY, /* each n-th */
	SELECT_ALL,
};

struct selector {
	char from[16], to[16]; /* nodes; "": any */
	unsigned kinds;
	bool has_seq;
	uint32_t seq;	       /* relative */
	enum selector_which which;
	uint32_t n;
};

/* What is asked about a segment. */
struct selector_facts {
	const char *from, *to;	/* nodes; "" where no node has the address */
	uint8_t flags;
	uint32_t length;	/* of its data */
	uint32_t seq;		/* relative */
	bool retransmission;
	bool acks_fin;		/* its ACK covers the other side's FIN */
	bool is_last;		/* the same, and its sender had sent its own FIN before it did */
};

/* At least one word. -1: one line that quotes the word and says what would be right. */
int selector_parse(char *const *words, int count, struct selector *selector, struct cause *cause);
bool selector_matches(const struct selector *selector, const struct selector_facts *facts);
/* Is the count-th of those that match among them? */
bool selector_takes(const struct selector *selector, uint32_t count);
/* None after the count-th of those that match is. */
bool selector_is_over(const struct selector *selector, uint32_t count);

/* The words in their standard order; what goes without saying is left out. */
#define SELECTOR_TEXT 160
const char *selector_print(const struct selector *selector, char buf[SELECTOR_TEXT]);

/* All words but A>B and numbers, NULL-terminated, for Tab; and whether one wants
 * a number behind it. */
extern const char *const selector_words[];
bool selector_wants_number(const char *word);

#endif
