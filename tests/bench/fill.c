/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * fill.c - fills a host with TIME-WAITs: fill ADDRESS FIRST COUNT. Connections
 * of the address with itself, numbers FIRST up to FIRST + COUNT - 1; each
 * number has a pair of ports of its own. The connecting side closes first.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

#define PORTS	     25000 /* of the connecting side, to each port of the other */
#define FIRST_PORT   10000
#define FIRST_SERVER 9000

static const int yes = 1;

static int open_at(struct sockaddr_in *address, int port)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address->sin_port = htons((uint16_t)port);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
		bind(fd, (struct sockaddr *)address, sizeof *address) < 0)
		die("fill: bind");
	return fd;
}

static int listen_at(struct sockaddr_in *address, long number)
{
	int fd = open_at(address, FIRST_SERVER + (int)(number / PORTS));

	if (listen(fd, 8) < 0)
		die("fill: listen");
	return fd;
}

static void make_one(struct sockaddr_in *address, int listener, long number)
{
	int client = open_at(address, FIRST_PORT + (int)(number % PORTS)), server;

	address->sin_port = htons((uint16_t)(FIRST_SERVER + number / PORTS));
	if (connect(client, (struct sockaddr *)address, sizeof *address) < 0)
		die("fill: connect");
	server = accept(listener, NULL, NULL);
	if (server < 0)
		die("fill: accept");
	close(client);
	close(server);
}

int main(int argc, char **argv)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	long first, end;
	int listener = -1;

	if (argc != 4 || inet_pton(AF_INET, argv[1], &address.sin_addr) != 1) {
		fputs("usage: fill ADDRESS FIRST COUNT\n", stderr);
		return 2;
	}
	first = atol(argv[2]);
	end = first + atol(argv[3]);
	for (long number = first; number < end; number++) {
		if (listener < 0 || number % PORTS == 0) {
			if (listener >= 0)
				close(listener);
			listener = listen_at(&address, number);
		}
		make_one(&address, listener, number);
	}
	return 0;
}
