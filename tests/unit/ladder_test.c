/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ladder_test.c - time-sequence diagrams of made-up events, at every width.
 */
#include "../../cli/ladder.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "../../cli/text.h"
#include "unit.h"

#define MS 1000000LL
#define US 1000LL
#define EVENTS_MAX 600

enum { CLIENT, SERVER };

static struct node nodes[8] = {{.name = "client"}, {.name = "server"}, {.name = "proxy"},
	{.name = "h4"}, {.name = "h5"}, {.name = "h6"}, {.name = "h7"}, {.name = "h8"}};
static struct tcp_socket sockets[8];
static struct passage passages[EVENTS_MAX];
static struct lab_event events[EVENTS_MAX];
static const struct lab_event *log_[EVENTS_MAX];
static size_t count;
static uint32_t numbered;

static void begin(void)
{
	count = 0;
	numbered = 0;
	for (int i = 0; i < 8; i++)
		sockets[i] = (struct tcp_socket){.node = &nodes[i]};
}

static struct lab_event *add(enum lab_event_kind kind, int64_t time)
{
	events[count] = (struct lab_event){.kind = kind, .time = time};
	log_[count] = &events[count];
	return &events[count++];
}

static void call(int64_t time, int host, const char *name)
{
	struct lab_event *event = add(LAB_CALL, time);

	event->socket = &sockets[host];
	event->call = name;
}

/* By the segment that came just before, if one did; else by a call. */
static void state(int64_t time, int host, enum tcp_state from, enum tcp_state to)
{
	const struct lab_event *before = count ? &events[count - 1] : NULL;
	bool came = before && before->fate == FATE_DELIVERED && before->passage &&
		before->passage->to == &nodes[host];
	struct lab_event *event = add(LAB_STATE, time);

	event->because.kind = came ? BECAUSE_SEGMENT : BECAUSE_CALL;
	event->because.segment = came ? before->passage->n : 0;
	event->socket = &sockets[host];
	event->from = from;
	event->to = to;
}

static struct passage *segment(int64_t entered, int from, int to, uint8_t flags, uint32_t seq,
	uint32_t ack)
{
	struct passage *passage = &passages[numbered++];

	*passage = (struct passage){.n = numbered, .from = &nodes[from], .to = &nodes[to],
		.seq = seq, .ack = ack, .entered = entered, .left = -1,
		.seg = {.flags = flags, .window_scale = -1,
			.src = {AF_INET, {10, 0, 0, (uint8_t)(from + 1)}, from ? 80 : 40000},
			.dst = {AF_INET, {10, 0, 0, (uint8_t)(to + 1)}, to ? 80 : 40000}}};
	return passage;
}

static void told(struct passage *passage, enum fate fate, int64_t time)
{
	struct lab_event *event = add(LAB_SEGMENT, time);

	event->passage = passage;
	event->fate = fate;
	if (fate == FATE_DELIVERED)
		passage->left = time;
}

static void held(struct passage *passage)
{
	told(passage, FATE_HELD, passage->entered);
}

/* Free running: told once, when it entered. */
static void passes(struct passage *passage, int64_t delay)
{
	told(passage, FATE_DELIVERED, passage->entered);
	passage->left = passage->entered + delay;
}

static char *draw_of(size_t hosts, struct ladder_format format)
{
	const struct node *lifelines[8];

	for (size_t i = 0; i < hosts; i++)
		lifelines[i] = &nodes[i];
	return ladder_draw(log_, count, lifelines, hosts, &format);
}

static void check(struct ladder_format format, const char *expected)
{
	char *text = draw_of(2, format);

	CHECK_STR(text, expected);
	free(text);
}

/* The close of the lesson, both ends in their states before. */
static void close_by_steps(void)
{
	struct passage *fin, *ack;

	begin();
	call(0, CLIENT, "close");
	state(0, CLIENT, STATE_ESTAB, STATE_FIN_WAIT_1);
	fin = segment(20 * US, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	held(fin);
	fin->copies = 5;
	told(fin, FATE_DELIVERED, 8100 * MS);
	state(8100 * MS, SERVER, STATE_ESTAB, STATE_CLOSE_WAIT);
	ack = segment(8140 * MS, SERVER, CLIENT, SEG_ACK, 1, 2);
	held(ack);
	told(ack, FATE_DELIVERED, 9000 * MS);
	state(9000 * MS, CLIENT, STATE_FIN_WAIT_1, STATE_FIN_WAIT_2);
	call(9500 * MS, SERVER, "close");
	state(9500 * MS, SERVER, STATE_CLOSE_WAIT, STATE_LAST_ACK);
	fin = segment(9500 * MS + 20 * US, SERVER, CLIENT, SEG_FIN | SEG_ACK, 1, 2);
	held(fin);
	told(fin, FATE_DELIVERED, 12345 * MS);
	state(12345 * MS, CLIENT, STATE_FIN_WAIT_2, STATE_TIME_WAIT);
	ack = segment(12345 * MS + 30 * US, CLIENT, SERVER, SEG_ACK, 2, 2);
	held(ack);
	told(ack, FATE_DELIVERED, 13000 * MS);
	state(13000 * MS, SERVER, STATE_LAST_ACK, STATE_CLOSED);
	state(72400 * MS, CLIENT, STATE_TIME_WAIT, STATE_CLOSED);
	events[count - 1].because.kind = BECAUSE_TIMER;
}

#define AT(columns) (struct ladder_format){.width = columns, .utf8 = true}
#define ASCII_AT(columns) (struct ladder_format){.width = columns}

static void the_close_at_100_columns(void)
{
	close_by_steps();
	check(AT(100),
		"time                           client                                     server\n"
		" 0.000  close()                   │                                          │\n"
		"        ESTAB → FIN-WAIT-1        │─ #1 [F.] seq 1 ack 1 ─▶ held             │\n"
		"                                  ┊                                          ┊\n"
		" 8.100                            │         ─ #1 [F.] held 8.1 s, 5 copies ─▶│ ESTAB → CLOSE-WAIT\n"
		" 8.140                            │                held ◀─── #2 [.] ack 2 ───│\n"
		" 9.000  FIN-WAIT-1 → FIN-WAIT-2   │◀─ #2 [.] ack 2, held 860 ms ─            │\n"
		" 9.500                            │                                          │ close()\n"
		"                                  │             held ◀─ #3 [F.] seq 1 ack 2 ─│ CLOSE-WAIT → LAST-ACK\n"
		"                                  ┊                                          ┊\n"
		"12.345  FIN-WAIT-2 → TIME-WAIT    │◀─ #3 [F.] seq 1 ack 2, held 2.8 s ─      │\n"
		"                                  │─── #4 [.] ack 2 ───▶ held                │\n"
		"13.000                            │            ─ #4 [.] ack 2, held 655 ms ─▶│ LAST-ACK → CLOSED\n"
		"                                  ┊                                          ┊\n"
		"72.400  TIME-WAIT → CLOSED, timer │                                          │\n");
}

static void the_close_at_40_columns(void)
{
	close_by_steps();
	check(AT(40),
		"client                            server\n"
		"│ close()                              │\n"
		"│ ESTAB → FIN-WAIT-1                   │\n"
		"│─ #1 [F.] seq 1 ack 1 ─▶ held         │\n"
		"┊                                      ┊\n"
		"│     ─ #1 [F.] held 8.1 s, 5 copies ─▶│\n"
		"│                   ESTAB → CLOSE-WAIT │\n"
		"│              held ◀── #2 [.] ack 2 ──│\n"
		"│◀─ #2 [.] ack 2, held 860 ms ─        │\n"
		"│ FIN-WAIT-1 → FIN-WAIT-2              │\n"
		"│                              close() │\n"
		"│                CLOSE-WAIT → LAST-ACK │\n"
		"│         held ◀─ #3 [F.] seq 1 ack 2 ─│\n"
		"┊                                      ┊\n"
		"│◀─ #3 [F.] seq 1 ack 2, held 2.8 s ─  │\n"
		"│ FIN-WAIT-2 → TIME-WAIT               │\n"
		"│── #4 [.] ack 2 ──▶ held              │\n"
		"│        ─ #4 [.] ack 2, held 655 ms ─▶│\n"
		"│                    LAST-ACK → CLOSED │\n"
		"┊                                      ┊\n"
		"│ TIME-WAIT → CLOSED, timer            │\n");
}

static void the_close_in_ascii(void)
{
	close_by_steps();
	check(ASCII_AT(80),
		"time               client                                     server\n"
		" 0.000  close()       |                                          |\n"
		"        -> FIN-WAIT-1 |- #1 [F.] seq 1 ack 1 -> held             |\n"
		"                      :                                          :\n"
		" 8.100                |         - #1 [F.] held 8.1 s, 5 copies ->| -> CLOSE-WAIT\n"
		" 8.140                |                held <--- #2 [.] ack 2 ---|\n"
		" 9.000  -> FIN-WAIT-2 |<- #2 [.] ack 2, held 860 ms -            |\n"
		" 9.500                |                                          | close()\n"
		"                      |             held <- #3 [F.] seq 1 ack 2 -| -> LAST-ACK\n"
		"                      :                                          :\n"
		"12.345  -> TIME-WAIT  |<- #3 [F.] seq 1 ack 2, held 2.8 s -      |\n"
		"                      |--- #4 [.] ack 2 ---> held                |\n"
		"13.000                |            - #4 [.] ack 2, held 655 ms ->| -> CLOSED\n"
		"                      :                                          :\n"
		"72.400  -> CLOSED     |                                          |\n");
}

static void free_running_segments_are_one_line(void)
{
	begin();
	call(0, CLIENT, "connect");
	state(0, CLIENT, STATE_CLOSED, STATE_SYN_SENT);
	events[count - 1].inferred = true;
	passes(segment(10 * US, CLIENT, SERVER, SEG_SYN, 0, 0), 12 * US);
	state(22 * US, SERVER, STATE_CLOSED, STATE_SYN_RECV);
	passes(segment(40 * US, SERVER, CLIENT, SEG_SYN | SEG_ACK, 0, 1), 12 * US);
	state(52 * US, CLIENT, STATE_SYN_SENT, STATE_ESTAB);
	passes(segment(60 * US, CLIENT, SERVER, SEG_ACK, 1, 1), 12 * US);
	state(72 * US, SERVER, STATE_SYN_RECV, STATE_ESTAB);
	check(ASCII_AT(100),
		"time                   client                                                server\n"
		"0.000  connect()          |                                                     |\n"
		"       CLOSED ~> SYN-SENT |------------------- #1 [S] seq 0 ------------------->| CLOSED -> SYN-RECV\n"
		"       SYN-SENT -> ESTAB  |<---------------- #2 [S.] seq 0 ack 1 ---------------|\n"
		"                          |------------------- #3 [.] ack 1 ------------------->| SYN-RECV -> ESTAB\n"
		"~> inferred: passed through between two looks\n");
}

/* A line is a cause and its effect, however long that took a busy machine; what
 * only happened at the same time has lines of its own. */
static void a_line_is_a_cause_with_its_effect(void)
{
	struct passage *passage;

	begin();
	call(0, CLIENT, "connect");
	passes(segment(40 * MS, CLIENT, SERVER, SEG_SYN, 0, 0), 10 * US);
	state(100 * MS, SERVER, STATE_CLOSED, STATE_SYN_RECV);
	passage = segment(100 * MS, CLIENT, SERVER, SEG_ACK, 1, 1);
	passes(passage, 10 * US);
	call(100 * MS + 10 * US, SERVER, "accept"); /* the moment that it came */
	call(100 * MS + 11 * US, CLIENT, "setsockopt");
	call(100 * MS + 12 * US, SERVER, "recv");
	passes(segment(100 * MS + 20 * US, SERVER, CLIENT, SEG_ACK, 1, 1), 10 * US);
	call(100 * MS + 31 * US, CLIENT, "close");
	passage = segment(101 * MS, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	passage->retransmission = true;
	passes(passage, 10 * US);
	state(102 * MS, CLIENT, STATE_ESTAB, STATE_CLOSED);
	events[count - 1].because.kind = BECAUSE_TIMER;
	passes(segment(102 * MS, CLIENT, SERVER, SEG_RST, 1, 1), 10 * US);
	check(ASCII_AT(90),
		"time                       client                                  server\n"
		"0.000  connect()              |------------ #1 [S] seq 0 ------------>| CLOSED -> SYN-RECV\n"
		"0.100                         |------------ #2 [.] ack 1 ------------>| accept()\n"
		"       setsockopt()           |                                       |\n"
		"                              |                                       | recv() = 0\n"
		"                              |<------------ #3 [.] ack 1 ------------|\n"
		"       close()                |                                       |\n"
		"0.101                         |----- #4 [F.] seq 1 ack 1 again ------>|\n"
		"0.102  ESTAB -> CLOSED, timer |                                       |\n"
		"                              |============ #5 [R] seq 1 ============>|\n");
}

/* On a link with nothing to delay it, milliseconds are the machine's. */
static void what_was_prompt_is_one_arrow(void)
{
	struct passage *passage;

	begin();
	passage = segment(0, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	passage->prompt = true;
	passes(passage, 99 * MS);
	state(99 * MS, SERVER, STATE_ESTAB, STATE_CLOSE_WAIT);
	passage = segment(100 * MS, SERVER, CLIENT, SEG_ACK, 1, 2);
	passage->prompt = true;
	passes(passage, 100 * MS); /* so long is a matter of its own */
	check(ASCII_AT(90),
		"time  client                                                      server\n"
		"0.000  |------------------- #1 [F.] seq 1 ack 1 -------------------->| ESTAB -> CLOSE-WAIT\n"
		"0.100  |<------------------- #2 [.] ack 2 (100 ms) ------------------|\n");
}

static void what_became_of_a_segment_is_drawn(void)
{
	struct passage *fin, *ack, *copy;

	begin();
	fin = segment(0, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	held(fin);
	told(fin, FATE_DROPPED, 2000 * MS);
	fin = segment(2100 * MS, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	fin->retransmission = true;
	told(fin, FATE_LOST, 3100 * MS); /* told late: it is drawn when it entered */
	fin = segment(3000 * MS, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	fin->retransmission = true;
	passes(fin, 50 * MS); /* delayed: nothing else happened */
	ack = segment(3060 * MS, SERVER, CLIENT, SEG_ACK, 1, 2);
	held(ack);
	for (unsigned i = 1; i <= 3; i++) { /* copies while its ACK waits */
		copy = segment(3200 * MS * i, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
		copy->n = 3;
		copy->copy = i;
		told(copy, FATE_ABSORBED, copy->entered);
	}
	told(ack, FATE_DELIVERED, 9900 * MS);
	passes(segment(9900 * MS, SERVER, CLIENT, SEG_RST, 1, 0), 10 * US);
	check(AT(90),
		"time  client                                                         server\n"
		"0.000  │───── #1 [F.] seq 1 ack 1 ─────▶ held                           │\n"
		"       ┊                                                                ┊\n"
		"2.000  │─ #1 [F.] seq 1 ack 1, held 2.0 s ─X dropped                    │\n"
		"2.100  │── #2 [F.] seq 1 ack 1 again ──X lost                           │\n"
		"3.000  │────────────── #3 [F.] seq 1 ack 1 again (50 ms) ──────────────▶│\n"
		"3.060  │                           held ◀───────── #4 [.] ack 2 ────────│\n"
		"3.200  │─ #3 [F.] seq 1 ack 1 again, 3 times ─X absorbed                │\n"
		"       ┊                                                                ┊\n"
		"9.900  │◀─── #4 [.] ack 2, held 6.8 s ──                                │\n"
		"       │◀═════════════════════════ #8 [R] seq 1 ════════════════════════│\n");
}

static void copies_of_what_is_held_are_not_drawn(void)
{
	struct passage *fin, *copy;
	char *text;

	begin();
	fin = segment(0, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	held(fin);
	copy = segment(200 * MS, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	copy->n = 1;
	copy->copy = fin->copies = 1;
	told(copy, FATE_ABSORBED, copy->entered);
	told(fin, FATE_DELIVERED, 500 * MS);
	text = draw_of(2, AT(100));
	CHECK(!strstr(text, "again"));
	CHECK(strstr(text, "held 500 ms, 1 copy absorbed"));
	free(text);
}

/* Two are on their way at once: departures and arrivals in the order of time. */
static void time_runs_strictly_down(void)
{
	struct passage *first, *second;

	begin();
	first = segment(0, CLIENT, SERVER, SEG_PSH | SEG_ACK, 1, 1);
	second = segment(10 * MS, SERVER, CLIENT, SEG_PSH | SEG_ACK, 1, 1);
	passes(first, 50 * MS);
	passes(second, 50 * MS);
	check(ASCII_AT(60),
		"time  client                                          server\n"
		"0.000  |---- #1 [P.] ack 1 ----->                          |\n"
		"0.010  |                          <----- #2 [P.] ack 1 ----|\n"
		"0.050  |                    - #1 [P.] ack 1, after 50 ms ->|\n"
		"0.060  |<- #2 [P.] ack 1, after 50 ms -                    |\n");
}

static void an_arrival_whose_departure_is_not_shown(void)
{
	struct passage *fin;
	char *text;

	begin();
	fin = segment(0, CLIENT, SERVER, SEG_FIN | SEG_ACK, 1, 1);
	call(4000 * MS, SERVER, "recv");
	told(fin, FATE_DELIVERED, 5000 * MS);
	text = draw_of(2, AT(100));
	CHECK(strstr(text, "after 5.0 s"));
	CHECK(!strstr(text, " 0.000"));
	free(text);
}

static void results_of_calls(void)
{
	struct endpoint web = {.name = "web", .node = &nodes[SERVER]};

	begin();
	call(0, CLIENT, "connect");
	events[count - 1].error = 111;
	events[count - 1].result = -1;
	call(10 * MS, CLIENT, "connect");
	events[count - 1].pending = true;
	call(20 * MS, CLIENT, "recv");
	call(30 * MS, CLIENT, "destroy");
	add(LAB_PROCESS, 40 * MS)->text = "ended by SIGKILL";
	events[count - 1].endpoint = &web;
	add(LAB_NOTE, 50 * MS)->text = "3 frames passed unseen\033[31m";
	check(ASCII_AT(80),
		"time  client                                                         server\n"
		"0.000  | connect() ECONNREFUSED                                         |\n"
		"0.010  | connect() waits                                                |\n"
		"0.020  | recv() = 0                                                     |\n"
		"0.030  | destroyed by the lab                                           |\n"
		"0.040  |                                           web ended by SIGKILL |\n"
		"0.050  | lab: 3 frames passed unseen?[31m                               |\n");
}

static void several_connections_are_told_apart(void)
{
	struct passage *one, *other;
	char *text;

	begin();
	strcpy(sockets[SERVER].name, "server/2");
	one = segment(0, CLIENT, SERVER, SEG_SYN, 0, 0);
	passes(one, US);
	other = segment(10 * MS, CLIENT, SERVER, SEG_SYN, 0, 0);
	other->seg.src.port = 40001;
	passes(other, US);
	state(10 * MS + 5 * US, SERVER, STATE_CLOSED, STATE_SYN_RECV);
	text = draw_of(2, AT(120));
	CHECK(strstr(text, "#2 40001>80 [S] seq 0"));
	CHECK(strstr(text, "server/2 CLOSED"));
	free(text);
}

/* ------------------------------------------------------------------- hosts */

static void an_unknown_host_is_its_address(void)
{
	struct passage *syn;

	begin();
	syn = segment(0, CLIENT, SERVER, SEG_SYN, 0, 0);
	syn->to = NULL;
	syn->seg.dst = (struct address){AF_INET, {192, 0, 2, 7}, 80};
	passes(syn, US);
	check(ASCII_AT(80),
		"time  client                            server                         192.0.2.7\n"
		"0.000  |---------------------------- #1 [S] seq 0 ---------------------------->|\n");
}

static void an_arrow_crosses_the_life_lines_between(void)
{
	char *text;

	begin();
	passes(segment(0, CLIENT, 2, SEG_SYN, 0, 0), US);
	text = draw_of(3, ASCII_AT(100));
	CHECK(strstr(text, "-+-") || strstr(text, "[S]"));
	CHECK(strstr(text, "client") && strstr(text, "server") && strstr(text, "proxy"));
	free(text);
}

static void of_many_hosts_only_those_that_took_part(void)
{
	char *text;

	begin();
	passes(segment(0, 6, 7, SEG_SYN, 0, 0), US);
	text = draw_of(8, AT(100));
	CHECK(!strstr(text, "client"));
	CHECK(strstr(text, "h7") && strstr(text, "h8"));
	free(text);
}

static void a_single_host_can_be_drawn(void)
{
	char *text;

	begin();
	call(0, CLIENT, "listen");
	text = draw_of(1, ASCII_AT(40));
	CHECK_STR(text, "time  client\n0.000  | listen()\n");
	free(text);
}

static void nothing_is_drawn_of_nothing(void)
{
	begin();
	check(AT(100), "");
}

/* ------------------------------------------------------------------ widths */

static uint32_t seed = 1;

static uint32_t dice(uint32_t sides)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % sides;
}

/* Anything at all. */
static void make_noise(unsigned hosts)
{
	int64_t now = 0;

	begin();
	while (count < 60) {
		unsigned from = dice(hosts), to = dice(hosts);
		struct passage *passage;

		now += dice(3) ? dice(2000) * US : dice(100000) * MS;
		switch (dice(6)) {
		case 0:
			call(now, (int)from, "shutdown");
			break;
		case 1:
			state(now, (int)from, dice(TCP_STATES), dice(TCP_STATES));
			break;
		case 2:
			add(LAB_NOTE, now)->text = "tcp_orphan_retries stays as it was: no such file";
			break;
		default:
			passage = segment(now, (int)from, (int)to, (uint8_t)dice(64), dice(9999),
				dice(9999));
			passage->copies = dice(3);
			passage->retransmission = dice(2);
			if (dice(4) == 0)
				passage->to = NULL;
			if (dice(2))
				held(passage);
			if (dice(5) == 0)
				passage->n = dice(numbered) + 1;
			if (dice(4))
				told(passage, FATE_HELD + dice(FATES - FATE_HELD), now + dice(4000) * MS);
			break;
		}
	}
}

static void check_widths(const char *text, int width)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		CHECK((int)text_columns(text, length) <= width);
		CHECK(text[length] == '\n');
		CHECK(length == 0 || text[length - 1] != ' ');
		text += length + 1;
	}
}

static void no_line_is_wider_than_the_terminal(void)
{
	for (int width = 40; width <= 300; width += width < 130 ? 1 : 17)
		for (unsigned hosts = 1; hosts <= 8; hosts++) {
			char *text;

			make_noise(hosts);
			text = draw_of(hosts, (struct ladder_format){.width = width,
				.utf8 = width & 1});
			check_widths(text, width);
			free(text);
		}
}

/* Colour adds nothing but itself. */
static void without_its_colours_it_is_the_same(void)
{
	struct ladder_format format = AT(100);
	char *plain, *colored, *to;

	close_by_steps();
	plain = draw_of(2, format);
	format.color = true;
	colored = to = draw_of(2, format);
	CHECK(strstr(colored, "\033[") != NULL);
	for (const char *from = colored; (*to = *from); from++)
		if (*from == '\033')
			from += strcspn(from, "m");
		else
			to++;
	CHECK_STR(colored, plain);
	free(plain);
	free(colored);
}

int main(void)
{
	RUN(the_close_at_100_columns);
	RUN(the_close_at_40_columns);
	RUN(the_close_in_ascii);
	RUN(free_running_segments_are_one_line);
	RUN(a_line_is_a_cause_with_its_effect);
	RUN(what_was_prompt_is_one_arrow);
	RUN(what_became_of_a_segment_is_drawn);
	RUN(copies_of_what_is_held_are_not_drawn);
	RUN(time_runs_strictly_down);
	RUN(an_arrival_whose_departure_is_not_shown);
	RUN(results_of_calls);
	RUN(several_connections_are_told_apart);
	RUN(an_unknown_host_is_its_address);
	RUN(an_arrow_crosses_the_life_lines_between);
	RUN(of_many_hosts_only_those_that_took_part);
	RUN(a_single_host_can_be_drawn);
	RUN(nothing_is_drawn_of_nothing);
	RUN(no_line_is_wider_than_the_terminal);
	RUN(without_its_colours_it_is_the_same);
	return unit_end();
}
