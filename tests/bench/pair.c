/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pair.c - a bare epoll client and server, to hold `load` against: as little
 * as opens, uses and closes connections. pair serve ADDRESS PORT serves until
 * it is killed; pair connect ADDRESS PORT COUNT CONCURRENCY NAME opens COUNT,
 * each from the next ephemeral port, asks, reads the reply, closes first, and
 * samples NAME, connections a second.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

#ifndef IP_LOCAL_PORT_RANGE
#define IP_LOCAL_PORT_RANGE 51
#endif

#define FIRST_PORT 32768
#define LAST_PORT  60999
#define SIZE	   64 /* of requests and replies */
#define EVENTS	   256

static char text[SIZE];
static int epoll;

static void watch(int how, int fd, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.fd = fd};

	if (epoll_ctl(epoll, how, fd, &event) < 0)
		die("pair: epoll_ctl");
}

/* ------------------------------------------------------------------ server */

/* A request comes whole: it is one small segment. False: not yet. */
static bool answer(int fd)
{
	ssize_t got = recv(fd, text, SIZE, 0);

	if (got < 0 && errno == EAGAIN)
		return false;
	if (got <= 0)
		close(fd);
	else if (send(fd, text, SIZE, MSG_NOSIGNAL) != SIZE)
		die("pair: send");
	return true;
}

static void accept_all(int listener)
{
	int fd;

	while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		answer(fd);
		watch(EPOLL_CTL_ADD, fd, EPOLLIN);
	}
}

static _Noreturn void serve(const struct sockaddr_in *at)
{
	struct epoll_event events[EVENTS];
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (bind(listener, (const struct sockaddr *)at, sizeof *at) < 0 ||
		listen(listener, SOMAXCONN) < 0)
		die("pair: listen");
	watch(EPOLL_CTL_ADD, listener, EPOLLIN);
	for (;;) {
		int count = epoll_wait(epoll, events, EVENTS, -1);

		for (int i = 0; i < count; i++)
			if (events[i].data.fd == listener)
				accept_all(listener);
			else
				answer(events[i].data.fd);
	}
}

/* ------------------------------------------------------------------ client */

static long begun, over, count;

/* True: asked; it waits for the reply. */
static bool ask(int fd)
{
	if (send(fd, text, SIZE, MSG_NOSIGNAL) == SIZE)
		return true;
	if (errno != EAGAIN)
		die("pair: send");
	return false;
}

static void begin(const struct sockaddr_in *to)
{
	static bool asked_first;
	uint32_t port = FIRST_PORT + (uint32_t)(begun++ % (LAST_PORT - FIRST_PORT + 1));
	uint32_t range = port << 16 | port;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (fd < 0)
		die("pair: socket");
	setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range, sizeof range);
	if (connect(fd, (const struct sockaddr *)to, sizeof *to) < 0 && errno != EINPROGRESS)
		die("pair: connect");
	asked_first = ask(fd);
	watch(EPOLL_CTL_ADD, fd, asked_first ? EPOLLIN : EPOLLOUT);
}

static void look_at(const struct epoll_event *event, const struct sockaddr_in *to)
{
	int fd = event->data.fd;

	if (event->events & EPOLLOUT) {
		if (ask(fd))
			watch(EPOLL_CTL_MOD, fd, EPOLLIN);
		return;
	}
	if (recv(fd, text, SIZE, 0) != SIZE)
		die("pair: recv");
	close(fd);
	over++;
	if (begun < count)
		begin(to);
}

static void connect_all(const struct sockaddr_in *to, long concurrency, const char *name)
{
	struct epoll_event events[EVENTS];
	double began = now_ms();

	while (begun < concurrency && begun < count)
		begin(to);
	while (over < count) {
		int ready = epoll_wait(epoll, events, EVENTS, -1);

		for (int i = 0; i < ready; i++)
			look_at(&events[i], to);
	}
	sample(name, (double)count * 1e3 / (now_ms() - began));
}

int main(int argc, char **argv)
{
	struct sockaddr_in address = {.sin_family = AF_INET};

	if (argc < 4 || inet_pton(AF_INET, argv[2], &address.sin_addr) != 1) {
		fputs("usage: pair serve ADDRESS PORT | "
		      "pair connect ADDRESS PORT COUNT CONCURRENCY NAME\n", stderr);
		return 2;
	}
	address.sin_port = htons((uint16_t)atoi(argv[3]));
	epoll = epoll_create1(EPOLL_CLOEXEC);
	if (strcmp(argv[1], "serve") == 0)
		serve(&address);
	if (argc < 7)
		return 2;
	count = atol(argv[4]);
	connect_all(&address, atol(argv[5]), argv[6]);
	return 0;
}
