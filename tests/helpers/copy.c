/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * copy.c - a transfer to test with, one connection a run.
 *
 *	copy sink PORT		accept one, read to its end, print "SUM BYTES FROM"
 *	copy source ADDRESS PORT BYTES [PAUSE_US]
 *				send a pattern, a block every PAUSE_US, print "SUM BYTES"
 *	copy pass PORT ADDRESS PORT
 *				accept one, connect, carry what comes from one to the other
 *
 * The sum is FNV-1a of 64 bits over all bytes; the pattern is not periodic. The
 * source leaves when the other side has closed, too: all has been read then.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BLOCK 4096

struct sum {
	uint64_t hash, bytes;
};

static void die(const char *what)
{
	fprintf(stderr, "copy: %s: %s\n", what, strerror(errno));
	exit(2);
}

static void add(struct sum *sum, const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sum->hash = (sum->hash ^ bytes[i]) * UINT64_C(0x100000001b3);
	sum->bytes += count;
}

static int accept_one(const char *port, struct sockaddr_in6 *from)
{
	struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)atoi(port))};
	int listener = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0), fd, on = 1;
	socklen_t size = sizeof *from;

	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(listener, (struct sockaddr *)&name, sizeof name) < 0 || listen(listener, 1) < 0)
		die("listen");
	printf("ready\n");
	fflush(stdout);
	fd = accept(listener, (struct sockaddr *)from, &size);
	if (fd < 0)
		die("accept");
	close(listener);
	return fd;
}

static int connect_to(const char *address, const char *port)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST}, *found;
	int fd;

	if (getaddrinfo(address, port, &hints, &found) != 0)
		die(address);
	fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, found->ai_addr, found->ai_addrlen) < 0)
		die("connect");
	freeaddrinfo(found);
	return fd;
}

static void send_all(int fd, const uint8_t *bytes, size_t count)
{
	while (count > 0) {
		ssize_t sent = send(fd, bytes, count, MSG_NOSIGNAL);

		if (sent < 0)
			die("send");
		bytes += sent;
		count -= (size_t)sent;
	}
}

/* Read to the end; what is read goes on to `to` unless that is -1. */
static void drain(int fd, int to, struct sum *sum)
{
	uint8_t block[BLOCK];
	ssize_t count;

	while ((count = recv(fd, block, sizeof block, 0)) > 0) {
		add(sum, block, (size_t)count);
		if (to >= 0)
			send_all(to, block, (size_t)count);
	}
	if (count < 0)
		die("recv");
}

static void source(int fd, uint64_t bytes, useconds_t pause)
{
	struct sum sum = {.hash = UINT64_C(0xcbf29ce484222325)}, rest = {0};
	uint64_t state = 1;
	uint8_t block[BLOCK];

	while (sum.bytes < bytes) {
		size_t count = bytes - sum.bytes < BLOCK ? bytes - sum.bytes : BLOCK;

		for (size_t i = 0; i < count; i++) {
			state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
			block[i] = (uint8_t)(state >> 56);
		}
		send_all(fd, block, count);
		add(&sum, block, count);
		if (pause)
			usleep(pause);
	}
	shutdown(fd, SHUT_WR);
	drain(fd, -1, &rest);
	printf("%016" PRIx64 " %" PRIu64 "\n", sum.hash, sum.bytes);
}

static void sink(const char *port, int argc, char **argv)
{
	struct sum sum = {.hash = UINT64_C(0xcbf29ce484222325)};
	struct sockaddr_in6 from;
	char text[INET6_ADDRSTRLEN] = "";
	int fd = accept_one(port, &from), to = argc == 2 ? connect_to(argv[0], argv[1]) : -1;

	drain(fd, to, &sum);
	inet_ntop(AF_INET6, &from.sin6_addr, text, sizeof text);
	printf("%016" PRIx64 " %" PRIu64 " %s\n", sum.hash, sum.bytes, text);
	if (to < 0)
		return;
	shutdown(to, SHUT_WR);
	drain(to, -1, &sum);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "sink") == 0)
		sink(argv[2], 0, NULL);
	else if (argc == 5 && strcmp(argv[1], "pass") == 0)
		sink(argv[2], 2, argv + 3);
	else if ((argc == 5 || argc == 6) && strcmp(argv[1], "source") == 0)
		source(connect_to(argv[2], argv[3]), strtoull(argv[4], NULL, 10),
			argc == 6 ? (useconds_t)atoi(argv[5]) : 0);
	else
		return fprintf(stderr, "usage: copy sink PORT | source ADDRESS PORT BYTES [PAUSE_US] | "
				       "pass PORT ADDRESS PORT\n"), 2;
	return 0;
}
