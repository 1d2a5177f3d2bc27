/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doctor.c - the engine's probes (probe.h) as lines, and the remedies for what
 * is missing.
 */
#include "doctor.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "cli.h"
#include "json.h"
#include "remedy.h"

#define LOCALE PROBES /* the row behind those of the engine */
#define ROWS (PROBES + 1)

enum need { NEEDED, UNLESS_ROOT, OPTIONAL };

static const struct row {
	const char *name, *what;
	enum need need;
	const char *with, *without;
	struct remedy_for remedy;
} rows[ROWS] = {
	[PROBE_USERNS] = {"userns", "user namespaces", UNLESS_ROOT, "netlab needs no root",
		"only root can run netlab", {REMEDY_USERNS, NULL, NULL}},
	[PROBE_PIDNS] = {"pidns", "PID namespaces", NEEDED, "what runs in a lab ends with it",
		"no labs", {REMEDY_CONTAINER, NULL, NULL}},
	[PROBE_NETNS] = {"netns", "network namespaces", NEEDED, "a node is one", "no labs",
		{REMEDY_CONTAINER, NULL, NULL}},
	[PROBE_SYSCTLS] = {"sysctls", "sysctls of a namespace", NEEDED,
		"nodes have settings of their own", "no labs: /proc/sys cannot be written",
		{REMEDY_CONTAINER, NULL, NULL}},
	[PROBE_VETH] = {"veth", "veth", NEEDED, "links", "no links",
		{REMEDY_MODULE, "veth", "VETH"}},
	[PROBE_BRIDGE] = {"bridge", "bridge", OPTIONAL, "nodes that are switches",
		"no switches; hosts, routers and links work",
		{REMEDY_MODULE, "bridge", "BRIDGE"}},
	[PROBE_RING] = {"ring", "AF_PACKET ring", NEEDED, "every frame on the wire is seen",
		"no labs: nothing is seen of the wire", {REMEDY_MODULE, "af_packet", "PACKET"}},
	[PROBE_REDIRECT] = {"redirect", "clsact, u32, mirred", NEEDED,
		"the kernel carries the links", "no links",
		{REMEDY_MODULE, "act_mirred", "NET_ACT_MIRRED"}},
	[PROBE_NETEM] = {"netem", "netem", OPTIONAL, "the kernel impairs links",
		"no module sch_netem: impairments are emulated in the gate",
		{REMEDY_MODULE, "sch_netem", "NET_SCH_NETEM"}},
	[PROBE_NETEM_SEED] = {"netem-seed", "netem with a seed", OPTIONAL,
		"losses that can be repeated", "a seed is for the gate's emulation alone",
		{REMEDY_NEWER, "Linux 6.6", NULL}},
	[PROBE_NAT] = {"nat", "nf_tables NAT", OPTIONAL, "routers that masquerade",
		"no NAT; routers forward as they are", {REMEDY_MODULE, "nft_masq", "NFT_MASQ"}},
	[PROBE_DIAG] = {"diag", "sock_diag", NEEDED, "states, queues and timers of sockets",
		"no states of sockets", {REMEDY_MODULE, "tcp_diag", "INET_TCP_DIAG"}},
	[PROBE_DESTROY] = {"destroy", "sock_diag destroy", OPTIONAL, "destroy ends sockets",
		"the command destroy fails",
		{REMEDY_NEWER, "a kernel with CONFIG_INET_DIAG_DESTROY", NULL}},
	[PROBE_IPV6] = {"ipv6", "IPv6", OPTIONAL, "IPv6 addresses beside the IPv4 ones",
		"IPv4 only", {REMEDY_NONE, NULL, NULL}},
	[PROBE_SMALL_HASH] = {"small-hash", "tcp_child_ehash_entries", OPTIONAL,
		"tables are read in microseconds", "each look at the sockets takes 1 ms a node",
		{REMEDY_NEWER, "Linux 6.1", NULL}},
	[PROBE_RTO_MIN] = {"rto-min", "tcp_rto_min_us", OPTIONAL,
		"the first retransmission can be sooner", "the shortest timeout stays at 200 ms",
		{REMEDY_NEWER, "Linux 6.11", NULL}},
	[PROBE_RTO_MAX] = {"rto-max", "tcp_rto_max_ms", OPTIONAL,
		"retransmission can give up sooner", "the longest timeout stays at 120 s",
		{REMEDY_NEWER, "Linux 6.15", NULL}},
	[PROBE_REUSE_DELAY] = {"reuse-delay", "tcp_tw_reuse_delay", OPTIONAL,
		"TIME-WAIT can be reused in less than 1 s",
		"a TIME-WAIT is reused after 1 s at the earliest",
		{REMEDY_NEWER, "Linux 6.14", NULL}},
	[PROBE_PORT_RANGE] = {"port-range", "IP_LOCAL_PORT_RANGE", OPTIONAL,
		"a socket can have a port range of its own", "port ranges are a node's, by sysctl",
		{REMEDY_NEWER, "Linux 6.3", NULL}},
	[PROBE_REPAIR] = {"repair", "TCP_REPAIR", OPTIONAL, "sequence numbers can be chosen",
		"sequence numbers are the kernel's choice",
		{REMEDY_MODULE, "tcp_repair", "CHECKPOINT_RESTORE"}},
	[PROBE_TRACEPOINTS] = {"tracepoints", "tracepoints", OPTIONAL,
		"a second witness, for the tests",
		"labs do without; of netlab's own tests one is skipped",
		{REMEDY_TRACING, NULL, NULL}},
	[PROBE_FILES] = {"files", "open files", NEEDED, "", "", {REMEDY_FILES, NULL, NULL}},
	[LOCALE] = {"locale", "UTF-8", OPTIONAL, "arrows and lines are drawn",
		"arrows and lines are ASCII", {REMEDY_LOCALE, NULL, NULL}},
};

/* What has been found, in words. */
struct findings {
	struct probes probes;
	struct probe locale;
	char files[80];		/* the row's effect */
	char files_wanted[24];	/* and its remedy */
	char title[160];
	enum system_kind system;
	struct utsname kernel;
};

static const struct probe *found(const struct findings *findings, int i)
{
	return i == LOCALE ? &findings->locale : &findings->probes.probe[i];
}

static bool is_needed(const struct findings *findings, int i)
{
	return rows[i].need == NEEDED ||
		(rows[i].need == UNLESS_ROOT && !findings->probes.privileged);
}

/* What is limited is enough for a small lab. */
static bool can_run(const struct findings *findings)
{
	for (int i = 0; i < ROWS; i++)
		if (is_needed(findings, i) && found(findings, i)->verdict != PROBE_OK &&
			found(findings, i)->verdict != PROBE_LIMITED)
			return false;
	return true;
}

static const char *effect(const struct findings *findings, int i)
{
	if (i == PROBE_FILES)
		return findings->files;
	if (found(findings, i)->verdict == PROBE_UNTRIED)
		return "";
	if (i == PROBE_NETNS && found(findings, i)->verdict == PROBE_LIMITED)
		return "two hosts, and no gate";
	return found(findings, i)->verdict == PROBE_OK ? rows[i].with : rows[i].without;
}

static const char *verdict_name(enum probe_verdict verdict)
{
	static const char *const names[] = {"untried", "ok", "limited", "missing"};

	return names[verdict];
}

#define FILES_OF_A_LAB 40    /* with the gate, some endpoints and pings */
#define FILES_A_NODE   2     /* its namespace, and sock_diag once it has sockets */
#define FILES_TALKING  128   /* nodes that have an rtnetlink socket, too (node_netif.c) */
#define FILES_WANTED   20480 /* by the largest lab */

static int64_t nodes_of(int64_t files)
{
	int64_t left = files - FILES_OF_A_LAB, nodes;

	nodes = left < FILES_TALKING * (FILES_A_NODE + 1)
		? left / (FILES_A_NODE + 1)
		: (left - FILES_TALKING) / FILES_A_NODE;
	return nodes > LAB_NODES_MAX ? LAB_NODES_MAX : nodes < 2 ? 2 : nodes;
}

/* Two digits will do. */
static int64_t about(int64_t number)
{
	int64_t unit = 1;

	while (number / unit >= 100)
		unit *= 10;
	return number / unit * unit;
}

static void weigh_files(struct findings *findings)
{
	const struct probe *files = &findings->probes.probe[PROBE_FILES];
	int64_t most = findings->probes.files_most;
	char nodes[40];

	snprintf(nodes, sizeof nodes, "labs of about %lld nodes",
		(long long)about(nodes_of(files->number)));
	snprintf(findings->files, sizeof findings->files, "%lld at once: %s",
		(long long)files->number,
		files->verdict == PROBE_MISSING		? "no labs, not even of two hosts"
		: !findings->probes.files_for_pair	? "two hosts, and few or no connections"
							: nodes);
	snprintf(findings->files_wanted, sizeof findings->files_wanted, "%lld",
		(long long)(most > files->number && most < FILES_WANTED ? most : FILES_WANTED));
}

static int find_out(struct findings *findings)
{
	struct cause cause;

	if (probe_machine(&findings->probes, &cause) < 0) {
		fprintf(stderr, "netlab: %s\n", cause.text);
		return -1;
	}
	findings->locale.verdict = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 ? PROBE_OK
									      : PROBE_LIMITED;
	findings->system = system_here(findings->title, sizeof findings->title);
	uname(&findings->kernel);
	weigh_files(findings);
	return 0;
}

/* ----------------------------------------------------------------- remedies */

/* By the reason that was found. */
static struct remedy_for remedy_of(const struct findings *findings, int i)
{
	struct remedy_for remedy = rows[i].remedy;

	if (i == PROBE_FILES) {
		remedy.what = findings->files_wanted;
		if (findings->probes.files_most <= findings->probes.probe[i].number)
			remedy.remedy = REMEDY_FILES_HARD;
	} else if (i == PROBE_TRACEPOINTS && findings->probes.untraced == UNTRACED_BY_KERNEL) {
		remedy = (struct remedy_for){REMEDY_KERNEL, NULL, "EVENT_TRACING"};
	} else if (i != PROBE_USERNS && found(findings, i)->limit) {
		remedy = (struct remedy_for){REMEDY_LIMIT, found(findings, i)->limit, NULL};
	}
	return remedy;
}

static const char *remedy_on(const struct findings *findings, int i, enum system_kind kind,
	char *text, size_t size)
{
	const struct remedy_for remedy = remedy_of(findings, i);

	return remedy_text(&remedy, kind, findings->probes.refusal, text, size);
}

/* -------------------------------------------------------------------- lines */

static void print_remedies(const struct findings *findings, int i, bool all)
{
	char text[300];

	if (!all || remedy_is_general(remedy_of(findings, i).remedy)) {
		printf("  %-24s %s\n", rows[i].what,
			remedy_on(findings, i, findings->system, text, sizeof text));
		return;
	}
	for (int kind = 0; kind < SYSTEMS; kind++)
		printf("  %-24s %-15s %s\n", kind ? "" : rows[i].what,
			system_name((enum system_kind)kind),
			remedy_on(findings, i, (enum system_kind)kind, text, sizeof text));
}

static bool to_mend(const struct findings *findings, int i)
{
	enum probe_verdict verdict = found(findings, i)->verdict;

	return (verdict == PROBE_LIMITED || verdict == PROBE_MISSING) &&
	       rows[i].remedy.remedy != REMEDY_NONE;
}

static void print_all(const struct findings *findings, bool all)
{
	const struct probe *probe;
	bool heading = false;
	const char *text;
	int i;

	printf("%s, %s %s, %s\n\n", findings->title, findings->kernel.sysname,
		findings->kernel.release,
		findings->probes.privileged ? "as root" : "as an ordinary user");
	for (i = 0; i < ROWS; i++) {
		probe = found(findings, i);
		text = effect(findings, i);
		printf("%-8s %-24s %s%s%s%s\n", verdict_name(probe->verdict), rows[i].what, text,
			!probe->says[0] ? "" : text[0] ? " (" : "(", probe->says,
			probe->says[0] ? ")" : "");
	}
	for (i = 0; i < ROWS; i++) {
		if (!to_mend(findings, i))
			continue;
		if (!heading)
			printf("\nWhat mends it%s:\n", all ? ", system by system" : "");
		heading = true;
		print_remedies(findings, i, all);
	}
	printf("\nnetlab %s here.\n", can_run(findings) ? "can run" : "cannot run");
}

/* ------------------------------------------------------------------ objects */

static void json_remedies(struct json *json, const struct findings *findings, int i, bool all)
{
	char text[300];

	if (!to_mend(findings, i)) {
		json_null(json, "remedy");
		return;
	}
	json_string(json, "remedy", remedy_on(findings, i, findings->system, text, sizeof text));
	if (!all)
		return;
	json_open(json, "remedies", '{');
	for (int kind = 0; kind < SYSTEMS; kind++)
		json_string(json, system_name((enum system_kind)kind),
			remedy_on(findings, i, (enum system_kind)kind, text, sizeof text));
	json_close(json, '}');
}

static void json_all(const struct findings *findings, bool all)
{
	struct cli cli = {.json = true};
	const struct probe *probe;
	struct json json;

	for (int i = 0; i < ROWS; i++) {
		probe = found(findings, i);
		json_begin(&json);
		json_string(&json, "event", "probe");
		json_string(&json, "name", rows[i].name);
		json_string(&json, "what", rows[i].what);
		json_string(&json, "verdict", verdict_name(probe->verdict));
		json_bool(&json, "needed", is_needed(findings, i));
		json_string(&json, "effect", effect(findings, i));
		json_string(&json, "kernel", probe->says[0] ? probe->says : NULL);
		json_remedies(&json, findings, i, all);
		json_print(&json, &cli);
	}
	json_begin(&json);
	json_string(&json, "event", "doctor");
	json_bool(&json, "runs", can_run(findings));
	json_string(&json, "system", findings->title);
	json_string(&json, "kernel", findings->kernel.release);
	json_bool(&json, "root", findings->probes.privileged);
	json_print(&json, &cli);
}

int doctor_main(char **words, bool json)
{
	static struct findings findings;
	bool all = false;

	for (; *words; words++) {
		if (strcmp(*words, "--all") == 0) {
			all = true;
		} else if (strcmp(*words, "--json") == 0) {
			json = true;
		} else {
			fprintf(stderr, "netlab: doctor takes --all and --json only: leave out "
				"\"%s\"; see netlab --help\n", *words);
			return 2;
		}
	}
	if (find_out(&findings) < 0)
		return 1;
	if (json)
		json_all(&findings, all);
	else
		print_all(&findings, all);
	return fflush(stdout) == 0 && can_run(&findings) ? 0 : 1;
}
