/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * look.c - where each socket is now, by sock_diag.
 *
 * Few sockets are dumped, all of them. Where a node has a crowd in TIME-WAIT
 * (crowd.c) those are left out of the dump, and the lab's own ones among them
 * are asked for one by one: at once where something has happened on their
 * addresses or their time is up, else some at each look, in turns.
 */
#include "clock.h"
#include "lab.h"

#define TURN 64 /* asked for at a look though nothing is known to have happened */

struct look {
	struct lab *lab;
	struct node_own *node;
	int64_t soonest_ms;
	unsigned minisocks;
};

static void copy_row(struct tcp_socket *socket, const struct diag_row *row)
{
	socket->minisock = row->minisock;
	socket->recv_queue = row->recv_queue;
	socket->send_queue = row->send_queue;
	socket->timer = row->timer;
	socket->timer_ms = row->timer_ms;
	socket->retransmits = row->retransmits;
	socket->cookie = row->cookie;
}

/* The socket that the row is about. A row with another cookie than the one we
 * know is another socket on the same addresses, except that a request socket
 * (SYN-RECV) and the full socket that follows it have cookies of their own. */
static struct socket_own *socket_for_row(struct look *look, const struct diag_row *row)
{
	const struct node *node = &look->node->node;
	struct socket_own *own = socket_with(look->lab, node, &row->local, &row->peer, row->cookie);

	if (own)
		return own;
	own = socket_at(look->lab, node, &row->local, &row->peer);
	if (own && (own->socket.cookie == 0 || own->socket.state == STATE_SYN_RECV || own->model == STATE_SYN_RECV))
		return own;
	if (!own && (!propose_room(look->lab) || load_owned(look->lab, &row->local, &row->peer)))
		return NULL;
	return socket_make(look->lab, look->node, &row->local, &row->peer, row->cookie);
}

static void timer_runs(struct look *look, int64_t ms)
{
	if (look->soonest_ms < 0 || ms < look->soonest_ms)
		look->soonest_ms = ms;
}

static void found(struct look *look, struct socket_own *own, const struct diag_row *row)
{
	own->found = row->state;
	copy_row(&own->socket, row);
	own->timer_at = lab_now(look->lab) + row->timer_ms * NS_PER_MS;
	if (row->timer != TIMER_NONE && row->state != STATE_LISTEN)
		timer_runs(look, row->timer_ms);
}

static void look_at_row(void *arg, const struct diag_row *row)
{
	struct look *look = arg;
	struct socket_own *own = socket_for_row(look, row);

	look->minisocks += row->minisock;
	if (own)
		found(look, own, row);
}

/* ------------------------------------------------------------ in a crowd */

/* Not in the dump: in TIME-WAIT, or gone. */
static bool is_in_question(const struct look *look, const struct socket_own *own)
{
	return own->socket.node == &look->node->node && own->found == STATE_CLOSED &&
		(own->socket.state != STATE_CLOSED || !own->born) && !own->socket.listener;
}

/* Has nothing happened that it could have changed by? */
static bool is_left_alone(const struct look *look, const struct socket_own *own)
{
	return own->socket.state == STATE_TIME_WAIT && !own->stirred &&
		lab_now(look->lab) < own->timer_at;
}

static void ask_for(struct look *look, struct socket_own *own)
{
	const struct tcp_socket *socket = &own->socket;
	struct diag_row row;
	struct cause cause;
	int there = diag_find(look->node->diag, &socket->local, &socket->peer, socket->cookie, &row,
		&cause);

	if (there < 0)
		log_note(look->lab, "%s", cause.text);
	/* a listener answers for what nobody else knows; what is in another state
	 * has come after the dump */
	if (there > 0 && row.state == STATE_TIME_WAIT)
		found(look, own, &row);
}

static void assume_as_before(struct look *look, struct socket_own *own)
{
	own->found = own->socket.state;
	own->socket.timer_ms = (uint32_t)((own->timer_at - lab_now(look->lab)) / NS_PER_MS);
	timer_runs(look, own->socket.timer_ms);
}

static void look_in_crowd(struct look *look)
{
	struct lab *lab = look->lab;
	struct socket_own *own;
	unsigned alone = 0, turns, n = 0;

	TAILQ_FOREACH(own, &lab->sockets, entry)
		alone += is_in_question(look, own) && is_left_alone(look, own);
	turns = alone / TURN + 1;
	TAILQ_FOREACH(own, &lab->sockets, entry) {
		if (!is_in_question(look, own))
			continue;
		if (is_left_alone(look, own) && n++ / TURN != lab->look_turn % turns)
			assume_as_before(look, own);
		else
			ask_for(look, own);
	}
	lab->look_turn++;
}

/* ------------------------------------------------------------------ everywhere */

static void look_at_node(struct look *look)
{
	struct node_own *node = look->node;
	bool crowd = crowd_is_large(node);
	struct cause cause;

	look->minisocks = 0;
	if (diag_dump(node->diag, crowd ? DIAG_NO_TIME_WAIT : DIAG_ALL, look_at_row, look, &cause) < 0)
		log_note(look->lab, "%s", cause.text);
	if (crowd)
		look_in_crowd(look);
	else
		crowd_seen(node, look->minisocks);
}

int64_t look_at_all(struct lab *lab)
{
	struct look look = {.lab = lab, .soonest_ms = -1};
	struct socket_own *own;

	TAILQ_FOREACH(own, &lab->sockets, entry)
		own->found = STATE_CLOSED;
	TAILQ_FOREACH(look.node, &lab->nodes, entry)
		if (look.node->watched && look.node->diag)
			look_at_node(&look);
	return look.soonest_ms;
}
