/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sockets.c - the table of sockets, row by row from the kernel's dump, in
 * constant memory.
 */
#include "sockets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "json.h"
#include "table.h"
#include "timetext.h"

#define FLUSH_ROWS  256 /* the first flush settles the widths */
#define LESSON_ROWS 16

static const struct column columns[] = {
	{"node", ALIGN_LEFT, 0, 0},	{"endpoint", ALIGN_LEFT, 6, 0},
	{"state", ALIGN_LEFT, 0, 0},	{"recv-q", ALIGN_RIGHT, 4, 0},
	{"send-q", ALIGN_RIGHT, 4, 0},	{"local", ALIGN_LEFT, 1, 8},
	{"peer", ALIGN_LEFT, 2, 8},	{"timer", ALIGN_LEFT, 3, 16},
};

static struct table *new_table(const struct cli *cli)
{
	struct table_format format = {.width = out_columns(cli), .indent = 2, .heading = true,
		.color = cli->color, .utf8 = cli->utf8};

	return table_new(columns, sizeof columns / sizeof *columns, &format);
}

static enum style style_of(enum tcp_state state)
{
	switch (state) {
	case STATE_ESTAB:
		return STYLE_GREEN;
	case STATE_FIN_WAIT_1:
	case STATE_FIN_WAIT_2:
		return STYLE_CYAN;
	case STATE_CLOSING:
		return STYLE_MAGENTA;
	case STATE_TIME_WAIT:
		return STYLE_YELLOW;
	case STATE_CLOSE_WAIT:
	case STATE_LAST_ACK:
		return STYLE_BLUE;
	case STATE_CLOSED:
		return STYLE_DIM;
	case STATE_LISTEN:
	case STATE_SYN_SENT:
	case STATE_SYN_RECV:
	case TCP_STATES:
		return STYLE_NONE;
	}
	return STYLE_NONE;
}

/* Why there is no timer, which is what piles sockets up. */
static const char *no_timer(const struct tcp_socket *row)
{
	switch (row->state) {
	case STATE_CLOSE_WAIT:
		return "none: waits for close()";
	case STATE_FIN_WAIT_2:
		return "none: waits for a FIN";
	case STATE_CLOSED:
		return "";
	default:
		return "none";
	}
}

static void timer_text(const struct tcp_socket *row, char *buf, size_t size)
{
	char left[TIME_TEXT];

	time_text((int64_t)row->timer_ms * 1000000, left, sizeof left);
	switch (row->timer) {
	case TIMER_NONE:
		snprintf(buf, size, "%s", no_timer(row));
		return;
	case TIMER_RETRANSMIT:
		snprintf(buf, size, "retransmit in %s, %u sent", left, row->retransmits);
		return;
	case TIMER_TIMEWAIT:
		/* of these there may be 100,000 */
		stpcpy(stpcpy(stpcpy(buf, "timewait minisock, "), row->timer_ms ? left : "0 s"),
			" left");
		return;
	case TIMER_KEEPALIVE:
		/* an orphan's limit runs on the timer of keepalive */
		snprintf(buf, size, row->state == STATE_FIN_WAIT_2 && !row->open
			? "keepalive, fin-timeout %s" : "keepalive in %s", left);
		return;
	case TIMER_PERSIST:
		snprintf(buf, size, "persist, probe in %s, %u sent", left, row->retransmits);
		return;
	case TIMER_OTHER:
	case TCP_TIMERS:
		snprintf(buf, size, "%s: in %s", timer_name(row->timer), left);
		return;
	}
}

static void add_row(struct table *table, const struct tcp_socket *row)
{
	char text[ADDRESS_TEXT], timer[96];

	table_add(table, STYLE_NONE, row->node->name);
	table_add(table, STYLE_NONE, row->endpoint ? row->name : "-");
	table_add(table, style_of(row->state), state_name(row->state));
	table_add_number(table, STYLE_NONE, row->recv_queue);
	table_add_number(table, STYLE_NONE, row->send_queue);
	table_add(table, STYLE_NONE, address_print(&row->local, true, text, sizeof text));
	table_add(table, STYLE_NONE,
		row->listener ? "*" : address_print(&row->peer, true, text, sizeof text));
	timer_text(row, timer, sizeof timer);
	table_add(table, STYLE_DIM, timer);
	table_end_row(table);
}

static void flush(struct cli *cli, struct table *table)
{
	size_t length;
	const char *text;

	if (cli->json)
		return;
	text = table_flush(table, &length);
	if (length)
		out_raw(cli, text, length);
}

static void print_json(struct cli *cli, const struct tcp_socket *row)
{
	char text[ADDRESS_TEXT];
	struct json json;

	json_begin(&json);
	json_string(&json, "event", "socket");
	json_string(&json, "node", row->node->name);
	json_string(&json, "endpoint", row->endpoint ? row->name : NULL);
	json_string(&json, "state", state_name(row->state));
	json_int(&json, "recv_queue", row->recv_queue);
	json_int(&json, "send_queue", row->send_queue);
	json_string(&json, "local", address_print(&row->local, true, text, sizeof text));
	json_string(&json, "peer",
		row->listener ? NULL : address_print(&row->peer, true, text, sizeof text));
	json_string(&json, "timer", row->timer ? timer_name(row->timer) : NULL);
	json_int(&json, "timer_ms", row->timer_ms);
	json_int(&json, "retransmits", row->retransmits);
	json_bool(&json, "minisock", row->minisock);
	json_print(&json, cli);
}

/* The kernel's order is that of its hash: a table that fits into one piece is
 * sorted, a long one goes out as it comes. */
struct printing {
	struct cli *cli;
	struct table *table;
	struct tcp_socket first[FLUSH_ROWS];
	unsigned sorted, rows;
};

static int by_owner(const void *a, const void *b)
{
	const struct tcp_socket *first = a, *second = b;

	if (first->node != second->node)
		return first->node->index < second->node->index ? -1 : 1;
	if (first->listener != second->listener)
		return first->listener ? -1 : 1;
	if (first->local.port != second->local.port)
		return first->local.port - second->local.port;
	if (first->endpoint && first->endpoint == second->endpoint) /* whatever port NAT drew */
		return first->number < second->number ? -1 : first->number > second->number;
	return memcmp(&first->peer, &second->peer, sizeof first->peer);
}

static void print_row(struct printing *printing, const struct tcp_socket *row)
{
	if (printing->cli->json)
		print_json(printing->cli, row);
	else
		add_row(printing->table, row);
}

static void print_first(struct printing *printing)
{
	qsort(printing->first, printing->sorted, sizeof *printing->first, by_owner);
	for (unsigned i = 0; i < printing->sorted; i++)
		print_row(printing, &printing->first[i]);
	printing->sorted = 0;
	flush(printing->cli, printing->table);
}

static void take_row(void *arg, const struct tcp_socket *row)
{
	struct printing *printing = arg;

	if (printing->rows++ < FLUSH_ROWS) {
		printing->first[printing->sorted++] = *row;
		return;
	}
	if (printing->sorted)
		print_first(printing);
	print_row(printing, row);
	if (printing->rows % FLUSH_ROWS == 0)
		flush(printing->cli, printing->table);
}

static struct printing *printing_new(struct cli *cli)
{
	struct printing *printing = calloc(1, sizeof *printing);

	if (!printing)
		abort();
	printing->cli = cli;
	printing->table = new_table(cli);
	return printing;
}

static void printing_free(struct printing *printing)
{
	table_free(printing->table);
	free(printing);
}

int sockets_print(struct cli *cli, const struct node *only, struct cause *cause)
{
	struct printing *printing = printing_new(cli);
	const struct node *node = NULL;
	int result = 0;

	while (result == 0 && (node = node_next(cli->lab, node)))
		if (!only || node == only)
			result = node_dump(node, take_row, printing, cause);
	if (printing->rows)
		print_first(printing);
	else if (result == 0 && !cli->json)
		out_line(cli, "  no TCP sockets%s%s", only ? " in " : "", only ? only->name : "");
	printing_free(printing);
	return result;
}

/* ----------------------------------------------------------- summary */

static void print_count(struct cli *cli, const struct node *node, enum tcp_state state,
	uint32_t count)
{
	struct json json;

	if (!cli->json) {
		out_line(cli, "  %-15s %-11s %8u", node->name, state_name(state), count);
		return;
	}
	json_begin(&json);
	json_string(&json, "event", "count");
	json_string(&json, "node", node->name);
	json_string(&json, "state", state_name(state));
	json_int(&json, "count", count);
	json_print(&json, cli);
}

int sockets_print_summary(struct cli *cli, const struct node *only, struct cause *cause)
{
	const struct node *node = NULL;
	uint32_t count[TCP_STATES];

	while ((node = node_next(cli->lab, node))) {
		if (only && node != only)
			continue;
		if (node_count(node, count, cause) < 0)
			return -1;
		for (int state = 0; state < TCP_STATES; state++)
			if (count[state])
				print_count(cli, node, (enum tcp_state)state, count[state]);
	}
	return 0;
}

/* ------------------------------------------------------------ the lesson */

static void lesson_row(void *arg, const struct tcp_socket *row)
{
	struct printing *printing = arg;

	if (printing->sorted < LESSON_ROWS)
		printing->first[printing->sorted++] = *row;
	printing->rows++;
}

/* The endpoint's newest connection, if that is gone. */
static const struct tcp_socket *newest_gone(const struct lab *lab, const struct endpoint *endpoint)
{
	const struct tcp_socket *socket = NULL, *newest = NULL;

	while ((socket = socket_next(lab, socket)))
		if (socket->endpoint == endpoint && !socket->listener)
			newest = socket;
	return newest && newest->state == STATE_CLOSED ? newest : NULL;
}

void sockets_print_lesson(struct cli *cli)
{
	struct printing *printing = printing_new(cli);
	const struct endpoint *endpoint = NULL;
	const struct node *node = NULL;
	const struct tcp_socket *gone;
	struct cause cause;
	unsigned others, more = 0;

	while ((node = node_next(cli->lab, node))) {
		if (node_dump_followed(node, LESSON_ROWS, lesson_row, printing, &others,
			    &cause) < 0)
			out_error(cli, NULL, cause.text);
		more += others;
	}
	while ((endpoint = endpoint_next(cli->lab, endpoint))) {
		gone = newest_gone(cli->lab, endpoint);
		if (gone)
			lesson_row(printing, gone);
	}
	if (printing->rows)
		print_first(printing);
	more += printing->rows > LESSON_ROWS ? printing->rows - LESSON_ROWS : 0;
	if (more)
		out_line(cli, "  and %u more: ss shows all", more);
	printing_free(printing);
}
