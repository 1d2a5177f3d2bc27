/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * closing.h - the TCP connection state machine as Linux runs it: one const
 * table says what happens to a socket, which state follows, and why. Pure.
 * The sentences on the screen and the unit tests come from this table.
 */
#ifndef NETLAB_CLOSING_H
#define NETLAB_CLOSING_H

#include <stddef.h>

#include "names.h"

enum stimulus {
	/* calls of the application that owns the socket */
	ON_LISTEN,
	ON_CONNECT,
	ON_CLOSE,
	ON_CLOSE_UNREAD, /* close() with data unread: RST, RFC 2525 2.17 */
	ON_SHUTDOWN,	 /* shutdown() of the sending side */
	ON_ABORT,	 /* close() under SO_LINGER 0 */
	ON_DEATH,	 /* its process ended */
	ON_DEATH_UNREAD,
	/* segments delivered to it */
	ON_SYN,
	ON_SYN_ACK,
	ON_ACK_OF_SYN,
	ON_ACK_OF_FIN,
	ON_FIN,
	ON_RST,
	ON_DATA,
	ON_ACK,		 /* of anything but SYN or FIN */
	ON_BEYOND,	 /* a segment with a gap before it */
	ON_OLD,		 /* data that it had already */
	/* strays: segments that nobody sent now */
	ON_STALE,	 /* with a timestamp older than the newest */
	ON_OUTSIDE,	 /* with a number that is not in any window */
	ON_UNSENT,	 /* that ACKs what was never sent */
	ON_REFUSED,	 /* that could have been taken, and was not */
	ON_SYN_INSIDE,	 /* a SYN within a connection */
	ON_RST_NEAR,	 /* an RST in the window, but not just what comes next */
	ON_RST_FAR,	 /* outside of it, or too old */
	ON_RST_REFUSED,	 /* just what comes next, and it did nothing */
	/* ICMP errors */
	ON_ICMP,	 /* what it has sent goes nowhere */
	ON_ICMP_NOTED,	 /* and it only takes note, though it might have given up */
	ON_TOO_BIG,	 /* what it has sent is too big for a link on the way */
	/* what the kernel does by itself */
	ON_SENT_FIN,	 /* a FIN left, its call was not seen */
	ON_SENT_RST,
	ON_NO_MINISOCK,	 /* tcp_max_tw_buckets is reached */
	ON_NO_ORPHAN,	 /* TCP_LINGER2 is below 0: RST for its FIN-WAIT-2 */
	ON_TIMER,
	ON_NO_PROBE,	 /* keepalive, of a socket that has an owner */
	/* the lab */
	ON_DESTROY,
	STIMULI
};

struct closing_rule {
	enum tcp_state state;
	enum stimulus on;
	enum tcp_state next; /* the same: it stays, and `why` tells why */
	const char *why;     /* one sentence, lower case, no full stop */
	const char *rfc;     /* "RFC 9293 3.10.7.4" */
};

extern const struct closing_rule closing_rules[];
extern const size_t closing_rule_count;

/* The rule for that state and stimulus; NULL when nothing happens by it. */
const struct closing_rule *closing_rule(enum tcp_state state, enum stimulus on);

const char *stimulus_name(enum stimulus on);

#endif
