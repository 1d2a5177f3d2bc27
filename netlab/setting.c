/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setting.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

void settings_add(struct settings *settings, const struct setting *setting)
{
	if (settings->count == settings->room) {
		settings->room = settings->room ? settings->room * 2 : 4;
		settings->row = alloc_resize(settings->row, settings->room, sizeof *settings->row);
	}
	settings->row[settings->count++] = *setting;
}

void settings_free(struct settings *settings)
{
	free(settings->row);
	*settings = (struct settings){0};
}

static int compare_address(const struct address *a, const struct address *b)
{
	return a->family != b->family ? a->family - b->family
				      : memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

int setting_compare(const struct setting *a, const struct setting *b)
{
	int order;

	if (a->kind != b->kind)
		return (int)a->kind - (int)b->kind;
	/* a route over a neighbour needs the one that leads to him */
	if (!a->via.family != !b->via.family)
		return a->via.family ? 1 : -1;
	if (a->ifindex != b->ifindex)
		return a->ifindex < b->ifindex ? -1 : 1;
	if ((order = compare_address(&a->address, &b->address)))
		return order;
	if (a->length != b->length)
		return a->length - b->length;
	if ((order = compare_address(&a->via, &b->via)))
		return order;
	return memcmp(a->mac, b->mac, sizeof a->mac);
}

/* Routes by prefix, the one added first before the others; all else behind. */
static int by_prefix(const void *a, const void *b)
{
	const struct setting *first = *(struct setting *const *)a, *second = *(struct setting *const *)b;
	int order = compare_address(&first->address, &second->address);

	if (order)
		return order;
	if (first->length != second->length)
		return first->length - second->length;
	return first < second ? -1 : 1;
}

void settings_one_route(struct settings *settings)
{
	struct setting **routes = alloc_zeroed(settings->count + 1, sizeof(struct setting *));
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < settings->count; i++)
		if (settings->row[i].kind == SETTING_ROUTE)
			routes[count++] = &settings->row[i];
	qsort(routes, count, sizeof(struct setting *), by_prefix);
	for (size_t i = 1, first = 0; i < count; i++)
		if (routes[i]->length == routes[first]->length &&
			compare_address(&routes[i]->address, &routes[first]->address) == 0)
			routes[i]->dropped = true;
		else
			first = i;
	free(routes);
	for (size_t i = 0; i < settings->count; i++)
		if (!settings->row[i].dropped)
			settings->row[kept++] = settings->row[i];
	settings->count = kept;
}

static int by_order(const void *a, const void *b)
{
	return setting_compare(a, b);
}

void settings_sort(struct settings *settings)
{
	size_t kept = 0;

	if (settings->count < 2)
		return;
	qsort(settings->row, settings->count, sizeof *settings->row, by_order);
	for (size_t i = 1; i < settings->count; i++)
		if (setting_compare(&settings->row[kept], &settings->row[i]) != 0)
			settings->row[++kept] = settings->row[i];
	settings->count = kept + 1;
}

bool settings_hold(const struct settings *settings, const struct setting *setting)
{
	return settings->count &&
		bsearch(setting, settings->row, settings->count, sizeof *setting, by_order);
}

int settings_differ(const struct settings *have, const struct settings *want,
	void (*gone)(void *arg, const struct setting *setting),
	int (*come)(void *arg, const struct setting *setting), void *arg)
{
	for (size_t i = have->count; i-- > 0;)
		if (!settings_hold(want, &have->row[i]))
			gone(arg, &have->row[i]);
	for (size_t i = 0; i < want->count; i++)
		if (!settings_hold(have, &want->row[i]) && come(arg, &want->row[i]) < 0)
			return -1;
	return 0;
}
