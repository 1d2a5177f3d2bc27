/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * option_table_test.c - the table of options: its form, what each row reads and
 * what it refuses.
 */
#include "../../netlab/option_table.h"

#include <ctype.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "unit.h"

static struct socket_options options;
static char text[OPTION_TEXT];
static struct cause cause;

/* Read the words, separated by blanks, as a value of that option. */
static int parse(const char *name, const char *line)
{
	static char copy[200];
	char *words[8];
	int count = 0;

	snprintf(copy, sizeof copy, "%s", line);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
		words[count++] = word;
	options = (struct socket_options){0};
	text[0] = cause.text[0] = '\0';
	return option_parse(option_find(name), words, count, &options, text, &cause);
}

static size_t bit(const char *name)
{
	return (size_t)(option_find(name) - option_table);
}

/* The value that the socket option has been given; only that one. */
static int only(const char *name)
{
	CHECK_EQ(options.set, 1U << bit(name));
	return options.value[bit(name)];
}

/* ---------------------------------------------------------------- its form */

static void every_row_is_whole(void)
{
	size_t sockets = 0;

	for (const struct option_entry *row = option_table; row->name; row++) {
		unit_about = row->name;
		CHECK(row->real && row->unit && row->gloss);
		CHECK(row->least <= row->most);
		CHECK(strlen(row->gloss) <= 75);
		CHECK(!isupper((unsigned char)row->gloss[0]) || isupper((unsigned char)row->gloss[1]));
		CHECK((row->kind == OPTION_SYSCTL) == (strncmp(row->real, "net.", 4) == 0));
		CHECK(row->kind == OPTION_SOCKET || row->since == NULL || row->since[0] == '6');
		sockets += row->kind == OPTION_SOCKET;
		/* socket options first */
		CHECK((row->kind == OPTION_SOCKET) == ((size_t)(row - option_table) < SOCKET_OPTIONS));
	}
	CHECK_EQ(sockets, SOCKET_OPTIONS);
	CHECK(SOCKET_OPTIONS <= 32);
}

static void every_row_is_found_by_all_its_names(void)
{
	for (const struct option_entry *row = option_table; row->name; row++) {
		unit_about = row->name;
		CHECK(option_find(row->name) == row);
		CHECK(option_find(row->real) == row);
		CHECK(option_find(option_key(row)) == row);
	}
	unit_about = "";
	CHECK(option_find("LINGER") == option_find("so_linger"));
	CHECK(!option_find("nothing"));
	CHECK(!option_find(""));
	CHECK_STR(option_key(option_find("fin-timeout")), "tcp_fin_timeout");
	CHECK_STR(option_key(option_find("linger")), "SO_LINGER");
}

static void real_names_have_their_numbers(void)
{
	static const struct {
		const char *name;
		int level, number;
	} known[] = {
		{"SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR}, {"SO_LINGER", SOL_SOCKET, SO_LINGER},
		{"TCP_LINGER2", IPPROTO_TCP, TCP_LINGER2},
		{"TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT},
		{"IP_BIND_ADDRESS_NO_PORT", IPPROTO_IP, 24},
		{"SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE}, {"TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		unit_about = known[i].name;
		CHECK_EQ(option_find(known[i].name)->level, known[i].level);
		CHECK_EQ(option_find(known[i].name)->number, known[i].number);
	}
}

/* ----------------------------------------------------------------- reading */

static void switches_are_on_or_off(void)
{
	CHECK_EQ(parse("nodelay", "on"), 0);
	CHECK_EQ(only("nodelay"), 1);
	CHECK_EQ(parse("nodelay", "off"), 0);
	CHECK_EQ(only("nodelay"), 0);
	CHECK_EQ(parse("nodelay", "1"), 0);
	CHECK_EQ(only("nodelay"), 1);
	CHECK_EQ(parse("nodelay", "2"), -1);
	CHECK_STR(cause.text, "nodelay (TCP_NODELAY) does not take \"2\"; it takes on|off");
	CHECK_EQ(parse("tw-reuse", "2"), 0);
	CHECK_STR(text, "2");
	CHECK_EQ(parse("tw-reuse", "on"), 0);
	CHECK_STR(text, "1");
	CHECK_EQ(parse("tw-reuse", "3"), -1);
	CHECK_EQ(parse("tw-reuse", "On"), -1);
}

static void numbers_are_in_their_own_unit_or_another_one(void)
{
	CHECK_EQ(parse("user-timeout", "1500"), 0);
	CHECK_EQ(only("user-timeout"), 1500);
	CHECK_EQ(parse("user-timeout", "2s"), 0);
	CHECK_EQ(only("user-timeout"), 2000);
	CHECK_EQ(parse("user-timeout", "2000us"), 0);
	CHECK_EQ(only("user-timeout"), 2);
	CHECK_EQ(parse("user-timeout", "2001us"), -1);
	CHECK_EQ(parse("user-timeout", "2x"), -1);
	CHECK_EQ(parse("rto-min", "5ms"), 0);
	CHECK_STR(text, "5000");
	CHECK_EQ(parse("fin-timeout", "2min"), 0);
	CHECK_STR(text, "120");
	CHECK_EQ(parse("orphan-retries", "1s"), -1);
	CHECK_EQ(parse("rcvbuf", "1s"), -1);
}

static void numbers_have_limits(void)
{
	CHECK_EQ(parse("linger2", "-1"), 0);
	CHECK_EQ(only("linger2"), -1);
	CHECK_EQ(parse("linger2", "-2"), -1);
	CHECK_EQ(parse("linger2", "121"), -1);
	CHECK_EQ(parse("linger2", "-"), -1);
	CHECK_EQ(parse("fin-timeout", "-1"), -1);
	CHECK_EQ(parse("fin-timeout", "99999999999999999999999999"), -1);
	CHECK_EQ(parse("user-timeout", "99999999999999999999min"), -1);
	CHECK_EQ(parse("retries2", "255"), 0);
	CHECK_EQ(parse("retries2", "256"), -1);
	CHECK_EQ(parse("retries2", "1 2"), -1);
}

static void linger_is_off_or_seconds(void)
{
	CHECK_EQ(parse("linger", "off"), 0);
	CHECK_EQ(only("linger"), -1);
	CHECK_EQ(parse("linger", "0"), 0);
	CHECK_EQ(only("linger"), 0);
	CHECK_EQ(parse("linger", "5"), 0);
	CHECK_EQ(only("linger"), 5);
	CHECK_EQ(parse("linger", "on"), -1);
	CHECK_EQ(parse("linger", "-1"), -1);
}

static void keepalive_takes_its_times_along(void)
{
	CHECK_EQ(parse("keepalive", "on"), 0);
	CHECK_EQ(only("keepalive"), 1);
	CHECK_EQ(parse("keepalive", "off"), 0);
	CHECK_EQ(only("keepalive"), 0);
	CHECK_EQ(parse("keepalive", "10 5 3"), 0);
	CHECK_EQ(options.value[bit("keepalive")], 1);
	CHECK_EQ(options.value[bit("keepalive-idle")], 10);
	CHECK_EQ(options.value[bit("keepalive-interval")], 5);
	CHECK_EQ(options.value[bit("keepalive-count")], 3);
	CHECK_EQ(__builtin_popcount(options.set), 4);
	CHECK_EQ(parse("keepalive", "1min"), 0);
	CHECK_EQ(options.value[bit("keepalive-idle")], 60);
	CHECK_EQ(__builtin_popcount(options.set), 2);
	CHECK_EQ(parse("keepalive", "1 2 3 4"), -1);
	CHECK_EQ(parse("keepalive", "on 5"), -1);
	CHECK_EQ(parse("keepalive", "0"), -1);
	CHECK_EQ(parse("keepalive", "1 2 128"), -1);
}

static void ranges_are_two_ports(void)
{
	CHECK_EQ(parse("port-range", "50000-50003"), 0);
	CHECK_STR(text, "50000 50003");
	CHECK_EQ(parse("port-range", "50000 50003"), 0);
	CHECK_STR(text, "50000 50003");
	CHECK_EQ(parse("port-range", "1-65535"), 0);
	CHECK_EQ(parse("port-range", "7-7"), 0);
	CHECK_EQ(parse("port-range", "8-7"), -1);
	CHECK_EQ(parse("port-range", "0-7"), -1);
	CHECK_EQ(parse("port-range", "1-65536"), -1);
	CHECK_EQ(parse("port-range", "50000"), -1);
	CHECK_EQ(parse("port-range", "50000-"), -1);
	CHECK_EQ(parse("port-range", "-1-5"), -1);
	CHECK_EQ(parse("port-range", "1-2 3"), -1);
	CHECK_EQ(parse("port-range", "1 2 3"), -1);
	CHECK_EQ(parse("port-range", "1 2x"), -1);
}

/* ---------------------------------------------------------------- printing */

static const char *printed(const char *name, int32_t value)
{
	return option_print(option_find(name), value, text);
}

static void values_are_printed_with_their_unit(void)
{
	CHECK_STR(printed("nodelay", 1), "on");
	CHECK_STR(printed("nodelay", 0), "off");
	CHECK_STR(printed("keepalive", 1), "on");
	CHECK_STR(printed("linger", -1), "off");
	CHECK_STR(printed("linger", 0), "0 s");
	CHECK_STR(printed("linger2", -1), "-1 s");
	CHECK_STR(printed("user-timeout", 1000), "1000 ms");
	CHECK_STR(printed("keepalive-count", 3), "3");
	CHECK_STR(option_print_text(option_find("tw-reuse"), "2", text), "2");
	CHECK_STR(option_print_text(option_find("tw-reuse"), "1", text), "on");
	CHECK_STR(option_print_text(option_find("port-range"), "32768 60999", text), "32768-60999");
	CHECK_STR(option_print_text(option_find("fin-timeout"), "60", text), "60 s");
}

static void what_it_takes_is_said(void)
{
	CHECK_STR(option_takes(option_find("nodelay"), text), "on|off");
	CHECK_STR(option_takes(option_find("tw-reuse"), text), "on|off|2");
	CHECK_STR(option_takes(option_find("linger"), text), "off|SECONDS");
	CHECK_STR(option_takes(option_find("port-range"), text), "LOW-HIGH");
	CHECK_STR(option_takes(option_find("mss"), text), "88 to 32767 bytes");
}

static void a_change_is_laid_over_what_is_there(void)
{
	struct socket_options change;

	parse("keepalive", "10 5");
	change = options;
	parse("linger", "3");
	socket_options_add(&options, &change);
	CHECK_EQ(options.value[bit("linger")], 3);
	CHECK_EQ(options.value[bit("keepalive-interval")], 5);
	CHECK_EQ(__builtin_popcount(options.set), 4);
	CHECK(socket_options_have(&options, bit("linger")));
	CHECK(!socket_options_have(&options, bit("nodelay")));
	CHECK(!socket_options_have(NULL, 0));
}

int main(void)
{
	RUN(every_row_is_whole);
	RUN(every_row_is_found_by_all_its_names);
	RUN(real_names_have_their_numbers);
	RUN(switches_are_on_or_off);
	RUN(numbers_are_in_their_own_unit_or_another_one);
	RUN(numbers_have_limits);
	RUN(linger_is_off_or_seconds);
	RUN(keepalive_takes_its_times_along);
	RUN(ranges_are_two_ports);
	RUN(values_are_printed_with_their_unit);
	RUN(what_it_takes_is_said);
	RUN(a_change_is_laid_over_what_is_there);
	return unit_end();
}
