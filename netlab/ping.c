/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ping.c - one ICMP echo (RFC 792, RFC 4443) from a node.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "icmp.h"
#include "lab.h"
#include "netns.h"

/* A machine that starts fifty labs at once keeps an answer waiting, too. */
#define PATIENCE (3 * NS_PER_S)
#define LATE	 (100 * NS_PER_MS)

struct ping {
	TAILQ_ENTRY(ping) entry;
	struct lab *lab;
	int fd;
	struct address to;
	uint16_t id;
	int64_t sent, until;
	unsigned late;	/* how often nobody was there when the time was up */
	struct event *answer;
	ping_done_fn done;
	void *arg;
};

union sender {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

struct echo { /* the same in ICMP and ICMPv6 */
	uint8_t type, code;
	uint16_t checksum, id, sequence;
	uint8_t data[48];
};

void ping_cancel(struct ping *ping)
{
	TAILQ_REMOVE(&ping->lab->pings, ping, entry);
	event_free(ping->answer);
	fd_close(&ping->fd);
	free(ping);
}

void pings_free(struct lab *lab)
{
	while (!TAILQ_EMPTY(&lab->pings))
		ping_cancel(TAILQ_FIRST(&lab->pings));
}

static uint16_t checksum(const void *bytes, size_t length)
{
	const uint8_t *byte = bytes;
	uint32_t sum = 0;

	for (size_t i = 0; i + 1 < length; i += 2)
		sum += (uint32_t)byte[i] << 8 | byte[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	sum += sum >> 16;
	return htons((uint16_t)~sum);
}

static bool is_answer(const struct ping *ping, const uint8_t *packet, size_t length)
{
	size_t skip = ping->to.family == AF_INET && length > 0 ? (size_t)(packet[0] & 15) * 4 : 0;
	struct echo echo;

	if (length < skip + 8)
		return false;
	memcpy(&echo, packet + skip, 8);
	return echo.type == (ping->to.family == AF_INET ? ICMP_ECHOREPLY : ICMP6_ECHO_REPLY) &&
		echo.id == ping->id;
}

/* Who comes late to the end, because the machine is busy, has not waited: the
 * lab's own part of the way may stand still, too. */
static bool wait_again(struct ping *ping)
{
	const struct timeval again = clock_timeval(NS_PER_S);
	int64_t now = clock_monotonic();

	if (now < ping->until + LATE || ping->late++ == 5)
		return false;
	ping->until = now + NS_PER_S;
	event_add(ping->answer, &again);
	return true;
}

static const char *error_in(const struct ping *ping, const uint8_t *packet, size_t length)
{
	struct icmp_echo quoted;
	const char *error = icmp_echo_error(ping->to.family, packet, length, &quoted);

	return error && quoted.id == ping->id && address_same_host(&quoted.to, &ping->to) ? error
											  : NULL;
}

static void name_sender(const struct ping *ping, const union sender *sender,
	struct ping_answer *answer)
{
	const struct node_own *node;

	answer->from = (struct address){.family = ping->to.family};
	if (ping->to.family == AF_INET)
		memcpy(answer->from.bytes, &sender->four.sin_addr, 4);
	else
		memcpy(answer->from.bytes, &sender->six.sin6_addr, 16);
	node = node_by_address(ping->lab, &answer->from);
	answer->node = node ? &node->node : NULL;
}

/* Read one packet; false: there is none. */
static bool take_packet(const struct ping *ping, struct ping_answer *answer)
{
	uint8_t packet[256];
	union sender sender = {0};
	socklen_t size = sizeof sender;
	ssize_t got = recvfrom(ping->fd, packet, sizeof packet, MSG_DONTWAIT, &sender.any, &size);

	if (got < 0)
		return false;
	if (is_answer(ping, packet, (size_t)got))
		answer->round_trip_ns = clock_monotonic() - ping->sent;
	else if ((answer->error = error_in(ping, packet, (size_t)got)))
		name_sender(ping, &sender, answer);
	return true;
}

static void on_answer(evutil_socket_t fd, short what, void *arg)
{
	struct ping *ping = arg;
	ping_done_fn done = ping->done;
	void *done_arg = ping->arg;
	struct ping_answer answer = {.round_trip_ns = -1};

	(void)fd;
	while (answer.round_trip_ns < 0 && !answer.error && take_packet(ping, &answer))
		;
	if (answer.round_trip_ns < 0 && !answer.error && (!(what & EV_TIMEOUT) || wait_again(ping)))
		return; /* what came was not for us */
	ping_cancel(ping);
	done(done_arg, &answer);
}

static int echo_send(struct ping *ping, const struct address *to)
{
	struct echo echo = {.type = to->family == AF_INET ? ICMP_ECHO : ICMP6_ECHO_REQUEST,
		.id = ping->id, .sequence = htons(1)};
	struct sockaddr_in in4 = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
	bool four = to->family == AF_INET;

	memcpy(&in4.sin_addr, to->bytes, 4);
	memcpy(&in6.sin6_addr, to->bytes, 16);
	if (four) /* for ICMPv6 the kernel does it */
		echo.checksum = checksum(&echo, sizeof echo);
	ping->sent = clock_monotonic();
	return sendto(ping->fd, &echo, sizeof echo, 0, four ? (void *)&in4 : (void *)&in6,
		       four ? sizeof in4 : sizeof in6) < 0
		? -1
		: 0;
}

static struct ping *refused(struct ping *ping, int error, const struct node *node,
	const struct address *to, struct cause *cause)
{
	char text[ADDRESS_TEXT];

	if (error == ENETUNREACH || error == EHOSTUNREACH)
		cause_set(cause, error, "%s has no route to %s: see show routes %s", node->name,
			address_print(to, false, text, sizeof text), node->name);
	else if (error == EACCES) /* the kernel asks for SO_BROADCAST: raw(7) */
		cause_set(cause, error, "%s is a broadcast address for %s: name one node's",
			address_print(to, false, text, sizeof text), node->name);
	else
		cause_set_errno(cause, error, "cannot ping from %s", node->name);
	ping_cancel(ping);
	return NULL;
}

struct ping *node_ping(struct node *node, const struct address *to, ping_done_fn done, void *arg,
	struct cause *cause)
{
	struct node_own *own = node_own(node);
	struct lab *lab = own->lab;
	struct timeval patience;
	static uint16_t last_id;
	struct ping *ping;
	int error;

	if (wire_start(lab, cause) < 0)
		return NULL;
	if (node->kind == NODE_SWITCH) {
		cause_set(cause, EINVAL, "%s is a switch: ping from a host or a router", node->name);
		return NULL;
	}
	apply_meet(lab, own, to);
	ping = alloc_new(struct ping);
	ping->lab = lab;
	ping->to = *to;
	ping->id = htons(++last_id);
	ping->done = done;
	ping->arg = arg;
	netns_enter(own->ns);
	ping->fd = socket(to->family, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
		to->family == AF_INET ? (int)IPPROTO_ICMP : (int)IPPROTO_ICMPV6);
	error = errno;
	netns_enter(lab->wire.home);
	ping->answer = event_new(lab->base, ping->fd, EV_READ | EV_PERSIST, on_answer, ping);
	TAILQ_INSERT_TAIL(&lab->pings, ping, entry);
	if (ping->fd < 0)
		return refused(ping, error, node, to, cause);
	if (echo_send(ping, to) < 0)
		return refused(ping, errno, node, to, cause);
	ping->until = ping->sent + PATIENCE + 2 * lab->longest;
	patience = clock_timeval(ping->until - ping->sent);
	event_add(ping->answer, &patience);
	return ping;
}
