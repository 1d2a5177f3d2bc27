/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-pingall.c - pingall: every host pings every other one, some of them at a
 * time. With few hosts the answers are a matrix, a row a host; with many only
 * what failed is told.
 */
#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "cli.h"
#include "command.h"
#include "json.h"
#include "pingtext.h"

#define UNDER_WAY  32	/* at a time */
#define MATRIX_MAX 20	/* hosts */
#define TOLD_MOST  100	/* failures */
#define BATCH	   256	/* that cannot even be sent, in one round of the loop */

struct pair {
	struct pinging *pinging;
	struct ping *ping; /* NULL: free */
	size_t number;
};

struct pinging {
	struct item *item;
	struct node **hosts;
	size_t hosts_count, next, total; /* pairs, by number */
	size_t answered, ended, barred;
	struct event *more; /* the next batch */
	struct pair pairs[UNDER_WAY];
	size_t rows; /* of the matrix, printed already */
	unsigned row_left[2 * MATRIX_MAX];
	enum { UNANSWERED, ANSWERED, BARRED } how[2 * MATRIX_MAX * MATRIX_MAX];
};

/* Pairs are numbered family by family, host by host. */
static size_t family_size(const struct pinging *pinging)
{
	return pinging->hosts_count * (pinging->hosts_count - 1);
}

static int family_of(const struct pinging *pinging, size_t number)
{
	return number < family_size(pinging) ? AF_INET : AF_INET6;
}

static size_t from_of(const struct pinging *pinging, size_t number)
{
	return number % family_size(pinging) / (pinging->hosts_count - 1);
}

/* The host's own place is left out. */
static size_t to_of(const struct pinging *pinging, size_t number)
{
	size_t to = number % (pinging->hosts_count - 1);

	return to + (to >= from_of(pinging, number));
}

/* ----------------------------------------------------------------- telling */

static bool has_matrix(const struct pinging *pinging)
{
	return pinging->hosts_count <= MATRIX_MAX;
}

static void print_row(const struct pinging *pinging, size_t row)
{
	size_t first = row * (pinging->hosts_count - 1), number;
	char line[MATRIX_MAX * 17 + 24];
	int used;

	if (row == pinging->hosts_count)
		out_line(pinging->item->cli, "  IPv6");
	used = snprintf(line, sizeof line, "  %s ->",
		pinging->hosts[from_of(pinging, first)]->name);
	for (number = first; number < first + pinging->hosts_count - 1; number++)
		used += snprintf(line + used, sizeof line - (size_t)used, " %s",
			pinging->how[number] == ANSWERED
				? pinging->hosts[to_of(pinging, number)]->name
			: pinging->how[number] == BARRED ? "-"
							 : "X");
	out_line(pinging->item->cli, "%s", line);
}

/* Rows are printed in order, each when it is whole. */
static void fill_in(struct pinging *pinging, size_t number, int how)
{
	size_t rows = pinging->total / (pinging->hosts_count - 1);

	pinging->how[number] = how;
	pinging->row_left[number / (pinging->hosts_count - 1)]--;
	while (pinging->rows < rows && pinging->row_left[pinging->rows] == 0)
		print_row(pinging, pinging->rows++);
}

static void tell_json(const struct pinging *pinging, size_t number,
	const struct ping_answer *answer)
{
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "ping");
	json_string(&json, "from", pinging->hosts[from_of(pinging, number)]->name);
	json_string(&json, "to", pinging->hosts[to_of(pinging, number)]->name);
	json_string(&json, "family", family_of(pinging, number) == AF_INET6 ? "ipv6" : "ipv4");
	ping_json(&json, answer);
	json_print(&json, pinging->item->cli);
}

/* `why`: it could not even be sent, or NULL. */
static void tell_one(struct pinging *pinging, size_t number, const struct ping_answer *answer,
	const char *why)
{
	bool failed = answer->round_trip_ns < 0;
	struct cli *cli = pinging->item->cli;
	char text[PING_TEXT];

	if (cli->json)
		tell_json(pinging, number, answer);
	else if (has_matrix(pinging))
		fill_in(pinging, number, failed ? UNANSWERED : ANSWERED);
	else if (failed && pinging->ended - pinging->answered <= TOLD_MOST)
		out_line(cli, "  %s -> %s%s: %s", pinging->hosts[from_of(pinging, number)]->name,
			pinging->hosts[to_of(pinging, number)]->name,
			family_of(pinging, number) == AF_INET6 ? " (IPv6)" : "",
			why ? why : ping_text(answer, text, sizeof text));
}

static void tell_sum(const struct pinging *pinging)
{
	size_t asked = pinging->total - pinging->barred, failed = asked - pinging->answered;
	char barred[96] = "";
	struct json json;

	if (!pinging->item->cli->json) {
		if (!has_matrix(pinging) && failed > TOLD_MOST)
			out_line(pinging->item->cli, "  and %zu more", failed - TOLD_MOST);
		if (pinging->barred)
			snprintf(barred, sizeof barred,
				"; %zu not sent (-): a host lies between, and hosts do not forward",
				pinging->barred);
		out_line(pinging->item->cli, "  %zu of %zu answered%s", pinging->answered, asked,
			barred);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "pingall");
	json_int(&json, "sent", (int64_t)asked);
	json_int(&json, "answered", (int64_t)pinging->answered);
	json_print(&json, pinging->item->cli);
}

/* ------------------------------------------------------------------- going */

static void release(struct pinging *pinging)
{
	pinging->item->data = NULL;
	event_free(pinging->more);
	free(pinging->hosts);
	free(pinging);
}

static void finish(struct pinging *pinging)
{
	struct item *item = pinging->item;
	size_t asked = pinging->total - pinging->barred;
	bool ok = pinging->answered == asked;

	tell_sum(pinging);
	if (!ok)
		cause_set(&item->cause, ETIMEDOUT, "%zu of %zu echo requests were not answered",
			asked - pinging->answered, asked);
	release(pinging);
	item_done(item, ok);
}

static void ended(struct pinging *pinging, size_t number, const struct ping_answer *answer,
	const char *why)
{
	pinging->ended++;
	pinging->answered += answer->round_trip_ns >= 0;
	tell_one(pinging, number, answer, why);
}

static void start(struct pinging *pinging);

static void answered(void *arg, const struct ping_answer *answer)
{
	struct pair *pair = arg;

	pair->ping = NULL;
	ended(pair->pinging, pair->number, answer, NULL);
	start(pair->pinging);
}

/* Send the next one; false when it cannot be sent, which is its end. */
static bool send_next(struct pinging *pinging, struct pair *pair)
{
	struct node *from, *to;
	struct address address;
	struct cause why;

	pair->number = pinging->next++;
	from = pinging->hosts[from_of(pinging, pair->number)];
	to = pinging->hosts[to_of(pinging, pair->number)];
	if (node_way(from, to, family_of(pinging, pair->number)) == WAY_BARRED) {
		pinging->ended++;
		pinging->barred++;
		if (!pinging->item->cli->json && has_matrix(pinging))
			fill_in(pinging, pair->number, BARRED);
		return false;
	}
	if (node_address_from(to, from, family_of(pinging, pair->number), &address, &why) == 0)
		pair->ping = node_ping(from, &address, answered, pair, &why);
	if (!pair->ping)
		ended(pinging, pair->number, &(struct ping_answer){.round_trip_ns = -1}, why.text);
	return pair->ping != NULL;
}

/* As many as may be under way; the last one to end is the end of all. */
static void start(struct pinging *pinging)
{
	unsigned failed = 0;

	for (size_t i = 0; i < UNDER_WAY && failed < BATCH; i++)
		while (!pinging->pairs[i].ping && pinging->next < pinging->total && failed < BATCH)
			failed += !send_next(pinging, &pinging->pairs[i]);
	if (failed == BATCH)
		evtimer_add(pinging->more, &(struct timeval){0});
	else if (pinging->ended == pinging->total)
		finish(pinging);
}

static void on_more(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	start(arg);
}

static void cancel(struct item *item)
{
	struct pinging *pinging = item->data;

	for (size_t i = 0; i < UNDER_WAY; i++)
		if (pinging->pairs[i].ping)
			ping_cancel(pinging->pairs[i].ping);
	release(pinging);
}

static void collect_hosts(struct pinging *pinging, const struct lab *lab)
{
	const struct node *node = NULL;

	while ((node = node_next(lab, node))) {
		if (node->kind != NODE_HOST)
			continue;
		pinging->hosts = reallocarray(
			pinging->hosts, pinging->hosts_count + 1, sizeof *pinging->hosts);
		if (!pinging->hosts)
			abort();
		pinging->hosts[pinging->hosts_count++] = node_find(lab, node->name);
	}
}

static struct pinging *pinging_new(struct item *item)
{
	struct pinging *pinging = calloc(1, sizeof *pinging);

	if (!pinging)
		abort();
	pinging->item = item;
	item->data = pinging;
	pinging->more = evtimer_new(item->cli->base, on_more, pinging);
	if (!pinging->more)
		abort();
	collect_hosts(pinging, item->cli->lab);
	for (size_t i = 0; i < UNDER_WAY; i++)
		pinging->pairs[i].pinging = pinging;
	for (size_t i = 0; i < 2 * MATRIX_MAX; i++)
		pinging->row_left[i] = (unsigned)pinging->hosts_count - 1;
	return pinging;
}

static enum result begin(struct item *item)
{
	struct pinging *pinging = pinging_new(item);

	if (pinging->hosts_count < 2) {
		cause_set(&item->cause, EINVAL, "there %s in the lab; two hosts at least can ping",
			pinging->hosts_count ? "is one host only" : "are no hosts");
		release(pinging);
		return RESULT_FAILED;
	}
	pinging->total = family_size(pinging) * (lab_has_ipv6(item->cli->lab) ? 2 : 1);
	start(pinging);
	return RESULT_WAIT;
}

const struct command cmd_pingall = {
	.name = "pingall",
	.summary = "let every host ping every other one",
	.details = "Over IPv4, and once more over IPv6 when that is on; up to 32 at a time. A "
		   "row is a host and whom it reached, X whom not, - whom only another host could "
		   "lead to, which hosts do not do; with more than 20 hosts only what failed is "
		   "told. It fails if one was not answered.",
	.example = "pingall",
	.group = "Lab",
	.exec = begin,
	.cancel = cancel,
};
