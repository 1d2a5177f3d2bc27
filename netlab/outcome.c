/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * outcome.c - what only the outcome tells: the proposals said one thing, and the
 * kernel did another.
 */
#include <string.h>

#include "alloc.h"
#include "lab.h"

/* ------------------------------------------------------------- no minisock */

/* Connections that should be in TIME-WAIT or FIN-WAIT-2 and are not, for their
 * host has no minisock for them: tcp_max_tw_buckets is reached. The kernel counts
 * each (tcp_time_wait()), which is the evidence. */

/* The proposal that would have made the minisock; -1: none would. An orphan is
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

static void explain_overflow(struct lab *lab, struct socket_own *own)
{
	struct proposal *last;
	int at = minisock_at(lab, own);

	if (at < 0 || !overflowed(node_own(own->socket.node)))
		return;
	own->proposal_count = (unsigned)at + 1;
	if (own->proposal_count == own->proposal_room) {
		own->proposal_room *= 2;
		own->proposals = alloc_resize(own->proposals, own->proposal_room,
			sizeof *own->proposals);
	}
	last = &own->proposals[own->proposal_count++];
	*last = (struct proposal){.rule = closing_rule(last[-1].rule->next, ON_NO_MINISOCK),
		.happening = last[-1].happening};
	own->model = STATE_CLOSED;
}

/* ----------------------------------------------------- an RST that did nothing */

bool outcome_ignores_rst(const struct socket_own *own)
{
	char value[16];
	struct cause ignored;

	return own->model == STATE_TIME_WAIT &&
		node_sysctl_quietly((struct node *)(uintptr_t)own->socket.node, "tcp_rfc1337", NULL, value,
			sizeof value, &ignored) == 0 && strcmp(value, "0") != 0;
}

/* TIME-WAIT takes only the RST that has exactly the number that comes next, and
 * no older timestamp (tcp_timewait_state_process()). */
static void explain_rst(struct lab *lab, struct socket_own *own)
{
	for (unsigned i = 0; i < own->proposal_count; i++) {
		const struct proposal *proposal = &own->proposals[i];
		struct passage_own *passage = lab->happenings[proposal->happening].passage;

		if (proposal->rule->state == STATE_TIME_WAIT && proposal->rule->on == ON_RST && passage)
			passage->stays = closing_rule(STATE_TIME_WAIT, ON_RST_ASTRAY);
	}
}

void outcome_explain(struct lab *lab, struct socket_own *own)
{
	if (own->proposal_count == 0 || own->found == own->model)
		return;
	if (own->found == STATE_CLOSED)
		explain_overflow(lab, own);
	else if (own->found == STATE_TIME_WAIT)
		explain_rst(lab, own);
}
