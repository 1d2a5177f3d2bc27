/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * selector_test.c - which segments are meant: reading, matching, counting; and on
 * whole closes, with flow.c's bookkeeping, that the kinds mean what they say.
 */
#include "../../netlab/selector.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "../../netlab/flow.h"
#include "unit.h"

/* Split at blanks; -1: refused, cause in `cause`. */
static struct cause cause;

static int parse(const char *line, struct selector *selector)
{
	char text[200], *words[32], *at = text, *word;
	int count = 0;

	snprintf(text, sizeof text, "%s", line);
	while ((word = strsep(&at, " ")))
		if (*word)
			words[count++] = word;
	return selector_parse(words, count, selector, &cause);
}

static void what_is_read_prints_in_standard_order(void)
{
	static const char *const rows[][2] = {
		{"last-ack", "last-ack"},
		{"last-ack nth 1", "last-ack"},
		{"fin retransmission", "fin retransmission"},
		{"retransmission fin", "fin retransmission"},
		{"nth 2 fin client>server", "client>server fin nth 2"},
		{"first 3 data seq 1 a>b", "a>b data seq 1 first 3"},
		{"every 2", "every 2"},
		{"nth 1", "nth 1"},
		{"all", "all"},
		{"a>b", "a>b"},
		{"seq 0 syn", "syn seq 0"},
		{"seq 4294967295", "seq 4294967295"},
		{"fin data ack-of-fin", NULL}, /* no data and data */
	};
	char text[SELECTOR_TEXT];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct selector selector;
		int result = parse(rows[i][0], &selector);

		unit_about = rows[i][0];
		CHECK_EQ(result, rows[i][1] ? 0 : -1);
		if (result == 0 && rows[i][1])
			CHECK_STR(selector_print(&selector, text), rows[i][1]);
	}
	unit_about = "";
}

static void what_cannot_be_is_refused_with_the_reason(void)
{
	static const char *const rows[][2] = {
		{"", "which segments"},
		{"fni", "did you mean fin"},
		{"fin fin", "said twice"},
		{"a>b c>d", "said twice"},
		{"nth 1 first 2", "said twice"},
		{"all every 2", "said twice"},
		{"seq 1 seq 2", "said twice"},
		{"a>", "no way"},
		{">b", "no way"},
		{"abcdefghijklmnop>b", "no way"},
		{"a>a", "itself"},
		{"a>b>c", "no way"},
		{"1a>b", "no way"},
		{"nth", "wants a number"},
		{"nth x", "no number"},
		{"nth 0", "out of range"},
		{"every 0", "out of range"},
		{"first -1", "no number"},
		{"seq 4294967296", "out of range"},
		{"seq 99999999999999999999999", "out of range"},
		{"syn syn-ack", "both"},
		{"data ack", "both"},
		{"ack fin", "both"},
		{"last-ack fin", "both"},
		{"rst retransmission", "both"},
		{"retransmission last-ack", "both"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct selector selector;

		unit_about = rows[i][0];
		CHECK_EQ(parse(rows[i][0], &selector), -1);
		CHECK(cause.code != 0);
		if (!strstr(cause.text, rows[i][1]))
			CHECK_STR(cause.text, rows[i][1]);
	}
	unit_about = "";
}

/* Which of the first nine that match are taken, as digits; "-" behind the last. */
static const char *taken(const char *line)
{
	static char text[24];
	struct selector selector;
	char *at = text;

	if (parse(line, &selector) < 0)
		return cause.text;
	for (uint32_t count = 1; count <= 9; count++) {
		if (selector_takes(&selector, count))
			*at++ = (char)('0' + count);
		if (selector_is_over(&selector, count)) {
			*at++ = '-';
			break;
		}
	}
	*at = '\0';
	return text;
}

static void counting_takes_the_right_ones_and_ends(void)
{
	CHECK_STR(taken("fin"), "1-");
	CHECK_STR(taken("fin nth 3"), "3-");
	CHECK_STR(taken("fin first 3"), "123-");
	CHECK_STR(taken("fin every 3"), "369");
	CHECK_STR(taken("fin every 1"), "123456789");
	CHECK_STR(taken("fin all"), "123456789");
}

static bool matches(const char *line, const struct selector_facts *facts)
{
	struct selector selector;

	return parse(line, &selector) == 0 && selector_matches(&selector, facts);
}

static void ways_and_numbers_are_matched(void)
{
	struct selector_facts facts = {.from = "client", .to = "server", .flags = SEG_ACK | SEG_PSH,
		.length = 5, .seq = 7};

	CHECK(matches("client>server", &facts));
	CHECK(!matches("server>client", &facts));
	CHECK(!matches("client>other", &facts));
	CHECK(matches("seq 7", &facts));
	CHECK(!matches("seq 8", &facts));
	CHECK(matches("client>server data seq 7", &facts));
	facts.length = 0;
	CHECK(!matches("seq 7", &facts)); /* a bare ACK has none of its own */
	CHECK(matches("client>server ack", &facts));
	facts.flags = SEG_RST;
	CHECK(matches("seq 7 rst", &facts));
	facts.to = "";
	CHECK(!matches("client>server", &facts));
	CHECK(matches("rst", &facts));
}

/* ------------------------------------------------- kinds, on whole closes */

static struct flows *flows;

/* A segment from client or server, as on the wire from 1000 and 9000 on; the kinds
 * that it is, in one word a kind. */
static const char *kinds_of(bool from_client, uint8_t flags, uint32_t seq, uint32_t length, uint32_t ack)
{
	static char text[120];
	struct address client = {.family = AF_INET, .bytes = {10, 0, 0, 1}, .port = 40000};
	struct address server = {.family = AF_INET, .bytes = {10, 0, 0, 2}, .port = 80};
	struct segment segment = {.src = from_client ? client : server,
		.dst = from_client ? server : client, .flags = flags, .length = length,
		.seq = seq + (from_client ? 1000 : 9000), .ack = ack + (from_client ? 9000 : 1000)};
	struct flow_view view;
	struct selector_facts facts = {.from = "", .to = "", .flags = flags, .length = length};

	flows_note(flows, &segment, &view);
	facts.seq = view.seq;
	facts.retransmission = view.retransmission;
	facts.acks_fin = view.acks_fin;
	facts.is_last = view.is_last;
	text[0] = '\0';
	for (int i = 0; i < 9; i++)
		if (matches(selector_words[i], &facts)) {
			strcat(text, *text ? " " : "");
			strcat(text, selector_words[i]);
		}
	return text;
}
#define C(...) kinds_of(true, __VA_ARGS__)
#define S(...) kinds_of(false, __VA_ARGS__)
#define FIN_ACK (SEG_FIN | SEG_ACK)

static void open_connection(void)
{
	flows = flows_new();
	CHECK_STR(C(SEG_SYN, 0, 0, 0), "syn");
	CHECK_STR(S(SEG_SYN | SEG_ACK, 0, 0, 1), "syn-ack");
	CHECK_STR(C(SEG_ACK, 1, 0, 1), "ack");
}

static void four_steps_have_one_last_ack(void)
{
	open_connection();
	CHECK_STR(C(SEG_ACK | SEG_PSH, 1, 5, 1), "data");
	CHECK_STR(S(SEG_ACK, 1, 0, 6), "ack");
	CHECK_STR(C(FIN_ACK, 6, 0, 1), "fin");
	CHECK_STR(S(SEG_ACK, 1, 0, 7), "ack ack-of-fin");
	CHECK_STR(S(SEG_ACK | SEG_PSH, 1, 3, 7), "data");
	CHECK_STR(C(SEG_ACK, 7, 0, 4), "ack");
	CHECK_STR(S(FIN_ACK, 4, 0, 7), "fin");
	CHECK_STR(C(SEG_ACK, 7, 0, 5), "ack ack-of-fin last-ack");
	flows_free(flows);
}

static void a_fin_that_rides_on_the_ack_is_no_ack_of_fin(void)
{
	open_connection();
	CHECK_STR(C(FIN_ACK, 1, 0, 1), "fin");
	CHECK_STR(S(FIN_ACK, 1, 0, 2), "fin");
	CHECK_STR(C(SEG_ACK, 2, 0, 2), "ack ack-of-fin last-ack");
	flows_free(flows);
}

static void a_simultaneous_close_has_two_last_acks(void)
{
	open_connection();
	CHECK_STR(C(FIN_ACK, 1, 0, 1), "fin");
	CHECK_STR(S(FIN_ACK, 1, 0, 1), "fin");
	CHECK_STR(C(SEG_ACK, 2, 0, 2), "ack ack-of-fin last-ack");
	CHECK_STR(S(SEG_ACK, 2, 0, 2), "ack ack-of-fin last-ack");
	flows_free(flows);
}

static void what_is_sent_again_is_a_retransmission_and_acked_again(void)
{
	open_connection();
	CHECK_STR(C(FIN_ACK, 1, 0, 1), "fin");
	CHECK_STR(C(FIN_ACK, 1, 0, 1), "fin retransmission");
	CHECK_STR(S(SEG_ACK, 1, 0, 2), "ack ack-of-fin");
	CHECK_STR(S(FIN_ACK, 1, 0, 2), "fin");
	CHECK_STR(C(SEG_ACK, 2, 0, 2), "ack ack-of-fin last-ack");
	CHECK_STR(S(FIN_ACK, 1, 0, 2), "fin retransmission");
	CHECK_STR(C(SEG_ACK, 2, 0, 2), "ack ack-of-fin last-ack");
	flows_free(flows);
}

/* The second closer may have to ACK the first one's FIN again, behind its own FIN:
 * nobody waits for that. */
static void the_second_closer_sends_no_last_ack(void)
{
	open_connection();
	CHECK_STR(C(FIN_ACK, 1, 0, 1), "fin");
	CHECK_STR(S(SEG_ACK, 1, 0, 2), "ack ack-of-fin");
	CHECK_STR(S(FIN_ACK, 1, 0, 2), "fin");
	CHECK_STR(C(FIN_ACK, 1, 0, 1), "fin retransmission"); /* it was under way for long */
	CHECK_STR(S(SEG_ACK, 2, 0, 2), "ack ack-of-fin");
	CHECK_STR(C(SEG_ACK, 2, 0, 2), "ack ack-of-fin last-ack");
	flows_free(flows);
}

static void data_with_fin_is_both_and_rst_neither(void)
{
	open_connection();
	CHECK_STR(C(FIN_ACK | SEG_PSH, 1, 4, 1), "fin data");
	CHECK_STR(S(SEG_RST | SEG_ACK, 1, 0, 6), "rst");
	flows_free(flows);
}

static void a_new_connection_has_no_fin_yet(void)
{
	open_connection();
	C(FIN_ACK, 1, 0, 1);
	S(FIN_ACK, 1, 0, 2);
	C(SEG_ACK, 2, 0, 2);
	CHECK_STR(C(SEG_SYN, 500000, 0, 0), "syn");
	CHECK_STR(S(SEG_SYN | SEG_ACK, 700000, 0, 500001), "syn-ack");
	CHECK_STR(C(SEG_ACK, 500001, 0, 700001), "ack");
	flows_free(flows);
}

int main(void)
{
	RUN(what_is_read_prints_in_standard_order);
	RUN(what_cannot_be_is_refused_with_the_reason);
	RUN(counting_takes_the_right_ones_and_ends);
	RUN(ways_and_numbers_are_matched);
	RUN(four_steps_have_one_last_ack);
	RUN(a_fin_that_rides_on_the_ack_is_no_ack_of_fin);
	RUN(a_simultaneous_close_has_two_last_acks);
	RUN(what_is_sent_again_is_a_retransmission_and_acked_again);
	RUN(the_second_closer_sends_no_last_ack);
	RUN(data_with_fin_is_both_and_rst_neither);
	RUN(a_new_connection_has_no_fin_yet);
	return unit_end();
}
