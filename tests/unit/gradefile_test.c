/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gradefile_test.c - an exercise's file taken apart: nothing hidden stays in what
 * the worker gets for the set-up.
 */
#include "../../cli/gradefile.h"

#include "unit.h"

static struct gradefile file;
static struct cause cause;

static int parse(const char *text)
{
	cause.text[0] = '\0';
	return gradefile_parse(&file, "x.lab", text, &cause);
}

static void takes_it_apart(void)
{
	CHECK_EQ(parse("# x: an exercise\n"
		       "topology pair; listen server 80\n"
		       "points 3 'it is open' expect \"client\" ESTAB\n"
		       "  hint look at ss   # aside\n"
		       "connect client server:80\n"
		       "points 2 two wait server CLOSED within 5s; points 1 three expect none client\n"),
		0);
	CHECK_EQ(file.count, 3);
	CHECK_EQ(file.hidden[0].worth, 3);
	CHECK_STR(file.hidden[0].shows, "it is open");
	CHECK_STR(file.hidden[0].hint, "look at ss");
	CHECK_STR(file.hidden[0].command, "expect client ESTAB");
	CHECK_STR(file.hidden[1].command, "wait server CLOSED within 5s");
	CHECK_STR(file.hidden[1].hint, NULL);
	CHECK_STR(file.hidden[2].shows, "three");
	/* lines keep their numbers */
	CHECK(strncmp(file.setup, "# x: an exercise\ntopology pair; listen server 80\n ", 50) == 0);
	CHECK(strstr(file.setup, "connect client server:80\n") != NULL);
	CHECK(strstr(file.setup, "points") == NULL && strstr(file.setup, "hint") == NULL);
	CHECK(strstr(file.setup, "ESTAB") == NULL && strstr(file.setup, "aside") == NULL);
	gradefile_free(&file);
}

static void refuse(const char *text, const char *why)
{
	unit_about = text;
	CHECK_EQ(parse(text), -1);
	if (!strstr(cause.text, why))
		CHECK_STR(cause.text, why);
	unit_about = "";
}

static void refuses_bad_ones(void)
{
	refuse("", "no points line");
	refuse("topology pair\n", "x.lab has no points line, so there is nothing to grade");
	refuse("points 1 x\n", "x.lab:1: usage: points N");
	refuse("\npoints 0 x expect client ESTAB\n", "x.lab:2: ");
	refuse("points many x expect client ESTAB\n", "x.lab:1: ");
	refuse("points 1 x expectation client ESTAB\n", "\"expectation\" is no command");
	refuse("echo a; points 1 x expect client ESTAB\n", "do not share their line");
	refuse("points 1 x expect client ESTAB; echo a\n", "do not share their line");
	refuse("hint none above\n", "belongs below the points line");
	refuse("points 1 x expect client ESTAB\nhint\n", "belongs below the points line");
	refuse("points 1 'x expect client ESTAB\n", "x.lab:1: the quote");
	refuse("points 1 \x01 expect client ESTAB\n", "x.lab:1: ");
}

static void last_line_without_newline(void)
{
	CHECK_EQ(parse("topology pair\npoints 1 x expect client ESTAB"), 0);
	CHECK_EQ(file.count, 1);
	CHECK(strstr(file.setup, "ESTAB") == NULL);
	gradefile_free(&file);
}

int main(void)
{
	RUN(takes_it_apart);
	RUN(refuses_bad_ones);
	RUN(last_line_without_newline);
	return unit_end();
}
