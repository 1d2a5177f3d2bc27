/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * saving.c - the order counts: nodes and links as they were made, so that they
 * get the same addresses again; what was set by hand after what it stands on.
 */
#include "saving.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "source.h"

#define LINE_WIDTH 90

struct saving {
	struct lab *lab;
	FILE *file;
	const struct node *node; /* whose rows come */
	bool plain;
};

/* ---------------------------------------------------------- nodes and links */

/* One line for those of a kind that follow each other. */
static void write_nodes(const struct saving *saving)
{
	const struct node *node = NULL, *before = NULL;
	int width = 0;

	while ((node = node_next(saving->lab, node))) {
		if (!before || before->kind != node->kind || width > LINE_WIDTH)
			width = fprintf(saving->file, "%s%s", before ? "\n" : "",
				node_kind_name(node->kind));
		width += fprintf(saving->file, " %s", node->name);
		before = node;
	}
	if (before)
		fputc('\n', saving->file);
}

/* Links of the node up to this one, which is not counted. */
static unsigned links_before(const struct saving *saving, const struct link *until,
	const struct node *node)
{
	const struct link *link = NULL;
	unsigned count = 0;

	while ((link = link_next(saving->lab, link)) && link != until)
		count += link_node(link, 0) == node || link_node(link, 1) == node;
	return count;
}

/* Its name, and that of its interface if it would get another one by itself. */
static void write_end(const struct saving *saving, const struct link *link, int end)
{
	const struct node *node = link_node(link, end);
	char usual[32];

	fprintf(saving->file, " %s", node->name);
	snprintf(usual, sizeof usual, "eth%u", links_before(saving, link, node));
	if (strcmp(usual, link_interface(link, end)) != 0)
		fprintf(saving->file, ":%s", link_interface(link, end));
}

static bool is_impaired(const char *words)
{
	return strcmp(words, "none") != 0;
}

static void write_link(const struct saving *saving, const struct link *link)
{
	const char *a = link_node(link, 0)->name, *b = link_node(link, 1)->name;
	char there[NETEM_TEXT], back[NETEM_TEXT];
	bool same;

	netem_print(link_netem_now(link, 0), there, sizeof there);
	netem_print(link_netem_now(link, 1), back, sizeof back);
	same = strcmp(there, back) == 0;
	fputs("link", saving->file);
	write_end(saving, link, 0);
	write_end(saving, link, 1);
	fprintf(saving->file, "%s%s\n", same && is_impaired(there) ? " " : "",
		same && is_impaired(there) ? there : "");
	if (!same && is_impaired(there))
		fprintf(saving->file, "netem %s>%s %s\n", a, b, there);
	if (!same && is_impaired(back))
		fprintf(saving->file, "netem %s>%s %s\n", b, a, back);
}

/* At last: on a link that is down, nothing else can be told right from wrong. */
static void write_carriers(const struct saving *saving)
{
	const struct link *link = NULL;

	while ((link = link_next(saving->lab, link)))
		if (!link_is_up(link))
			fprintf(saving->file, "link %s %s down\n", link_node(link, 0)->name,
				link_node(link, 1)->name);
}

/* ----------------------------------------------------------------- by hand */

/* The addresses on one end of a link. */
struct addresses {
	const struct saving *saving;
	const struct node *peer;
	bool writing, by_hand;
	unsigned four, six;
};

static void each_address(void *arg, const struct node_address *row)
{
	struct addresses *addresses = arg;
	char text[ADDRESS_TEXT];

	if (row->peer != addresses->peer)
		return;
	addresses->by_hand |= row->by_hand;
	*(row->address.family == AF_INET6 ? &addresses->six : &addresses->four) += 1;
	if (addresses->writing)
		fprintf(addresses->saving->file, "address %s %s %s/%d\n", row->node->name,
			row->peer->name, address_print(&row->address, false, text, sizeof text),
			row->prefix_length);
}

/* Would that end have other addresses by itself? */
static bool is_by_hand(const struct addresses *addresses)
{
	return !addresses->saving->plain || addresses->by_hand || addresses->four == 0 ||
	       (addresses->six == 0 && lab_has_ipv6(addresses->saving->lab));
}

/* All that come by themselves are taken away before one is set, for what is one
 * node's now may be another one's then. */
static int write_end_addresses(const struct saving *saving, const struct link *link, int end,
	bool off, struct cause *cause)
{
	const struct node *node = link_node(link, end);
	struct addresses addresses = {.saving = saving, .peer = link_node(link, !end)};

	if (node->kind == NODE_SWITCH)
		return 0;
	if (node_addresses(node, each_address, &addresses, cause) < 0)
		return -1;
	if (!is_by_hand(&addresses))
		return 0;
	if (off)
		fprintf(saving->file, "address %s %s off\n", node->name, addresses.peer->name);
	addresses.writing = true;
	return off ? 0 : node_addresses(node, each_address, &addresses, cause);
}

static int write_addresses(const struct saving *saving, bool off, struct cause *cause)
{
	const struct link *link = NULL;

	while ((link = link_next(saving->lab, link)))
		if (write_end_addresses(saving, link, 0, off, cause) < 0 ||
			write_end_addresses(saving, link, 1, off, cause) < 0)
			return -1;
	return 0;
}

static void write_route(void *arg, const struct node_route *row)
{
	const struct saving *saving = arg;
	char prefix[ADDRESS_TEXT], via[ADDRESS_TEXT];

	if (!row->by_hand)
		return;
	address_print(&row->prefix, false, prefix, sizeof prefix);
	address_print(&row->via, false, via, sizeof via);
	fprintf(saving->file, "route %s %s/%d via %s\n", row->node->name, prefix,
		row->prefix_length, via);
}

static void write_setting(void *arg, const char *key, const char *value)
{
	const struct saving *saving = arg;
	char sysctl[] = "sysctl", word[600], *line;
	char *words[] = {sysctl, (char *)saving->node->name, word, NULL};

	snprintf(word, sizeof word, "%s=%s", key, value);
	line = words_join(words, 3);
	fprintf(saving->file, "%s\n", line);
	free(line);
}

/* What endpoints in it set on their sockets: as it was typed, without a unit. */
static void write_options(const struct saving *saving, const struct node *node)
{
	const struct socket_options *options = node_options(node);
	char value[OPTION_TEXT];

	for (size_t row = 0; row < SOCKET_OPTIONS; row++)
		if (socket_options_have(options, row)) {
			option_print(&option_table[row], options->value[row], value);
			fprintf(saving->file, "option %s %s %.*s\n", node->name,
				option_table[row].name, (int)strcspn(value, " "), value);
		}
}

static void write_nat(const struct saving *saving, const struct node *node)
{
	const struct link *inside = node_nat(node);

	if (inside)
		fprintf(saving->file, "nat %s inside %s\n", node->name,
			link_node(inside, link_node(inside, 0) == node)->name);
}

/* ------------------------------------------------------------------- a lab */

static int write_node(struct saving *saving, const struct node *node, struct cause *cause)
{
	saving->node = node;
	if (node_routes(node, write_route, saving, cause) < 0)
		return -1;
	write_nat(saving, node);
	node_settings(node, write_setting, saving);
	write_options(saving, node);
	return 0;
}

int saving_write(struct lab *lab, FILE *file, struct cause *cause)
{
	static const char *const backends[BACKENDS] = {NULL, "kernel", "gate"};
	struct saving saving = {.lab = lab, .file = file, .plain = lab_is_plain(lab)};
	const struct link *link = NULL;
	const struct node *node = NULL;

	fputs("# a lab, saved by netlab: `topology FILE` builds it again\n", file);
	if (lab_has_ipv6(lab))
		fputs("ipv6 on\n", file);
	if (backends[lab_backend(lab)])
		fprintf(file, "backend %s\n", backends[lab_backend(lab)]);
	write_nodes(&saving);
	while ((link = link_next(lab, link)))
		write_link(&saving, link);
	if (write_addresses(&saving, true, cause) < 0 ||
		write_addresses(&saving, false, cause) < 0)
		return -1;
	while ((node = node_next(lab, node)))
		if (write_node(&saving, node, cause) < 0)
			return -1;
	write_carriers(&saving);
	return 0;
}
