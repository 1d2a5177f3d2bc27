/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan_domain.c - the broadcast domains: what a link between two nodes, or any
 * number of links joined by switches, make. Links that are down belong to none.
 */
#include <stdlib.h>

#include "alloc.h"
#include "lab.h"

static bool counts(const struct plan *plan, const struct link *link)
{
	return link->up || plan->down_too;
}

static void add_end(struct plan *plan, struct link_end *end)
{
	struct domain *domain = &plan->domains[plan->domain_count - 1];

	end->domain = plan->domain_count - 1;
	plan->ends[domain->first + domain->count++] = end;
}

static void begin_domain(struct plan *plan)
{
	struct domain *last = plan->domain_count ? &plan->domains[plan->domain_count - 1] : NULL;

	plan->domains[plan->domain_count++] = (struct domain){
		.first = last ? last->first + last->count : 0};
}

/* Everybody behind the switch; `queue` has room for all switches. */
static void flood(struct plan *plan, struct node_own *first, struct node_own **queue)
{
	size_t head = 0, tail = 0;

	begin_domain(plan);
	first->domain_found = true;
	queue[tail++] = first;
	while (head < tail) {
		struct link_end *end;

		TAILQ_FOREACH(end, &queue[head]->ends, entry) {
			struct link_end *other = &end->link->end[!end->e];

			if (!counts(plan, end->link))
				continue;
			end->domain = plan->domain_count - 1;
			if (!is_switch(other->node)) {
				add_end(plan, other);
			} else if (!other->node->domain_found) {
				other->node->domain_found = true;
				queue[tail++] = other->node;
			}
		}
		head++;
	}
}

void plan_make(struct plan *plan, struct lab *lab, bool down_too)
{
	struct node_own **queue, *node;
	struct link *link;
	unsigned links = 0, switches = 0;

	*plan = (struct plan){.down_too = down_too};
	TAILQ_FOREACH(link, &lab->links, entry) {
		link->end[0].domain = link->end[1].domain = NO_DOMAIN;
		links++;
	}
	TAILQ_FOREACH(node, &lab->nodes, entry) {
		node->domain_found = false;
		switches += is_switch(node);
	}
	plan->domains = alloc_zeroed(links + switches + 1, sizeof *plan->domains);
	plan->ends = alloc_zeroed(2 * links + 1, sizeof(struct link_end *));
	queue = alloc_zeroed(switches + 1, sizeof(struct node_own *));
	TAILQ_FOREACH(link, &lab->links, entry) {
		if (!counts(plan, link) || is_switch(link->end[0].node) || is_switch(link->end[1].node))
			continue;
		begin_domain(plan);
		add_end(plan, &link->end[0]);
		add_end(plan, &link->end[1]);
	}
	TAILQ_FOREACH(node, &lab->nodes, entry)
		if (is_switch(node) && !node->domain_found)
			flood(plan, node, queue);
	free(queue);
	plan->seen = alloc_zeroed(plan->domain_count + 1, sizeof *plan->seen);
}

void plan_free(struct plan *plan)
{
	free(plan->domains);
	free(plan->ends);
	free(plan->seen);
}
