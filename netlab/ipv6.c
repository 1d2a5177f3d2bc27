/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ipv6.c - IPv6 of the whole lab, on and off.
 */
#include <sys/socket.h>

#include "lab.h"
#include "netns.h"

int node_ipv6(struct node_own *node, bool on, struct cause *cause)
{
	static const struct {
		const char *path, *value;
	} quiet[] = {
		{"net/ipv6/conf/all/addr_gen_mode", "1"}, /* no link-local addresses */
		{"net/ipv6/conf/default/addr_gen_mode", "1"},
		{"net/ipv6/conf/default/accept_dad", "0"},
		{"net/ipv6/conf/default/accept_ra", "0"},
		{"net/ipv6/conf/default/router_solicitations", "0"},
		{"net/ipv6/conf/all/accept_dad", "0"},
		{"net/ipv6/conf/all/accept_ra", "0"},
	};
	int home = node->lab->wire.home;
	struct cause absent;

	for (size_t i = 0; i < sizeof quiet / sizeof *quiet && on; i++)
		netns_sysctl_write(node->ns, home, quiet[i].path, quiet[i].value, &absent);
	if (netns_sysctl_write(node->ns, home, "net/ipv6/conf/all/disable_ipv6", on ? "0" : "1",
		    cause) < 0 ||
		netns_sysctl_write(node->ns, home, "net/ipv6/conf/default/disable_ipv6", on ? "0" : "1",
			cause) < 0)
		return -1;
	if (on && node->node.kind == NODE_ROUTER)
		return netns_sysctl_write(node->ns, home, "net/ipv6/conf/all/forwarding", "1", cause);
	return 0;
}

bool lab_has_ipv6(const struct lab *lab)
{
	return lab->ipv6;
}

int lab_ipv6(struct lab *lab, bool on, struct cause *cause)
{
	struct node_own *node;
	struct link_end *end;

	if (lab->ipv6 == on)
		return 0;
	TAILQ_FOREACH(node, &lab->nodes, entry) {
		size_t kept = 0;

		if (is_switch(node))
			continue;
		if (node_ipv6(node, on, cause) < 0)
			return -1;
		for (size_t i = 0; i < node->have.count; i++) /* the kernel has forgotten them */
			if (node->have.row[i].address.family != AF_INET6)
				node->have.row[kept++] = node->have.row[i];
		node->have.count = kept;
	}
	lab->ipv6 = on;
	TAILQ_FOREACH(node, &lab->nodes, entry) {
		TAILQ_FOREACH(end, &node->ends, entry)
			if (!on)
				end_forget_ipv6(end);
		hand_routes_review(node);
	}
	apply_later(lab);
	return 0;
}
