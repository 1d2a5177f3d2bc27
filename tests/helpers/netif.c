/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif.c - what the engine asks of rtnetlink and nftables, each asked of this
 * kernel: in namespaces of the program's own, as root or as an ordinary user.
 * Prints what failed and "N passed, N failed, N skipped".
 */
#include "../../netlab/netif.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../netlab/nat.h"
#include "../unit/unit.h"

#define OUR_PROTOCOL ETH_P_802_EX1
#define FRAME	     100  /* bytes */
#define PATIENCE_MS  20000
#define HOUR_NS	     (3600 * 1000000000LL)
#define ALWAYS	     UINT32_MAX
#define ROUTE_STATIC 4	/* RTPROT_STATIC */
#define ROUTE_KERNEL 2	/* RTPROT_KERNEL */

static struct cause cause;

/* A call that has to succeed; says why it did not. */
#define DO(call) do { \
	cause.text[0] = '\0'; \
	if ((call) < 0) { \
		unit_fail(__FILE__, __LINE__); \
		printf("%s: %s\n", #call, cause.text); \
	} \
} while (0)

#define FAILS(call, code_, text_) do { \
	cause.text[0] = '\0'; \
	CHECK_EQ((call), -1); \
	CHECK_EQ(cause.code, (code_)); \
	if (!strstr(cause.text, (text_))) \
		CHECK_STR(cause.text, (text_)); \
} while (0)

/* -------------------------------------------------------------- namespaces */

struct place {
	int ns;
	struct netif *netif;
};

static struct place here; /* where the program is between calls */

static void enter(int ns)
{
	if (setns(ns, CLONE_NEWNET) == 0)
		return;
	perror("setns");
	exit(1);
}

static struct place place_new(void)
{
	struct place place;

	if (unshare(CLONE_NEWNET) < 0) {
		perror("unshare");
		exit(1);
	}
	place.ns = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	place.netif = netif_open(&cause);
	if (here.netif)
		enter(here.ns);
	return place;
}

static void place_free(struct place *place)
{
	netif_close(place->netif);
	close(place->ns);
}

static struct address at(const char *text)
{
	struct address address = {0};

	if (text)
		CHECK_EQ(address_parse(text, &address), 0);
	return address;
}

/* Interface 10 of one place, named a, and 20 of the other, named b; both up. */
static void join(const struct place *one, const struct place *other)
{
	struct netif_end a = {.name = "a", .ns = one->ns, .ifindex = 10, .mac = {2, 1}};
	struct netif_end b = {.name = "b", .ns = other->ns, .ifindex = 20, .mac = {2, 2}};

	DO(netif_veth(here.netif, &a, &b, &cause));
	DO(netif_quiet(one->netif, 10, &cause));
	DO(netif_quiet(other->netif, 20, &cause));
	DO(netif_up(other->netif, 20, &cause));
	DO(netif_up(one->netif, 10, &cause));
}

static void await_ready(const struct place *place, int ifindex)
{
	int ready = 0;

	for (int i = 0; i < PATIENCE_MS && ready == 0; i++) {
		ready = netif_ready(place->netif, ifindex, &cause);
		if (ready == 0)
			usleep(1000);
	}
	CHECK_EQ(ready, 1);
}

/* ------------------------------------------------------------------ frames */

static int packet_at(const struct place *place, int ifindex)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = ifindex,
		.sll_protocol = htons(ETH_P_ALL)};
	int on = 1, fd;

	enter(place->ns);
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
	enter(here.ns);
	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0);
	setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on);
	return fd;
}

static void fill_frame(uint8_t frame[FRAME], unsigned number)
{
	const uint8_t begin[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 1, 0, 0, 0, 0,
		OUR_PROTOCOL >> 8, OUR_PROTOCOL & 0xff, (uint8_t)number};

	memset(frame, 0, FRAME);
	memcpy(frame, begin, sizeof begin);
}

static void send_frames(int fd, unsigned first, unsigned count)
{
	uint8_t frame[FRAME];

	for (unsigned i = 0; i < count; i++) {
		fill_frame(frame, first + i);
		(void)!send(fd, frame, sizeof frame, 0); /* ENOBUFS: netem's limit */
	}
}

/* The next frame that may be ours; its number, or -1: none within `ms`. */
static int receive_within(int fd, uint8_t frame[FRAME], int ms)
{
	struct pollfd poll_for = {.fd = fd, .events = POLLIN};

	while (poll(&poll_for, 1, ms) > 0)
		if (recv(fd, frame, FRAME, MSG_TRUNC) == FRAME)
			return frame[ETH_HLEN];
	return -1;
}

static void expect_frames(int fd, unsigned first, unsigned count)
{
	uint8_t frame[FRAME];

	for (unsigned i = 0; i < count; i++)
		CHECK_EQ(receive_within(fd, frame, PATIENCE_MS), first + i);
}

/* ------------------------------------------------------ interfaces, bridges */

static bool is_in(const struct place *place, const char *name)
{
	bool found;

	enter(place->ns);
	found = if_nametoindex(name) > 0;
	enter(here.ns);
	return found;
}

/* Lines of /proc/net/if_inet6 of the place, loopback excepted. */
static int inet6_addresses(const struct place *place)
{
	char line[128];
	int count = 0;
	FILE *file;

	enter(place->ns);
	file = fopen("/proc/thread-self/net/if_inet6", "re");
	enter(here.ns);
	while (file && fgets(line, sizeof line, file))
		count += strstr(line, " lo\n") == NULL;
	if (file)
		fclose(file);
	return count;
}

static void ends_come_up_where_they_belong(void)
{
	struct place one = place_new(), other = place_new();
	struct netif_stats stats;
	int from, to;

	join(&one, &other);
	CHECK(is_in(&one, "a") && !is_in(&one, "b"));
	CHECK(is_in(&other, "b") && !is_in(&other, "a"));
	await_ready(&one, 10);
	await_ready(&other, 20);
	CHECK_EQ(inet6_addresses(&one) + inet6_addresses(&other), 0);
	from = packet_at(&one, 10);
	to = packet_at(&other, 20);
	send_frames(from, 0, 3);
	expect_frames(to, 0, 3);
	DO(netif_stats(one.netif, 10, &stats, &cause));
	CHECK_EQ(stats.tx, 3);
	DO(netif_stats(other.netif, 20, &stats, &cause));
	CHECK_EQ(stats.rx, 3);
	close(from);
	close(to);
	place_free(&one);
	place_free(&other);
}

static bool is_up(const struct place *place, const char *name)
{
	struct ifreq request = {0};
	int fd;

	enter(place->ns);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	enter(here.ns);
	strcpy(request.ifr_name, name);
	CHECK_EQ(ioctl(fd, SIOCGIFFLAGS, &request), 0);
	close(fd);
	return request.ifr_flags & IFF_UP;
}

static void down_and_up_again(void)
{
	struct place one = place_new(), other = place_new();
	int from, to;

	join(&one, &other);
	CHECK(is_up(&one, "a"));
	DO(netif_down(one.netif, 10, &cause));
	CHECK(!is_up(&one, "a"));
	from = packet_at(&other, 20);
	send_frames(from, 0, 1); /* lost */
	DO(netif_up(one.netif, 10, &cause));
	await_ready(&other, 20);
	to = packet_at(&one, 10);
	send_frames(from, 7, 1);
	expect_frames(to, 7, 1);
	close(from);
	close(to);
	place_free(&one);
	place_free(&other);
}

static void port_new(const struct place *bridge, const struct place *host, int number, bool later)
{
	char near[8], far[8];
	struct netif_end port = {.name = near, .ns = bridge->ns, .ifindex = 100 + number,
		.mac = {2, 3, (uint8_t)number}, .bridge = later ? 0 : 50};
	struct netif_end end = {.name = far, .ns = host->ns, .ifindex = 30,
		.mac = {2, 4, (uint8_t)number}};

	snprintf(near, sizeof near, "p%d", number);
	snprintf(far, sizeof far, "h%d", number);
	DO(netif_veth(here.netif, &port, &end, &cause));
	DO(netif_quiet(bridge->netif, port.ifindex, &cause));
	if (later)
		DO(netif_enslave(bridge->netif, port.ifindex, 50, &cause));
	DO(netif_up(bridge->netif, port.ifindex, &cause));
	DO(netif_up(host->netif, end.ifindex, &cause));
}

static void a_bridge_forwards_between_its_ports(void)
{
	struct place bridge = place_new(), one = place_new(), other = place_new();
	const uint8_t mac[6] = {2, 5};
	uint8_t frame[FRAME];
	int from, to, seen = -1;

	DO(netif_bridge(bridge.netif, "br0", 50, mac, &cause));
	port_new(&bridge, &one, 1, false);
	port_new(&bridge, &other, 2, true);
	DO(netif_up(bridge.netif, 50, &cause));
	from = packet_at(&one, 30);
	to = packet_at(&other, 30);
	/* until both ports have carrier */
	for (int i = 0; i < PATIENCE_MS / 20 && seen < 0; i++) {
		send_frames(from, 9, 1);
		seen = receive_within(to, frame, 20);
	}
	CHECK_EQ(seen, 9);
	CHECK_EQ(inet6_addresses(&bridge), 0);
	close(from);
	close(to);
	place_free(&bridge);
	place_free(&one);
	place_free(&other);
}

static void a_group_goes_at_once(void)
{
	struct netif_end a = {.ns = -1, .mac = {2, 6}, .group = 77};
	struct netif_end b = {.ns = -1, .mac = {2, 7}, .group = 77};
	char name[4][8] = {"g0", "g1", "g2", "g3"};

	for (int i = 0; i < 2; i++) {
		a.name = name[2 * i];
		b.name = name[2 * i + 1];
		a.ifindex = 200 + 2 * i;
		b.ifindex = 201 + 2 * i;
		DO(netif_veth(here.netif, &a, &b, &cause));
	}
	a = (struct netif_end){.name = "stays0", .ns = -1, .ifindex = 210, .mac = {2, 8}};
	b = (struct netif_end){.name = "stays1", .ns = -1, .ifindex = 211, .mac = {2, 9}};
	DO(netif_veth(here.netif, &a, &b, &cause));
	DO(netif_delete_group(here.netif, 77, &cause));
	CHECK(!is_in(&here, "g0") && !is_in(&here, "g1"));
	CHECK(!is_in(&here, "g2") && !is_in(&here, "g3"));
	CHECK(is_in(&here, "stays0") && is_in(&here, "stays1"));
	DO(netif_delete(here.netif, 210, &cause));
	CHECK(!is_in(&here, "stays1"));
	FAILS(netif_delete_group(here.netif, 77, &cause), ENODEV, "cannot delete a group");
}

static void errors_say_what_and_why(void)
{
	struct netif_end a = {.name = "x", .ns = -1, .ifindex = 300, .mac = {2, 10}};
	struct netif_end b = {.name = "x", .ns = -1, .ifindex = 301, .mac = {2, 11}};
	struct netif_route route = {.prefix = at("192.0.2.0"), .prefix_length = 24,
		.via = at("203.0.113.1")};

	FAILS(netif_veth(here.netif, &a, &b, &cause), EEXIST,
		"cannot make a veth pair: File exists");
	FAILS(netif_up(here.netif, 999, &cause), ENODEV,
		"cannot bring an interface up: No such device");
	FAILS(netif_route_add(here.netif, &route, &cause), ENETUNREACH,
		"cannot set a route: Network is unreachable (kernel: ");
	CHECK(!is_in(&here, "x"));
}

/* ------------------------------------------------------ addresses and routes */

static char listed[1024];

static void add_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void add_line(const char *format, ...)
{
	size_t used = strlen(listed);
	va_list args;

	va_start(args, format);
	vsnprintf(listed + used, sizeof listed - used, format, args);
	va_end(args);
}

static void on_address(void *arg, const struct netif_address *row)
{
	char text[ADDRESS_TEXT];

	(void)arg;
	add_line("%s/%d at %d\n", address_print(&row->address, false, text, sizeof text),
		row->prefix_length, row->ifindex);
}

static void on_route(void *arg, const struct netif_route *row)
{
	char prefix[ADDRESS_TEXT], via[ADDRESS_TEXT];

	(void)arg;
	add_line("%s/%d via %s at %d%s\n",
		address_print(&row->prefix, false, prefix, sizeof prefix), row->prefix_length,
		address_print(&row->via, false, via, sizeof via), row->ifindex,
		row->proto == ROUTE_KERNEL ? " kernel" : row->proto == ROUTE_STATIC ? "" : " ?");
}

static void expect_addresses(const struct place *place, const char *expected)
{
	listed[0] = '\0';
	DO(netif_addresses(place->netif, on_address, NULL, &cause));
	CHECK_STR(listed, expected);
}

static void expect_routes(const struct place *place, const char *expected)
{
	listed[0] = '\0';
	DO(netif_routes(place->netif, on_route, NULL, &cause));
	CHECK_STR(listed, expected);
}

static void addresses_are_listed_until_taken_away(void)
{
	struct place one = place_new(), other = place_new();
	struct address v4 = at("10.0.0.1"), v6 = at("fd00::1"), second = at("10.9.0.1");

	join(&one, &other);
	DO(netif_up(one.netif, 1, &cause)); /* lo has addresses, too */
	DO(netif_address(one.netif, 10, &v4, 24, &cause));
	DO(netif_address(one.netif, 10, &v6, 64, &cause));
	DO(netif_address(one.netif, 10, &second, 30, &cause));
	expect_addresses(&one, "10.0.0.1/24 at 10\n10.9.0.1/30 at 10\nfd00::1/64 at 10\n");
	expect_addresses(&other, "");
	FAILS(netif_address(one.netif, 10, &v4, 24, &cause), EEXIST, "cannot give an address");
	DO(netif_address_del(one.netif, 10, &v4, 24, &cause));
	DO(netif_address_del(one.netif, 10, &v6, 64, &cause));
	expect_addresses(&one, "10.9.0.1/30 at 10\n");
	FAILS(netif_address_del(one.netif, 10, &v4, 24, &cause), EADDRNOTAVAIL,
		"cannot take an address away");
	place_free(&one);
	place_free(&other);
}

static struct netif_route route_to(const char *prefix, int prefix_length, const char *via,
	int ifindex)
{
	return (struct netif_route){.prefix = at(prefix), .prefix_length = prefix_length,
		.via = at(via), .ifindex = ifindex};
}

static void routes_are_replaced_listed_and_taken_away(void)
{
	struct place one = place_new(), other = place_new();
	struct address address = at("10.0.0.1");
	struct netif_route route;

	join(&one, &other);
	DO(netif_address(one.netif, 10, &address, 24, &cause));
	route = route_to("0.0.0.0", 0, "10.0.0.2", 10);
	DO(netif_route_add(one.netif, &route, &cause));
	route = route_to("192.0.2.0", 24, "10.0.0.2", 0);
	DO(netif_route_add(one.netif, &route, &cause));
	route = route_to("192.0.2.0", 24, "10.0.0.3", 10);
	DO(netif_route_add(one.netif, &route, &cause));
	route = route_to("198.51.100.0", 28, NULL, 10);
	DO(netif_route_add(one.netif, &route, &cause));
	expect_routes(&one, "0.0.0.0/0 via 10.0.0.2 at 10\n"
		"10.0.0.0/24 via - at 10 kernel\n"
		"192.0.2.0/24 via 10.0.0.3 at 10\n"
		"198.51.100.0/28 via - at 10\n");
	FAILS((route = route_to("192.0.2.0", 24, "10.0.0.2", 10),
		      netif_route_del(one.netif, &route, &cause)), ESRCH,
		"cannot take a route away");
	route = route_to("192.0.2.0", 24, "10.0.0.3", 10);
	DO(netif_route_del(one.netif, &route, &cause));
	route = route_to("198.51.100.0", 28, NULL, 10);
	DO(netif_route_del(one.netif, &route, &cause));
	route = route_to("0.0.0.0", 0, NULL, 0);
	DO(netif_route_del(one.netif, &route, &cause));
	expect_routes(&one, "10.0.0.0/24 via - at 10 kernel\n");
	place_free(&one);
	place_free(&other);
}

static void ipv6_routes_too(void)
{
	struct place one = place_new(), other = place_new();
	struct address address = at("fd00::1");
	struct netif_route route;

	join(&one, &other);
	DO(netif_address(one.netif, 10, &address, 64, &cause));
	route = route_to("::", 0, "fd00::2", 10);
	DO(netif_route_add(one.netif, &route, &cause));
	route = route_to("2001:db8:1::", 48, "fd00::2", 10);
	DO(netif_route_add(one.netif, &route, &cause));
	route = route_to("2001:db8:1::", 48, "fd00::3", 10);
	DO(netif_route_add(one.netif, &route, &cause));
	expect_routes(&one, "2001:db8:1::/48 via fd00::3 at 10\n"
		"fd00::/64 via - at 10 kernel\n"
		"::/0 via fd00::2 at 10\n");
	DO(netif_route_del(one.netif, &route, &cause));
	route = route_to("::", 0, NULL, 0);
	DO(netif_route_del(one.netif, &route, &cause));
	expect_routes(&one, "fd00::/64 via - at 10 kernel\n");
	place_free(&one);
	place_free(&other);
}

static void neighbours_come_and_go(void)
{
	struct place one = place_new(), other = place_new();
	struct address address = at("10.0.0.2");
	const uint8_t mac[6] = {2, 2};

	join(&one, &other);
	DO(netif_neighbour(one.netif, 10, &address, mac, &cause));
	DO(netif_neighbour(one.netif, 10, &address, mac, &cause));
	DO(netif_neighbour_del(one.netif, 10, &address, &cause));
	FAILS(netif_neighbour_del(one.netif, 10, &address, &cause), ENOENT,
		"cannot forget a neighbour");
	place_free(&one);
	place_free(&other);
}

/* ------------------------------------------------------------------- netem */

static struct place left, right;
static int out, in; /* packet sockets at the impaired end and behind it */

static void impair(struct netem set)
{
	DO(netif_netem(left.netif, 10, &set, &cause));
}

static void expect_queue(unsigned sent, unsigned dropped, unsigned queued)
{
	struct netif_qdisc_stats stats = {0};

	DO(netif_qdisc_stats(left.netif, 10, &stats, &cause));
	CHECK_EQ(stats.sent, sent);
	CHECK_EQ(stats.dropped, dropped);
	CHECK_EQ(stats.queued, queued);
}

static const char *tc_shows(void)
{
	static char line[512];
	FILE *tc; /* the real one: busybox sh would take its own */

	enter(left.ns);
	tc = popen("bash -c 'tc qdisc show dev a'", "re");
	enter(here.ns);
	line[0] = '\0';
	if (tc && !fgets(line, sizeof line, tc))
		line[0] = '\0';
	if (tc)
		pclose(tc);
	return line;
}

#define EXPECT_TC(text) do { \
	const char *line_ = tc_shows(); \
	if (!strstr(line_, (text))) \
		CHECK_STR(line_, (text)); \
} while (0)

static void with_netem(const char *name, void (*test)(void))
{
	left = place_new();
	right = place_new();
	join(&left, &right);
	await_ready(&left, 10);
	out = packet_at(&left, 10);
	in = packet_at(&right, 20);
	unit_run(name, test);
	close(out);
	close(in);
	place_free(&left);
	place_free(&right);
}

static void what_is_lost_is_counted(void)
{
	expect_queue(0, 0, 0);
	impair((struct netem){.loss = ALWAYS});
	send_frames(out, 0, 20);
	expect_queue(0, 20, 0);
	impair((struct netem){0});
	send_frames(out, 50, 2);
	expect_frames(in, 50, 2);
	expect_queue(2, 20, 0);
}

static void what_waits_survives_a_change(void)
{
	impair((struct netem){.delay_ns = HOUR_NS});
	send_frames(out, 0, 5);
	expect_queue(0, 0, 5);
	impair((struct netem){0});
	expect_queue(0, 0, 5);
	send_frames(out, 10, 3);
	expect_frames(in, 10, 3);
	expect_queue(3, 0, 5);
	DO(netif_netem_end(left.netif, 10, &cause));
	expect_queue(0, 0, 0);
	send_frames(out, 20, 2);
	expect_frames(in, 20, 2);
	EXPECT_TC("noqueue");
	CHECK_EQ(netif_netem_end(left.netif, 10, &cause), -1);
}

static void twice_and_corrupted(void)
{
	uint8_t frame[FRAME], sent[FRAME];
	int bits = 0;

	impair((struct netem){.duplicate = ALWAYS});
	send_frames(out, 3, 1);
	expect_frames(in, 3, 1);
	expect_frames(in, 3, 1);
	impair((struct netem){.corrupt = ALWAYS});
	send_frames(out, 4, 1);
	fill_frame(sent, 4);
	CHECK(receive_within(in, frame, PATIENCE_MS) >= 0);
	for (int i = 0; i < FRAME; i++)
		bits += __builtin_popcount(frame[i] ^ sent[i]);
	CHECK_EQ(bits, 1);
	impair((struct netem){0}); /* neither of them is left over */
	send_frames(out, 5, 2);
	expect_frames(in, 5, 2);
}

static void bad_state_loses_all(void)
{
	impair((struct netem){.gemodel = true, .loss = ALWAYS, .p = ALWAYS, .r = 0});
	send_frames(out, 0, 11);
	expect_queue(1, 10, 0); /* the first one still met the good state */
	EXPECT_TC("loss gemodel p 100% r 0% 1-h 100% 1-k 0%");
	impair((struct netem){.gemodel = true, .loss = 0, .p = ALWAYS, .r = 0});
	send_frames(out, 0, 5);
	expect_queue(6, 10, 0);
	impair((struct netem){.loss = ALWAYS});
	send_frames(out, 0, 5);
	expect_queue(6, 15, 0);
}

static void limit_reorder_and_rate(void)
{
	impair((struct netem){.delay_ns = HOUR_NS, .limit = 3});
	send_frames(out, 0, 10);
	expect_queue(0, 7, 3);
	impair((struct netem){.delay_ns = HOUR_NS, .reorder = ALWAYS});
	send_frames(out, 30, 4);
	expect_queue(4, 7, 3);
	expect_frames(in, 30, 4);
	impair((struct netem){.rate_bit = 8}); /* no reorder any more, and slow */
	send_frames(out, 40, 1);
	expect_queue(4, 7, 4);
	impair((struct netem){0});
	send_frames(out, 50, 2);
	expect_frames(in, 50, 2);
}

static void values_arrive(void)
{
	impair((struct netem){.delay_ns = 123000000, .jitter_ns = 4560000, .loss = ALWAYS / 1000,
		.duplicate = ALWAYS / 100, .corrupt = ALWAYS / 50, .reorder = ALWAYS / 4, .gap = 5,
		.rate_bit = 80000000000, .limit = 77});
	EXPECT_TC("limit 77 delay 123ms  4.56ms loss 0.1% duplicate 1% reorder 25% corrupt 2% "
		"rate 80Gbit gap 5");
	for (int shape = 0; shape < NETEM_DISTRIBUTIONS; shape++)
		impair((struct netem){.delay_ns = 1500000, .jitter_ns = 256000,
			.distribution = (enum netem_distribution)shape});
	EXPECT_TC("limit 1000 delay 1.5ms  256us");
	impair((struct netem){0});
	EXPECT_TC("netem 1: root refcnt 2 limit 1000\n");
	FAILS(netif_netem(left.netif, 10, &(struct netem){.jitter_ns = 3000000000}, &cause), ERANGE,
		"jitter of 2.1 s at most");
	FAILS(netif_netem(left.netif, 99, &(struct netem){0}, &cause), ENODEV,
		"cannot impair a link");
}

/* With a jitter of half the delay all have to wait for two seconds, if it is
 * uniform; by the table of the normal distribution one in forty would not. */
static void uniform_again_after_normal(void)
{
	struct netif_qdisc_stats stats = {0};

	impair((struct netem){.delay_ns = HOUR_NS, .jitter_ns = 1000000,
		.distribution = NETEM_NORMAL});
	impair((struct netem){.delay_ns = 2LL * INT32_MAX, .jitter_ns = INT32_MAX, .limit = 2000});
	send_frames(out, 0, 1000);
	DO(netif_qdisc_stats(left.netif, 10, &stats, &cause));
	CHECK(stats.queued == 1000);
}

static void run_with_seed(uint64_t seed, uint8_t passed[64])
{
	uint8_t frame[FRAME];
	int number;

	impair((struct netem){.given = NETEM_SEED, .seed = seed, .loss = ALWAYS / 2});
	memset(passed, 0, 64);
	send_frames(out, 0, 64);
	impair((struct netem){0});
	send_frames(out, 64, 1);
	while ((number = receive_within(in, frame, PATIENCE_MS)) >= 0 && number < 64)
		passed[number] = 1;
}

static void a_seed_repeats_what_is_lost(void)
{
	uint8_t first[64], second[64], other[64];

	run_with_seed(42, first);
	run_with_seed(42, second);
	run_with_seed(43, other);
	CHECK(memcmp(first, second, 64) == 0);
	CHECK(memcmp(first, other, 64) != 0);
}

static void a_seed_is_refused(void)
{
	const struct netem seeded = {.given = NETEM_SEED, .seed = 42, .loss = ALWAYS / 2};

	impair((struct netem){.delay_ns = HOUR_NS});
	FAILS(netif_netem(left.netif, 10, &seeded, &cause), EOPNOTSUPP,
		"this kernel's netem takes no seed (Linux 6.6 does): say backend gate");
	send_frames(out, 0, 2);
	expect_queue(0, 0, 2); /* as it was */
}

static void there_is_no_netem(void)
{
	const struct netem seeded = {.given = NETEM_SEED};

	FAILS(netif_netem(here.netif, 1, &(struct netem){0}, &cause), ENOENT,
		"this kernel has no netem");
	FAILS(netif_netem(here.netif, 1, &seeded, &cause), ENOENT, "this kernel has no netem");
}

static void netem(void)
{
	int available = netif_netem_available(here.netif, &cause);

	CHECK(available >= 0);
	if (available <= 0) {
		RUN(there_is_no_netem);
		unit_skip("netem", "this kernel has none");
		return;
	}
	with_netem("what_is_lost_is_counted", what_is_lost_is_counted);
	with_netem("what_waits_survives_a_change", what_waits_survives_a_change);
	with_netem("twice_and_corrupted", twice_and_corrupted);
	with_netem("bad_state_loses_all", bad_state_loses_all);
	with_netem("limit_reorder_and_rate", limit_reorder_and_rate);
	with_netem("values_arrive", values_arrive);
	with_netem("uniform_again_after_normal", uniform_again_after_normal);
	if (netif_netem_seed(here.netif, &cause) > 0)
		with_netem("a_seed_repeats_what_is_lost", a_seed_repeats_what_is_lost);
	else
		with_netem("a_seed_is_refused", a_seed_is_refused);
}

/* -------------------------------------------------------------------- NAT */

static struct place inner, router, outer;

static void write_in(const struct place *place, const char *path, const char *value)
{
	int fd;

	enter(place->ns);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	enter(here.ns);
	CHECK(fd >= 0 && write(fd, value, strlen(value)) > 0);
	close(fd);
}

static void give(const struct place *place, int ifindex, const char *v4, const char *v6)
{
	struct address address = at(v4);

	DO(netif_address(place->netif, ifindex, &address, 24, &cause));
	address = at(v6);
	DO(netif_address(place->netif, ifindex, &address, 64, &cause));
}

static void default_by(const struct place *place, int ifindex, const char *v4, const char *v6)
{
	struct netif_route route = route_to("0.0.0.0", 0, v4, ifindex);

	DO(netif_route_add(place->netif, &route, &cause));
	route = route_to("::", 0, v6, ifindex);
	DO(netif_route_add(place->netif, &route, &cause));
}

/* inner a - b router a - b outer; both ends know a way back */
static void three_places(void)
{
	inner = place_new();
	router = place_new();
	outer = place_new();
	join(&inner, &router);
	join(&router, &outer);
	give(&inner, 10, "10.0.0.1", "fd00:1::1");
	give(&router, 20, "10.0.0.254", "fd00:1::fe");
	give(&router, 10, "192.0.2.254", "fd00:2::fe");
	give(&outer, 20, "192.0.2.1", "fd00:2::1");
	default_by(&inner, 10, "10.0.0.254", "fd00:1::fe");
	default_by(&outer, 20, "192.0.2.254", "fd00:2::fe");
	write_in(&router, "/proc/sys/net/ipv4/ip_forward", "1");
	write_in(&router, "/proc/sys/net/ipv6/conf/all/forwarding", "1");
	await_ready(&inner, 10);
	await_ready(&router, 20);
	await_ready(&router, 10);
	await_ready(&outer, 20);
}

static int udp_at(const struct place *place, int family, int port)
{
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
	int fd;

	enter(place->ns);
	fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	enter(here.ns);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	CHECK_EQ(family == AF_INET ? bind(fd, (struct sockaddr *)&v4, sizeof v4)
				   : bind(fd, (struct sockaddr *)&v6, sizeof v6), 0);
	return fd;
}

static socklen_t to_sockaddr(const char *text, int port, struct sockaddr_storage *to)
{
	struct address address = at(text);
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)to;
	struct sockaddr_in *v4 = (struct sockaddr_in *)to;

	memset(to, 0, sizeof *to);
	to->ss_family = address.family;
	if (address.family == AF_INET) {
		v4->sin_port = htons((uint16_t)port);
		memcpy(&v4->sin_addr, address.bytes, 4);
		return sizeof *v4;
	}
	v6->sin6_port = htons((uint16_t)port);
	memcpy(&v6->sin6_addr, address.bytes, 16);
	return sizeof *v6;
}

/* A datagram from one place to the other and its answer back: whom did the
 * other one see? Each time another port, for the kernel remembers. */
static void expect_seen(const struct place *from, const struct place *to, const char *address,
	const char *seen)
{
	static int port = 5000;
	struct sockaddr_storage there, source;
	socklen_t size = to_sockaddr(address, ++port, &there), source_size = sizeof source;
	int asks = udp_at(from, there.ss_family, port), hears = udp_at(to, there.ss_family, port);
	char text[ADDRESS_TEXT] = "", byte;

	CHECK_EQ(sendto(asks, "?", 1, 0, (struct sockaddr *)&there, size), 1);
	CHECK_EQ(recvfrom(hears, &byte, 1, 0, (struct sockaddr *)&source, &source_size), 1);
	getnameinfo((struct sockaddr *)&source, source_size, text, sizeof text, NULL, 0,
		NI_NUMERICHOST);
	CHECK_STR(text, seen);
	CHECK_EQ(sendto(hears, "!", 1, 0, (struct sockaddr *)&source, source_size), 1);
	CHECK_EQ(recv(asks, &byte, 1, 0), 1);
	close(asks);
	close(hears);
}

static int set_nat(const char *inside)
{
	int result;

	enter(router.ns);
	result = inside ? nat_set(inside, &cause) : nat_clear(&cause);
	enter(here.ns);
	return result;
}

static void what_comes_from_inside_is_masqueraded(void)
{
	three_places();
	DO(set_nat(NULL)); /* there is none */
	expect_seen(&inner, &outer, "192.0.2.1", "10.0.0.1");
	DO(set_nat("b"));
	DO(set_nat("b"));
	expect_seen(&inner, &outer, "192.0.2.1", "192.0.2.254");
	expect_seen(&inner, &outer, "fd00:2::1", "fd00:2::fe");
	expect_seen(&inner, &router, "192.0.2.254", "10.0.0.1");
	expect_seen(&outer, &inner, "10.0.0.1", "192.0.2.1");
	DO(set_nat("a")); /* the other way round */
	expect_seen(&inner, &outer, "192.0.2.1", "10.0.0.1");
	expect_seen(&outer, &inner, "10.0.0.1", "10.0.0.254");
	DO(set_nat(NULL));
	expect_seen(&inner, &outer, "fd00:2::1", "fd00:1::1");
	expect_seen(&outer, &inner, "10.0.0.1", "192.0.2.1");
	place_free(&inner);
	place_free(&router);
	place_free(&outer);
}

static void masquerading(void)
{
	if (nat_set("x", &cause) == 0) {
		DO(nat_clear(&cause));
		RUN(what_comes_from_inside_is_masqueraded);
	} else if (strstr(cause.text, "this kernel lacks the option")) {
		unit_skip("nat", cause.text);
	} else {
		unit_test_failed = true;
		unit_failed++;
		printf("nat: %s\n", cause.text);
	}
}

/* --------------------------------------------------------------------- all */

int main(void)
{
	if (unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) < 0) {
		perror("no namespaces for this user");
		return 77;
	}
	here = place_new();
	RUN(ends_come_up_where_they_belong);
	RUN(down_and_up_again);
	RUN(a_bridge_forwards_between_its_ports);
	RUN(a_group_goes_at_once);
	RUN(errors_say_what_and_why);
	RUN(addresses_are_listed_until_taken_away);
	RUN(routes_are_replaced_listed_and_taken_away);
	RUN(ipv6_routes_too);
	RUN(neighbours_come_and_go);
	netem();
	masquerading();
	place_free(&here);
	return unit_end();
}
