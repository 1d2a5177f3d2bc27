/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * measure.c - what an impaired link does to frames, on the wire's own clock.
 *
 *	measure [-b auto|kernel|gate] [-n FRAMES] [-s BYTES] [-i MICROSECONDS]
 *		[-c CHANGE] [-l] [-o] WORDS...
 *
 * Sends numbered UDP datagrams from client to server over one link whose
 * direction is impaired by WORDS, one every so often (0: as fast as they go),
 * and prints what became of them, a name and its value a line. -c: half-way,
 * lay these words over it. -l: print the indices of those that were lost. -o:
 * impair the other direction, the one in which nothing is sent.
 */
#include <event2/event.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "netlab.h"

#define PORT	     9
#define HEADERS	     42 /* Ethernet, IPv4, UDP */
#define QUIET_US     700000
#define FRAMES_MAX   100000
#define BURST	     256

struct one {
	int64_t entered, left;
	long place; /* among those that have left */
	unsigned copies;
	bool corrupted;
	uint8_t *bytes;
	uint32_t length;
};

static struct {
	struct lab *lab;
	struct link *link;
	struct event_base *base;
	struct event *timer;
	struct one *one;
	long count, sent, size, interval_us;
	int64_t begun;
	char *change;
	bool list;
	int impaired; /* the end at which it enters */
	int fd;
	long unknown, reordered, highest, places, other_way;
	int64_t last_seen;
} m = {.count = 2000, .size = 100, .interval_us = 500, .highest = -1};

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "measure: %s\n", what);
	exit(2);
}

/* ------------------------------------------------------------ on the wire */

static long index_of(const struct lab_frame *frame)
{
	uint32_t index;

	if (frame->captured < HEADERS + sizeof index || frame->bytes[23] != IPPROTO_UDP)
		return -1;
	memcpy(&index, frame->bytes + HEADERS, sizeof index);
	return index < (uint32_t)m.count ? (long)index : -1;
}

static bool is_like(const struct one *one, const struct lab_frame *frame)
{
	return one->bytes && one->length == frame->captured &&
		memcmp(one->bytes, frame->bytes, frame->captured) == 0;
}

/* One bit differs from one that was sent. */
static long corrupted_from(const struct lab_frame *frame)
{
	for (long i = 0; i < m.sent; i++) {
		int bits = 0;

		if (!m.one[i].bytes || m.one[i].length != frame->captured)
			continue;
		for (uint32_t b = 0; b < frame->captured && bits < 2; b++)
			bits += __builtin_popcount(m.one[i].bytes[b] ^ frame->bytes[b]);
		if (bits == 1)
			return i;
	}
	return -1;
}

static void on_frame(void *arg, const struct lab_frame *frame)
{
	long i = index_of(frame);

	(void)arg;
	if (frame->end != 0) {
		m.other_way++;
		return;
	}
	m.last_seen = frame->time;
	if (!frame->leaves && i >= 0) {
		m.one[i].entered = frame->time;
		m.one[i].length = frame->captured;
		m.one[i].bytes = malloc(frame->captured);
		memcpy(m.one[i].bytes, frame->bytes, frame->captured);
		return;
	}
	if (!frame->leaves)
		return;
	if (i < 0 || !is_like(&m.one[i], frame)) {
		i = corrupted_from(frame);
		if (i >= 0)
			m.one[i].corrupted = true;
	}
	if (i < 0) {
		m.unknown++;
		return;
	}
	if (m.one[i].copies++ > 0)
		return;
	m.one[i].left = frame->time;
	m.one[i].place = m.places++;
	if (i < m.highest)
		m.reordered++;
	else
		m.highest = i;
}

static void on_event(void *arg, const struct lab_event *event)
{
	(void)arg;
	if (event->kind == LAB_NOTE)
		fprintf(stderr, "measure: %s\n", event->text);
}

static void on_changed(void *arg)
{
	(void)arg;
}

/* ---------------------------------------------------------------- sending */

static void impair(char *words)
{
	char *word[32], *save = NULL;
	struct netem change;
	struct cause cause;
	int count = 0;

	for (char *w = strtok_r(words, " ", &save); w && count < 32; w = strtok_r(NULL, " ", &save))
		word[count++] = w;
	if (netem_parse(word, count, &change, &cause) < 0 ||
		link_netem(m.link, m.impaired, &change, &cause) < 0)
		die(cause.text);
}

static void send_one(void)
{
	uint8_t payload[1472] = {0};
	uint32_t index = (uint32_t)m.sent;

	memcpy(payload, &index, sizeof index);
	memset(payload + sizeof index, (int)(index % 251), (size_t)m.size - sizeof index);
	if (send(m.fd, payload, (size_t)m.size, 0) < 0)
		perror("measure: send");
	m.sent++;
	if (m.sent == m.count / 2 && m.change)
		impair(m.change);
}

/* Those that are due, so that a late timer makes no difference to the rate. */
static void send_due(void)
{
	int64_t now = lab_now(m.lab);
	long due = m.sent + BURST;

	if (!m.begun)
		m.begun = now;
	if (m.interval_us > 0)
		due = (now - m.begun) / 1000 / m.interval_us + 1;
	for (int burst = 0; m.sent < due && m.sent < m.count && burst < BURST; burst++)
		send_one();
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct timeval wait = {.tv_usec = m.interval_us};
	int64_t quiet = (lab_now(m.lab) - m.last_seen) / 1000;

	(void)fd;
	(void)what;
	(void)arg;
	if (m.sent < m.count) {
		send_due();
	} else if (quiet > QUIET_US) {
		event_base_loopbreak(m.base);
	} else {
		wait.tv_usec = 50000;
	}
	event_add(m.timer, &wait);
}

/* With timers that keep to microseconds. */
static struct event_base *precise_base(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base;

	event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER);
	base = event_base_new_with_config(config);
	event_config_free(config);
	return base;
}

static int socket_in(struct node *node, const struct address *to, bool server)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	int fd, buffer = 4 << 20;

	if (setns(node_namespace(node), CLONE_NEWNET) < 0)
		die("setns");
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	lab_resume(m.lab);
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
	if (!server)
		memcpy(&name.sin_addr, to->bytes, 4);
	if ((server ? bind : connect)(fd, (struct sockaddr *)&name, sizeof name) < 0)
		die("cannot open the sockets");
	return fd;
}

/* ---------------------------------------------------------------- telling */

static int by_value(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Newton's, so that the program needs no other library. */
static double square_root(double x)
{
	double root = x > 1 ? x : 1;

	for (int i = 0; i < 60 && x > 0; i++)
		root = (root + x / root) / 2;
	return x > 0 ? root : 0;
}

static void tell_delays(void)
{
	int64_t *delay = calloc((size_t)m.count, sizeof *delay);
	double sum = 0, squares = 0;
	long count = 0;

	for (long i = 0; i < m.count; i++) {
		if (!m.one[i].copies)
			continue;
		delay[count] = m.one[i].left - m.one[i].entered;
		sum += (double)delay[count] / 1e6;
		squares += (double)delay[count] / 1e6 * ((double)delay[count] / 1e6);
		count++;
	}
	qsort(delay, (size_t)count, sizeof *delay, by_value);
	if (count > 0)
		printf("delay_p05_ms %.4f\ndelay_p50_ms %.4f\ndelay_p95_ms %.4f\ndelay_max_ms %.4f\n"
		       "delay_mean_ms %.4f\ndelay_sd_ms %.4f\n",
			(double)delay[count * 5 / 100] / 1e6, (double)delay[count / 2] / 1e6,
			(double)delay[count * 95 / 100] / 1e6, (double)delay[count - 1] / 1e6,
			sum / (double)count,
			square_root(squares / (double)count - sum / (double)count * sum / (double)count));
	free(delay);
}

/* How many left before one that had entered before them. */
static long overtook(void)
{
	long last = 0, count = 0;

	for (long i = 0; i < m.count; i++) {
		if (!m.one[i].copies)
			continue;
		count += m.one[i].place < last;
		if (m.one[i].place > last)
			last = m.one[i].place;
	}
	return count;
}

static void tell_rate(void)
{
	int64_t first = INT64_MAX, last = 0;
	double bits = 0;

	for (long i = 0; i < m.count; i++) {
		if (!m.one[i].copies)
			continue;
		bits += (double)m.one[i].length * 8;
		if (m.one[i].left < first)
			first = m.one[i].left;
		if (m.one[i].left > last)
			last = m.one[i].left;
	}
	if (last > first)
		printf("rate_mbit %.4f\n", (bits - (double)m.one[0].length * 8) / (double)(last - first) * 1e3);
}

static void tell(void)
{
	long entered = 0, left = 0, doubled = 0, corrupted = 0;
	struct link_counts counts;
	struct cause cause;

	for (long i = 0; i < m.count; i++) {
		entered += m.one[i].bytes != NULL;
		left += m.one[i].copies > 0;
		doubled += m.one[i].copies > 1;
		corrupted += m.one[i].corrupted;
	}
	printf("sent %ld\nentered %ld\nleft %ld\nlost %ld\ndoubled %ld\ncorrupted %ld\nreordered %ld\n"
	       "overtook %ld\nunknown %ld\nother_way %ld\n", m.sent, entered, left, entered - left,
		doubled, corrupted, m.reordered, overtook(), m.unknown, m.other_way);
	tell_delays();
	tell_rate();
	if (link_counts(m.link, 0, &counts, &cause) < 0)
		die(cause.text);
	printf("counted entered %llu left %llu lost %llu doubled %llu reordered %llu corrupted %llu "
	       "queued %llu\n", (unsigned long long)counts.entered, (unsigned long long)counts.left,
		(unsigned long long)counts.lost, (unsigned long long)counts.doubled,
		(unsigned long long)counts.reordered, (unsigned long long)counts.corrupted,
		(unsigned long long)counts.queued);
	printf("backend %s\n", backend_name(link_backend(m.link, m.impaired)));
	printf("overruns %llu\n", (unsigned long long)lab_overruns(m.lab));
	for (long i = 0; m.list && i < m.count; i++)
		if (!m.one[i].copies)
			printf("index %ld\n", i);
}

static enum backend backend_of(const char *word)
{
	return strcmp(word, "kernel") == 0 ? BACKEND_KERNEL
		: strcmp(word, "gate") == 0 ? BACKEND_GATE
					    : BACKEND_AUTO;
}

int main(int argc, char **argv)
{
	static const struct lab_ops ops = {on_event, on_changed, on_frame};
	enum backend backend = BACKEND_AUTO;
	struct node *client = NULL, *server = NULL;
	struct address to;
	struct cause cause;
	char words[512] = "";
	int option;

	while ((option = getopt(argc, argv, "+b:n:s:i:c:lo")) != -1)
		switch (option) {
		case 'b': backend = backend_of(optarg); break;
		case 'n': m.count = atol(optarg); break;
		case 's': m.size = atol(optarg); break;
		case 'i': m.interval_us = atol(optarg); break;
		case 'c': m.change = optarg; break;
		case 'l': m.list = true; break;
		case 'o': m.impaired = 1; break;
		default: return 2;
		}
	for (int i = optind; i < argc; i++)
		strncat(strncat(words, argv[i], sizeof words - strlen(words) - 2), " ", 2);
	if (m.count < 2 || m.count > FRAMES_MAX || m.size < 8 || m.size > 1472)
		die("2 to 100000 frames of 8 to 1472 bytes");
	m.one = calloc((size_t)m.count, sizeof *m.one);
	if (machine_enter(&cause) < 0)
		die(cause.text);
	m.base = precise_base();
	m.lab = lab_new(m.base, &ops, NULL, &cause);
	if (!m.lab || !(client = node_new(m.lab, "client", NODE_HOST, &cause)) ||
		!(server = node_new(m.lab, "server", NODE_HOST, &cause)) ||
		!(m.link = link_new(m.lab, client, server, &cause)) ||
		lab_set_backend(m.lab, backend, &cause) < 0 ||
		node_address(server, &to, &cause) < 0)
		die(cause.text);
	impair(words);
	socket_in(server, &to, true);
	m.fd = socket_in(client, &to, false);
	m.timer = evtimer_new(m.base, on_timer, NULL);
	event_active(m.timer, EV_TIMEOUT, 0);
	event_base_dispatch(m.base);
	tell();
	lab_free(m.lab);
	return 0;
}
