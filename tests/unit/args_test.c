/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * args_test.c - words into values: which word belongs to which row, each type's
 * good and bad words, usage, command names. The engine's lookups and the command
 * table are small ones of this file's own.
 * Built with: cli/args.c cli/argtype.c cli/argname.c cli/argnet.c cli/argnumber.c cli/formula.c
 * cli/verb.c
 */
#include <errno.h>
#include <sys/socket.h>

#include "unit.h"

#include "../../cli/args.h"
#include "../../cli/argtype.h"
#include "../../cli/verb.h"

/* ---------------------------- a lab faked: two hosts, a router, odd names */

struct lab {
	bool ipv6;
};

struct link {
	struct node *a, *b;
};

static struct lab lab;
static struct node nodes[] = {{.name = "client", .lab = &lab, .index = 0},
	{.name = "server", .lab = &lab, .index = 1},
	{.name = "r1", .lab = &lab, .kind = NODE_ROUTER, .index = 2},
	{.name = "a-b", .lab = &lab, .index = 3}, {.name = "c", .lab = &lab, .index = 4},
	{.name = "a", .lab = &lab, .index = 5}, {.name = "b-c", .lab = &lab, .index = 6}};
static struct link links[] = {{&nodes[0], &nodes[2]}, {&nodes[3], &nodes[2]}};
static struct endpoint endpoints[] = {{.name = "client"}, {.name = "web"}};
static struct tcp_socket sockets[] = {{.name = "client"}, {.name = "web/2"}};

#define NODES (sizeof nodes / sizeof nodes[0])

struct node *node_find(const struct lab *in, const char *name)
{
	size_t i;

	(void)in;
	for (i = 0; i < NODES; i++)
		if (strcmp(nodes[i].name, name) == 0)
			return &nodes[i];
	return NULL;
}

struct node *node_next(const struct lab *in, const struct node *node)
{
	size_t i = node ? node->index + 1 : 0;

	(void)in;
	return i < NODES ? &nodes[i] : NULL;
}

int node_address(const struct node *node, struct address *address, struct cause *cause)
{
	(void)cause;
	*address = (struct address){
		.family = AF_INET, .bytes = {10, 0, 0, (uint8_t)(node->index + 1)}};
	return 0;
}

/* 10.FROM.0.TO, fd00:FROM::TO; "c" has no IPv4 address. */
int node_address_from(const struct node *to, const struct node *from, int family,
	struct address *address, struct cause *out)
{
	*address = (struct address){.family = (uint8_t)family};
	if (family == AF_INET) {
		memcpy(address->bytes, (uint8_t[]){10, (uint8_t)from->index, 0}, 3);
		address->bytes[3] = (uint8_t)(to->index + 1);
	} else {
		memcpy(address->bytes, (uint8_t[]){0xfd, 0, (uint8_t)from->index}, 3);
		address->bytes[15] = (uint8_t)(to->index + 1);
	}
	if (to->index == 4 && family == AF_INET)
		return cause_set(out, EADDRNOTAVAIL, "c has no IPv4 address");
	return 0;
}

bool lab_has_ipv6(const struct lab *in)
{
	return in->ipv6;
}

const char *node_kind_name(enum node_kind kind)
{
	return kind == NODE_ROUTER ? "router" : "host";
}

struct link *link_find(const struct lab *in, const struct node *a, const struct node *b)
{
	size_t i;

	(void)in;
	for (i = 0; i < 2; i++)
		if ((links[i].a == a && links[i].b == b) || (links[i].a == b && links[i].b == a))
			return &links[i];
	return NULL;
}

struct link *link_next(const struct lab *in, const struct link *link)
{
	(void)in;
	return !link ? &links[0] : link == &links[0] ? &links[1] : NULL;
}

struct endpoint *endpoint_find(const struct lab *in, const char *name)
{
	size_t i;

	(void)in;
	for (i = 0; i < 2; i++)
		if (strcmp(endpoints[i].name, name) == 0)
			return &endpoints[i];
	return NULL;
}

struct endpoint *endpoint_next(const struct lab *in, const struct endpoint *endpoint)
{
	(void)in;
	return !endpoint ? &endpoints[0] : endpoint == &endpoints[0] ? &endpoints[1] : NULL;
}

struct tcp_socket *socket_find(
	const struct lab *in, const char *name, enum socket_for purpose, struct cause *cause)
{
	(void)in;
	(void)purpose;
	if (strcmp(name, "client") == 0)
		return &sockets[0];
	if (strcmp(name, "web/2") == 0)
		return &sockets[1];
	cause_set(cause, ENOTUNIQ, "web has several sockets: web/1, web/2");
	return NULL;
}

struct tcp_socket *socket_next(const struct lab *in, const struct tcp_socket *socket)
{
	(void)in;
	return !socket ? &sockets[0] : socket == &sockets[0] ? &sockets[1] : NULL;
}

static const struct command listen_row = {.name = "listen",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_PORT, "PORT", NULL, 0, NULL},
		{ARG_FLAG, NULL, "echo", ARG_OPTIONAL, NULL},
		{ARG_NAME, "NAME", "as", ARG_OPTIONAL, NULL}}};
static const struct command step_row = {.name = "step",
	.args = {{ARG_COUNT, "N", NULL, ARG_OPTIONAL, NULL},
		{ARG_TIME, "TIME", "within", ARG_OPTIONAL, NULL}}};
static const struct command close_row = {
	.name = "close", .args = {{ARG_SOCKET, "EP", NULL, 0, NULL}}};
static const struct command exec_row = {.name = "exec",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_REST, "COMMAND", NULL, 0, NULL}}};
static const struct command send_row = {.name = "send",
	.args = {{ARG_SOCKET, "EP", NULL, 0, NULL}, {ARG_TEXT, "TEXT", NULL, 0, NULL},
		{ARG_NAME, "NAME", "as", ARG_OPTIONAL, NULL}}};
static const struct command shutdown_row = {.name = "shutdown",
	.args = {{ARG_SOCKET, "EP", NULL, 0, NULL},
		{ARG_CHOICE, NULL, NULL, ARG_OPTIONAL, "rd|wr|rdwr"}}};
static const struct command address_row = {.name = "address",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_PEER, "PEER", NULL, ARG_OPTIONAL, NULL},
		{ARG_CIDR, "ADDRESS", NULL, ARG_OPTIONAL, NULL},
		{ARG_FLAG, "off", "off", ARG_OPTIONAL, NULL}}};
static const struct command link_row = {.name = "link",
	.args = {{ARG_LINK_END, "NODE", NULL, 0, NULL}, {ARG_LINK_END, "NODE", NULL, 0, NULL},
		{ARG_FLAG, "down", "down", ARG_OPTIONAL, NULL},
		{ARG_NETEM, "IMPAIRMENT", NULL, ARG_OPTIONAL, NULL}}};
static const struct command host_row = {
	.name = "host", .args = {{ARG_NEW_NODES, "NAME", NULL, 0, NULL}}};
static const struct command remove_row = {
	.name = "remove", .args = {{ARG_NODES, "NODE", NULL, 0, NULL}}};
static const struct command connect_row = {.name = "connect",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_TARGET, "NODE:PORT", NULL, 0, NULL}}};
static const struct command quit_row = {.name = "quit", .args = {{ARG_END, NULL, NULL, 0, NULL}}};

const struct command *const commands[] = {
	&listen_row, &step_row, &close_row, &exec_row, &shutdown_row, &quit_row, NULL};

/* ------------------------------------------------------------------- tools */

static struct value values[COMMAND_ARGS_MAX];
static struct cause cause;
static char copy[200];
static char *words[20];

static int split(const char *line)
{
	char *at = copy, *word;
	int count = 0;

	snprintf(copy, sizeof copy, "%s", line);
	while ((word = strsep(&at, " ")))
		if (*word)
			words[count++] = word;
	words[count] = NULL;
	return count;
}

/* Parse the words behind the command's name; the cause's text, or "ok". */
static const char *parse(const struct command *command, const char *line)
{
	int count = split(line);

	return args_parse(&lab, command, words, count, values, &cause) < 0 ? cause.text : "ok";
}

/* Parse one word as that type. */
static const char *parse_one(enum arg_type type, const char *word)
{
	struct arg arg = {type, "WORD", NULL, 0, NULL};

	values[0] = (struct value){0};
	return argtype_parse(&lab, &arg, NULL, word, &values[0], &cause) < 0 ? cause.text : "ok";
}

/* ------------------------------------------------------------------- tests */

static void usage_comes_from_the_rows(void)
{
	char buf[ARGS_USAGE_MAX];

	CHECK_STR(args_usage(&listen_row, buf, sizeof buf), "listen NODE PORT [echo] [as NAME]");
	CHECK_STR(args_usage(&step_row, buf, sizeof buf), "step [N] [within TIME]");
	CHECK_STR(args_usage(&exec_row, buf, sizeof buf), "exec NODE COMMAND...");
	CHECK_STR(args_usage(&shutdown_row, buf, sizeof buf), "shutdown EP [rd|wr|rdwr]");
	CHECK_STR(args_usage(&quit_row, buf, sizeof buf), "quit");
	CHECK_STR(args_usage(&listen_row, buf, 12), "listen NODE");
}

static void positional_words_come_in_order(void)
{
	CHECK_STR(parse(&listen_row, "server 80"), "ok");
	CHECK(values[0].node == &nodes[1]);
	CHECK_EQ(values[1].number, 80);
	CHECK_STR(values[1].text, "80");
	CHECK(!values[2].set && !values[3].set);
}

static void keywords_come_in_any_order(void)
{
	CHECK_STR(parse(&listen_row, "server 80 as web echo"), "ok");
	CHECK(values[2].set && values[3].set);
	CHECK_STR(values[3].text, "web");
	CHECK_STR(parse(&listen_row, "server 80 echo as web"), "ok");
	CHECK(values[2].set && values[3].set);
	/* what follows a keyword is its value, whatever it is */
	CHECK_STR(parse(&listen_row, "server 80 as echo"), "ok");
	CHECK_STR(values[3].text, "echo");
	CHECK(!values[2].set);
	/* and a word that is required is no keyword */
	CHECK_STR(parse(&send_row, "client as as b"), "ok");
	CHECK_STR(values[1].text, "as");
	CHECK_STR(values[2].text, "b");
}

static void a_keyword_may_stand_for_an_optional_word(void)
{
	CHECK_STR(parse(&step_row, "within 40ms"), "ok");
	CHECK(!values[0].set && values[1].set);
	CHECK_EQ(values[1].ns, 40000000);
	CHECK_STR(parse(&step_row, "3 within 2"), "ok");
	CHECK_EQ(values[0].number, 3);
	CHECK_EQ(values[1].ns, 2000000000);
	CHECK_STR(parse(&step_row, "within 2 3"), "ok");
	CHECK_STR(parse(&step_row, ""), "ok");
}

static void the_rest_takes_all_words(void)
{
	CHECK_STR(parse(&exec_row, "client ping as echo"), "ok");
	CHECK_EQ(values[1].word_count, 3);
	CHECK_STR(values[1].words[0], "ping");
	CHECK_STR(values[1].words[2], "echo");
	CHECK(values[1].words[3] == NULL);
	CHECK_STR(parse(&exec_row, "client"),
		"exec: COMMAND is missing; usage: exec NODE COMMAND...");
}

static void wrong_arity_is_one_line_with_the_usage(void)
{
	CHECK_STR(parse(&listen_row, ""),
		"listen: NODE is missing; usage: listen NODE PORT [echo] [as NAME]");
	CHECK_STR(parse(&listen_row, "server"),
		"listen: PORT is missing; usage: listen NODE PORT [echo] [as NAME]");
	CHECK_STR(parse(&listen_row, "server 80 as"),
		"listen: as NAME is missing; usage: listen NODE PORT [echo] [as NAME]");
	CHECK_STR(parse(&listen_row, "server 80 ecoh"),
		"no \"ecoh\" here; did you mean echo? usage: listen NODE PORT [echo] [as NAME]");
	CHECK_STR(parse(&listen_row, "server 80 echo echo"),
		"one word too many: \"echo\"; usage: listen NODE PORT [echo] [as NAME]");
	CHECK_STR(parse(&quit_row, "now"), "one word too many: \"now\"; usage: quit");
	/* arity is the first thing to say */
	CHECK_STR(parse(&close_row, "foo bar"), "one word too many: \"bar\"; usage: close EP");
}

static void times_are_exact(void)
{
	static const struct {
		const char *word;
		int64_t ns;
	} rows[] = {{"250us", 250000}, {"40ms", 40000000}, {"1.5s", 1500000000},
		{"2min", 120000000000}, {"3", 3000000000}, {"0", 0}, {".5", 500000000},
		{"0.000000001s", 1}, {"7ns", 7}, {"1.1ms", 1100000}, {"24h", 86400000000000}};
	static const char *const wrong[] = {"", "s", ".", ".s", "1x", "-1", "1.5.5", "1 s", "24.1h",
		"99999999999999999999", "1e3"};
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unit_about = rows[i].word;
		CHECK_STR(parse_one(ARG_TIME, rows[i].word), "ok");
		CHECK_EQ(values[0].ns, rows[i].ns);
	}
	for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		unit_about = wrong[i];
		CHECK(strcmp(parse_one(ARG_TIME, wrong[i]), "ok") != 0);
	}
}

static void numbers_have_their_ranges(void)
{
	static const struct {
		enum arg_type type;
		const char *word;
		int64_t number; /* -1: refused */
	} rows[] = {{ARG_PORT, "1", 1}, {ARG_PORT, "65535", 65535}, {ARG_PORT, "0", -1},
		{ARG_PORT, "65536", -1}, {ARG_PORT, "", -1}, {ARG_PORT, "80x", -1},
		{ARG_PORT, "-80", -1}, {ARG_PORT, "18446744073709551696", -1},
		{ARG_COUNT, "1000000", 1000000}, {ARG_COUNT, "1000001", -1}, {ARG_COUNT, "0", -1},
		{ARG_NUMBER, "0", 0}, {ARG_NUMBER, "4294967295", 4294967295},
		{ARG_NUMBER, "4294967296", -1}};
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unit_about = rows[i].word;
		CHECK_EQ(strcmp(parse_one(rows[i].type, rows[i].word), "ok") == 0,
			rows[i].number >= 0);
		if (rows[i].number >= 0)
			CHECK_EQ(values[0].number, rows[i].number);
	}
}

static void targets_are_nodes_or_addresses(void)
{
	CHECK_STR(parse_one(ARG_TARGET, "server:80"), "ok");
	CHECK_EQ(values[0].address.port, 80);
	CHECK_EQ(values[0].address.bytes[3], 2);
	CHECK_STR(parse_one(ARG_TARGET, "10.9.8.7:65535"), "ok");
	CHECK_EQ(values[0].address.bytes[0], 10);
	CHECK_EQ(values[0].address.port, 65535);
	CHECK_STR(parse_one(ARG_TARGET, "[fd00::2]:80"), "ok");
	CHECK_EQ(values[0].address.family, AF_INET6);
	CHECK_STR(parse_one(ARG_TARGET, "sevrer:80"),
		"no node or address \"sevrer\"; did you mean server?");
	CHECK_STR(parse_one(ARG_TARGET, "server"),
		"\"server\" names no port; write such as server:80");
	CHECK_STR(parse_one(ARG_TARGET, "fd00::2:80"),
		"\"fd00::2:80\": write an IPv6 address as [ADDRESS]:PORT");
	CHECK(strcmp(parse_one(ARG_TARGET, ":80"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_TARGET, "[fd00::2]"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_TARGET, "server:http"), "ok") != 0);
	CHECK_STR(parse_one(ARG_HOST, "client"), "ok");
	CHECK_EQ(values[0].address.port, 0);
}

static void directions_name_two_nodes(void)
{
	CHECK_STR(parse_one(ARG_DIRECTION, "client>server"), "ok");
	CHECK(values[0].from == &nodes[0] && values[0].to == &nodes[1]);
	CHECK_STR(parse_one(ARG_DIRECTION, "client>serve"),
		"no node \"serve\"; did you mean server?");
	CHECK_STR(parse_one(ARG_DIRECTION, "client>client"),
		"\"client>client\" goes nowhere; name two nodes");
	CHECK_STR(parse_one(ARG_DIRECTION, "client>"),
		"\"client>\" is no direction; write NODE>NODE");
}

/* The address as text, IPv6 as "fd..". */
static const char *address_text(const struct value *value)
{
	static char text[ADDRESS_TEXT];

	return address_print(&value->address, false, text, sizeof text);
}

static void a_target_is_seen_from_who_connects(void)
{
	CHECK_STR(parse(&connect_row, "r1 server:80"), "ok");
	CHECK_STR(address_text(&values[1]), "10.2.0.2");
	CHECK_EQ(values[1].address.port, 80);
	CHECK_STR(parse(&connect_row, "r1 [server]:80"), "ok");
	CHECK_STR(address_text(&values[1]), "fd00:200::2");
	CHECK_STR(parse(&connect_row, "r1 [fd00::9]:80"), "ok");
	CHECK_STR(address_text(&values[1]), "fd00::9");
	/* only what has no IPv4 address is reached over IPv6, where that is on */
	CHECK_STR(parse(&connect_row, "r1 c:80"), "c has no IPv4 address");
	lab.ipv6 = true;
	CHECK_STR(parse(&connect_row, "r1 c:80"), "ok");
	CHECK_STR(address_text(&values[1]), "fd00:200::5");
	lab.ipv6 = false;
}

static void prefixes_have_no_bits_beyond(void)
{
	static const struct {
		const char *word, *address;
		int length;
	} rows[] = {{"10.1.0.0/16", "10.1.0.0", 16}, {"0.0.0.0/0", "0.0.0.0", 0},
		{"10.1.2.3", "10.1.2.3", 32}, {"10.1.2.3/32", "10.1.2.3", 32},
		{"10.128.0.0/9", "10.128.0.0", 9}, {"fd00::/8", "fd00::", 8}, {"::/0", "::", 0},
		{"fd00::1", "fd00::1", 128}, {"default", "-", 0}, {"10.1.2.254/31", "10.1.2.254", 31}};
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unit_about = rows[i].word;
		CHECK_STR(parse_one(ARG_PREFIX, rows[i].word), "ok");
		CHECK_STR(address_text(&values[0]), rows[i].address);
		CHECK_EQ(values[0].prefix_length, rows[i].length);
	}
	unit_about = "";
	CHECK_STR(parse_one(ARG_PREFIX, "server"), "ok");
	CHECK(values[0].node == &nodes[1] && values[0].address.family == 0);
	CHECK_STR(parse_one(ARG_PREFIX, "10.1.2.3/24"),
		"\"10.1.2.3/24\" has bits beyond its length; write 10.1.2.0/24");
	CHECK_STR(parse_one(ARG_PREFIX, "fd00::1/64"),
		"\"fd00::1/64\" has bits beyond its length; write fd00::/64");
	CHECK_STR(parse_one(ARG_PREFIX, "0.0.0.0/0"), "ok");
	CHECK_EQ(values[0].prefix_length, 0);
	CHECK_STR(parse_one(ARG_PREFIX, "10.0.0.0/33"),
		"the prefix length \"33\" is out of range; it is 0 to 32");
	CHECK(strcmp(parse_one(ARG_PREFIX, "10.0.0.0/"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_PREFIX, "10.0.0/24"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_PREFIX, "defualt"), "ok") != 0);
	CHECK_STR(parse_one(ARG_CIDR, "10.1.2.3/24"), "ok");
	CHECK_EQ(values[0].prefix_length, 24);
	CHECK_STR(parse_one(ARG_CIDR, "10.1.2.3"),
		"\"10.1.2.3\" tells no prefix length; write such as 10.1.2.3/24");
	CHECK(strcmp(parse_one(ARG_CIDR, "10.0.0.300/24"), "ok") != 0);
	CHECK_STR(parse_one(ARG_CIDR, "10.0.0.1/0"),
		"the prefix length \"0\" is out of range; it is 1 to 32");
	CHECK_STR(parse_one(ARG_CIDR, "fd00::1/129"),
		"the prefix length \"129\" is out of range; it is 1 to 128");
	CHECK_STR(parse_one(ARG_CIDR, "10.0.0.1/-1"),
		"\"-1\" is no prefix length; it is a number of 1 to 32");
}

static void directions_are_of_links(void)
{
	CHECK_STR(parse_one(ARG_DIRECTIONS, "client>r1"), "ok");
	CHECK_EQ(values[0].directions, DIRECTIONS_ONE);
	CHECK(values[0].link == &links[0] && values[0].from == &nodes[0]);
	CHECK_STR(parse_one(ARG_DIRECTIONS, "r1-client"), "ok");
	CHECK_EQ(values[0].directions, DIRECTIONS_BOTH);
	CHECK(values[0].link == &links[0] && values[0].from == &nodes[2]);
	CHECK_STR(parse_one(ARG_DIRECTIONS, "all"), "ok");
	CHECK_EQ(values[0].directions, DIRECTIONS_ALL);
	/* a name may have a '-' in it */
	CHECK_STR(parse_one(ARG_DIRECTIONS, "a-b-r1"), "ok");
	CHECK(values[0].link == &links[1] && values[0].from == &nodes[3]);
	CHECK_STR(parse_one(ARG_DIRECTIONS, "r1-a-b"), "ok");
	CHECK(values[0].from == &nodes[2] && values[0].to == &nodes[3]);
	CHECK_STR(parse_one(ARG_DIRECTIONS, "a-b-c"),
		"\"a-b-c\" can be read in two ways; write A>B, and B>A for the other direction");
	CHECK_STR(parse_one(ARG_DIRECTIONS, "client-server"),
		"client and server are not linked; `show links` lists what is");
	CHECK_STR(parse_one(ARG_DIRECTIONS, "client-sevrer"),
		"no node \"sevrer\"; did you mean server?");
	CHECK_STR(parse_one(ARG_DIRECTIONS, "client-client"),
		"\"client-client\" goes nowhere; name two nodes");
	CHECK_STR(parse_one(ARG_DIRECTIONS, "client"),
		"\"client\" is no direction; write A>B, A-B or all");
	CHECK(strcmp(parse_one(ARG_DIRECTIONS, "client-"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_DIRECTIONS, "-client"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_DIRECTIONS, ""), "ok") != 0);
}

static void an_optional_word_is_passed_over(void)
{
	char buf[ARGS_USAGE_MAX];

	CHECK_STR(args_usage(&address_row, buf, sizeof buf), "address NODE [PEER] [ADDRESS] [off]");
	CHECK_STR(parse(&address_row, "client 10.0.0.9/24"), "ok");
	CHECK(!values[1].set && values[2].prefix_length == 24 && !values[3].set);
	CHECK_STR(parse(&address_row, "client r1 10.0.0.9/24 off"), "ok");
	CHECK(values[1].link == &links[0] && values[2].prefix_length == 24 && values[3].set);
	CHECK_STR(parse(&address_row, "client fd00::1/64"), "ok");
	CHECK_STR(parse(&address_row, "client 10.0.0.9"),
		"\"10.0.0.9\" tells no prefix length; write such as 10.0.0.9/24");
	CHECK_STR(parse(&address_row, "client server 10.0.0.9/24"),
		"client and server are not linked; `show links` lists what is");
	CHECK_STR(parse(&address_row, "client r1 off"), "ok");
	CHECK(values[1].link == &links[0] && !values[2].set && values[3].set);
	CHECK_STR(parse(&address_row, "client off"), "ok");
	CHECK(!values[1].set && !values[2].set && values[3].set);
	CHECK_STR(parse(&address_row, "client 10.0.0.9/24 r1"), "ok");
	CHECK(values[1].link == &links[0] && values[2].prefix_length == 24);
}

static void a_link_end_may_name_its_interface(void)
{
	CHECK_STR(parse(&link_row, "client r1:eth2 down"), "ok");
	CHECK(values[0].node == &nodes[0] && values[0].interface == NULL);
	CHECK(values[1].node == &nodes[2] && values[2].set && !values[3].set);
	CHECK_STR(values[1].interface, "eth2");
	CHECK_STR(parse(&link_row, "client r1: down"),
		"\"r1:\" names no interface; write such as r1:eth2");
	CHECK_STR(parse(&link_row, "client r2"), "no node \"r2\"; did you mean r1?");
}

static void impairments_take_all_words(void)
{
	CHECK_STR(parse(&link_row, "client r1 delay 50ms loss 1%"), "ok");
	CHECK(values[3].set && !values[2].set);
	CHECK_EQ(values[3].word_count, 4);
	CHECK_EQ(values[3].netem.delay_ns, 50000000);
	CHECK_EQ(values[3].netem.given, NETEM_DELAY | NETEM_LOSS);
	CHECK(strcmp(parse(&link_row, "client r1 dealy 50ms"), "ok") != 0);
}

static void names_are_checked_all_before_anything_is_done(void)
{
	CHECK_STR(parse(&host_row, "x y z-1"), "ok");
	CHECK_EQ(values[0].word_count, 3);
	CHECK_STR(parse(&host_row, "x y x"), "\"x\" is named twice");
	CHECK_STR(parse(&host_row, "x all"), "\"all\" is a word of the language; take another name");
	CHECK(strcmp(parse(&host_row, "x 1y"), "ok") != 0);
	CHECK_STR(parse(&host_row, ""), "host: NAME is missing; usage: host NAME...");
	CHECK_STR(parse(&remove_row, "client server"), "ok");
	CHECK_EQ(values[0].word_count, 2);
	CHECK_STR(parse(&remove_row, "client sevrer"), "no node \"sevrer\"; did you mean server?");
	CHECK_STR(parse(&remove_row, "client client"), "\"client\" is named twice");
	CHECK_STR(parse_one(ARG_NAME, "none"),
		"\"none\" is a word of the language; take another name");
}

static void routers_are_routers(void)
{
	CHECK_STR(parse_one(ARG_ROUTER, "r1"), "ok");
	CHECK_STR(parse_one(ARG_ROUTER, "client"),
		"client is a host; a router is needed here: `router NAME` makes one");
	CHECK_STR(parse_one(ARG_ROUTER, "r2"), "no node \"r2\"; did you mean r1?");
}

static void times_may_be_formulas(void)
{
	CHECK_STR(parse_one(ARG_TIMES, "0"), "ok");
	CHECK_STR(parse_one(ARG_TIMES, "{2^3-1}"), "ok");
	CHECK_EQ(values[0].number, 7);
	CHECK(strcmp(parse_one(ARG_TIMES, "{1-2}"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_TIMES, "{i}"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_TIMES, "1000001"), "ok") != 0);
}

static void unknown_names_offer_the_nearest(void)
{
	CHECK_STR(parse_one(ARG_NODE, "cleint"), "no node \"cleint\"; did you mean client?");
	CHECK_STR(parse_one(ARG_NODE, "xyzzy42"),
		"no node \"xyzzy42\"; there are client, server, r1, a-b, c, a, b-c");
	CHECK_STR(parse_one(ARG_ENDPOINT, "wep"), "no endpoint \"wep\"; did you mean web?");
	CHECK_STR(parse_one(ARG_SOCKET, "clinet"), "no endpoint \"clinet\"; did you mean client?");
	CHECK_STR(parse_one(ARG_SOCKET, "web"), "web has several sockets: web/1, web/2");
	CHECK_STR(
		parse_one(ARG_STATE, "TIM-WAIT"), "no state \"TIM-WAIT\"; did you mean TIME-WAIT?");
	CHECK_STR(parse_one(ARG_ERRNO, "ECONREFUSED"),
		"no errno \"ECONREFUSED\"; did you mean ECONNREFUSED?");
}

static void other_types_parse_themselves(void)
{
	CHECK_STR(parse_one(ARG_SOCKET, "web/2"), "ok");
	CHECK(values[0].socket == &sockets[1]);
	CHECK_STR(parse_one(ARG_STATE, "time-wait"), "ok");
	CHECK_EQ(values[0].state, STATE_TIME_WAIT);
	CHECK_STR(parse_one(ARG_ERRNO, "ECONNRESET"), "ok");
	CHECK_EQ(values[0].number, ECONNRESET);
	CHECK_STR(parse_one(ARG_FLAGS, "[F.]"), "ok");
	CHECK_EQ(values[0].number, SEG_FIN | SEG_ACK);
	CHECK_STR(parse_one(ARG_FLAGS, "S"), "ok");
	CHECK(strcmp(parse_one(ARG_FLAGS, "[Q]"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_FLAGS, "FSRPFSRPFSRPFSRPFSRP"), "ok") != 0);
	CHECK_STR(parse_one(ARG_SYSCTL, "tcp_fin_timeout=5"), "ok");
	CHECK(strcmp(parse_one(ARG_SYSCTL, "=5"), "ok") != 0);
	CHECK_STR(parse_one(ARG_NAME, "a-b_9"), "ok");
	CHECK(strcmp(parse_one(ARG_NAME, "9a"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_NAME, ""), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_NAME, "abcdefghijklmnop"), "ok") != 0);
	CHECK(strcmp(parse_one(ARG_NAME, "a/b"), "ok") != 0);
}

static void choices_match_whole_or_by_a_clear_prefix(void)
{
	CHECK_EQ(argtype_choice("rd|wr|rdwr", "rd"), 0);
	CHECK_EQ(argtype_choice("rd|wr|rdwr", "w"), 1);
	CHECK_EQ(argtype_choice("rd|wr|rdwr", "rdw"), 2);
	CHECK_EQ(argtype_choice("rd|wr|rdwr", "r"), -1);
	CHECK_EQ(argtype_choice("rd|wr|rdwr", ""), -1);
	CHECK_EQ(argtype_choice("rd|wr|rdwr", "rd|wr"), -1);
	CHECK_STR(parse(&shutdown_row, "client both"), "\"both\" is none of rd|wr|rdwr");
}

/* The name of the command that the line means, or the cause's text. */
static const char *resolve(const char *line)
{
	int count = split(line);
	const struct command *command = verb_resolve(&lab, words, count, &cause);

	return command ? command->name : cause.text;
}

static void commands_are_found_by_prefix(void)
{
	CHECK_STR(resolve("close client"), "close");
	CHECK_STR(resolve("cl client"), "close");
	CHECK_STR(resolve("s"), "\"s\" could be step, shutdown; write more of it");
	CHECK_STR(resolve("clsoe client"), "no command \"clsoe\"; did you mean close?");
	CHECK_STR(resolve("exit"), "no command \"exit\"; did you mean quit?");
	CHECK_STR(resolve("frobnicate"), "no command \"frobnicate\"; `help` lists them");
}

static void node_and_verb_change_places(void)
{
	CHECK_STR(resolve("client close"), "close");
	CHECK_STR(words[0], "close");
	CHECK_STR(words[1], "client");
	CHECK_STR(resolve("web/2 shut wr"), "shutdown");
	CHECK_STR(words[1], "web/2");
	CHECK_STR(words[2], "wr");
	CHECK_STR(resolve("server listne 80"), "no command \"listne\"; did you mean listen?");
	CHECK_STR(resolve("server"), "server what? a command is missing, such as: ss server");
	CHECK(strncmp(resolve("nobody close"), "no command \"nobody\"", 19) == 0);
}

int main(void)
{
	RUN(usage_comes_from_the_rows);
	RUN(positional_words_come_in_order);
	RUN(keywords_come_in_any_order);
	RUN(a_keyword_may_stand_for_an_optional_word);
	RUN(the_rest_takes_all_words);
	RUN(wrong_arity_is_one_line_with_the_usage);
	RUN(times_are_exact);
	RUN(numbers_have_their_ranges);
	RUN(targets_are_nodes_or_addresses);
	RUN(directions_name_two_nodes);
	RUN(a_target_is_seen_from_who_connects);
	RUN(prefixes_have_no_bits_beyond);
	RUN(directions_are_of_links);
	RUN(an_optional_word_is_passed_over);
	RUN(a_link_end_may_name_its_interface);
	RUN(impairments_take_all_words);
	RUN(names_are_checked_all_before_anything_is_done);
	RUN(routers_are_routers);
	RUN(times_may_be_formulas);
	RUN(unknown_names_offer_the_nearest);
	RUN(other_types_parse_themselves);
	RUN(choices_match_whole_or_by_a_clear_prefix);
	RUN(commands_are_found_by_prefix);
	RUN(node_and_verb_change_places);
	return unit_end();
}
