/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * allowance_test.c - what a student's commands may do.
 */
#include "../../cli/allowance.h"

#include "unit.h"

/* Whoever adds a command has to say whether a student may give it. */
static void every_command_is_decided(void)
{
	for (int i = 0; commands[i]; i++) {
		unit_about = commands[i]->name;
		CHECK(allowance_verdict(commands[i]->name) != ALLOWANCE_UNKNOWN);
	}
	unit_about = "";
	CHECK_EQ(allowance_verdict("nonsense"), ALLOWANCE_UNKNOWN);
}

static const struct command *command(const char *name)
{
	int i;

	for (i = 0; commands[i] && strcmp(commands[i]->name, name) != 0; i++)
		;
	return commands[i];
}

static int check(struct allowance *allowance, const char *name, const char *word, struct cause *cause)
{
	struct item item = {.command = command(name)};

	item.values[0] = (struct value){.set = word != NULL, .text = word};
	cause->text[0] = '\0';
	return allowance_check(allowance, &item, cause);
}

static void student(void)
{
	static const char *const never[] = {"shell", "source", "save", "watch", "lesson", "exercise",
		"check", "points", "hint", "quit", NULL};
	struct allowance allowance = {.of = ALLOWANCE_WORK};
	struct cause cause;

	for (int i = 0; never[i]; i++) {
		unit_about = never[i];
		CHECK_EQ(check(&allowance, never[i], NULL, &cause), -1);
		CHECK(strstr(cause.text, never[i]) && strstr(cause.text, "not allowed"));
	}
	unit_about = "";
	CHECK_EQ(check(&allowance, "exec", NULL, &cause), -1);
	CHECK_EQ(check(&allowance, "close", "client", &cause), 0);
	CHECK_EQ(check(&allowance, "topology", "star", &cause), 0);
	CHECK_EQ(check(&allowance, "topology", NULL, &cause), 0);
	CHECK_EQ(check(&allowance, "topology", "./star", &cause), -1);
	CHECK_EQ(check(&allowance, "topology", "star.lab", &cause), -1);
	allowance.programs = true;
	CHECK_EQ(check(&allowance, "exec", NULL, &cause), 0);
	CHECK_EQ(check(&allowance, "source", NULL, &cause), -1);
}

static void counts(void)
{
	struct allowance allowance = {.of = ALLOWANCE_WORK};
	struct cause cause;

	for (unsigned i = 0; i < ALLOWANCE_COMMANDS; i++)
		if (check(&allowance, "echo", NULL, &cause) < 0)
			CHECK_STR(cause.text, "");
	CHECK_EQ(check(&allowance, "echo", NULL, &cause), -1);
	CHECK_STR(cause.text, "more than 100000 commands");
}

static void author(void)
{
	struct allowance allowance = {.of = ALLOWANCE_SETUP};
	struct cause cause;

	CHECK_EQ(check(&allowance, "points", NULL, &cause), -1);
	CHECK_EQ(check(&allowance, "quit", NULL, &cause), -1);
	CHECK_EQ(check(&allowance, "exec", NULL, &cause), 0);
	allowance.of = ALLOWANCE_NONE;
	CHECK_EQ(check(&allowance, "source", NULL, &cause), 0);
}

int main(void)
{
	RUN(every_command_is_decided);
	RUN(student);
	RUN(counts);
	RUN(author);
	return unit_end();
}
