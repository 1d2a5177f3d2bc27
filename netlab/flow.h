/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * flow.h - connections as the wire sees them: which SYN began a connection,
 * what has been sent and ACKed in each direction, and so the relative numbers
 * of each segment. Pure bookkeeping on decoded segments.
 */
#ifndef NETLAB_FLOW_H
#define NETLAB_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "segment.h"

/* One direction of a connection; numbers as on the wire. */
struct flow_side {
	bool known;	   /* something of it has been seen */
	bool began;	   /* its SYN has */
	uint32_t isn;	   /* of its SYN, or made up from its first segment */
	uint32_t sent;	   /* end of what it has sent so far */
	bool fin_sent;
	uint32_t fin_end;  /* the number after its FIN */
	bool acked_fin;	   /* it has ACKed the other side's FIN, */
	bool fin_first;	   /* and had sent its own before that */
	bool ack_known;
	uint32_t ack;	   /* the highest it has ACKed of the other side */
	bool stamps;	   /* its segments carry timestamps (RFC 7323) */
	uint32_t stamp;	   /* its newest one */
	int8_t scale;	   /* that its SYN offered; -1: none */
	uint32_t window;   /* that it last offered, in bytes (RFC 7323 2.2) */
	/* what its peer has of it without a gap, and one piece beyond a gap */
	bool taken_known;
	uint32_t taken;
	bool beyond, beyond_fin;
	uint32_t beyond_seq, beyond_end;
	/* gate: what has been let through */
	bool delivered_any;
	uint32_t delivered;   /* end of it */
	uint32_t delivered_n; /* number of the passage that reached that end */
	unsigned repeats;     /* of it, absorbed since */
};

struct flow {
	struct address a, b;   /* in the order of address_compare() */
	struct flow_side side[2]; /* 0: sent by a, 1: sent by b */
	unsigned incarnation;  /* counts SYNs with a new initial number, from 0 */
	bool had_before;       /* of the incarnation before: its two initial numbers */
	uint32_t isn_before[2];
	uint64_t began;	       /* order of these SYNs among all flows' */
	struct flow *older, *newer, *next; /* flows_* only */
};

struct flows;
struct flows *flows_new(void);
void flows_free(struct flows *flows);

/* What the segment says about its connection. */
struct flow_view {
	struct flow *flow;
	int side;		/* index of the sender in flow->side */
	uint32_t seq, ack;	/* relative; the SYN is 0 */
	bool retransmission;	/* all of its sequence space was sent before */
	bool acks_new;		/* it ACKs more than its sender did before */
	bool acks_fin;		/* it ACKs the other side's FIN */
	bool acks_syn;		/* it is the first to ACK the other side's SYN */
	bool is_last;		/* the same, and its sender had sent its own FIN before it first
				   did: LAST-ACK and CLOSING wait for such an ACK */
	bool acks_unsent;	/* it ACKs what the other side was not seen to send */
};

/* Find or make the segment's flow and note the segment as sent. At most
 * FLOWS_MAX are remembered: the oldest are forgotten. */
#define FLOWS_MAX 65536
void flows_note(struct flows *flows, const struct segment *segment, struct flow_view *view);
/* How a delivered segment meets what its receiver has already. */
enum arrival {
	ARRIVES_NEXT,	/* just what comes next, or nothing in sequence space */
	ARRIVES_BEYOND, /* there is a gap before it */
	ARRIVES_OLD,	/* all of it was there */
	/* flow_meet() alone: */
	ARRIVES_STALE,	 /* its timestamp is older than the sender's newest: PAWS, RFC 7323 5 */
	ARRIVES_OUTSIDE, /* its number is no longer, or not yet, in the window; or it ACKs what
			    was ACKed long ago (RFC 5961 5) */
	ARRIVES_UNSENT,	 /* it ACKs what nobody has sent */
};
/* Note the segment as delivered, once. `brings_fin`: it closes a gap before a
 * FIN that came earlier. */
enum arrival flow_arrive(struct flow *flow, int side, const struct segment *segment,
	bool *brings_fin);

/* How a segment that no sender has sent now meets the receiver as it is: `anew`, it
 * is not of this incarnation. Notes nothing. A guess, as good as what the wire
 * shows: the receiver's kernel decides. */
enum arrival flow_meet(const struct flow *flow, int side, const struct segment *segment, bool anew);
/* What the receiver of that side expects next: a number as on the wire. */
uint32_t flow_next(const struct flow *flow, int side);
/* By how many bits the side's windows are shifted on the wire, but for its SYN's. */
int flow_scale(const struct flow *flow, int side);
/* The connection that began last, of those that `is` is true of; NULL: none. */
struct flow *flows_newest(const struct flows *flows, bool (*is)(void *arg, const struct flow *flow),
	void *arg);

struct flow *flows_find(const struct flows *flows, const struct address *src,
	const struct address *dst, int *side);

/* Order for the two ends of a flow: <0, 0, >0. */
int address_compare(const struct address *a, const struct address *b);

#endif
