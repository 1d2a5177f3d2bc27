/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dump.c - the limit: asks the kernel for all TCP sockets and does nothing
 * with the answer: dump NAME [TIMES]. Samples: NAME in ms, process start not
 * counted, and NAME.rows.
 */
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

/* TCP_ESTABLISHED to TCP_NEW_SYN_RECV. Not bound sockets that do nothing: for
 * those the kernel goes through all the machine's ports. */
#define STATES ((1U << 13) - 1)

static char buffer[32768] __attribute__((aligned(8)));

static void ask(int fd)
{
	struct {
		struct nlmsghdr header;
		struct inet_diag_req_v2 body;
	} request = {
		.header = {.nlmsg_len = sizeof request, .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
		.body = {.sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP,
			.idiag_states = STATES},
	};

	if (send(fd, &request, sizeof request, 0) < 0)
		die("dump: send");
}

static long read_all(int fd)
{
	long rows = 0;

	for (;;) {
		ssize_t got = recv(fd, buffer, sizeof buffer, 0);
		size_t left = (size_t)got;
		const struct nlmsghdr *header = (const void *)buffer;

		if (got <= 0)
			die("dump: recv");
		for (; NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
			if (header->nlmsg_type == NLMSG_DONE)
				return rows;
			if (header->nlmsg_type == NLMSG_ERROR)
				die("dump: refused");
			rows++;
		}
	}
}

int main(int argc, char **argv)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	int times = argc > 2 ? atoi(argv[2]) : 1;
	double began;
	char name[128];
	long rows = 0;

	if (argc < 2 || fd < 0 || times < 1)
		return 2;
	began = now_ms();
	for (int i = 0; i < times; i++) {
		ask(fd);
		rows = read_all(fd);
	}
	sample(argv[1], (now_ms() - began) / times);
	snprintf(name, sizeof name, "%s.rows", argv[1]);
	sample(name, (double)rows);
	return 0;
}
