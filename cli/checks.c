/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checks.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "argnumber.h"
#include "cli.h"
#include "command.h"
#include "compare.h"
#include "past.h"
#include "stay.h"
#include "timetext.h"

#define NS_PER_MS 1000000LL

static bool usage(struct item *item, const char *text)
{
	cause_set(&item->cause, EINVAL, "usage: %s", text);
	return false;
}

/* "> 50s <= 60s" */
static const char *wanted_text(char **words, int count, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (int i = 0; i < count && used < size; i++)
		used += (size_t)snprintf(buf + used, size - used, "%s%s", i ? " " : "", words[i]);
	return buf;
}

/* ---------------------------------------------- expect timer EP NAME OP TIME */

/* As the tables call them. */
static const char *timer_word(enum tcp_timer timer)
{
	switch (timer) {
	case TIMER_NONE:
		return "none";
	case TIMER_RETRANSMIT:
		return "retransmit";
	default:
		return timer_name(timer);
	}
}

static int timer_find(const char *word)
{
	for (int timer = 0; timer < TCP_TIMERS; timer++)
		if (strcmp(timer_word((enum tcp_timer)timer), word) == 0)
			return timer;
	return -1;
}

static bool expect_timer(struct item *item, char **words, int count)
{
	const struct tcp_socket *socket;
	struct compare compare = {.count = 0};
	char left[TIME_TEXT], wanted[80];
	int timer = count < 3 ? -1 : timer_find(words[2]);

	if (timer < 0 || (timer == TIMER_NONE && count > 3))
		return usage(item, "expect timer EP retransmit|keepalive|timewait|persist "
			"[OP TIME...], or expect timer EP none");
	if (count > 3 && compare_times(&compare, words + 3, count - 3, &item->cause) < 0)
		return false;
	socket = socket_find(item->cli->lab, words[1], SOCKET_TO_SEE, &item->cause);
	if (!socket)
		return false;
	if ((int)socket->timer == timer && compare_holds(&compare, socket->timer_ms * NS_PER_MS))
		return true;
	time_text(socket->timer_ms * NS_PER_MS, left, sizeof left);
	cause_set(&item->cause, 0, "expected the timer of %s to be %s, but it is %s%s%s", words[1],
		wanted_text(words + 2, count - 2, wanted, sizeof wanted), timer_word(socket->timer),
		socket->timer == TIMER_NONE ? "" : ", which ends in ",
		socket->timer == TIMER_NONE ? "" : left);
	return false;
}

/* ---------------------------------------------- expect stay EP STATE OP TIME */

static bool expect_stay(struct item *item, char **words, int count)
{
	const struct lab *lab = item->cli->lab;
	const struct tcp_socket *socket;
	int state = count < 5 ? -1 : state_find(words[2]);
	struct compare compare;
	struct stay stay;
	char lasted[TIME_TEXT], wanted[80];

	if (state < 0)
		return usage(item, "expect stay EP STATE OP TIME..., such as: expect stay client "
			"TIME-WAIT >= 60s");
	if (compare_times(&compare, words + 3, count - 3, &item->cause) < 0)
		return false;
	socket = socket_find(lab, words[1], SOCKET_TO_SEE, &item->cause);
	if (!socket)
		return false;
	if (!stay_find(lab, socket, (enum tcp_state)state, &stay)) {
		cause_set(&item->cause, 0, "%s has not been in %s", words[1],
			state_name((enum tcp_state)state));
		return false;
	}
	if (compare_holds(&compare, stay_length(lab, &stay)))
		return true;
	cause_set(&item->cause, 0, "expected the stay of %s in %s to be %s, but it %s %s", words[1],
		state_name(stay.state), wanted_text(words + 3, count - 3, wanted, sizeof wanted),
		stay.end ? "was" : "is, so far,",
		time_text(stay_length(lab, &stay), lasted, sizeof lasted));
	return false;
}

/* --------------------------------------------- expect age N|oldest OP TIME */

struct aged {
	int64_t number; /* 0: any */
	int64_t age;	/* of the oldest one of that number; -1: none */
};

static void look(struct aged *aged, const struct passage *passage, int64_t age)
{
	if ((aged->number == 0 || aged->number == passage->n) && age > aged->age)
		aged->age = age;
}

static void look_at_all(const struct lab *lab, struct aged *aged)
{
	const struct passage *passage = NULL;

	for (uint64_t n = lab_log_first(lab); n < lab_log_end(lab); n++) {
		const struct lab_event *event = lab_log_get(lab, n);

		if (event->kind == LAB_SEGMENT)
			look(aged, event->passage, segment_age(event));
	}
	while ((passage = held_next(lab, passage)))
		look(aged, passage, lab_now(lab) - passage->entered);
}

static bool expect_age(struct item *item, char **words, int count)
{
	struct aged aged = {.number = 0, .age = -1};
	struct compare compare;
	char age[TIME_TEXT], wanted[80];

	if (count < 4)
		return usage(item, "expect age N|oldest OP TIME..., N the number of a segment");
	if (strcmp(words[1], "oldest") != 0 &&
		argnumber_parse("segment", words[1], 1, UINT32_MAX, &aged.number, &item->cause) < 0)
		return false;
	if (compare_times(&compare, words + 2, count - 2, &item->cause) < 0)
		return false;
	look_at_all(item->cli->lab, &aged);
	if (aged.age < 0)
		cause_set(&item->cause, 0, "no such segment has left the wire, or waits on it: %s",
			words[1]);
	if (aged.age >= 0 && compare_holds(&compare, aged.age))
		return true;
	if (aged.age >= 0)
		cause_set(&item->cause, 0, "expected the age of segment %s to be %s, but it is %s",
			words[1], wanted_text(words + 2, count - 2, wanted, sizeof wanted),
			time_text(aged.age, age, sizeof age));
	return false;
}

/* -------------------------------------------------------------------------- */

check_fn checks_find(const char *word)
{
	static const struct {
		const char *word;
		check_fn check;
	} checks[] = {{"timer", expect_timer}, {"stay", expect_stay}, {"age", expect_age}};

	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		if (strcmp(checks[i].word, word) == 0)
			return checks[i].check;
	return past_find(word);
}
