/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "impairs.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "json.h"

#define TOLD_MOST 20 /* directions of `all` */
#define HEAD	  20 /* columns of their names */
#define TELLING_TEXT (NETEM_TEXT + 40)

/* Call `one` for each direction until it fails. */
static int each(struct cli *cli, const struct value *directions,
	int (*one)(void *arg, struct link *link, int end), void *arg)
{
	struct link *link = NULL;
	int end;

	if (directions->directions != DIRECTIONS_ALL) {
		end = link_node(directions->link, 0) != directions->from;
		if (one(arg, directions->link, end) < 0)
			return -1;
		return directions->directions == DIRECTIONS_BOTH ? one(arg, directions->link, !end)
								  : 0;
	}
	while ((link = link_next(cli->lab, link)))
		for (end = 0; end < 2; end++)
			if (one(arg, link, end) < 0)
				return -1;
	return 0;
}

struct changing {
	const struct netem *change;
	struct cause *cause;
};

static int check(void *arg, struct link *link, int end)
{
	const struct changing *changing = arg;
	struct netem set = *link_netem_now(link, end);
	struct cause why;

	if (netem_change(&set, changing->change, &why) == 0)
		return 0;
	return cause_set(changing->cause, why.code, "%s>%s: %.250s", link_node(link, end)->name,
		link_node(link, !end)->name, why.text);
}

static int change_one(void *arg, struct link *link, int end)
{
	const struct changing *changing = arg;

	return link_netem(link, end, changing->change, changing->cause);
}

int impairs_change(struct cli *cli, const struct value *directions, const struct netem *change,
	struct cause *cause)
{
	struct changing changing = {change, cause};

	if (each(cli, directions, check, &changing) < 0)
		return -1;
	return each(cli, directions, change_one, &changing);
}

int impairs_link(struct link *link, const struct netem *change, struct cause *cause)
{
	return link_netem(link, 0, change, cause) < 0 ? -1 : link_netem(link, 1, change, cause);
}

const char *impairs_text(const struct link *link, int end, char *buf, size_t size)
{
	netem_print(link_netem_now(link, end), buf, size);
	if (strcmp(buf, "none") == 0)
		snprintf(buf, size, "-");
	return buf;
}

/* ---------------------------------------------------------------- telling */

struct telling {
	struct cli *cli;
	unsigned told, most;
};

static void tell_json(struct cli *cli, const struct link *link, int end)
{
	char text[NETEM_TEXT];
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "netem");
	json_string(&json, "from", link_node(link, end)->name);
	json_string(&json, "to", link_node(link, !end)->name);
	json_string(&json, "parameters", netem_print(link_netem_now(link, end), text, sizeof text));
	json_string(&json, "backend",
		netem_is_none(link_netem_now(link, end)) ? NULL
							 : backend_name(link_backend(link, end)));
	json_print(&json, cli);
}

/* Behind the words, or below them where there is no room. */
static void add_backend(const struct cli *cli, char text[TELLING_TEXT], size_t head,
	enum backend backend)
{
	const char *name = backend_name(backend);
	size_t length = strlen(text);
	bool fits = head + length + strlen("   by ") + strlen(name) < (size_t)out_columns(cli);

	snprintf(text + length, TELLING_TEXT - length, "%sby %s", fits ? "   " : "\n", name);
}

static int tell_one(void *arg, struct link *link, int end)
{
	struct telling *telling = arg;
	char text[TELLING_TEXT], head[48];
	size_t length;

	if (telling->cli->json) {
		tell_json(telling->cli, link, end);
	} else if (telling->told++ < telling->most) {
		length = (size_t)snprintf(head, sizeof head, "  %s > %s", link_node(link, end)->name,
			link_node(link, !end)->name);
		snprintf(head + length, sizeof head - length, "%*s ",
			length < HEAD ? (int)(HEAD - length) : 0, "");
		netem_print(link_netem_now(link, end), text, NETEM_TEXT);
		if (!netem_is_none(link_netem_now(link, end)))
			add_backend(telling->cli, text, strlen(head), link_backend(link, end));
		out_wrapped(telling->cli, INT_MAX, head, text);
	}
	return 0;
}

void impairs_tell(struct cli *cli, const struct value *directions)
{
	struct telling telling = {cli, 0, TOLD_MOST};

	each(cli, directions, tell_one, &telling);
	if (telling.told > telling.most)
		out_line(cli, "  and %u more: show links tells all", telling.told - telling.most);
}

void impairs_tell_backends(struct cli *cli)
{
	unsigned count[BACKENDS] = {0}, b;
	const struct link *link = NULL;
	int end;

	while ((link = link_next(cli->lab, link)))
		for (end = 0; end < 2; end++)
			count[link_backend(link, end)]++;
	for (b = BACKEND_KERNEL; b < BACKENDS; b++)
		if (count[b])
			out_line(cli, "  %u direction%s of links impaired by %s", count[b],
				count[b] == 1 ? "" : "s", backend_name((enum backend)b));
}
