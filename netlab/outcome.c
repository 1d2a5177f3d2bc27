/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * outcome.c - what only the outcome tells: the proposals said one thing, and the
 * kernel did another.
 *
 * A socket that should be in TIME-WAIT, or in FIN-WAIT-2 without an owner, and is
 * not, had a host without room for a minisocket: tcp_max_tw_buckets is reached.
 * The kernel counts each (tcp_time_wait() in net/ipv4/tcp_minisocks.c), which is
 * the evidence.
 */
#include "alloc.h"
#include "lab.h"

/* The proposal that would have made the minisocket; -1: none would. An orphan is
 * replaced by one in FIN-WAIT-2 already, unless the peer's FIN came along. */
static int minisock_at(const struct lab *lab, const struct socket_own *own)
{
	for (unsigned i = 0; i < own->proposal_count; i++) {
		const struct proposal *proposal = &own->proposals[i];
		const struct passage_own *passage = lab->happenings[proposal->happening].passage;

		if (proposal->rule->next == STATE_TIME_WAIT)
			return (int)i;
		if (proposal->rule->next == STATE_FIN_WAIT_2 && !own->socket.open &&
			!(passage && passage->passage.seg.flags & SEG_FIN))
			return (int)i;
	}
	return -1;
}

/* One more than those that were explained so far? */
static bool overflowed(struct node_own *node)
{
	int64_t counted = counting_value(node, "TcpExtTCPTimeWaitOverflow");

	if (counted <= node->overflows)
		return false;
	node->overflows++;
	return true;
}

/* The orphan was in FIN-WAIT-2 for as long as the call took, so that is another
 * transition; nothing ever was in TIME-WAIT. */
static void end_without_minisock(struct socket_own *own, unsigned at)
{
	struct proposal *last;

	own->proposal_count = at + 1;
	if (own->proposals[at].rule->next == STATE_TIME_WAIT) {
		last = &own->proposals[at];
		last->rule = closing_rule(last->rule->state, ON_NO_MINISOCK);
		return;
	}
	if (own->proposal_count == own->proposal_room) {
		own->proposal_room *= 2;
		own->proposals = alloc_resize(own->proposals, own->proposal_room,
			sizeof *own->proposals);
	}
	last = &own->proposals[own->proposal_count++];
	*last = (struct proposal){.rule = closing_rule(STATE_FIN_WAIT_2, ON_NO_MINISOCK),
		.happening = last[-1].happening};
}

void outcome_explain(struct lab *lab, struct socket_own *own)
{
	int at;

	if (own->found != STATE_CLOSED || own->model == STATE_CLOSED || own->proposal_count == 0)
		return;
	at = minisock_at(lab, own);
	if (at < 0 || !overflowed(node_own(own->socket.node)))
		return;
	end_without_minisock(own, (unsigned)at);
	own->model = STATE_CLOSED;
}
