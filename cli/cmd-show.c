/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-show.c - show: the lab as it is built.
 */
#include <string.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "picture.h"
#include "shows.h"

enum { WHAT, NODE };
enum what { TOPOLOGY, LINKS, ADDRESSES, ROUTES };

static int topology(struct cli *cli, struct cause *cause)
{
	if (!node_next(cli->lab, NULL) && !cli->json)
		out_line(cli,
			"  the lab is empty; `host NAME...` makes hosts, `topology NAME` more");
	if (picture_show(cli, cause) < 0)
		return -1;
	shows_nat(cli);
	return 0;
}

static void settings(struct cli *cli)
{
	struct json json;

	if (!cli->json) {
		out_line(cli, "  IPv6 is %s; backend %s", lab_has_ipv6(cli->lab) ? "on" : "off",
			backend_name(lab_backend(cli->lab)));
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "lab");
	json_bool(&json, "ipv6", lab_has_ipv6(cli->lab));
	json_string(&json, "backend", backend_name(lab_backend(cli->lab)));
	json_print(&json, cli);
}

/* All that there is of one node. */
static int show_node(struct cli *cli, const struct node *node, struct cause *cause)
{
	if (shows_links(cli, node, cause) < 0)
		return -1;
	if (!cli->json)
		out_raw(cli, "\n", 1);
	if (shows_addresses(cli, node, cause) < 0)
		return -1;
	if (!cli->json)
		out_raw(cli, "\n", 1);
	return shows_routes(cli, node, cause);
}

/* A node may be called as one of the words begins: a, r. */
static const struct node *node_by_word(const struct item *item)
{
	static const char *const whole[] = {"topology", "links", "addresses", "routes"};
	const struct value *what = &item->values[WHAT];

	if (!what->set || item->values[NODE].set || strcmp(what->text, whole[what->number]) == 0)
		return NULL;
	return node_find(item->cli->lab, what->text);
}

static int show(struct item *item)
{
	const struct node *only = item->values[NODE].node, *named = node_by_word(item);
	struct cli *cli = item->cli;

	if (named || (only && !item->values[WHAT].set))
		return show_node(cli, named ? named : only, &item->cause);
	if (!item->values[WHAT].set) {
		if (topology(cli, &item->cause) < 0)
			return -1;
		settings(cli);
		return 0;
	}
	switch ((enum what)item->values[WHAT].number) {
	case TOPOLOGY:
		return topology(cli, &item->cause);
	case LINKS:
		return shows_links(cli, only, &item->cause);
	case ADDRESSES:
		return shows_addresses(cli, only, &item->cause);
	case ROUTES:
		return shows_routes(cli, only, &item->cause);
	}
	return 0;
}

static enum result begin(struct item *item)
{
	return show(item) < 0 ? RESULT_FAILED : RESULT_OK;
}

const struct command cmd_show = {
	.name = "show",
	.summary = "show the topology; or links, addresses, routes, of all nodes or of one",
	.details = "NODE alone: its links, addresses and routes. links: a row a direction, with "
		   "its impairments, who carries them out, and its frames: entered, left, lost, "
		   "doubled, reordered, corrupted, and queued now. addresses and routes are what "
		   "the nodes' kernels have.",
	.example = "show links",
	.group = "Topology",
	.flags = COMMAND_ASIDE,
	.args = {{ARG_CHOICE, NULL, NULL, ARG_OPTIONAL, "topology|links|addresses|routes"},
		{ARG_NODE, "NODE", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
};
