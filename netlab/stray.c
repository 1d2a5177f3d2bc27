/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * stray.c - what a segment does at its receiver that nobody has sent now: one
 * that was replayed, made up, or late for so long that its connection is over.
 *
 * The wire shows what the receiver expects (flow_meet()), which is enough to say
 * what would follow. Where something would change, the kernel is asked as always;
 * if it has not changed, that is what is told. An ACK that is said to go back is
 * one that was seen.
 */
#include <string.h>

#include "lab.h"

/* Does the socket send a bare ACK, by this or a later happening? What it sends again
 * is no answer. */
static bool is_acked(const struct lab *lab, const struct socket_own *own, unsigned from)
{
	for (unsigned i = from; i < lab->happening_count; i++) {
		const struct segment *segment;

		if (!is_sent(&lab->happenings[i]))
			continue;
		segment = &lab->happenings[i].passage->passage.seg;
		if ((segment->flags & (SEG_ACK | SEG_SYN | SEG_RST)) == SEG_ACK &&
			segment_space(segment) == 0 && socket_sends(own, segment))
			return true;
	}
	return false;
}

/* What to say where it may change something, and the kernel sees no reason to. */
static void or_else(struct lab *lab, const struct socket_own *own, enum stimulus on, unsigned index)
{
	lab->happenings[index].passage->otherwise = closing_rule(own->model, on);
}

static void propose_rst(struct lab *lab, struct socket_own *own, unsigned index)
{
	const struct passage_own *passage = lab->happenings[index].passage;
	uint32_t seq = passage->passage.seg.seq;
	bool stale = passage->arrival == ARRIVES_STALE && own->model == STATE_TIME_WAIT;

	if (own->model == STATE_CLOSED || own->model == STATE_SYN_SENT) {
		propose(lab, own, ON_RST, index);
	} else if (seq == passage->next && !stale) {
		or_else(lab, own, ON_RST_REFUSED, index);
		propose(lab, own, ON_RST, index);
	} else if (is_acked(lab, own, index)) {
		propose(lab, own, ON_RST_NEAR, index);
	} else {
		propose(lab, own, ON_RST_FAR, index);
	}
}

bool propose_rst_near(struct lab *lab, struct socket_own *own, unsigned index)
{
	const struct passage_own *passage = lab->happenings[index].passage;

	return passage->passage.seg.seq != passage->next && own->model != STATE_TIME_WAIT &&
		closing_rule(own->model, ON_RST_NEAR) && is_acked(lab, own, index) &&
		propose(lab, own, ON_RST_NEAR, index);
}

void propose_stray_syn(struct lab *lab, struct socket_own *own, unsigned index)
{
	if (is_acked(lab, own, index))
		propose(lab, own, ON_SYN_INSIDE, index);
}

/* Nobody has the connection. */
static void propose_to_nobody(struct lab *lab, struct socket_own *own, unsigned index)
{
	const struct segment *segment = &lab->happenings[index].passage->passage.seg;

	if (propose_resets(lab, own, index))
		propose(lab, own, segment->flags & SEG_FIN ? ON_FIN : ON_ACK, index);
}

static void propose_to_time_wait(struct lab *lab, struct socket_own *own, unsigned index)
{
	const struct passage_own *passage = lab->happenings[index].passage;
	const struct segment *segment = &passage->passage.seg;

	if (passage->arrival != ARRIVES_STALE && segment_space(segment) == 0 &&
		segment->seq == passage->next)
		propose(lab, own, ON_ACK, index);
	else if (is_acked(lab, own, index))
		propose(lab, own, passage->arrival == ARRIVES_STALE ? ON_STALE
			: passage->arrival == ARRIVES_OLD	    ? ON_OLD
								    : ON_OUTSIDE, index);
}

/* Not taken, as far as the numbers say. */
static bool propose_refused(struct lab *lab, struct socket_own *own, unsigned index)
{
	static const enum stimulus answered[] = {[ARRIVES_OLD] = ON_OLD, [ARRIVES_STALE] = ON_STALE,
		[ARRIVES_OUTSIDE] = ON_OUTSIDE, [ARRIVES_UNSENT] = ON_UNSENT,
		[ARRIVES_BEYOND] = ON_BEYOND};
	const struct passage_own *passage = lab->happenings[index].passage;

	if (passage->arrival == ARRIVES_NEXT)
		return false;
	if (is_acked(lab, own, index))
		propose(lab, own, answered[passage->arrival], index);
	else if (passage->passage.seg.flags & SEG_FIN)
		or_else(lab, own, ON_REFUSED, index);
	return true;
}

void propose_stray(struct lab *lab, struct socket_own *own, unsigned index)
{
	const struct passage_own *passage = lab->happenings[index].passage;
	const struct segment *segment = &passage->passage.seg;
	bool waits = own->model == STATE_FIN_WAIT_1 || own->model == STATE_CLOSING ||
		own->model == STATE_LAST_ACK;

	if (segment->flags & SEG_RST) {
		propose_rst(lab, own, index);
	} else if (own->model == STATE_CLOSED) {
		propose_to_nobody(lab, own, index);
	} else if (own->model == STATE_TIME_WAIT) {
		propose_to_time_wait(lab, own, index);
	} else if (segment->flags & SEG_SYN && own->model != STATE_SYN_SENT) {
		propose_stray_syn(lab, own, index); /* also one with ACK: RFC 5961 4.2 */
	} else if (!propose_refused(lab, own, index)) {
		if (segment->flags & SEG_FIN || (passage->acks_fin && waits))
			or_else(lab, own, ON_REFUSED, index);
		if (passage->acks_fin && waits)
			propose(lab, own, ON_ACK_OF_FIN, index);
		if (segment->flags & SEG_FIN)
			propose(lab, own, ON_FIN, index);
		else if (segment->length > 0 && is_acked(lab, own, index))
			propose(lab, own, ON_DATA, index);
	}
}

void stray_explain(struct happening *happening, unsigned index)
{
	struct passage_own *passage = happening->passage;
	const struct closing_rule *rule = passage->otherwise;
	struct cause cause;
	char value[16];

	for (unsigned t = 0; t < happening->touched_count; t++)
		for (unsigned i = 0; i < happening->touched[t]->proposal_count; i++) {
			const struct proposal *proposal = &happening->touched[t]->proposals[i];

			if (proposal->happening == index && proposal->accepted)
				return;
		}
	if (!rule || !passage->receiver || passage->receiver->state != rule->state)
		return;
	if (rule->state == STATE_TIME_WAIT && rule->on == ON_RST_REFUSED &&
		(node_sysctl_quietly((struct node *)(uintptr_t)passage->receiver->node, "tcp_rfc1337",
			 NULL, value, sizeof value, &cause) < 0 ||
			strcmp(value, "1") != 0))
		return;
	passage->stays = rule;
}
