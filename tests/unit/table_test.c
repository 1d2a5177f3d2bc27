/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * table_test.c - tables at every width.
 */
#include "../../cli/table.h"

#include <stdlib.h>

#include "unit.h"

static const struct column columns[] = {
	{.heading = "node", .min_width = 6},
	{.heading = "state"},
	{.heading = "recv-q", .align = ALIGN_RIGHT, .priority = 2},
	{.heading = "local", .priority = 1, .min_width = 8},
	{.heading = "timer", .priority = 3, .min_width = 8},
};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static struct table *new_table(struct table_format format)
{
	return table_new(columns, COLUMNS, &format);
}

static void add_row(struct table *table, const char *node, const char *state, uint64_t queue,
	const char *local, const char *timer)
{
	table_add(table, STYLE_NONE, node);
	table_add(table, STYLE_GREEN, state);
	table_add_number(table, STYLE_NONE, queue);
	table_addf(table, STYLE_NONE, "%s:%d", local, 80);
	table_add(table, STYLE_DIM, timer);
	table_end_row(table);
}

static void add_rows(struct table *table)
{
	add_row(table, "client", "FIN-WAIT-1", 0, "10.0.0.1", "on, 4.6 s, 5 sent");
	add_row(table, "server", "CLOSE-WAIT", 1234567, "10.0.0.2", "");
}

static const char *text_of(struct table *table)
{
	size_t length;
	const char *text = table_flush(table, &length);

	CHECK_EQ(strlen(text), length);
	return text;
}

/* The two rows at that width. */
static void check_at(int width, const char *expected)
{
	struct table *table = new_table((struct table_format){.width = width, .heading = true,
		.utf8 = true});

	add_rows(table);
	CHECK_STR(text_of(table), expected);
	table_free(table);
}

static void a_table_is_as_wide_as_its_contents(void)
{
	check_at(100,
		"node    state        recv-q  local        timer\n"
		"client  FIN-WAIT-1        0  10.0.0.1:80  on, 4.6 s, 5 sent\n"
		"server  CLOSE-WAIT  1234567  10.0.0.2:80\n");
}

static void the_least_important_column_is_cut_first(void)
{
	check_at(55,
		"node    state        recv-q  local        timer\n"
		"client  FIN-WAIT-1        0  10.0.0.1:80  on, 4.6 s, 5…\n"
		"server  CLOSE-WAIT  1234567  10.0.0.2:80\n");
	check_at(50,
		"node    state        recv-q  local        timer\n"
		"client  FIN-WAIT-1        0  10.0.0.1:80  on, 4.6…\n"
		"server  CLOSE-WAIT  1234567  10.0.0.2:80\n");
}

static void then_it_is_left_out(void)
{
	check_at(49,
		"node    state        recv-q  local\n"
		"client  FIN-WAIT-1        0  10.0.0.1:80\n"
		"server  CLOSE-WAIT  1234567  10.0.0.2:80\n");
	check_at(39,
		"node    state       local\n"
		"client  FIN-WAIT-1  10.0.0.1:80\n"
		"server  CLOSE-WAIT  10.0.0.2:80\n");
	check_at(29,
		"node    state       local\n"
		"client  FIN-WAIT-1  10.0.0.1…\n"
		"server  CLOSE-WAIT  10.0.0.2…\n");
	check_at(20,
		"node    state\n"
		"client  FIN-WAIT-1\n"
		"server  CLOSE-WAIT\n");
}

static size_t longest_line(const char *text)
{
	size_t longest = 0;

	while (*text) {
		size_t length = strcspn(text, "\n"), wide = text_columns(text, length);

		CHECK(length == 0 || text[length - 1] != ' ');
		longest = wide > longest ? wide : longest;
		text += length + 1;
	}
	return longest;
}

static void no_line_is_longer_than_the_terminal(void)
{
	for (int width = 1; width <= 300; width++) {
		for (int indent = 0; indent < 3 && indent < width; indent++) {
			struct table *table = new_table((struct table_format){.width = width,
				.indent = indent, .heading = true, .utf8 = width & 1});
			const char *text;

			add_rows(table);
			text = text_of(table);
			CHECK(longest_line(text) <= (size_t)width);
			add_row(table, "a-much-longer-name", "CLOSE-WAIT", 1234567890123, "fd00::1",
				"a timer that nobody has foreseen when widths were settled");
			text = text_of(table);
			CHECK(longest_line(text) <= (size_t)width);
			table_free(table);
		}
	}
}

static void the_same_contents_look_the_same(void)
{
	struct table_format format = {.width = 50, .heading = true};
	struct table *a = new_table(format), *b = new_table(format);

	add_rows(a);
	add_rows(b);
	CHECK_STR(text_of(a), text_of(b));
	table_free(a);
	table_free(b);
}

static void styles_are_seen_only_where_colour_is(void)
{
	struct table_format format = {.width = 100, .indent = 2, .color = true};
	struct table *table = new_table(format);

	add_row(table, "client", "ESTAB", 0, "10.0.0.1", "");
	CHECK_STR(text_of(table),
		"  client  \033[32mESTAB\033[0m  0  10.0.0.1:80\n");
	table_free(table);
	format.color = false;
	table = new_table(format);
	add_row(table, "client", "ESTAB", 0, "10.0.0.1", "");
	CHECK_STR(text_of(table), "  client  ESTAB  0  10.0.0.1:80\n");
	table_free(table);
}

static void a_style_does_not_reach_into_the_gap(void)
{
	static const struct column two[] = {{.heading = "a", .min_width = 4},
		{.heading = "b", .align = ALIGN_RIGHT, .min_width = 4}};
	struct table_format format = {.width = 40, .color = true, .heading = true};
	struct table *table = table_new(two, 2, &format);

	table_add(table, STYLE_RED, "x");
	table_add(table, STYLE_BOLD, "y");
	table_end_row(table);
	CHECK_STR(text_of(table),
		"\033[1ma\033[0m        \033[1mb\033[0m\n"
		"\033[31mx\033[0m        \033[1my\033[0m\n");
	table_free(table);
}

static void utf8_counts_a_column_a_code_point(void)
{
	static const struct column two[] = {{.heading = "x", .priority = 1, .min_width = 3},
		{.heading = "y"}};
	struct table_format format = {.width = 7, .utf8 = true};
	struct table *table = table_new(two, 2, &format);

	table_add(table, STYLE_NONE, "aéèü");
	table_add(table, STYLE_NONE, "é");
	table_end_row(table);
	table_add(table, STYLE_NONE, "a→b→c");
	table_add(table, STYLE_NONE, "2");
	table_end_row(table);
	CHECK_STR(text_of(table), "aéèü  é\na→b…  2\n");
	table_free(table);
}

static void a_cut_column_keeps_the_others_in_line(void)
{
	static const struct column two[] = {{.heading = "x", .priority = 1, .min_width = 3},
		{.heading = "y"}};
	struct table_format format = {.width = 10};
	struct table *table = table_new(two, 2, &format);

	table_add(table, STYLE_NONE, "abcdefgh");
	table_add(table, STYLE_NONE, "xyz");
	table_end_row(table);
	table_add(table, STYLE_NONE, "ab");
	table_add(table, STYLE_NONE, "xyz");
	table_end_row(table);
	CHECK_STR(text_of(table), "abcd~  xyz\nab     xyz\n");
	table_free(table);
}

static void without_utf8_a_cut_ends_in_a_tilde(void)
{
	static const struct column one[] = {{.heading = "x", .min_width = 1}};
	struct table_format format = {.width = 5};
	struct table *table = table_new(one, 1, &format);

	table_add(table, STYLE_NONE, "abcdefgh");
	table_end_row(table);
	CHECK_STR(text_of(table), "abcd~\n");
	table_free(table);
}

static void control_characters_cannot_spoil_the_layout(void)
{
	static const struct column one[] = {{.heading = "x"}};
	struct table_format format = {.width = 40};
	struct table *table = table_new(one, 1, &format);

	table_add(table, STYLE_NONE, "a\nb\033[2Jc\td\x7f");
	table_end_row(table);
	CHECK_STR(text_of(table), "a?b?[2Jc?d?\n");
	table_free(table);
}

static void missing_cells_are_empty(void)
{
	struct table *table = new_table((struct table_format){.width = 60, .heading = true});

	table_add(table, STYLE_NONE, "client");
	table_end_row(table);
	table_end_row(table);
	CHECK_STR(text_of(table), "node    state  recv-q  local     timer\nclient\n\n");
	table_free(table);
}

static void a_long_table_goes_out_in_pieces_of_one_layout(void)
{
	struct table *table = new_table((struct table_format){.width = 60, .heading = true});

	add_row(table, "client", "ESTAB", 0, "10.0.0.1", "");
	CHECK_STR(text_of(table),
		"node    state  recv-q  local        timer\n"
		"client  ESTAB       0  10.0.0.1:80\n");
	CHECK_STR(text_of(table), "");
	/* a row in progress waits */
	add_row(table, "client", "ESTAB", 1, "10.0.0.1", "");
	table_add(table, STYLE_NONE, "server");
	CHECK_STR(text_of(table), "client  ESTAB       1  10.0.0.1:80\n");
	table_add(table, STYLE_NONE, "TIME-WAIT");
	table_end_row(table);
	add_row(table, "client", "ESTAB", 7, "10.0.0.1", "");
	/* what is wider takes from the end of its line */
	CHECK_STR(text_of(table),
		"server  TIME-WAIT\n"
		"client  ESTAB       7  10.0.0.1:80\n");
	add_row(table, "server", "TIME-WAIT", 7, "10.0.0.1", "timewait, 59 s to go on");
	CHECK_STR(text_of(table),
		"server  TIME-WAIT       7  10.0.0.1:80  timewait, 59 s to g~\n");
	table_free(table);
}

static void an_empty_table_is_its_headings(void)
{
	struct table *table = new_table((struct table_format){.width = 60, .heading = true});

	CHECK_STR(text_of(table), "node    state  recv-q  local     timer\n");
	table_free(table);
	table = new_table((struct table_format){.width = 60});
	CHECK_STR(text_of(table), "");
	table_free(table);
	table_free(NULL);
}

static void numbers_are_printed_whole(void)
{
	static const struct column two[] = {{.heading = "x"}, {.heading = "y"}};
	struct table_format format = {.width = 40};
	struct table *table = table_new(two, 2, &format);

	table_add_number(table, STYLE_NONE, 0);
	table_add_number(table, STYLE_NONE, UINT64_MAX);
	table_end_row(table);
	CHECK_STR(text_of(table), "0  18446744073709551615\n");
	table_free(table);
}

static void what_is_below_is_whole(void)
{
	static const struct column parts[] = {{.heading = "link"}, {.heading = "words",
		.align = ALIGN_BELOW}, {.heading = "lost", .align = ALIGN_RIGHT}};
	struct table *table = table_new(parts, 3,
		&(struct table_format){.width = 20, .indent = 2, .heading = true});

	table_add(table, STYLE_NONE, "a > b");
	table_add(table, STYLE_NONE, "delay 50ms loss 10% seed 7");
	table_add_number(table, STYLE_NONE, 1);
	table_end_row(table);
	table_add(table, STYLE_NONE, "b > a");
	table_add(table, STYLE_NONE, "");
	table_end_row(table);
	CHECK(table_fits(table));
	CHECK_STR(text_of(table),
		"  link   lost\n"
		"  a > b     1\n"
		"      delay 50ms\n"
		"      loss 10% seed\n"
		"      7\n"
		"  b > a\n");
	table_free(table);
}

static void it_fits_or_it_does_not(void)
{
	for (int width = 58; width <= 59; width++) {
		struct table *table = new_table((struct table_format){.width = width,
			.heading = true});

		add_rows(table);
		CHECK_EQ(table_fits(table), width == 59);
		table_free(table);
	}
}

static void every_style_has_a_code(void)
{
	CHECK_STR(style_on(STYLE_NONE), "");
	CHECK_STR(style_on(STYLES), "");
	for (int style = STYLE_DIM; style < STYLES; style++)
		for (int other = STYLE_NONE; other < style; other++)
			CHECK(strcmp(style_on((enum style)style), style_on((enum style)other)));
}

int main(void)
{
	RUN(a_table_is_as_wide_as_its_contents);
	RUN(the_least_important_column_is_cut_first);
	RUN(then_it_is_left_out);
	RUN(no_line_is_longer_than_the_terminal);
	RUN(the_same_contents_look_the_same);
	RUN(styles_are_seen_only_where_colour_is);
	RUN(a_style_does_not_reach_into_the_gap);
	RUN(utf8_counts_a_column_a_code_point);
	RUN(a_cut_column_keeps_the_others_in_line);
	RUN(without_utf8_a_cut_ends_in_a_tilde);
	RUN(control_characters_cannot_spoil_the_layout);
	RUN(missing_cells_are_empty);
	RUN(a_long_table_goes_out_in_pieces_of_one_layout);
	RUN(an_empty_table_is_its_headings);
	RUN(numbers_are_printed_whole);
	RUN(what_is_below_is_whole);
	RUN(it_fits_or_it_does_not);
	RUN(every_style_has_a_code);
	return unit_end();
}
