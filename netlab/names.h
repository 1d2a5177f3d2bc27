/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * names.h - the small enumerations of the field and their standard names:
 * TCP states and timers as ss(8) names them, errno by name, fates of segments.
 */
#ifndef NETLAB_NAMES_H
#define NETLAB_NAMES_H

#include <stdbool.h>

/* RFC 9293 3.3.2; names as ss(8) prints them. */
enum tcp_state {
	STATE_CLOSED,
	STATE_LISTEN,
	STATE_SYN_SENT,
	STATE_SYN_RECV,
	STATE_ESTAB,
	STATE_FIN_WAIT_1,
	STATE_FIN_WAIT_2,
	STATE_CLOSING,
	STATE_TIME_WAIT,
	STATE_CLOSE_WAIT,
	STATE_LAST_ACK,
	TCP_STATES /* how many */
};

/* idiag_timer of include/uapi/linux/inet_diag.h */
enum tcp_timer {
	TIMER_NONE,
	TIMER_RETRANSMIT, /* "on" for ss: retransmission or loss probe */
	TIMER_KEEPALIVE,  /* also a SYN-ACK's, and FIN-WAIT-2 beyond 60 s */
	TIMER_TIMEWAIT,
	TIMER_PERSIST,
	TIMER_OTHER,
	TCP_TIMERS
};

/* What became of a segment that entered the wire. */
enum fate {
	FATE_PASSING,   /* entered, not yet left */
	FATE_HELD,      /* waits in the gate */
	FATE_LATE,      /* kept back by a fault; goes on by itself */
	FATE_DELIVERED, /* left the wire */
	FATE_DROPPED,   /* taken off by the user's drop */
	FATE_LOST,      /* entered and never left: the link's impairment */
	FATE_CORRUPTED, /* left with a bit flipped: its receiver's checksum refuses it */
	FATE_ABSORBED,  /* a copy of what is held or was just delivered */
	FATES
};

enum because_kind {
	BECAUSE_UNKNOWN,
	BECAUSE_SEGMENT,
	BECAUSE_CALL,
	BECAUSE_TIMER,
	BECAUSE_DEATH,   /* its process ended */
	BECAUSE_LAB,     /* netlab destroyed it */
	BECAUSE_KINDS
};

/* The name, for any value; never NULL. */
const char *state_name(enum tcp_state state);
const char *timer_name(enum tcp_timer timer);
const char *fate_name(enum fate fate);

/* The state of that name, in either case, '_' for '-' allowed, "ESTABLISHED"
 * and "FIN_WAIT1" too; -1 when there is none. */
int state_find(const char *name);

/* "ECONNREFUSED"; a number as text in a static buffer when unknown. */
const char *errno_name(int error);
/* The number of "ECONNREFUSED"; -1 when there is none of that name. */
int errno_find(const char *name);

/* Nearest of the names to a mistyped word (edit distance at most 2, or a third
 * of the word), or NULL. `names` ends with NULL. */
const char *name_nearest(const char *word, const char *const *names);

#endif
