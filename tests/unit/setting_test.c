/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * setting_test.c - lists of settings: their order, equal ones, and what is told
 * to a kernel that has some and is to have others.
 */
#include "../../netlab/setting.h"

#include <sys/socket.h>

#include "unit.h"

static struct settings have, want;
static char told[512]; /* "-1 +2": in the order of the calls, by ifindex */
static int refused;    /* the ifindex at which come() fails */

static struct setting address(int ifindex, uint8_t last)
{
	return (struct setting){.kind = SETTING_ADDRESS, .ifindex = ifindex, .length = 24,
		.address = {.family = AF_INET, .bytes = {10, 0, 0, last}}};
}

static struct setting route(int ifindex, uint8_t net, uint8_t via)
{
	struct setting row = {.kind = SETTING_ROUTE, .ifindex = ifindex, .length = 24,
		.address = {.family = AF_INET, .bytes = {10, 0, net, 0}}};

	if (via)
		row.via = (struct address){.family = AF_INET, .bytes = {10, 0, 0, via}};
	return row;
}

static struct setting neighbour(int ifindex, uint8_t last, uint8_t mac)
{
	return (struct setting){.kind = SETTING_NEIGHBOUR, .ifindex = ifindex,
		.address = {.family = AF_INET, .bytes = {10, 0, 0, last}}, .mac = {2, 0, 0, 0, 0, mac}};
}

static void add(struct settings *settings, struct setting row)
{
	settings_add(settings, &row);
}

static void note(char sign, const struct setting *row)
{
	size_t used = strlen(told);

	snprintf(told + used, sizeof told - used, "%s%c%d", used ? " " : "", sign, row->ifindex);
}

static void gone(void *arg, const struct setting *row)
{
	CHECK(arg == &told);
	note('-', row);
}

static int come(void *arg, const struct setting *row)
{
	CHECK(arg == &told);
	note('+', row);
	return row->ifindex == refused ? -1 : 0;
}

static void begin(void)
{
	have = want = (struct settings){0};
	told[0] = '\0';
	refused = -1;
}

static int differ(void)
{
	settings_sort(&have);
	settings_sort(&want);
	return settings_differ(&have, &want, gone, come, &told);
}

static void end(void)
{
	settings_free(&have);
	settings_free(&want);
}

/* ------------------------------------------------------------------ tests */

static void equal_ones_are_there_once(void)
{
	begin();
	for (int i = 0; i < 100; i++)
		add(&have, address(1 + i % 3, 1));
	settings_sort(&have);
	CHECK_EQ(have.count, 3);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(have.row[i].ifindex, i + 1);
	end();
}

static void none_and_one_are_in_order(void)
{
	begin();
	settings_sort(&have);
	CHECK_EQ(have.count, 0);
	add(&have, address(1, 1));
	settings_sort(&have);
	CHECK_EQ(have.count, 1);
	end();
}

/* Rows that differ in one thing alone. */
static void everything_but_kept_counts(void)
{
	struct setting row = route(1, 5, 2), other;

	CHECK_EQ(setting_compare(&row, &row), 0);
	other = row, other.kept = true;
	CHECK_EQ(setting_compare(&row, &other), 0);
	other = row, other.kind = SETTING_FORWARD;
	CHECK(setting_compare(&row, &other) > 0);
	other = row, other.ifindex = 2;
	CHECK(setting_compare(&row, &other) < 0);
	other = row, other.address.bytes[3] = 1;
	CHECK(setting_compare(&row, &other) < 0);
	other = row, other.address.family = AF_INET6;
	CHECK(setting_compare(&row, &other) < 0);
	other = row, other.length = 16;
	CHECK(setting_compare(&row, &other) > 0);
	other = row, other.via.bytes[3] = 3;
	CHECK(setting_compare(&row, &other) < 0);
	other = row, other.mac[5] = 1;
	CHECK(setting_compare(&row, &other) < 0);
}

static void order_is_the_same_both_ways(void)
{
	struct setting row[] = {address(1, 1), address(2, 1), neighbour(1, 1, 1), neighbour(1, 1, 2),
		route(1, 1, 0), route(1, 2, 0), route(1, 1, 2), route(2, 1, 2)};

	for (size_t a = 0; a < sizeof row / sizeof *row; a++)
		for (size_t b = 0; b < sizeof row / sizeof *row; b++) {
			int one = setting_compare(&row[a], &row[b]);

			CHECK(a < b ? one < 0 : a > b ? one > 0 : one == 0);
		}
}

static void what_is_held_is_found(void)
{
	struct setting row;

	begin();
	row = address(1, 1);
	CHECK(!settings_hold(&have, &row));
	for (int i = 0; i < 50; i++)
		add(&have, address(50 - i, 1));
	settings_sort(&have);
	for (int i = 0; i < 50; i++) {
		row = address(i + 1, 1);
		CHECK(settings_hold(&have, &row));
		row.length = 25;
		CHECK(!settings_hold(&have, &row));
	}
	end();
}

static void only_differences_are_told(void)
{
	begin();
	add(&have, address(1, 1));
	add(&have, address(2, 1));
	add(&have, address(4, 1));
	add(&want, address(2, 1));
	add(&want, address(3, 1));
	add(&want, address(4, 1));
	CHECK_EQ(differ(), 0);
	CHECK_STR(told, "-1 +3");
	end();
}

static void equal_lists_tell_nothing(void)
{
	begin();
	for (int i = 0; i < 20; i++) {
		add(&have, address(i, 1));
		add(&want, address(19 - i, 1));
	}
	CHECK_EQ(differ(), 0);
	CHECK_STR(told, "");
	end();
}

/* Addresses, then routes on the link, then those over a neighbour; and back. */
static void what_is_needed_comes_first_and_goes_last(void)
{
	begin();
	add(&want, route(3, 1, 9));
	add(&want, route(2, 9, 0));
	add(&want, address(1, 1));
	CHECK_EQ(differ(), 0);
	CHECK_STR(told, "+1 +2 +3");
	end();
	begin();
	add(&have, route(3, 1, 9));
	add(&have, route(2, 9, 0));
	add(&have, address(1, 1));
	CHECK_EQ(differ(), 0);
	CHECK_STR(told, "-3 -2 -1");
	end();
}

static void what_goes_goes_before_what_comes(void)
{
	begin();
	add(&have, neighbour(5, 1, 1));
	add(&want, neighbour(4, 1, 1));
	add(&want, address(1, 1));
	CHECK_EQ(differ(), 0);
	CHECK_STR(told, "-5 +1 +4");
	end();
}

static void the_first_refusal_is_the_end(void)
{
	begin();
	add(&have, address(9, 1));
	for (int i = 1; i < 5; i++)
		add(&want, address(i, 1));
	refused = 2;
	CHECK_EQ(differ(), -1);
	CHECK_STR(told, "-9 +1 +2");
	end();
}

/* Only routes, only those to the same network, and it is the first that stays,
 * wherever the others stand. */
static void of_routes_to_one_network_the_first_stays(void)
{
	struct setting wider = route(7, 2, 9), six = route(8, 2, 9);

	begin();
	wider.length = 16;
	six.address.family = AF_INET6;
	add(&have, address(1, 1));
	add(&have, route(2, 2, 9));
	add(&have, address(3, 1));
	add(&have, route(4, 1, 9));
	add(&have, route(5, 2, 8));
	add(&have, wider);
	add(&have, six);
	add(&have, neighbour(9, 1, 1));
	add(&have, route(6, 2, 9));
	add(&have, neighbour(10, 1, 1));
	settings_one_route(&have);
	for (size_t i = 0; i < have.count; i++)
		note('=', &have.row[i]);
	CHECK_STR(told, "=1 =2 =3 =4 =7 =8 =9 =10");
	end();
}

static void without_routes_none_is_dropped(void)
{
	begin();
	settings_one_route(&have);
	CHECK_EQ(have.count, 0);
	add(&have, address(1, 1));
	add(&have, address(1, 1));
	settings_one_route(&have);
	CHECK_EQ(have.count, 2);
	end();
}

static void freed_ones_are_empty(void)
{
	begin();
	add(&have, address(1, 1));
	settings_free(&have);
	CHECK_EQ(have.count, 0);
	CHECK(!have.row);
	add(&have, address(2, 1));
	CHECK_EQ(have.count, 1);
	end();
}

int main(void)
{
	RUN(equal_ones_are_there_once);
	RUN(none_and_one_are_in_order);
	RUN(everything_but_kept_counts);
	RUN(order_is_the_same_both_ways);
	RUN(what_is_held_is_found);
	RUN(only_differences_are_told);
	RUN(equal_lists_tell_nothing);
	RUN(what_is_needed_comes_first_and_goes_last);
	RUN(what_goes_goes_before_what_comes);
	RUN(the_first_refusal_is_the_end);
	RUN(of_routes_to_one_network_the_first_stays);
	RUN(without_routes_none_is_dropped);
	RUN(freed_ones_are_empty);
	return unit_end();
}
