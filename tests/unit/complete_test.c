/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * complete_test.c - Tab: what could stand at the end of a line, by the type of
 * the argument there. The lab and the command table are this file's own.
 * Built with: cli/complete.c cli/offer.c cli/offerfile.c cli/offernetem.c
 * cli/topologies.c cli/args.c cli/argtype.c cli/argname.c cli/argnet.c cli/verb.c cli/lex.c
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "../../cli/command.h"
#include "../../cli/complete.h"

/* --------------------------------- a lab: client - r1 - server, and a-b - r1 */

struct lab {
	int unused;
};

struct link {
	struct node *end[2];
};

static struct lab lab;
static struct node nodes[] = {{.name = "client", .index = 0}, {.name = "server", .index = 1},
	{.name = "r1", .kind = NODE_ROUTER, .index = 2}, {.name = "a-b", .index = 3}};
static struct link links[] = {
	{{&nodes[0], &nodes[2]}}, {{&nodes[2], &nodes[1]}}, {{&nodes[3], &nodes[2]}}};

#define NODES (sizeof nodes / sizeof *nodes)
#define LINKS (sizeof links / sizeof *links)

struct node *node_find(const struct lab *in, const char *name)
{
	(void)in;
	for (size_t i = 0; i < NODES; i++)
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

struct link *link_next(const struct lab *in, const struct link *link)
{
	size_t i = link ? (size_t)(link - links) + 1 : 0;

	(void)in;
	return i < LINKS ? &links[i] : NULL;
}

struct node *link_node(const struct link *link, int end)
{
	return link->end[end];
}

struct link *link_find(const struct lab *in, const struct node *a, const struct node *b)
{
	(void)in;
	(void)a;
	(void)b;
	return NULL;
}

/* Towards the router there is jitter. */
const struct netem *link_netem_now(const struct link *link, int end)
{
	static const struct netem nothing, jitter = {.given = NETEM_DELAY | NETEM_JITTER};

	return link_node(link, !end)->kind == NODE_ROUTER ? &jitter : &nothing;
}

int node_address(const struct node *node, struct address *address, struct cause *cause)
{
	(void)node;
	(void)address;
	return cause_set(cause, 0, "none");
}

int node_address_from(const struct node *to, const struct node *from, int family,
	struct address *address, struct cause *cause)
{
	(void)from;
	(void)family;
	return node_address(to, address, cause);
}

bool lab_has_ipv6(const struct lab *in)
{
	(void)in;
	return false;
}

const char *node_kind_name(enum node_kind kind)
{
	(void)kind;
	return "host";
}

struct endpoint *endpoint_find(const struct lab *in, const char *name)
{
	(void)in;
	(void)name;
	return NULL;
}

struct endpoint *endpoint_next(const struct lab *in, const struct endpoint *endpoint)
{
	(void)in;
	(void)endpoint;
	return NULL;
}

struct tcp_socket *socket_find(
	const struct lab *in, const char *name, enum socket_for purpose, struct cause *cause)
{
	(void)in;
	(void)name;
	(void)purpose;
	cause_set(cause, 0, "none");
	return NULL;
}

struct tcp_socket *socket_next(const struct lab *in, const struct tcp_socket *socket)
{
	(void)in;
	(void)socket;
	return NULL;
}

static const struct command rows[] = {
	{.name = "link",
		.args = {{ARG_LINK_END, "NODE", NULL, 0, NULL},
			{ARG_LINK_END, "NODE", NULL, 0, NULL},
			{ARG_FLAG, "up", "up", ARG_OPTIONAL, NULL},
			{ARG_FLAG, "down", "down", ARG_OPTIONAL, NULL},
			{ARG_NETEM, "WORD", NULL, ARG_OPTIONAL, NULL}}},
	{.name = "netem",
		.args = {{ARG_DIRECTIONS, "A>B", NULL, 0, NULL},
			{ARG_NETEM, "WORD", NULL, 0, NULL}}},
	{.name = "address",
		.args = {{ARG_NODE, "NODE", NULL, 0, NULL},
			{ARG_PEER, "PEER", NULL, ARG_OPTIONAL, NULL},
			{ARG_CIDR, "ADDRESS", NULL, ARG_OPTIONAL, NULL},
			{ARG_FLAG, "off", "off", ARG_OPTIONAL, NULL}}},
	{.name = "route",
		.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_PREFIX, "PREFIX", NULL, 0, NULL},
			{ARG_HOST, "NODE", "via", ARG_OPTIONAL, NULL}}},
	{.name = "nat", .args = {{ARG_ROUTER, "ROUTER", NULL, 0, NULL}}},
	{.name = "remove", .args = {{ARG_NODES, "NODE", NULL, 0, NULL}}},
	{.name = "repeat",
		.args = {{ARG_TIMES, "TIMES", NULL, 0, NULL},
			{ARG_COMMAND_LINE, "COMMAND", NULL, 0, NULL}}},
	{.name = "topology",
		.args = {{ARG_TOPOLOGY, "NAME", NULL, ARG_OPTIONAL, NULL},
			{ARG_REST, "WORD", NULL, ARG_OPTIONAL, NULL}}},
	{.name = "option",
		.args = {{ARG_OWNER, "NODE|EP", NULL, 0, NULL},
			{ARG_OPTION, "NAME", NULL, ARG_OPTIONAL, NULL},
			{ARG_REST, "VALUE", NULL, ARG_OPTIONAL, NULL}}},
	{.name = "expect", .args = {{ARG_REST, "WHAT", NULL, 0, NULL}}},
};

const struct command *const commands[] = {&rows[0], &rows[1], &rows[2], &rows[3], &rows[4],
	&rows[5], &rows[6], &rows[7], &rows[8], &rows[9], NULL};

/* ------------------------------------------------------------------- tests */

/* The candidates, with blanks between them. */
static const char *offered(const char *line)
{
	static char text[1000];
	struct completion completion;
	size_t used = 0;

	complete_line(&lab, line, strlen(line), &completion);
	text[0] = '\0';
	for (int i = 0; i < completion.count; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? " " : "",
			completion.words[i]);
	completion_free(&completion);
	return text;
}

static void links_are_completed(void)
{
	CHECK_STR(offered("link c"), "client");
	CHECK_STR(offered("link client s"), "server");
	CHECK_STR(offered("link client "), "a-b r1 server");
	CHECK_STR(offered("link client:eth1 "), "a-b r1 server");
	CHECK_STR(offered("link a "), "a-b client r1 server");
	CHECK_STR(offered("client link "), "a-b r1 server");
	CHECK_STR(offered("link client server d"), "delay down duplicate");
	CHECK_STR(offered("link client server down u"), "up");
	CHECK_STR(offered("netem client"), "client-r1 client>r1");
	CHECK_STR(offered("netem a"), "a-b-r1 a-b>r1 all");
	CHECK_STR(offered("netem r1>"), "r1>a-b r1>client r1>server");
}

static void impairments_are_completed(void)
{
	CHECK_STR(offered("netem all l"), "limit loss");
	/* a value, which cannot be told */
	CHECK_STR(offered("netem all delay "), "");
	/* each once */
	CHECK_STR(offered("netem all delay 5ms d"), "distribution duplicate");
	CHECK_STR(offered("netem all loss 1% l"), "limit");
	/* what can stand there */
	CHECK_STR(offered("netem r1>client "),
		"corrupt delay duplicate jitter limit loss none rate reorder seed");
	CHECK_STR(offered("netem r1>client reorder 5% "),
		"corrupt delay duplicate gap jitter limit loss rate seed");
	CHECK_STR(offered("netem r1>client reorder 5% gap "), "");
	CHECK_STR(offered("netem r1>client reorder 5% gap 2 g"), "");
	CHECK_STR(offered("netem r1>client reorder 5% delay 9ms g"), "");
	CHECK_STR(offered("netem r1>client loss "), "gemodel");
	CHECK_STR(offered("netem r1>client loss 5% g"), "gemodel");
	CHECK_STR(offered("netem r1>client loss 5% rate 1mbit g"), "");
	CHECK_STR(offered("netem r1>client loss gemodel "), "");
	CHECK_STR(offered("netem r1>client loss gemodel 1% "), "");
	CHECK_STR(offered("netem r1>client loss gemodel 1% 2% "),
		"corrupt delay duplicate jitter limit rate reorder seed");
	CHECK_STR(offered("netem r1>client none d"), "delay duplicate");
	CHECK_STR(offered("netem r1>client delay 5ms n"), "");
	CHECK_STR(offered("link client server "),
		"corrupt delay down duplicate jitter limit loss none rate reorder seed up");
	CHECK_STR(offered("link client server delay 1ms jitter 1ms d"), "distribution duplicate");
}

static void distributions_are_completed(void)
{
	CHECK_STR(offered("netem r1>client delay 10ms jitter 1ms distribution "),
		"normal pareto uniform");
	CHECK_STR(offered("link client server jitter 1ms distribution n"), "normal");
	CHECK_STR(offered("netem r1>client delay 10ms jitter 1ms distribution normal d"),
		"duplicate");
	/* behind the jitter, or where there is some */
	CHECK_STR(offered("netem r1>client d"), "delay duplicate");
	CHECK_STR(offered("netem r1>client jitter 1ms d"), "delay distribution duplicate");
	CHECK_STR(offered("netem client>r1 d"), "delay distribution duplicate");
	CHECK_STR(offered("netem client-r1 dis"), "distribution");
	CHECK_STR(offered("netem r1-client dis"), "distribution");
	CHECK_STR(offered("netem all dis"), "distribution");
	CHECK_STR(offered("netem client>r1 none dis"), "");
}

static void what_belongs_to_a_node_is_completed(void)
{
	CHECK_STR(offered("address client "), "off r1");
	CHECK_STR(offered("address r1 "), "a-b client off server");
	CHECK_STR(offered("route client d"), "default");
	CHECK_STR(offered("route client s"), "server");
	CHECK_STR(offered("route client default "), "via");
	CHECK_STR(offered("route client default via r"), "r1");
	CHECK_STR(offered("route client default via "), "a-b r1 server");
	CHECK_STR(offered("route client "), "a-b client default r1 server");
	CHECK_STR(offered("nat "), "r1");
	CHECK_STR(offered("remove client "), "a-b r1 server");
	CHECK_STR(offered("repeat 3 nat "), "r1");
}

static void options_are_completed(void)
{
	CHECK_STR(offered("option cl"), "client");
	CHECK_STR(offered("option client li"), "linger linger2");
	CHECK_STR(offered("option client keepalive"),
		"keepalive keepalive-count keepalive-idle keepalive-interval");
	CHECK_STR(offered("option client linger "), "default off");
	CHECK_STR(offered("option client nodelay "), "default off on");
	CHECK_STR(offered("option client fin-timeout "), "default");
	CHECK_STR(offered("client op"), "option");
}

static void checks_are_completed(void)
{
	CHECK_STR(offered("expect c"), "counter");
	CHECK_STR(offered("expect counter cl"), "client");
	CHECK_STR(offered("expect counter client TW"), "TW TWKilled TWRecycled");
	CHECK_STR(offered("expect counter client Act"), "ActiveOpens");
	CHECK_STR(offered("expect sysctl s"), "server");
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	CHECK(file != NULL);
	if (!file)
		return;
	fputs(text, file);
	fclose(file);
}

static void topologies_are_completed(void)
{
	char home[] = "/tmp/complete_test.XXXXXX", path[200];

	if (!mkdtemp(home))
		return;
	setenv("XDG_DATA_HOME", home, 1);
	snprintf(path, sizeof path, "%s/netlab", home);
	mkdir(path, 0755);
	snprintf(path, sizeof path, "%s/netlab/topologies", home);
	mkdir(path, 0755);
	snprintf(path, sizeof path, "%s/netlab/topologies/zzbush.lab", home);
	write_file(path, "# zzbush: a bush\n# usage: topology zzbush [TWIGS=7] [HOSTS=3]\n");
	CHECK_STR(offered("topology zz"), "zzbush");
	CHECK_STR(offered("topology zzbush "), "7");
	CHECK_STR(offered("topology zzbush 5 "), "3");
	CHECK_STR(offered("topology zzbush 5 3 "), "");
	/* a lesson is none */
	write_file(path, "# zzbush: how to cut a bush\n");
	CHECK_STR(offered("topology zz"), "");
	unlink(path);
	for (int up = 0; up < 3; up++) {
		*strrchr(path, '/') = '\0';
		rmdir(path);
	}
}

int main(void)
{
	RUN(links_are_completed);
	RUN(impairments_are_completed);
	RUN(distributions_are_completed);
	RUN(what_belongs_to_a_node_is_completed);
	RUN(options_are_completed);
	RUN(checks_are_completed);
	RUN(topologies_are_completed);
	return unit_end();
}
