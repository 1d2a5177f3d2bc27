/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dump.c - a node's sockets as the kernel has them now, for whoever wants to
 * show them: all, how many there are, or those that the lab follows.
 */
#include <string.h>

#include "lab.h"

struct dump {
	const struct node *node;
	socket_row_fn row;
	void *arg;
	uint32_t *count;
	bool followed;	/* leave out what no one follows */
	unsigned most, rows, others, minisocks;
};

static struct tcp_socket from_row(const struct node *node, const struct diag_row *from)
{
	return (struct tcp_socket){
		.node = node,
		.listener = from->state == STATE_LISTEN,
		.minisock = from->minisock,
		.state = from->state,
		.local = from->local,
		.peer = from->peer,
		.recv_queue = from->recv_queue,
		.send_queue = from->send_queue,
		.timer = from->timer,
		.timer_ms = from->timer_ms,
		.retransmits = from->retransmits,
		.cookie = from->cookie,
	};
}

static void give(struct dump *dump, const struct diag_row *from)
{
	struct tcp_socket row = from_row(dump->node, from);
	const struct socket_own *known = socket_owned_at(node_own(dump->node)->lab, dump->node,
		&from->local, &from->peer);

	if (known) {
		memcpy(row.name, known->socket.name, sizeof row.name);
		row.endpoint = known->socket.endpoint;
		row.number = known->socket.number;
		row.open = known->socket.open;
	}
	dump->rows++;
	dump->row(dump->arg, &row);
}

/* Is it one of a load's, and nobody's else? */
static bool is_of_load(const struct dump *dump, const struct diag_row *from)
{
	struct lab *lab = node_own(dump->node)->lab;

	return leftout_socket(lab, &from->local, &from->peer) &&
		!socket_at(lab, dump->node, &from->local, &from->peer);
}

static void each_row(void *arg, const struct diag_row *from)
{
	struct dump *dump = arg;

	dump->minisocks += from->minisock;
	if (dump->count)
		dump->count[from->state]++;
	else if (!dump->followed)
		give(dump, from);
	else if (from->state == STATE_LISTEN)
		return;
	else if (dump->rows == dump->most || is_of_load(dump, from))
		dump->others++;
	else
		give(dump, from);
}

static int dump_all(struct dump *dump, enum diag_which which, struct cause *cause)
{
	const struct node_own *own = node_own(dump->node);
	struct diag *diag = own->diag;
	int result;

	if (is_switch(own)) /* it has no sockets */
		return 0;
	if (!diag)
		diag = node_open_diag(own, cause);
	result = diag ? diag_dump(diag, which, each_row, dump, cause) : -1;
	if (!own->diag)
		diag_close(diag);
	return result;
}

int node_dump(const struct node *node, socket_row_fn row, void *arg, struct cause *cause)
{
	struct dump dump = {.node = node, .row = row, .arg = arg};

	return dump_all(&dump, DIAG_ALL, cause);
}

int node_count(const struct node *node, uint32_t count[TCP_STATES], struct cause *cause)
{
	struct dump dump = {.node = node, .count = count};

	memset(count, 0, TCP_STATES * sizeof *count);
	return dump_all(&dump, DIAG_ALL, cause);
}

/* Those that the lab follows, asked for one by one. */
static int give_known(struct dump *dump, struct cause *cause)
{
	struct node_own *node = node_own(dump->node);
	const struct socket_own *own;
	struct diag_row row;

	TAILQ_FOREACH(own, &node->lab->sockets, entry) {
		const struct tcp_socket *socket = &own->socket;
		int there;

		if (socket->node != dump->node || socket->listener || socket->state == STATE_CLOSED)
			continue;
		dump->minisocks += socket->minisock;
		if (dump->rows == dump->most) {
			dump->others++;
			continue;
		}
		there = diag_find(node->diag, &socket->local, &socket->peer, &row, cause);
		if (there < 0)
			return -1;
		if (there > 0)
			give(dump, &row);
	}
	return 0;
}

int node_dump_followed(const struct node *node, unsigned most, socket_row_fn row, void *arg,
	unsigned *others, struct cause *cause)
{
	struct dump dump = {.node = node, .row = row, .arg = arg, .followed = true, .most = most};
	struct node_own *own = node_own(node);
	unsigned all;
	int result;

	*others = 0;
	if (!crowd_is_large(own)) {
		result = dump_all(&dump, DIAG_ALL, cause);
	} else {
		result = give_known(&dump, cause);
		all = crowd_count(own);
		dump.others += all > dump.minisocks ? all - dump.minisocks : 0;
	}
	*others = dump.others;
	return result;
}
