/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * isn.c - initial sequence numbers: what a node's last connection began with, as
 * the wire saw it, and what its next one is to begin with.
 *
 * The kernel takes the number of an unconnected socket as the one of its SYN,
 * 0 meaning that it chooses itself (tcp_v4_connect()). Where the connection
 * takes the place of a TIME-WAIT it chooses all the same (tcp_twsk_unique()).
 */
#include <errno.h>

#include "alloc.h"
#include "lab.h"

/* The end of what its last connection has sent; false when that is not known
 * any more. */
static bool last_end(const struct node_own *node, uint32_t *end)
{
	const struct segment *syn = node->opened;
	const struct flow *flow;
	int side;

	if (!syn)
		return false;
	flow = flows_find(node->lab->wire.flows, &syn->src, &syn->dst, &side);
	if (!flow || flow->side[side].isn != syn->seq)
		return false;
	*end = flow->side[side].sent;
	return true;
}

/* 0: not known, or the one that cannot be. */
static uint32_t next_isn(const struct node_own *node)
{
	uint32_t end;

	switch (node->isn_kind) {
	case ISN_KERNEL:
		break;
	case ISN_VALUE:
		return node->isn_number;
	case ISN_BEYOND:
		return last_end(node, &end) ? end + node->isn_number : 0;
	case ISN_SAME:
		return node->opened ? node->opened->seq : 0;
	}
	return 0;
}

static int refuse(const struct node_own *node, struct cause *cause)
{
	uint32_t end;

	if (!node->opened)
		return cause_set(cause, ENOENT, "%s has opened no connection yet whose number could be "
			"the measure: give the number itself", node->name);
	if (node->isn_kind == ISN_BEYOND && !last_end(node, &end))
		return cause_set(cause, ENOENT, "the end of %s's last connection is not known any more: "
			"give the number itself", node->name);
	return cause_set(cause, EINVAL, "0 is no initial number that the kernel can be given: it takes "
		"it for none; say 1 to 4294967295");
}

int node_set_isn(struct node *node, enum isn_kind kind, uint32_t number, struct cause *cause)
{
	struct node_own *own = node_own(node);

	own->isn_kind = kind;
	own->isn_number = number;
	if (kind == ISN_KERNEL || next_isn(own))
		return 0;
	if (kind == ISN_VALUE)
		cause_set(cause, EINVAL, "0 is no initial number that the kernel can be given: it takes "
			"it for none; say 1 to 4294967295");
	else
		refuse(own, cause);
	own->isn_kind = ISN_KERNEL;
	return -1;
}

void node_isn(const struct node *node, struct isn *isn)
{
	const struct node_own *own = node_own(node);

	*isn = (struct isn){.kind = own->isn_kind, .number = own->isn_number, .next = next_isn(own)};
	if (!own->opened)
		return;
	isn->has_last = true;
	isn->last = own->opened->seq;
	if (!last_end(own, &isn->end))
		isn->end = isn->last + 1;
	if (own->isn_sent)
		isn->asked = own->isn_asked;
}

int isn_take(struct node_own *node, uint32_t *isn, struct cause *cause)
{
	*isn = next_isn(node);
	if (node->isn_kind != ISN_KERNEL && *isn == 0)
		return refuse(node, cause);
	node->isn_taken = node->isn_kind;
	node->isn_asked = *isn;
	node->isn_sent = false;
	node->isn_kind = ISN_KERNEL;
	return 0;
}

void isn_give_back(struct node_own *node)
{
	if (node->isn_sent)
		return;
	if (node->isn_kind == ISN_KERNEL && node->isn_asked)
		node->isn_kind = node->isn_taken;
	node->isn_asked = 0;
}

void isn_seen(struct node_own *node, const struct segment *syn)
{
	if (!node->opened)
		node->opened = alloc_new(struct segment);
	*node->opened = *syn;
	node->isn_sent = true;
}
