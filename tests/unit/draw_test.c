/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_test.c - whole drawings of the usual networks, and what must hold for
 * every network whatever it is.
 */
#include "../../cli/draw.h"

#include <stdlib.h>

#include "../../cli/text.h"
#include "unit.h"

#define NODES_MAX 3000
#define LINKS_MAX 6000
#define NAME_SIZE 32

static char names[NODES_MAX][NAME_SIZE], seconds[NODES_MAX][NAME_SIZE];
static struct draw_node nodes[NODES_MAX];
static struct draw_link links[LINKS_MAX];
static size_t node_total, link_total;

static void begin(void)
{
	node_total = link_total = 0;
}

static int add(enum node_kind kind, const char *name, const char *second)
{
	snprintf(names[node_total], NAME_SIZE, "%s", name);
	snprintf(seconds[node_total], NAME_SIZE, "%s", second);
	nodes[node_total] = (struct draw_node){names[node_total], kind, seconds[node_total]};
	return (int)node_total++;
}

static int add_number(enum node_kind kind, const char *prefix, int number)
{
	char name[NAME_SIZE], second[NAME_SIZE];

	snprintf(name, sizeof name, "%s%d", prefix, number);
	snprintf(second, sizeof second, "10.0.%d.%d", number / 256, number % 256);
	return add(kind, name, kind == NODE_HOST ? second : "");
}

static struct draw_link *wire(int a, int b)
{
	links[link_total] = (struct draw_link){.a = a, .b = b, .up = true, .labels = {"", ""}};
	return &links[link_total++];
}

static void impair(struct draw_link *link, const char *forth, const char *back)
{
	link->labels[0] = forth;
	link->labels[1] = back;
}

/* Borrowed until the next call. */
static const char *draw(int width, bool utf8)
{
	static char *text;

	free(text);
	text = draw_topology(nodes, node_total, links, link_total,
		&(struct draw_format){.width = width, .utf8 = utf8});
	return text;
}

/* ----------------------------------------------------------------- networks */

static struct draw_link *make_pair(void)
{
	begin();
	add(NODE_HOST, "client", "10.0.0.1");
	add(NODE_HOST, "server", "10.0.0.2");
	return wire(0, 1);
}

/* h1, `routers` routers, h2; links in their order. */
static void make_chain(int routers)
{
	begin();
	add_number(NODE_HOST, "h", 1);
	for (int i = 1; i <= routers; i++)
		wire(i - 1, add_number(NODE_ROUTER, "r", i));
	wire(routers, add_number(NODE_HOST, "h", 2));
}

static void make_star(int hosts)
{
	begin();
	add_number(NODE_SWITCH, "s", 1);
	for (int i = 1; i <= hosts; i++)
		wire(add_number(NODE_HOST, "h", i), 0);
}

/* The link between the switches comes first. */
static void make_dumbbell(int hosts)
{
	begin();
	add_number(NODE_SWITCH, "s", 1);
	add_number(NODE_SWITCH, "s", 2);
	wire(0, 1);
	for (int i = 1; i <= 2 * hosts; i++)
		wire(add_number(NODE_HOST, "h", i), i > hosts);
}

static void make_ring(int routers, bool hosts)
{
	begin();
	for (int i = 1; i <= routers; i++)
		add_number(NODE_ROUTER, "r", i);
	for (int i = 0; i < routers; i++)
		wire(i, (i + 1) % routers);
	for (int i = 1; hosts && i <= routers; i++)
		wire(add_number(NODE_HOST, "h", i), i - 1);
}

static void make_two_paths(void)
{
	begin();
	add(NODE_HOST, "client", "10.0.0.1");
	for (int i = 1; i <= 4; i++)
		add_number(NODE_ROUTER, "r", i);
	add(NODE_HOST, "server", "10.0.5.2");
	wire(0, 1);
	impair(wire(1, 2), "delay 10ms", "delay 10ms");
	wire(2, 4);
	impair(wire(1, 3), "delay 50ms", "loss 1%");
	wire(3, 4);
	wire(4, 5);
}

static int grow_tree(int depth, int fanout, int *switches, int *hosts)
{
	int node;

	if (depth == 0)
		return add_number(NODE_HOST, "h", ++*hosts);
	node = add_number(NODE_SWITCH, "s", ++*switches);
	for (int i = 0; i < fanout; i++)
		wire(node, grow_tree(depth - 1, fanout, switches, hosts));
	return node;
}

static void make_tree(int depth, int fanout)
{
	int switches = 0, hosts = 0;

	begin();
	grow_tree(depth, fanout, &switches, &hosts);
}

static void make_mesh(int routers)
{
	begin();
	for (int i = 1; i <= routers; i++)
		add_number(NODE_ROUTER, "r", i);
	for (int a = 0; a < routers; a++)
		for (int b = a + 1; b < routers; b++)
			wire(a, b);
}

/* ----------------------------------------------------------------- drawings */

static void test_nothing(void)
{
	begin();
	CHECK_STR(draw(80, true), "");
}

static void test_pair(void)
{
	make_pair();
	CHECK_STR(draw(80, true),
		"client 10.0.0.1 ──────── 10.0.0.2 server\n");
}

static void test_pair_impaired_both_ways_alike(void)
{
	impair(make_pair(), "delay 50ms loss 1%", "delay 50ms loss 1%");
	CHECK_STR(draw(80, true),
		"client 10.0.0.1 ──── delay 50ms loss 1% ──── 10.0.0.2 server\n");
}

static void test_pair_impaired_asymmetric(void)
{
	impair(make_pair(), "delay 50ms loss 1%", "delay 10ms");
	CHECK_STR(draw(80, true),
		"                 delay 50ms loss 1% →\n"
		"client 10.0.0.1 ────────────────────── 10.0.0.2 server\n"
		"                     ← delay 10ms\n");
	impair(&links[0], "", "loss 5%");
	CHECK_STR(draw(80, true),
		"client 10.0.0.1 ─────────── 10.0.0.2 server\n"
		"                 ← loss 5%\n");
}

/* The link's first node is the one on the right. */
static void test_pair_linked_backwards(void)
{
	make_pair();
	link_total = 0;
	impair(wire(1, 0), "loss 5%", "");
	CHECK_STR(draw(80, true),
		"client 10.0.0.1 ─────────── 10.0.0.2 server\n"
		"                 ← loss 5%\n");
}

static void test_pair_down(void)
{
	struct draw_link *link = make_pair();

	link->up = false;
	CHECK_STR(draw(80, true),
		"client 10.0.0.1 ────x down x──── 10.0.0.2 server\n");
	impair(link, "delay 1s", "delay 1s");
	CHECK_STR(draw(80, true),
		"client 10.0.0.1 ────x down, delay 1s x──── 10.0.0.2 server\n");
}

static void test_pair_too_wide_runs_down(void)
{
	impair(make_pair(), "delay 50ms jitter 5ms loss 1%", "delay 10ms");
	CHECK_STR(draw(40, true),
		"client  10.0.0.1\n"
		"│  ↓ delay 50ms jitter 5ms loss 1%\n"
		"│  ↑ delay 10ms\n"
		"server  10.0.0.2\n");
	links[0].up = false;
	CHECK_STR(draw(40, false),
		"client  10.0.0.1\n"
		"x  down\n"
		"|  v delay 50ms jitter 5ms loss 1%\n"
		"|  ^ delay 10ms\n"
		"server  10.0.0.2\n");
}

static void test_chain(void)
{
	make_chain(3);
	impair(&links[1], "rate 1mbit", "rate 1mbit");
	impair(&links[2], "delay 5ms", "");
	CHECK_STR(draw(80, true),
		"                                           delay 5ms →\n"
		"h1 10.0.0.1 ────── r1 ── rate 1mbit ── r2 ───────────── r3 ────── 10.0.0.2 h2\n"
		"                (router)            (router)         (router)\n");
	CHECK_STR(draw(80, false),
		"                                           delay 5ms ->\n"
		"h1 10.0.0.1 ------ r1 -- rate 1mbit -- r2 -------------- r3 ------ 10.0.0.2 h2\n"
		"                (router)            (router)          (router)\n");
}

static void test_chain_too_wide_runs_down(void)
{
	make_chain(3);
	impair(&links[1], "rate 1mbit", "rate 1mbit");
	impair(&links[2], "delay 5ms", "");
	CHECK_STR(draw(40, true),
		"h1  10.0.0.1\n"
		"│\n"
		"r1 (router)\n"
		"│  rate 1mbit\n"
		"r2 (router)\n"
		"│  ↓ delay 5ms\n"
		"r3 (router)\n"
		"│\n"
		"h2  10.0.0.2\n");
}

static void test_proxy(void)
{
	begin();
	add(NODE_HOST, "client", "10.0.0.1");
	wire(0, add(NODE_HOST, "proxy", ""));
	wire(1, add(NODE_HOST, "server", "10.0.1.2"));
	nodes[1].second = "10.0.0.2, 10.0.1.1";
	CHECK_STR(draw(80, true),
		"client 10.0.0.1 ──────── proxy ──────── 10.0.1.2 server\n"
		"                        10.0.0.2\n"
		"                        10.0.1.1\n");
}

static void test_nat(void)
{
	begin();
	add(NODE_HOST, "client1", "10.0.0.1");
	add(NODE_HOST, "client2", "10.0.0.2");
	add(NODE_SWITCH, "s1", "");
	add(NODE_ROUTER, "nat", "");
	add(NODE_HOST, "server", "192.0.2.2");
	wire(0, 2);
	wire(1, 2);
	wire(2, 3);
	impair(wire(3, 4), "delay 20ms", "delay 20ms");
	CHECK_STR(draw(80, true),
		"client1 10.0.0.1 ───┐\n"
		"                    ├───── s1 ─────── nat ── delay 20ms ── 192.0.2.2 server\n"
		"client2 10.0.0.2 ───┘   (switch)    (router)\n");
	impair(&links[1], "loss 1%", "");
	CHECK_STR(draw(90, true),
		"client1 10.0.0.1 ───────────────┐\n"
		"                                ├───── s1 ─────── nat ── delay 20ms ── 192.0.2.2 server\n"
		"client2 10.0.0.2 ── loss 1% → ──┘   (switch)    (router)\n");
}

/* A leaf that is no host has its kind beside it, which is what trees have. */
static void test_switch_with_unlike_leaves_is_a_tree(void)
{
	make_dumbbell(2);
	nodes[2].kind = NODE_ROUTER;
	nodes[2].second = NULL;
	CHECK_STR(draw(80, true),
		"s1 (switch)\n"
		"├── s2 (switch)\n"
		"│   ├── h3  10.0.0.3\n"
		"│   └── h4  10.0.0.4\n"
		"├── h1 (router)\n"
		"└── h2  10.0.0.2\n");
}

/* Of two in the middle, a switch rather than a host. */
static void test_tree_begins_at_a_switch(void)
{
	make_dumbbell(2);
	nodes[0].kind = NODE_HOST;
	CHECK_STR(draw(40, true),
		"s2 (switch)\n"
		"├── s1\n"
		"│   ├── h1  10.0.0.1\n"
		"│   └── h2  10.0.0.2\n"
		"├── h3  10.0.0.3\n"
		"└── h4  10.0.0.4\n");
}

static void test_dumbbell_has_its_first_host_on_the_left(void)
{
	make_dumbbell(2);
	links[2].b = 1;
	links[4].b = 0;
	links[3].b = 1;
	links[1].b = 0;
	CHECK_STR(draw(80, true),
		"h1 10.0.0.1 ────┐                          ┌──── 10.0.0.2 h2\n"
		"                ├───── s1 ──────── s2 ─────┤\n"
		"h4 10.0.0.4 ────┘   (switch)    (switch)   └──── 10.0.0.3 h3\n");
}

static void test_linear(void)
{
	begin();
	for (int i = 1; i <= 3; i++) {
		add_number(NODE_HOST, "h", i);
		wire(2 * i - 2, add_number(NODE_SWITCH, "s", i));
	}
	impair(&links[1], "delay 5ms", "loss 1%");
	wire(1, 3);
	wire(3, 5)->up = false;
	CHECK_STR(draw(100, true),
		"h1 10.0.0.1 ──────── s1 ────────────────── s2 ────x down x───── s3 ──────── 10.0.0.3 h3\n"
		"                  (switch)              (switch)             (switch)\n"
		"                                           │ ↓ loss 1%\n"
		"                                           │ ↑ delay 5ms\n"
		"                                           h2\n"
		"                                        10.0.0.2\n");
	CHECK_STR(draw(80, true),
		"s2 (switch)\n"
		"├── loss 1% → ── ← delay 5ms ── h2  10.0.0.2\n"
		"├────────────────────────────── s1 (switch)\n"
		"│                               └── h1  10.0.0.1\n"
		"└──x─────────────────────────── s3 (switch)  (down)\n"
		"                                └── h3  10.0.0.3\n");
}

static void test_star(void)
{
	make_star(4);
	CHECK_STR(draw(80, true),
		"s1 (switch)\n"
		"├── h1  10.0.0.1\n"
		"├── h2  10.0.0.2\n"
		"├── h3  10.0.0.3\n"
		"└── h4  10.0.0.4\n");
	impair(&links[0], "delay 10ms", "delay 10ms");
	links[2].up = false;
	CHECK_STR(draw(80, true),
		"s1 (switch)\n"
		"├── delay 10ms ── h1  10.0.0.1\n"
		"├──────────────── h2  10.0.0.2\n"
		"├──x───────────── h3  10.0.0.3  (down)\n"
		"└──────────────── h4  10.0.0.4\n");
	impair(&links[1], "delay 10ms", "loss 1%");
	CHECK_STR(draw(80, true),
		"s1 (switch)\n"
		"├── delay 10ms ───────────────── h1  10.0.0.1\n"
		"├── loss 1% → ── ← delay 10ms ── h2  10.0.0.2\n"
		"├──x──────────────────────────── h3  10.0.0.3  (down)\n"
		"└─────────────────────────────── h4  10.0.0.4\n");
	CHECK_STR(draw(80, false),
		"s1 (switch)\n"
		"|-- delay 10ms ------------------- h1  10.0.0.1\n"
		"|-- loss 1% -> -- <- delay 10ms -- h2  10.0.0.2\n"
		"|--x------------------------------ h3  10.0.0.3  (down)\n"
		"`--------------------------------- h4  10.0.0.4\n");
}

static void test_star_in_little_room_has_labels_below(void)
{
	make_star(3);
	impair(&links[0], "delay 10ms", "delay 10ms");
	impair(&links[1], "delay 50ms jitter 5ms", "loss 1%");
	links[2].up = false;
	CHECK_STR(draw(40, true),
		"s1 (switch)\n"
		"├───── h1  10.0.0.1\n"
		"│        delay 10ms\n"
		"├───── h2  10.0.0.2\n"
		"│        loss 1% →\n"
		"│        ← delay 50ms jitter 5ms\n"
		"└──x── h3  10.0.0.3  (down)\n");
}

static void test_star_of_many_is_summed_up(void)
{
	make_star(40);
	CHECK_EQ(strstr(draw(80, true), "more") == NULL, true);
	make_star(100);
	impair(&links[49], "loss 5%", "loss 5%");
	links[11].up = false;
	CHECK_STR(draw(80, true),
		"s1 (switch)\n"
		"├───────────── h1   10.0.0.1\n"
		"├───────────── h2   10.0.0.2\n"
		"├───────────── h3   10.0.0.3\n"
		"├───────────── h4   10.0.0.4\n"
		"├───────────── h5   10.0.0.5\n"
		"├───────────── h6   10.0.0.6\n"
		"├───────────── h7   10.0.0.7\n"
		"├───────────── h8   10.0.0.8\n"
		"├───────────── h9   10.0.0.9\n"
		"├───────────── h10  10.0.0.10\n"
		"├──x────────── h12  10.0.0.12  (down)\n"
		"├── loss 5% ── h50  10.0.0.50\n"
		"└───────────── ... 88 more hosts, h11 to h100\n");
}

static void test_dumbbell(void)
{
	make_dumbbell(2);
	impair(&links[0], "rate 10mbit", "rate 10mbit");
	CHECK_STR(draw(80, true),
		"h1 10.0.0.1 ────┐                                       ┌──── 10.0.0.3 h3\n"
		"                ├───── s1 ──── rate 10mbit ──── s2 ─────┤\n"
		"h2 10.0.0.2 ────┘   (switch)                 (switch)   └──── 10.0.0.4 h4\n");
	CHECK_STR(draw(80, false),
		"h1 10.0.0.1 ----+                                       +---- 10.0.0.3 h3\n"
		"                +----- s1 ---- rate 10mbit ---- s2 -----+\n"
		"h2 10.0.0.2 ----+   (switch)                 (switch)   +---- 10.0.0.4 h4\n");
	CHECK_STR(draw(40, true),
		"s1 (switch)\n"
		"├── rate 10mbit ── s2 (switch)\n"
		"│                  ├── h3  10.0.0.3\n"
		"│                  └── h4  10.0.0.4\n"
		"├───────────────── h1  10.0.0.1\n"
		"└───────────────── h2  10.0.0.2\n");
	make_dumbbell(3);
	links[0].up = false;
	CHECK_STR(draw(80, true),
		"h1 10.0.0.1 ────┐                                  ┌──── 10.0.0.4 h4\n"
		"h2 10.0.0.2 ────┼───── s1 ────x down x──── s2 ─────┼──── 10.0.0.5 h5\n"
		"h3 10.0.0.3 ────┘   (switch)            (switch)   └──── 10.0.0.6 h6\n");
}

static void test_ring(void)
{
	make_ring(4, false);
	CHECK_STR(draw(80, true),
		"           ┌──────── r2 ────────┐\n"
		"           │      (router)      │\n"
		"   r1 ─────┤                    ├───── r3\n"
		"(router)   └──────── r4 ────────┘   (router)\n"
		"                  (router)\n");
	make_ring(4, true);
	CHECK_STR(draw(80, true),
		"                                       h2\n"
		"                                    10.0.0.2\n"
		"                                       │\n"
		"                             ┌──────── r2 ────────┐\n"
		"                             │      (router)      │\n"
		"h1 10.0.0.1 ──────── r1 ─────┤                    ├───── r3 ──────── 10.0.0.3 h3\n"
		"                  (router)   └──────── r4 ────────┘   (router)\n"
		"                                    (router)\n"
		"                                       │\n"
		"                                       h4\n"
		"                                    10.0.0.4\n");
}

static void test_ring_too_wide_is_a_tree_and_what_closes_it(void)
{
	make_ring(4, true);
	CHECK_STR(draw(40, true),
		"r1 (router)\n"
		"├── r2 (router)\n"
		"│   ├── r3 (router)\n"
		"│   │   └── h3  10.0.0.3\n"
		"│   └── h2  10.0.0.2\n"
		"├── r4 (router)\n"
		"│   └── h4  10.0.0.4\n"
		"└── h1  10.0.0.1\n"
		"and r3 ── r4  (closes the ring)\n");
	links[2].up = false;
	impair(&links[2], "delay 50ms loss 1%", "delay 10ms");
	CHECK_STR(strstr(draw(40, false), "and"),
		"and r3 --x-- r4  (down)\n"
		"      delay 50ms loss 1% ->\n"
		"      <- delay 10ms\n");
}

static void test_two_paths(void)
{
	make_two_paths();
	CHECK_STR(draw(90, true),
		"                               ┌── delay 10ms ── r2 ──────┐\n"
		"                               │              (router)    │\n"
		"client 10.0.0.1 ────── r1 ─────┤                          ├───── r4 ────── 10.0.5.2 server\n"
		"                    (router)   │ delay 50ms →             │   (router)\n"
		"                               └─────────────── r3 ───────┘\n"
		"                                 ← loss 1%   (router)\n");
	CHECK_STR(draw(60, true),
		"r1 (router)\n"
		"├─────────────────────────────── client  10.0.0.1\n"
		"├── delay 10ms ───────────────── r2 (router)\n"
		"│                                └── r4 (router)\n"
		"│                                    └── server  10.0.5.2\n"
		"└── delay 50ms → ── ← loss 1% ── r3 (router)\n"
		"and r3 ── r4  (closes the ring)\n");
}

static void test_two_links_between_the_same_nodes(void)
{
	impair(make_pair(), "delay 10ms", "delay 10ms");
	wire(0, 1);
	wire(1, 0);
	CHECK_STR(draw(80, true),
		"                  ┌──── delay 10ms ────┐\n"
		"client 10.0.0.1 ──┼────────────────────┼── 10.0.0.2 server\n"
		"                  └────────────────────┘\n");
}

static void test_tree(void)
{
	make_tree(2, 2);
	CHECK_STR(draw(80, true),
		"s1 (switch)\n"
		"├── s2 (switch)\n"
		"│   ├── h1  10.0.0.1\n"
		"│   └── h2  10.0.0.2\n"
		"└── s3 (switch)\n"
		"    ├── h3  10.0.0.3\n"
		"    └── h4  10.0.0.4\n");
	impair(&links[2], "delay 10ms", "delay 10ms");
	CHECK_STR(draw(80, true),
		"s1 (switch)\n"
		"├── delay 10ms ── s2 (switch)\n"
		"│                 ├── h1  10.0.0.1\n"
		"│                 └── h2  10.0.0.2\n"
		"└──────────────── s3 (switch)\n"
		"                  ├── h3  10.0.0.3\n"
		"                  └── h4  10.0.0.4\n");
}

static void test_tree_too_deep_is_a_list(void)
{
	make_tree(4, 2);
	CHECK_EQ(strstr(draw(40, true), "    ") != NULL, true);
	make_tree(9, 2);
	CHECK_EQ(strstr(draw(40, true), "    ") == NULL, true);
	CHECK_EQ(strstr(draw(40, true), "s9 (switch)\n├── h1  10.0.0.1\n└── h2  10.0.0.2\n") != NULL,
		true);
}

static void test_mesh(void)
{
	make_mesh(4);
	impair(&links[5], "loss 1%", "loss 1%");
	CHECK_STR(draw(80, true),
		"r1 (router)\n"
		"├── r2 (router)\n"
		"├── r3 (router)\n"
		"└── r4 (router)\n"
		"and r2 ── r3  (closes a ring)\n"
		"and r2 ── r4  (closes a ring)\n"
		"and r3 ── loss 1% ── r4  (closes a ring)\n");
	make_mesh(6);
	CHECK_STR(draw(80, true),
		"r1 (router)\n"
		"├── r2\n"
		"├── r3\n"
		"├── r4\n"
		"├── r5\n"
		"└── r6 (router)\n"
		"r2 (router)\n"
		"├── r3\n"
		"├── r4\n"
		"├── r5\n"
		"└── r6\n"
		"r3 (router)\n"
		"├── r4\n"
		"├── r5\n"
		"└── r6\n"
		"r4 (router)\n"
		"├── r5\n"
		"└── r6\n"
		"r5 (router)\n"
		"└── r6\n");
}

static void test_parts_that_are_not_linked(void)
{
	make_pair();
	add(NODE_HOST, "alone", "");
	add_number(NODE_HOST, "h", 1);
	wire(3, add_number(NODE_HOST, "h", 2));
	add_number(NODE_SWITCH, "s", 9);
	CHECK_STR(draw(80, true),
		"client 10.0.0.1 ──────── 10.0.0.2 server\n"
		"\n"
		"h1 10.0.0.1 ──────── 10.0.0.2 h2\n"
		"\n"
		"not linked: alone, s9 (switch)\n");
	begin();
	for (int i = 1; i <= 45; i++)
		add_number(NODE_SWITCH, "s", i);
	CHECK_EQ(strstr(draw(80, true), "s40 (switch)\n            ... 5 more\n") != NULL, true);
}

static void test_color_adds_only_sequences(void)
{
	static const struct draw_format colored = {.width = 80, .utf8 = true, .color = true};
	char *text, *to;

	make_two_paths();
	links[0].up = false;
	text = draw_topology(nodes, node_total, links, link_total, &colored);
	CHECK(strstr(text, style_on(STYLE_RED)) != NULL);
	to = text;
	for (const char *from = text; *from;) {
		if (*from == '\033')
			from = strchr(from, 'm') + 1;
		else
			*to++ = *from++;
	}
	*to = '\0';
	CHECK_STR(text, draw(80, true));
	free(text);
}

/* ----------------------------------------------------- whatever the network */

static uint32_t seed;

static int random_below(int limit)
{
	seed = seed * 1664525 + 1013904223;
	return (int)((uint64_t)seed * (uint32_t)limit >> 32);
}

static void make_random(void)
{
	static const char *const labels[] = {"", "", "", "loss 1%",
		"delay 50ms jitter 5ms loss 1.5% duplicate 2% rate 10mbit"};
	int count = 1 + random_below(14), wires = random_below(2 * count);
	bool tree = random_below(2);

	begin();
	for (int i = 0; i < count; i++)
		add_number((enum node_kind)random_below(NODE_KINDS),
			random_below(4) ? "n" : "a-long-name-", i);
	for (int i = 1; i <= wires && count > 1; i++) {
		int a = tree && i < count ? i : random_below(count);
		int b = tree && i < count ? random_below(i) : random_below(count);
		struct draw_link *link;

		if (a == b)
			continue;
		link = wire(a, b);
		link->up = random_below(6) > 0;
		impair(link, labels[random_below(5)], labels[random_below(5)]);
	}
}

static size_t widest_line(const char *text)
{
	size_t widest = 0;

	while (*text) {
		size_t length = strcspn(text, "\n"), columns = text_columns(text, length);

		widest = columns > widest ? columns : widest;
		text += length + (text[length] == '\n');
	}
	return widest;
}

static void check_random(int width, bool utf8)
{
	const char *text = draw(width, utf8);
	char *again = strdup(text);

	CHECK(widest_line(text) <= (size_t)width);
	for (size_t i = 0; i < node_total; i++)
		CHECK(strstr(text, nodes[i].name) != NULL);
	for (const char *c = text; *c && !utf8; c++)
		CHECK((unsigned char)*c < 0x80 && *c != '?');
	CHECK_STR(draw(width, utf8), again);
	free(again);
}

static void test_whatever_the_network(void)
{
	static char about[40];

	unit_about = about;
	for (seed = 1; seed < 100000 && !unit_test_failed; ) {
		uint32_t begun = seed;

		snprintf(about, sizeof about, "seed %u", seed);
		make_random();
		check_random(40, true);
		check_random(80, true);
		check_random(80, false);
		check_random(300, true);
		seed = begun + 97;
	}
}

static void test_thousands(void)
{
	make_star(2500);
	CHECK(strstr(draw(80, true), "└── ... 2490 more hosts, h11 to h2500\n") != NULL);
	make_tree(3, 10);
	CHECK(strstr(draw(80, true), "│       └── ... 7 more hosts, h894 to h900\n") != NULL);
	make_chain(2000);
	CHECK(strstr(draw(80, true), "\nr2000 (router)\n│\nh2  10.0.0.2\n") != NULL);
	make_ring(2000, false);
	CHECK_EQ(widest_line(draw(80, true)), 18);
}

int main(void)
{
	RUN(test_nothing);
	RUN(test_pair);
	RUN(test_pair_impaired_both_ways_alike);
	RUN(test_pair_impaired_asymmetric);
	RUN(test_pair_linked_backwards);
	RUN(test_pair_down);
	RUN(test_pair_too_wide_runs_down);
	RUN(test_chain);
	RUN(test_chain_too_wide_runs_down);
	RUN(test_proxy);
	RUN(test_nat);
	RUN(test_switch_with_unlike_leaves_is_a_tree);
	RUN(test_tree_begins_at_a_switch);
	RUN(test_dumbbell_has_its_first_host_on_the_left);
	RUN(test_linear);
	RUN(test_star);
	RUN(test_star_in_little_room_has_labels_below);
	RUN(test_star_of_many_is_summed_up);
	RUN(test_dumbbell);
	RUN(test_ring);
	RUN(test_ring_too_wide_is_a_tree_and_what_closes_it);
	RUN(test_two_paths);
	RUN(test_two_links_between_the_same_nodes);
	RUN(test_tree);
	RUN(test_tree_too_deep_is_a_list);
	RUN(test_mesh);
	RUN(test_parts_that_are_not_linked);
	RUN(test_color_adds_only_sequences);
	RUN(test_whatever_the_network);
	RUN(test_thousands);
	return unit_end();
}
