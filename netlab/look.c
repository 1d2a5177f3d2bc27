/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * look.c - where each socket is now, by sock_diag.
 *
 * Few sockets are dumped, all of them. Where a node has a crowd (crowd.c) that
 * takes the kernel long, whatever is left out. There those that the lab
 * knows are asked for one by one: at once where something has happened on
 * their addresses or their timer has run out, else some at each look, in
 * turns. What no segment has shown is found by a walk now and then.
 */
#include "clock.h"
#include "lab.h"

#define TURN 32 /* asked for at a look though nothing is known to have happened */

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
	if (!own && (!propose_room(look->lab) || leftout_socket(look->lab, &row->local, &row->peer)))
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

/* Not found yet: it may be there, or gone. */
static bool is_in_question(const struct look *look, const struct socket_own *own)
{
	return own->socket.node == &look->node->node && own->found == STATE_CLOSED &&
		(own->socket.state != STATE_CLOSED || !own->born) && !own->socket.listener;
}

/* Has nothing happened that it could have changed by? */
static bool is_left_alone(const struct look *look, const struct socket_own *own)
{
	return own->socket.state != STATE_CLOSED && !own->stirred &&
		(own->socket.timer == TIMER_NONE || lab_now(look->lab) < own->timer_at);
}

static void ask_for(struct look *look, struct socket_own *own)
{
	struct diag_row row;
	struct cause cause;
	int there = diag_find(look->node->diag, &own->socket.local, &own->socket.peer, &row, &cause);

	if (there < 0)
		log_note(look->lab, "%s", cause.text);
	else if (there > 0)
		look_at_row(look, &row);
}

static void assume_as_before(struct look *look, struct socket_own *own)
{
	own->found = own->socket.state;
	if (own->socket.timer == TIMER_NONE)
		return;
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
	enum diag_which which = !crowd ? DIAG_ALL
		: look->lab->walk_due  ? DIAG_NO_TIME_WAIT
				       : DIAG_LISTEN;
	struct cause cause;

	look->minisocks = 0;
	if (diag_dump(node->diag, which, look_at_row, look, &cause) < 0)
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

	TAILQ_FOREACH(look.node, &lab->nodes, entry)
		look.node->followed = 0;
	TAILQ_FOREACH(own, &lab->sockets, entry) {
		own->found = STATE_CLOSED;
		node_own(own->socket.node)->followed += own->socket.state != STATE_CLOSED;
	}
	TAILQ_FOREACH(look.node, &lab->nodes, entry)
		if (look.node->watched && look.node->diag)
			look_at_node(&look);
	lab->walk_due = false;
	return look.soonest_ms;
}
