/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * closing_test.c - the table of the state machine against the figure of
 * RFC 9293, the walks of the lesson through it, and the form of its sentences.
 */
#include "../../netlab/closing.h"

#include <ctype.h>

#include "unit.h"

/* The row that is looked at, for the failing check. */
static void about(const struct closing_rule *rule)
{
	static char text[80];

	snprintf(text, sizeof text, "%s on %s:", state_name(rule->state), stimulus_name(rule->on));
	unit_about = text;
}

/* -------------------------------------------------------------- its form */

static void no_row_is_there_twice(void)
{
	for (size_t i = 0; i < closing_rule_count; i++) {
		about(&closing_rules[i]);
		CHECK(closing_rule(closing_rules[i].state, closing_rules[i].on) == &closing_rules[i]);
	}
}

static void every_value_is_one_of_its_kind(void)
{
	for (size_t i = 0; i < closing_rule_count; i++) {
		CHECK((unsigned)closing_rules[i].state < TCP_STATES);
		CHECK((unsigned)closing_rules[i].next < TCP_STATES);
		CHECK((unsigned)closing_rules[i].on < STIMULI);
	}
}

/* "its FIN", "2 MSL", "an RST"; and a name keeps its capitals: "TIME-WAIT". */
static bool begins_low(const char *text)
{
	if (!isupper((unsigned char)text[0]))
		return true;
	return isupper((unsigned char)text[1]);
}

/* Nothing that ends a sentence: ". ", "!", "?" or a full stop at the end. */
static bool is_one_sentence(const char *text)
{
	size_t length = strlen(text);

	if (length == 0 || text[length - 1] == '.' || text[length - 1] == ' ')
		return false;
	return !strstr(text, ". ") && !strpbrk(text, "!?\n\t");
}

static void every_why_is_one_short_sentence(void)
{
	for (size_t i = 0; i < closing_rule_count; i++) {
		const char *why = closing_rules[i].why;

		about(&closing_rules[i]);
		CHECK(why != NULL);
		if (!why)
			continue;
		CHECK(begins_low(why));
		CHECK(is_one_sentence(why));
		CHECK(strlen(why) <= 100);
	}
}

static void every_rule_names_its_source(void)
{
	for (size_t i = 0; i < closing_rule_count; i++) {
		const char *rfc = closing_rules[i].rfc;

		about(&closing_rules[i]);
		CHECK(rfc && (strncmp(rfc, "RFC ", 4) == 0 || strstr(rfc, "(7)")));
	}
}

static void every_stimulus_has_a_name_and_a_use(void)
{
	for (unsigned on = 0; on < STIMULI; on++) {
		bool used = false;

		unit_about = stimulus_name(on);
		CHECK(unit_about && *unit_about);
		for (size_t i = 0; i < closing_rule_count; i++)
			used |= closing_rules[i].on == on;
		CHECK(used);
		for (unsigned other = 0; other < on; other++)
			CHECK(strcmp(stimulus_name(other), stimulus_name(on)) != 0);
	}
}

/* ------------------------------------------- the figure of RFC 9293 3.3.2 */

/* Figure 5, edge by edge, from its top to its bottom. */
static const struct edge {
	enum tcp_state from;
	enum stimulus on;
	enum tcp_state to;
} figure[] = {
	{STATE_CLOSED, ON_LISTEN, STATE_LISTEN},	  /* passive OPEN */
	{STATE_CLOSED, ON_CONNECT, STATE_SYN_SENT},	  /* active OPEN; snd SYN */
	{STATE_LISTEN, ON_CLOSE, STATE_CLOSED},		  /* CLOSE; delete TCB */
	{STATE_SYN_SENT, ON_CLOSE, STATE_CLOSED},	  /* CLOSE; delete TCB */
	{STATE_SYN_SENT, ON_SYN, STATE_SYN_RECV},	  /* rcv SYN; snd SYN,ACK */
	{STATE_SYN_SENT, ON_SYN_ACK, STATE_ESTAB},	  /* rcv SYN,ACK; snd ACK */
	{STATE_SYN_RECV, ON_ACK_OF_SYN, STATE_ESTAB},	  /* rcv ACK of SYN */
	{STATE_ESTAB, ON_CLOSE, STATE_FIN_WAIT_1},	  /* CLOSE; snd FIN */
	{STATE_ESTAB, ON_FIN, STATE_CLOSE_WAIT},	  /* rcv FIN; snd ACK */
	{STATE_FIN_WAIT_1, ON_ACK_OF_FIN, STATE_FIN_WAIT_2}, /* rcv ACK of FIN */
	{STATE_FIN_WAIT_1, ON_FIN, STATE_CLOSING},	  /* rcv FIN; snd ACK */
	{STATE_FIN_WAIT_2, ON_FIN, STATE_TIME_WAIT},	  /* rcv FIN; snd ACK */
	{STATE_CLOSING, ON_ACK_OF_FIN, STATE_TIME_WAIT},  /* rcv ACK of FIN */
	{STATE_CLOSE_WAIT, ON_CLOSE, STATE_LAST_ACK},	  /* CLOSE; snd FIN */
	{STATE_LAST_ACK, ON_ACK_OF_FIN, STATE_CLOSED},	  /* rcv ACK of FIN; delete TCB */
	{STATE_TIME_WAIT, ON_TIMER, STATE_CLOSED},	  /* timeout = 2 MSL; delete TCB */
	/* a listener of Linux stays one: its SYN makes another socket */
	{STATE_CLOSED, ON_SYN, STATE_SYN_RECV},		  /* LISTEN: rcv SYN; snd SYN,ACK */
	/* which goes when the SYN was taken back, instead of to LISTEN */
	{STATE_SYN_RECV, ON_RST, STATE_CLOSED},		  /* rcv RST (note 1) */
};

/* What the figure has and Linux has not: nobody can listen() and then send, and
 * a socket in SYN-RECV belongs to no application that could close it. */
static const struct edge not_linux[] = {
	{STATE_LISTEN, ON_SYN, STATE_SYN_RECV},
	{STATE_LISTEN, ON_CONNECT, STATE_SYN_SENT},
	{STATE_SYN_RECV, ON_CLOSE, STATE_FIN_WAIT_1},
};

static void the_figures_edges_are_in_the_table(void)
{
	for (size_t i = 0; i < sizeof figure / sizeof *figure; i++) {
		const struct closing_rule wanted = {.state = figure[i].from, .on = figure[i].on};
		const struct closing_rule *rule = closing_rule(wanted.state, wanted.on);

		about(&wanted);
		CHECK(rule != NULL);
		if (rule)
			CHECK_STR(state_name(rule->next), state_name(figure[i].to));
	}
}

static void what_linux_has_not_is_not_in_the_table(void)
{
	for (size_t i = 0; i < sizeof not_linux / sizeof *not_linux; i++)
		CHECK(closing_rule(not_linux[i].from, not_linux[i].on) == NULL);
}

static bool in_figure(const struct closing_rule *rule)
{
	for (size_t i = 0; i < sizeof figure / sizeof *figure; i++)
		if (figure[i].from == rule->state && figure[i].to == rule->next)
			return true;
	return false;
}

/* What else leads on leads out: an abort, a reset, a timer, the lab. */
static void no_other_edge_leads_anywhere_but_out(void)
{
	for (size_t i = 0; i < closing_rule_count; i++) {
		const struct closing_rule *rule = &closing_rules[i];

		about(rule);
		if (rule->next != rule->state && rule->next != STATE_CLOSED)
			CHECK(in_figure(rule));
	}
}

/* ------------------------------------------------- the walks of the lesson */

struct step {
	enum stimulus on;
	enum tcp_state state; /* afterwards */
};
#define WALK_END {STIMULI, TCP_STATES}

static void walk(enum tcp_state state, const struct step *step)
{
	for (; step->on != STIMULI; step++) {
		const struct closing_rule wanted = {.state = state, .on = step->on};
		const struct closing_rule *rule = closing_rule(state, step->on);

		about(&wanted);
		CHECK(rule != NULL);
		if (!rule)
			return;
		CHECK_STR(state_name(rule->next), state_name(step->state));
		state = rule->next;
	}
}

static void the_opening(void)
{
	walk(STATE_CLOSED, (const struct step[]){{ON_CONNECT, STATE_SYN_SENT},
		{ON_SYN_ACK, STATE_ESTAB}, WALK_END});
	walk(STATE_CLOSED, (const struct step[]){{ON_SYN, STATE_SYN_RECV},
		{ON_ACK_OF_SYN, STATE_ESTAB}, WALK_END});
}

/* Seven moments: four of the closer, three of its peer. */
static void the_normal_close(void)
{
	walk(STATE_ESTAB, (const struct step[]){{ON_CLOSE, STATE_FIN_WAIT_1},
		{ON_ACK_OF_FIN, STATE_FIN_WAIT_2}, {ON_FIN, STATE_TIME_WAIT},
		{ON_TIMER, STATE_CLOSED}, WALK_END});
	walk(STATE_ESTAB, (const struct step[]){{ON_FIN, STATE_CLOSE_WAIT},
		{ON_CLOSE, STATE_LAST_ACK}, {ON_ACK_OF_FIN, STATE_CLOSED}, WALK_END});
}

static void both_close_at_once(void)
{
	walk(STATE_ESTAB, (const struct step[]){{ON_CLOSE, STATE_FIN_WAIT_1},
		{ON_FIN, STATE_CLOSING}, {ON_ACK_OF_FIN, STATE_TIME_WAIT},
		{ON_TIMER, STATE_CLOSED}, WALK_END});
}

/* Three segments: the FIN that answers carries the ACK, which counts first. */
static void a_fin_that_acks_the_fin(void)
{
	walk(STATE_FIN_WAIT_1, (const struct step[]){{ON_ACK_OF_FIN, STATE_FIN_WAIT_2},
		{ON_FIN, STATE_TIME_WAIT}, WALK_END});
}

static void a_half_close(void)
{
	walk(STATE_ESTAB, (const struct step[]){{ON_SHUTDOWN, STATE_FIN_WAIT_1},
		{ON_ACK_OF_FIN, STATE_FIN_WAIT_2}, {ON_DATA, STATE_FIN_WAIT_2},
		{ON_DATA, STATE_FIN_WAIT_2}, {ON_FIN, STATE_TIME_WAIT}, WALK_END});
	walk(STATE_ESTAB, (const struct step[]){{ON_FIN, STATE_CLOSE_WAIT},
		{ON_ACK, STATE_CLOSE_WAIT}, {ON_SHUTDOWN, STATE_LAST_ACK},
		{ON_ACK_OF_FIN, STATE_CLOSED}, WALK_END});
}

/* The last ACK is lost: the FIN comes again, and 2 MSL start anew. */
static void the_last_ack_lost(void)
{
	walk(STATE_TIME_WAIT, (const struct step[]){{ON_FIN, STATE_TIME_WAIT},
		{ON_FIN, STATE_TIME_WAIT}, {ON_TIMER, STATE_CLOSED}, WALK_END});
	walk(STATE_LAST_ACK, (const struct step[]){{ON_FIN, STATE_LAST_ACK},
		{ON_ACK_OF_FIN, STATE_CLOSED}, WALK_END});
}

/* ACK and retransmitted FINs are lost, TIME-WAIT ends before its peer's. */
static void both_lost_until_time_wait_is_over(void)
{
	walk(STATE_TIME_WAIT, (const struct step[]){{ON_TIMER, STATE_CLOSED},
		{ON_FIN, STATE_CLOSED}, WALK_END});
	walk(STATE_LAST_ACK, (const struct step[]){{ON_RST, STATE_CLOSED}, WALK_END});
	walk(STATE_LAST_ACK, (const struct step[]){{ON_TIMER, STATE_CLOSED}, WALK_END});
	CHECK(strstr(closing_rule(STATE_CLOSED, ON_FIN)->why, "RST"));
}

static void the_hard_ways_out(void)
{
	static const enum stimulus ways[] = {ON_ABORT, ON_CLOSE_UNREAD, ON_DEATH_UNREAD, ON_RST};

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		walk(STATE_ESTAB, (const struct step[]){{ways[i], STATE_CLOSED}, WALK_END});
		walk(STATE_CLOSE_WAIT, (const struct step[]){{ways[i], STATE_CLOSED}, WALK_END});
	}
	walk(STATE_TIME_WAIT, (const struct step[]){{ON_RST, STATE_CLOSED}, WALK_END});
	CHECK(strstr(closing_rule(STATE_TIME_WAIT, ON_RST)->rfc, "1337"));
}

static void a_process_that_ends_closes(void)
{
	walk(STATE_ESTAB, (const struct step[]){{ON_DEATH, STATE_FIN_WAIT_1}, WALK_END});
	walk(STATE_CLOSE_WAIT, (const struct step[]){{ON_DEATH, STATE_LAST_ACK}, WALK_END});
	walk(STATE_LISTEN, (const struct step[]){{ON_DEATH, STATE_CLOSED}, WALK_END});
}

/* A FIN that is seen before its call leads where the call would have led. */
static void a_fin_sent_leads_where_the_close_leads(void)
{
	static const enum tcp_state states[] = {STATE_ESTAB, STATE_CLOSE_WAIT};

	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		CHECK_EQ(closing_rule(states[i], ON_SENT_FIN)->next,
			closing_rule(states[i], ON_CLOSE)->next);
}

static void late_duplicates_change_nothing(void)
{
	walk(STATE_FIN_WAIT_2, (const struct step[]){{ON_ACK_OF_FIN, STATE_FIN_WAIT_2}, WALK_END});
	walk(STATE_TIME_WAIT, (const struct step[]){{ON_ACK_OF_FIN, STATE_TIME_WAIT},
		{ON_DATA, STATE_TIME_WAIT}, {ON_ACK, STATE_TIME_WAIT}, WALK_END});
	walk(STATE_CLOSE_WAIT, (const struct step[]){{ON_FIN, STATE_CLOSE_WAIT}, WALK_END});
	walk(STATE_CLOSING, (const struct step[]){{ON_FIN, STATE_CLOSING}, WALK_END});
	/* the ACK of its SYN-ACK was lost */
	walk(STATE_ESTAB, (const struct step[]){{ON_SYN_ACK, STATE_ESTAB}, WALK_END});
}

/* ------------------------------------------------------------------ ends */

static void every_state_can_reach_closed(void)
{
	bool reaches[TCP_STATES] = {[STATE_CLOSED] = true};
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < closing_rule_count; i++) {
			const struct closing_rule *rule = &closing_rules[i];

			if (reaches[rule->next] && !reaches[rule->state])
				reaches[rule->state] = more = true;
		}
	}
	for (unsigned state = 0; state < TCP_STATES; state++) {
		unit_about = state_name(state);
		CHECK(reaches[state]);
	}
}

static void every_state_can_be_reached(void)
{
	for (unsigned state = 0; state < TCP_STATES; state++) {
		bool reached = false;

		unit_about = state_name(state);
		for (size_t i = 0; i < closing_rule_count; i++)
			reached |= closing_rules[i].next == state && closing_rules[i].state != state;
		CHECK(reached);
	}
}

static void the_lab_can_end_every_state(void)
{
	for (unsigned state = STATE_CLOSED + 1; state < TCP_STATES; state++) {
		const struct closing_rule *rule = closing_rule(state, ON_DESTROY);

		unit_about = state_name(state);
		CHECK(rule && rule->next == STATE_CLOSED);
		CHECK(rule && strstr(rule->why, "not by TCP"));
	}
	CHECK(closing_rule(STATE_CLOSED, ON_DESTROY) == NULL);
}

/* No segment can meet an open connection without a sentence for it. */
static void every_segment_of_an_open_connection_is_told(void)
{
	static const enum tcp_state states[] = {STATE_ESTAB, STATE_FIN_WAIT_1, STATE_FIN_WAIT_2,
		STATE_CLOSING, STATE_TIME_WAIT, STATE_CLOSE_WAIT, STATE_LAST_ACK};

	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		unit_about = state_name(states[i]);
		CHECK(closing_rule(states[i], ON_ACK));
		CHECK(closing_rule(states[i], ON_RST));
	}
}

static void what_cannot_happen_has_no_rule(void)
{
	CHECK(closing_rule(STATE_TIME_WAIT, ON_CLOSE) == NULL);
	CHECK(closing_rule(STATE_LISTEN, ON_FIN) == NULL);
	CHECK(closing_rule(STATE_CLOSED, ON_CLOSE) == NULL);
}

int main(void)
{
	RUN(no_row_is_there_twice);
	RUN(every_value_is_one_of_its_kind);
	RUN(every_why_is_one_short_sentence);
	RUN(every_rule_names_its_source);
	RUN(every_stimulus_has_a_name_and_a_use);
	RUN(the_figures_edges_are_in_the_table);
	RUN(what_linux_has_not_is_not_in_the_table);
	RUN(no_other_edge_leads_anywhere_but_out);
	RUN(the_opening);
	RUN(the_normal_close);
	RUN(both_close_at_once);
	RUN(a_fin_that_acks_the_fin);
	RUN(a_half_close);
	RUN(the_last_ack_lost);
	RUN(both_lost_until_time_wait_is_over);
	RUN(the_hard_ways_out);
	RUN(a_process_that_ends_closes);
	RUN(a_fin_sent_leads_where_the_close_leads);
	RUN(late_duplicates_change_nothing);
	RUN(every_state_can_reach_closed);
	RUN(every_state_can_be_reached);
	RUN(the_lab_can_end_every_state);
	RUN(every_segment_of_an_open_connection_is_told);
	RUN(what_cannot_happen_has_no_rule);
	return unit_end();
}
