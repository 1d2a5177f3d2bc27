/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * propose.c - where the happenings would lead each socket, by the table of
 * closing.c, one proposal a transition. observe.c decides what to believe.
 */
#include <stdlib.h>

#include "alloc.h"
#include "lab.h"

#define UNOWNED_MAX 4096 /* sockets of programs that are not our endpoints */

/* The socket that a happening leads to another state. */
static void touch(struct happening *happening, struct socket_own *own)
{
	for (unsigned i = 0; i < happening->touched_count; i++)
		if (happening->touched[i] == own)
			return;
	if (happening->touched_count < 3)
		happening->touched[happening->touched_count++] = own;
}

bool propose(struct lab *lab, struct socket_own *own, enum stimulus on, unsigned happening)
{
	const struct closing_rule *rule = closing_rule(own->model, on);
	struct happening *cause = &lab->happenings[happening];

	if (!rule)
		return false;
	if (rule->next == own->model) {
		if (cause->kind == HAPPENED_LEFT || cause->kind == HAPPENED_FATE)
			cause->passage->stays = rule;
		return true;
	}
	if (own->proposal_count == own->proposal_room) {
		own->proposal_room = own->proposal_room ? own->proposal_room * 2 : 4;
		own->proposals = alloc_resize(own->proposals, own->proposal_room,
			sizeof *own->proposals);
	}
	own->proposals[own->proposal_count++] = (struct proposal){rule, happening, false, false};
	own->model = rule->next;
	touch(cause, own);
	return true;
}

bool propose_resets(const struct lab *lab, const struct socket_own *own, unsigned from)
{
	for (unsigned i = from; i < lab->resets_end; i++) {
		const struct happening *happening = &lab->happenings[i];
		const struct segment *segment;

		if (!is_sent(happening))
			continue;
		segment = &happening->passage->passage.seg;
		if (!socket_sends(own, segment))
			continue;
		if (segment->flags & SEG_FIN)
			return false;
		if (segment->flags & SEG_RST)
			return true;
	}
	return false;
}

/* What a new connection on the same addresses does to the old one, in whichever
 * pass the new one was made. */
static void propose_reuse(struct lab *lab, struct socket_own *own, enum stimulus on, unsigned index)
{
	struct socket_own *old = own && !own->born ? socket_before(own) : own;

	if (old)
		old->stirred = true;
	if (old && (old->model == STATE_TIME_WAIT ||
			   (on == ON_CONNECT && old->model == STATE_FIN_WAIT_2)))
		propose(lab, old, on, index);
}

static void propose_call(struct lab *lab, unsigned index)
{
	const struct happening *happening = &lab->happenings[index];
	struct socket_own *own = happening->socket;
	enum stimulus on = happening->on;

	if (own)
		own->stirred = true;
	if (!own || !happening->has_stimulus)
		return;
	if ((on == ON_CLOSE || on == ON_DEATH) && own->lingers_0)
		on = ON_ABORT;
	else if ((on == ON_CLOSE || on == ON_DEATH) && own->model == STATE_FIN_WAIT_2 &&
		own->no_fin_wait_2)
		on = ON_NO_ORPHAN;
	else if ((on == ON_CLOSE || on == ON_DEATH) && propose_resets(lab, own, index))
		on = on == ON_CLOSE ? ON_CLOSE_UNREAD : ON_DEATH_UNREAD;
	if (on == ON_CONNECT)
		propose_reuse(lab, own, on, index);
	propose(lab, own, on, index);
}

/* A router that masquerades ends a passage, but the connection is not its own. */
static bool passes_on(const struct lab *lab, const struct node *node, const struct address *local)
{
	return node->kind == NODE_ROUTER && node_by_address(lab, local) != node_own(node);
}

static struct socket_own *end_of(struct lab *lab, const struct node *node,
	const struct address *local, const struct address *peer)
{
	struct socket_own *own = node ? socket_at(lab, node, local, peer) : NULL;

	if (own)
		own->stirred = true;
	return own;
}

bool propose_room(const struct lab *lab)
{
	return lab->socket_count < UNOWNED_MAX;
}

/* Why it sends RST by itself: tcp_keepalive_timer() in the kernel does so when it
 * gives up, tcp_write_timeout() does not. */
static enum stimulus why_rst(const struct socket_own *own)
{
	if (own->model == STATE_FIN_WAIT_2 && own->no_fin_wait_2)
		return ON_NO_ORPHAN;
	if (own->socket.open && own->socket.timer == TIMER_KEEPALIVE &&
		closing_rule(own->model, ON_NO_PROBE))
		return ON_NO_PROBE;
	return ON_SENT_RST;
}

/* What the sender's kernel did by itself, as far as the segment shows it. */
static void propose_sent(struct lab *lab, unsigned index)
{
	const struct passage *passage = &lab->happenings[index].passage->passage;
	const struct segment *segment = &passage->seg;
	struct socket_own *own = end_of(lab, passage->from, &segment->src, &segment->dst);
	bool is_syn = (segment->flags & (SEG_SYN | SEG_ACK)) == SEG_SYN;

	if (is_syn && passage->from && !passage->retransmission && (!own || own->model == STATE_CLOSED) &&
		propose_room(lab)) {
		/* connect() of a program that is no endpoint */
		if (!own || own->born)
			own = socket_make(lab, node_own(passage->from), &segment->src,
				&segment->dst, 0);
		propose(lab, own, ON_CONNECT, index);
	}
	if (!own)
		return;
	/* sent again: that it was in SYN-SENT all the time is as good as seen */
	if (is_syn && passage->retransmission && own->model == STATE_SYN_SENT && own->proposal_count)
		own->proposals[own->proposal_count - 1].observed = true;
	if (segment->flags & SEG_RST)
		own->unexplained |= propose(lab, own, why_rst(own), index);
	else if (segment->flags & SEG_FIN)
		own->unexplained |= propose(lab, own, ON_SENT_FIN, index);
}

/* A SYN was taken by a listener if an SYN-ACK answers it, now or soon. Where an ACK
 * goes back first (a TIME-WAIT's, or a challenge), it was not: another SYN was. */
static bool answered(const struct lab *lab, const struct segment *syn, unsigned from)
{
	for (unsigned i = from; i < lab->happening_count; i++) {
		const struct segment *segment;

		if (!is_sent(&lab->happenings[i]))
			continue;
		segment = &lab->happenings[i].passage->passage.seg;
		if (address_equal(&segment->src, &syn->dst) && address_equal(&segment->dst, &syn->src))
			return segment->flags & SEG_SYN && segment->ack == syn->seq + 1;
	}
	return false;
}

static struct socket_own *propose_syn(struct lab *lab, struct socket_own *own,
	const struct passage *passage, unsigned index)
{
	const struct segment *segment = &passage->seg;

	if (own && own->model == STATE_SYN_SENT) {
		propose(lab, own, ON_SYN, index);
		return own;
	}
	if (!passage->to || passes_on(lab, passage->to, &segment->dst) ||
		!answered(lab, segment, index))
		return own;
	propose_reuse(lab, own, ON_SYN, index);
	if (own && own->model != STATE_CLOSED)
		return own;
	if (!own || own->born) {
		if (!propose_room(lab))
			return own;
		own = socket_make(lab, node_own(passage->to), &segment->dst, &segment->src, 0);
	}
	propose(lab, own, ON_SYN, index);
	return own;
}

/* It was there already, and not because its sender has missed the ACK of it. */
static bool comes_twice(const struct passage_own *own)
{
	const struct passage *passage = &own->passage;

	return own->arrival == ARRIVES_OLD && (!passage->retransmission || passage->double_of ||
		passage->late_ns > 0 || passage->swapped);
}

/* An RST that comes before the new connection's SYN ends the one before, also where
 * both are known by the time of this look. */
static struct socket_own *taker_of_rst(struct socket_own *own)
{
	struct socket_own *before = own->born || own->model != STATE_CLOSED ? NULL
									    : socket_before(own);

	if (!before || before->model == STATE_CLOSED)
		return own;
	before->stirred = true;
	return before;
}

static void propose_received(struct lab *lab, unsigned index)
{
	struct passage_own *own_passage = lab->happenings[index].passage;
	const struct passage *passage = &own_passage->passage;
	const struct segment *segment = &passage->seg;
	struct socket_own *own = end_of(lab, passage->to, &segment->dst, &segment->src);
	bool done = false;

	own_passage->stays = own_passage->otherwise = NULL; /* of an earlier pass */
	own_passage->receiver = NULL;
	if ((segment->flags & (SEG_SYN | SEG_ACK)) == SEG_SYN) {
		own = propose_syn(lab, own, passage, index);
		if (own)
			own_passage->receiver = &own->socket;
		if (own && own_passage->stray)
			propose_stray_syn(lab, own, index);
		return;
	}
	if (!own)
		return;
	if (segment->flags & SEG_RST)
		own = taker_of_rst(own);
	own_passage->receiver = &own->socket;
	if (own_passage->stray) {
		propose_stray(lab, own, index);
		return;
	}
	if (segment->flags & SEG_RST) {
		if (own->model == STATE_TIME_WAIT)
			own_passage->otherwise = closing_rule(STATE_TIME_WAIT,
				segment->seq == own_passage->next ? ON_RST_REFUSED : ON_RST_FAR);
		if (!propose_rst_near(lab, own, index))
			propose(lab, own, ON_RST, index);
		return;
	}
	if (own->model == STATE_SYN_RECV && segment->flags & SEG_ACK)
		done = propose(lab, own, ON_ACK_OF_SYN, index);
	else if (segment->flags & SEG_SYN)
		done = propose(lab, own, ON_SYN_ACK, index);
	if (own_passage->acks_fin && own->model == STATE_CLOSING) {
		/* its ACK is all that counts: the FIN beside it was here before */
		propose(lab, own, ON_ACK_OF_FIN, index);
		return;
	}
	if (own_passage->acks_fin &&
		(own->model == STATE_FIN_WAIT_1 || own->model == STATE_LAST_ACK))
		done = propose(lab, own, ON_ACK_OF_FIN, index);
	if (own_passage->arrival == ARRIVES_BEYOND && !propose_resets(lab, own, index)) {
		propose(lab, own, ON_BEYOND, index);
		return;
	}
	if (own_passage->arrival == ARRIVES_BEYOND)
		return; /* an orphan answers by RST */
	if ((segment->flags & SEG_FIN || own_passage->brings_fin) && !comes_twice(own_passage))
		done = propose(lab, own, ON_FIN, index);
	if (!done && segment_space(segment) == 0 && !own_passage->acks_new &&
		(own->model == STATE_ESTAB || own->model == STATE_CLOSE_WAIT))
		return; /* a window update, or the answer to something old */
	if (!done && segment->length > 0 && propose_resets(lab, own, index))
		return; /* not taken: an RST is told instead */
	if (!done)
		propose(lab, own, own_passage->arrival == ARRIVES_OLD ? ON_OLD
			: segment->length ? ON_DATA : own_passage->acks_fin ? ON_ACK_OF_FIN : ON_ACK,
			index);
}

/* A router has told its sender that it goes nowhere. */
static void propose_icmp(struct lab *lab, unsigned index)
{
	struct passage_own *own_passage = lab->happenings[index].passage;
	const struct passage *passage = &own_passage->passage;
	struct socket_own *own;

	if (!passage->icmp || lab->happenings[index].fate != FATE_LOST)
		return;
	own_passage->stays = NULL; /* of an earlier pass */
	own_passage->receiver = NULL;
	own = end_of(lab, passage->from, &passage->seg.src, &passage->seg.dst);
	if (!own)
		return;
	own_passage->receiver = &own->socket; /* of what ICMP says of it */
	own_passage->stays = closing_rule(own->model, ON_ICMP_NOTED);
	propose(lab, own, own_passage->too_big ? ON_TOO_BIG : ON_ICMP, index);
}

void propose_all(struct lab *lab)
{
	struct socket_own *own;

	TAILQ_FOREACH(own, &lab->sockets, entry) {
		own->model = own->socket.state;
		own->proposal_count = 0;
		own->unexplained = own->stirred = false;
	}
	lab->resets_end = 0;
	for (unsigned i = 0; i < lab->happening_count; i++) {
		lab->happenings[i].touched_count = 0;
		if (is_sent(&lab->happenings[i]) &&
			lab->happenings[i].passage->passage.seg.flags & SEG_RST)
			lab->resets_end = i + 1;
	}
	for (unsigned i = 0; i < lab->happening_count; i++)
		switch (lab->happenings[i].kind) {
		case HAPPENED_CALL:
			propose_call(lab, i);
			break;
		case HAPPENED_ENTERED:
			if (lab->happenings[i].fate != FATE_ABSORBED &&
				!is_foreign(lab->happenings[i].passage))
				propose_sent(lab, i);
			break;
		case HAPPENED_LEFT:
			propose_received(lab, i);
			break;
		case HAPPENED_FATE:
			propose_icmp(lab, i);
			break;
		}
}
