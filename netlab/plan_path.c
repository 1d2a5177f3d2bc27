/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan_path.c - which way a packet takes, hop by hop, by what the kernels were
 * told.
 */
#include "lab.h"

/* Does every pair of neighbours lead on, whatever they forward? */
static bool is_joined(const struct node_own *from, const struct node_own *to)
{
	const struct lab *lab = from->lab;
	const struct link *link;
	struct node_own *node;
	bool more = true;

	TAILQ_FOREACH(node, &lab->nodes, entry)
		node->domain_found = node == from;
	while (more && !to->domain_found) {
		more = false;
		TAILQ_FOREACH(link, &lab->links, entry) {
			struct node_own *a = link->end[0].node, *b = link->end[1].node;

			if (!link->up || a->domain_found == b->domain_found)
				continue;
			a->domain_found = b->domain_found = more = true;
		}
	}
	return to->domain_found;
}

/* Where a packet is after so many hops, at the latest; NULL: it got stuck. */
static const struct node_own *follow(const struct node_own *from, const struct address *address)
{
	const struct node_own *node = from, *to = node_by_address(from->lab, address);

	for (int hop = 0; node && node != to && hop < HOPS_MAX; hop++) {
		const struct link_end *next = node == from || node->node.kind == NODE_ROUTER
			? plan_next_hop(node, address)
			: NULL;

		node = next ? next->node : NULL;
	}
	return node;
}

bool plan_reaches(const struct node_own *from, const struct address *address)
{
	const struct node_own *end = follow(from, address);

	return end && end == node_by_address(from->lab, address);
}

enum node_way node_way(const struct node *from, const struct node *to, int family)
{
	struct address address;
	struct cause ignored;

	if (node_address_from(to, from, family, &address, &ignored) < 0)
		return WAY_NONE;
	if (follow(node_own(from), &address))
		return WAY_OPEN;
	return is_joined(node_own(from), node_own(to)) ? WAY_BARRED : WAY_NONE;
}

struct link_end *plan_next_hop(const struct node_own *node, const struct address *to)
{
	const struct setting *best = NULL;
	const struct link_end *end;

	TAILQ_FOREACH(end, &node->ends, entry)
		if (end->link->up && end_is_on(end, to))
			return end_by_address(node->lab, to);
	for (size_t i = 0; i < node->have.count; i++) {
		const struct setting *row = &node->have.row[i];

		if (row->kind == SETTING_ROUTE && prefix_holds(&row->address, row->length, to) &&
			(!best || row->length > best->length))
			best = row;
	}
	if (!best)
		return NULL;
	return end_by_address(node->lab, best->via.family ? &best->via : to);
}
