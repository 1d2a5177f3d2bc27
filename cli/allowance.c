/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "allowance.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

static const char *const allowed[] = {"topology", "host", "router", "switch", "link", "unlink",
	"remove", "address", "route", "nat", "ipv6", "show", "reset", "netem", "backend", "ping",
	"pingall", "sysctl", "listen", "connect", "send", "recv", "shutdown", "close", "abort",
	"kill", "stop", "cont", "destroy", "hold", "step", "drop", "release", "segments", "ss",
	"ladder", "events", "ages", "stays", "expect", "wait", "say", "section", "ask", "predict",
	"where", "answer", "task", "repeat", "sleep", "echo", "help",
	/* faults */
	"lose", "late", "double", "swap", "keep", "faults", "fault", "replay", "inject",
	/* sockets and the kernel */
	"option", "timewait", "isn", "counters", "load", "brief", NULL};

static const char *const refused[] = {"exec", "shell", "source", "save", "watch", "pause", "lesson",
	"problem", "exercise", "check", "points", "hint", "quit", NULL};

/* In a set-up these would escape the grader, who keeps the expectations. */
static const char *const not_in_setup[] = {
	"points", "hint", "check", "exercise", "lesson", "problem", "quit", NULL};

static bool is_among(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

enum allowance_verdict allowance_verdict(const char *name)
{
	return is_among(name, allowed) ? ALLOWANCE_ALLOWED
	       : is_among(name, refused) ? ALLOWANCE_REFUSED
					 : ALLOWANCE_UNKNOWN;
}

/* A topology by its name is one of those that come with netlab. */
static bool is_file(const struct item *item)
{
	const struct value *what = &item->values[0];

	return strcmp(item->command->name, "topology") == 0 && what->set &&
	       (strchr(what->text, '/') || strstr(what->text, ".lab"));
}

static int check_work(const struct allowance *allowance, const struct item *item,
	struct cause *cause)
{
	const char *name = item->command->name;

	if (strcmp(name, "exec") == 0 && !allowance->programs)
		return cause_set(cause, EPERM, "exec is not allowed in answers that are graded");
	if (strcmp(name, "exec") != 0 && allowance_verdict(name) != ALLOWANCE_ALLOWED)
		return cause_set(cause, EPERM, "%s is not allowed in answers that are graded",
			name);
	if (is_file(item))
		return cause_set(cause, EPERM,
			"topology FILE is not allowed in answers that are graded; topology NAME "
			"is");
	if (allowance->commands > ALLOWANCE_COMMANDS)
		return cause_set(cause, E2BIG, "more than %d commands", ALLOWANCE_COMMANDS);
	return 0;
}

int allowance_check(struct allowance *allowance, const struct item *item, struct cause *cause)
{
	allowance->commands++;
	switch (allowance->of) {
	case ALLOWANCE_NONE:
		break;
	case ALLOWANCE_SETUP:
		if (is_among(item->command->name, not_in_setup))
			return cause_set(cause, EPERM,
				"%s belongs on a line of its own in an exercise, spelt out, not in "
				"a script or a repetition", item->command->name);
		break;
	case ALLOWANCE_WORK:
		return check_work(allowance, item, cause);
	}
	return 0;
}
