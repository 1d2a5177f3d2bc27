/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-expect.c - expect: checks that a script passes or fails by.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "counterchecks.h"
#include "cli.h"
#include "command.h"

/* ------------------------------------------------- expect error ERRNO ... */

static void command_ended(struct item *inner, bool ok)
{
	struct item *item = inner->parent;
	int wanted = errno_find(item->values[0].words[1]);

	if (ok)
		cause_set(&item->cause, 0, "expected %s, but \"%s\" succeeded", errno_name(wanted),
			inner->text);
	else if (inner->cause.code != wanted)
		cause_set(&item->cause, inner->cause.code, "expected %s, but it was: %s",
			errno_name(wanted), inner->cause.text);
	item_done(item, !ok && inner->cause.code == wanted);
}

static enum result expect_error(struct item *item, char **words, int count)
{
	if (count < 3) {
		cause_set(&item->cause, EINVAL, "too little; usage: expect error ERRNO COMMAND...");
		return RESULT_FAILED;
	}
	if (errno_find(words[1]) < 0) {
		cause_set(&item->cause, EINVAL,
			"\"%s\" is no errno: say ECONNREFUSED, EADDRINUSE, ...", words[1]);
		return RESULT_FAILED;
	}
	if (item_run_inner(item, words + 2, count - 2, command_ended) == 0)
		return RESULT_WAIT;
	/* what does not even parse may be just what is expected */
	if (item->cause.code == errno_find(words[1]))
		return RESULT_OK;
	return RESULT_FAILED;
}

/* ------------------------------------------------------ expect segment ... */

struct pattern {
	char from[16], to[16];
	int flags; /* -1: any */
	int64_t seq, ack, len, n;
	unsigned fates; /* any of these, a bit each; 0: any */
	bool replayed, injected, retransmission;
};

static int take_direction(struct pattern *pattern, const char *word)
{
	const char *arrow = strchr(word, '>');
	size_t length = arrow ? (size_t)(arrow - word) : 0;

	if (!arrow || length == 0 || length > 15 || strlen(arrow + 1) > 15)
		return -1;
	memcpy(pattern->from, word, length);
	snprintf(pattern->to, sizeof pattern->to, "%s", arrow + 1);
	return 0;
}

static int take_flags(struct pattern *pattern, const char *word)
{
	char letters[16];
	size_t length = strlen(word);
	uint8_t flags;

	if (word[0] == '[' && length > 2 && length < 16 && word[length - 1] == ']') {
		snprintf(letters, sizeof letters, "%.*s", (int)length - 2, word + 1);
		word = letters;
	}
	if (segment_flags_parse(word, &flags) < 0)
		return -1;
	pattern->flags = flags;
	return 0;
}

static int take_fate(struct pattern *pattern, const char *word)
{
	for (int fate = 0; fate < FATES; fate++)
		if (strcmp(word, fate_name((enum fate)fate)) == 0) {
			pattern->fates |= 1u << fate;
			return 0;
		}
	return -1;
}

static int take_mark(struct pattern *pattern, const char *word)
{
	pattern->replayed |= strcmp(word, "replayed") == 0;
	pattern->injected |= strcmp(word, "injected") == 0;
	pattern->retransmission |= strcmp(word, "retransmission") == 0;
	return strcmp(word, "replayed") == 0 || strcmp(word, "injected") == 0 ||
		strcmp(word, "retransmission") == 0 ? 0 : -1;
}

static int take_number(struct pattern *pattern, const char *key, const char *word)
{
	static const struct {
		const char *key;
		size_t offset;
	} numbers[] = {
		{"seq", offsetof(struct pattern, seq)}, {"ack", offsetof(struct pattern, ack)},
		{"len", offsetof(struct pattern, len)}, {"n", offsetof(struct pattern, n)},
	};
	char *end;
	long number = word ? strtol(word, &end, 10) : -1;

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (strcmp(key, numbers[i].key) != 0)
			continue;
		if (number < 0 || *end)
			return -1;
		*(int64_t *)((char *)pattern + numbers[i].offset) = number;
		return 1;
	}
	return 0;
}

static int pattern_parse(struct pattern *pattern, char **words, int count, struct cause *cause)
{
	*pattern = (struct pattern){.flags = -1, .seq = -1, .ack = -1, .len = -1, .n = -1};
	for (int i = 0; i < count; i++) {
		int taken = take_number(pattern, words[i], i + 1 < count ? words[i + 1] : NULL);

		if (taken < 0)
			return cause_set(cause, EINVAL, "a number belongs behind \"%s\"", words[i]);
		if (taken > 0) {
			i++;
			continue;
		}
		if (take_mark(pattern, words[i]) < 0 && take_direction(pattern, words[i]) < 0 &&
			take_fate(pattern, words[i]) < 0 && take_flags(pattern, words[i]) < 0)
			return cause_set(cause, EINVAL,
				"\"%s\" says nothing about a segment; usage: expect segment "
				"[NODE>NODE] [FLAGS] [seq N] [ack N] [len N] [n N] "
				"[held|late|delivered|dropped|lost|absorbed] [replayed|injected]",
				words[i]);
	}
	return 0;
}

static bool host_is(const struct node *node, const char *name)
{
	return !*name || (node && strcmp(node->name, name) == 0);
}

static bool matches(const struct pattern *pattern, const struct lab_event *event)
{
	const struct passage *passage = event->passage;

	return event->kind == LAB_SEGMENT && host_is(passage->from, pattern->from) &&
		host_is(passage->to, pattern->to) &&
		(pattern->flags < 0 || pattern->flags == passage->seg.flags) &&
		(pattern->seq < 0 || pattern->seq == passage->seq) &&
		(pattern->ack < 0 ||
			(pattern->ack == passage->ack && passage->seg.flags & SEG_ACK)) &&
		(pattern->len < 0 || pattern->len == passage->seg.length) &&
		(pattern->n < 0 || pattern->n == passage->n) &&
		(!pattern->replayed || passage->replayed_of) &&
		(!pattern->injected || passage->injected) &&
		(!pattern->retransmission || passage->retransmission) &&
		(!pattern->fates || pattern->fates & 1u << event->fate);
}

static void describe_window(struct cli *cli, char *buf, size_t size)
{
	char text[SEGMENT_TEXT];
	size_t used = 0;

	buf[0] = '\0';
	for (uint64_t n = cli->window_first; n < lab_log_end(cli->lab) && used + 100 < size; n++) {
		const struct lab_event *event = lab_log_get(cli->lab, n);

		if (!event || event->kind != LAB_SEGMENT)
			continue;
		used += (size_t)snprintf(buf + used, size - used, "%s%s>%s %s %s", used ? "; " : "",
			event->passage->from ? event->passage->from->name : "?",
			event->passage->to ? event->passage->to->name : "?",
			segment_print(&event->passage->seg, event->passage->seq,
				event->passage->ack, text, sizeof text),
			fate_name(event->fate));
	}
}

/* --------------------------------------------- expect EP STATE, none EP */

/* segment ..., no segment ... */
static bool check_segment(struct item *item, char **words, int count)
{
	struct cli *cli = item->cli;
	int unwanted = strcmp(words[0], "no") == 0;
	struct pattern pattern;
	char seen[240];
	bool found = false;

	if (pattern_parse(&pattern, words + 1 + unwanted, count - 1 - unwanted, &item->cause) < 0)
		return false;
	for (uint64_t n = cli->window_first; n < lab_log_end(cli->lab) && !found; n++) {
		const struct lab_event *event = lab_log_get(cli->lab, n);

		found = event && matches(&pattern, event);
	}
	if (!found && unwanted && lab_log_first(cli->lab) > cli->window_first) {
		cause_set(&item->cause, 0,
			"so much has happened that the log does not go back so far");
		return false;
	}
	if (found != unwanted)
		return true;
	describe_window(cli, seen, sizeof seen);
	if (unwanted) {
		cause_set(&item->cause, 0, "there was such a segment since the last command: %s",
			seen);
		return false;
	}
	cause_set(&item->cause, 0, "no such segment since the last command; there %s%s",
		seen[0] ? "were: " : "was none", seen);
	return false;
}

static bool check_none(struct item *item, const char *name)
{
	struct cli *cli = item->cli;
	const struct tcp_socket *socket = socket_find(cli->lab, name, SOCKET_TO_SEE, &item->cause);

	if (!socket)
		return node_find(cli->lab, name) != NULL;
	if (socket->state == STATE_CLOSED)
		return true;
	cause_set(&item->cause, 0, "expected no socket of %s, but %s is %s", name, socket->name,
		state_name(socket->state));
	return false;
}

static int no_state(const char *word, struct cause *cause)
{
	return cause_set(cause, EINVAL, "\"%s\" is no TCP state: ESTAB, FIN-WAIT-1, FIN-WAIT-2, "
		"CLOSING, TIME-WAIT, CLOSE-WAIT, LAST-ACK, LISTEN, SYN-SENT, SYN-RECV, CLOSED",
		word);
}

/* "TIME-WAIT or CLOSED": is it one of them? They are named in `list` as they should be. */
static bool is_one_of(enum tcp_state seen, char **words, int count, char *list, size_t size,
	struct cause *cause)
{
	bool found = false;
	size_t used = 0;

	for (int i = 0; i < count; i += 2) {
		int state = state_find(words[i]);

		if (state < 0)
			return no_state(words[i], cause) == 0;
		found |= state == (int)seen;
		if (used < size)
			used += (size_t)snprintf(list + used, size - used, "%s%s", i ? " or " : "",
				state_name((enum tcp_state)state));
	}
	return found;
}

static bool check_state(struct item *item, char **words, int count)
{
	const struct tcp_socket *socket;
	char wanted[120] = "";

	socket = socket_find(item->cli->lab, words[0], SOCKET_TO_SEE, &item->cause);
	if (!socket)
		return false;
	if (is_one_of(socket->state, words + 1, count - 1, wanted, sizeof wanted, &item->cause))
		return true;
	if (!item->cause.text[0])
		cause_set(&item->cause, 0, "expected %s %s, but it is %s", words[0], wanted,
			state_name(socket->state));
	return false;
}

/* segment ..., no segment ... */
static bool is_of_segment(char **words, int count)
{
	int unwanted = strcmp(words[0], "no") == 0;

	return count > unwanted && strcmp(words[unwanted], "segment") == 0;
}

static void settled(void *arg, const struct lab_event *call)
{
	struct item *item = arg;
	char **words = item->values[0].words;
	int count = item->values[0].word_count;
	bool ok;

	(void)call;
	if (checks_find(words[0]))
		ok = checks_find(words[0])(item, words, count);
	else if (is_of_segment(words, count))
		ok = check_segment(item, words, count);
	else if (strcmp(words[0], "counter") == 0)
		ok = check_counter(item->cli->lab, words, count, &item->cause);
	else if (strcmp(words[0], "sysctl") == 0)
		ok = check_sysctl(item->cli->lab, words, count, &item->cause);
	else if (strcmp(words[0], "none") == 0)
		ok = check_none(item, words[1]);
	else
		ok = check_state(item, words, count);
	item_done(item, ok);
}

/* EP STATE [or STATE...], none EP */
static bool is_written_well(char **words, int count)
{
	if (count < 2 || count % 2 || (count > 2 && strcmp(words[0], "none") == 0))
		return false;
	for (int i = 2; i < count; i += 2)
		if (strcmp(words[i], "or") != 0)
			return false;
	return true;
}

static enum result begin(struct item *item)
{
	char **words = item->values[0].words;
	int count = item->values[0].word_count;

	if (strcmp(words[0], "error") == 0)
		return expect_error(item, words, count);
	if (!checks_find(words[0]) && !is_of_segment(words, count) &&
		strcmp(words[0], "counter") != 0 && strcmp(words[0], "sysctl") != 0 &&
		!is_written_well(words, count)) {
		cause_set(&item->cause, EINVAL,
			"usage: expect EP STATE [or STATE...] | expect none EP | "
			"expect error ERRNO COMMAND... | expect segment ... | expect timer ... | "
			"expect stay ... | expect age ... | expect counter ... | "
			"expect sysctl ... | expect was ... | expect called ... | "
			"expect never ... | expect answer ...");
		return RESULT_FAILED;
	}
	lab_settle(item->cli->lab, settled, item);
	return RESULT_WAIT;
}

const struct command cmd_expect = {
	.name = "expect",
	.summary = "fail unless something is so",
	.details = "expect EP STATE [or STATE...]: the socket is in that state. "
		   "expect none EP: nothing of it is left. "
		   "expect error ERRNO COMMAND...: the command fails, with that errno. "
		   "expect segment [NODE>NODE] [FLAGS] [seq N] [ack N] [len N] [n N] [held|late|"
		   "delivered|dropped|lost|absorbed, any of those named] [replayed|injected|"
		   "retransmission]: such a segment moved since the "
		   "last command that was no check; expect no segment ...: none did. "
		   "expect timer EP NAME [OP TIME...]: its timer is retransmit, keepalive, "
		   "timewait, persist or none, with so much left; OP is =, !=, <, <=, > or >=. "
		   "expect stay EP STATE OP TIME...: its last stay in that state lasted so long, "
		   "or has so far. "
		   "expect age N|oldest OP TIME...: segment N was so long on the wire. "
		   "expect counter NODE NAME[|NAME...] OP N: so much has been counted there since "
		   "the last look by counters, summed over the names, of which those that this "
		   "kernel lacks count nothing; OP is = != < <= > >=. "
		   "expect sysctl NODE KEY VALUE. "
		   "expect was EP STATE, expect called EP CALL ok|ERRNO: it has been in that "
		   "state, such a call has ended so; expect never called EP|all CALL: none was "
		   "made: since the student's work began, or the lab when no exercise is open. "
		   "expect answer N TEXT [or TEXT...], expect foretold EP STATE, "
		   "expect foretold all: what the student has answered and predicted.",
	.example = "expect client ESTAB",
	.group = "Checking",
	.flags = COMMAND_CHECK | COMMAND_QUIET,
	.args = {{ARG_REST, "WHAT", NULL, 0, NULL}},
	.exec = begin,
};
