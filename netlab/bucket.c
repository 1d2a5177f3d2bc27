/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bucket.c - where a TIME-WAIT would be one too many. FIN-WAIT-2 without an
 * owner and TIME-WAIT live on as minisockets, of which a host has no more than
 * tcp_max_tw_buckets (inet_twsk_alloc() in net/ipv4/inet_timewait_sock.c); what
 * finds no room is gone at once, and nobody is told.
 */
#include <stdlib.h>

#include "lab.h"

static bool has_room(const struct lab *lab, const struct node *node)
{
	const struct socket_own *own;
	struct cause cause;
	char most[16];
	long count = 0;

	if (node_sysctl_quietly((struct node *)(uintptr_t)node, "tcp_max_tw_buckets", NULL, most,
		    sizeof most, &cause) < 0)
		return true;
	TAILQ_FOREACH(own, &lab->sockets, entry)
		count += own->socket.node == node && own->socket.minisock;
	return count < atol(most);
}

void bucket_explain(struct lab *lab, struct socket_own *own)
{
	const struct proposal *last;

	if (own->found != STATE_CLOSED || own->proposal_count == 0)
		return;
	last = &own->proposals[own->proposal_count - 1];
	if (last->accepted || (last->rule->next != STATE_TIME_WAIT && last->rule->next != STATE_FIN_WAIT_2) ||
		has_room(lab, own->socket.node))
		return;
	propose(lab, own, ON_NO_BUCKET, last->happening);
	for (unsigned i = 0; i < own->proposal_count; i++)
		own->proposals[i].accepted = true;
	own->proposals[own->proposal_count - 1].observed = true;
}
