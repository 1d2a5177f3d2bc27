/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "draw.h"
#include "json.h"
#include "shows.h"

struct picture {
	struct draw_node *nodes;
	size_t node_count;
	struct draw_link *links;
	size_t link_count;
	int *places; /* of nodes in the array, by their index */
};

static void *new_array(size_t count, size_t size)
{
	void *array = calloc(count + 1, size);

	if (!array)
		abort();
	return array;
}

/* ------------------------------------------------------------------- nodes */

static void add_address(void *arg, const struct node_address *row)
{
	char **text = arg, *longer, address[ADDRESS_TEXT];

	address_print(&row->address, false, address, sizeof address);
	if (asprintf(&longer, "%s%s%s", *text ? *text : "", *text ? ", " : "", address) < 0)
		abort();
	free(*text);
	*text = longer;
}

static int take_nodes(struct picture *picture, const struct lab *lab, struct cause *cause)
{
	const struct node *node = NULL;
	unsigned last = 0;
	size_t count = 0;

	for (; (node = node_next(lab, node)); count++)
		last = node->index;
	picture->nodes = new_array(count, sizeof *picture->nodes);
	picture->places = new_array(last + 1, sizeof *picture->places);
	while ((node = node_next(lab, node))) {
		char *addresses = NULL;

		if (node->kind == NODE_HOST &&
			node_addresses(node, add_address, &addresses, cause) < 0)
			return -1;
		picture->places[node->index] = (int)picture->node_count;
		picture->nodes[picture->node_count++] =
			(struct draw_node){node->name, node->kind, addresses};
	}
	return 0;
}

/* ------------------------------------------------------------------- links */

static char *label(const struct link *link, int end)
{
	char text[NETEM_TEXT], *copy;

	netem_print(link_netem_now(link, end), text, sizeof text);
	copy = strdup(netem_is_none(link_netem_now(link, end)) ? "" : text);
	if (!copy)
		abort();
	return copy;
}

static void take_links(struct picture *picture, const struct lab *lab)
{
	const struct link *link = NULL;
	size_t count = 0;

	while ((link = link_next(lab, link)))
		count++;
	picture->links = new_array(count, sizeof *picture->links);
	while ((link = link_next(lab, link)))
		picture->links[picture->link_count++] = (struct draw_link){
			.a = picture->places[link_node(link, 0)->index],
			.b = picture->places[link_node(link, 1)->index],
			.up = link_is_up(link),
			.labels = {label(link, 0), label(link, 1)}};
}

static void drop(struct picture *picture)
{
	for (size_t i = 0; i < picture->node_count; i++)
		free((char *)picture->nodes[i].second);
	for (size_t i = 0; i < picture->link_count; i++) {
		free((char *)picture->links[i].labels[0]);
		free((char *)picture->links[i].labels[1]);
	}
	free(picture->nodes);
	free(picture->links);
	free(picture->places);
}

/* ----------------------------------------------------------------- telling */

static void draw(struct cli *cli, const struct picture *picture)
{
	struct draw_format format = {out_columns(cli), cli->utf8, cli->color};
	char *text = draw_topology(picture->nodes, picture->node_count, picture->links,
		picture->link_count, &format);

	out_raw(cli, text, strlen(text));
	free(text);
}

static void tell_nodes(struct cli *cli, const struct picture *picture)
{
	struct json json;

	for (size_t i = 0; i < picture->node_count; i++) {
		json_begin(&json);
		json_string(&json, "event", "node");
		json_string(&json, "name", picture->nodes[i].name);
		json_string(&json, "kind", node_kind_name(picture->nodes[i].kind));
		json_print(&json, cli);
	}
}

int picture_show(struct cli *cli, struct cause *cause)
{
	struct picture picture = {.nodes = NULL};
	int result = take_nodes(&picture, cli->lab, cause);

	if (result == 0 && cli->json) {
		tell_nodes(cli, &picture);
		result = shows_links(cli, NULL, cause);
	} else if (result == 0) {
		take_links(&picture, cli->lab);
		draw(cli, &picture);
	}
	drop(&picture);
	return result;
}
