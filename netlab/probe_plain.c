/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * probe_plain.c - the probes that speak no netlink: sysctls, sockets, tracefs.
 */
#include "probe_own.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"

/* ----------------------------------------------------------------- sysctls */

int probe_read(const char *path, char *text, size_t size)
{
	autoclose int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, size - 1);

	text[got > 0 ? got : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return got < 0 ? -1 : 0;
}

bool probe_reads(const char *path, const char *what)
{
	char text[32];

	return probe_read(path, text, sizeof text) == 0 && strcmp(text, what) == 0;
}

int probe_write(const char *path, const char *text)
{
	autoclose int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd < 0 || write(fd, text, strlen(text)) < 0 ? -1 : 0;
}

/* Can it be given the value that it has? */
static int sysctl_try(const char *path)
{
	char text[64];

	return probe_read(path, text, sizeof text) < 0 ? -1 : probe_write(path, text);
}

int probe_sysctls(struct probe *probe)
{
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv4/tcp_max_tw_buckets");
}

int probe_rto_min(struct probe *probe)
{
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv4/tcp_rto_min_us");
}

int probe_rto_max(struct probe *probe)
{
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv4/tcp_rto_max_ms");
}

int probe_reuse_delay(struct probe *probe)
{
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv4/tcp_tw_reuse_delay");
}

int probe_child_ns = -1;

/* A namespace that is made after it was set has a hash of its own. */
int probe_small_hash(struct probe *probe)
{
	if (probe_write("/proc/sys/net/ipv4/tcp_child_ehash_entries", "1024") < 0)
		return -1;
	if (probe_child_ns < 0) {
		errno = ENOSPC;
		return -1;
	}
	if (setns(probe_child_ns, CLONE_NEWNET) < 0)
		return -1;
	if (probe_reads("/proc/sys/net/ipv4/tcp_ehash_entries", "1024"))
		return 0;
	snprintf(probe->says, sizeof probe->says, "the kernel takes it and shares its hash all the same");
	return -1;
}

/* ----------------------------------------------------------------- sockets */

int probe_ring(struct probe *probe)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0), version = TPACKET_V2;
	struct sockaddr_ll all = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
	struct tpacket_req ring = {.tp_frame_size = 2048, .tp_frame_nr = 32,
		.tp_block_size = 1 << 16, .tp_block_nr = 1};

	(void)probe;
	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) < 0 ||
		setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring) < 0)
		return -1;
	return bind(fd, (struct sockaddr *)&all, sizeof all);
}

int probe_ipv6(struct probe *probe)
{
	if (socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0) < 0)
		return -1;
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv6/conf/default/disable_ipv6");
}

int probe_port_range(struct probe *probe)
{
	enum { LOCAL_PORT_RANGE = 51 }; /* IP_LOCAL_PORT_RANGE, younger than some headers */
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	uint32_t range = 40010U << 16 | 40000, now = 0;
	socklen_t size = sizeof now;

	(void)probe;
	if (fd < 0 || setsockopt(fd, IPPROTO_IP, LOCAL_PORT_RANGE, &range, sizeof range) < 0 ||
		getsockopt(fd, IPPROTO_IP, LOCAL_PORT_RANGE, &now, &size) < 0)
		return -1;
	errno = EOPNOTSUPP;
	return now == range ? 0 : -1;
}

int probe_repair(struct probe *probe)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	(void)probe;
	return fd < 0 ? -1 : setsockopt(fd, IPPROTO_TCP, TCP_REPAIR, &on, sizeof on);
}

/* ----------------------------------------------------------------- tracefs */

#define TRACING "/sys/kernel/tracing"

bool probe_filesystem(const char *filesystem)
{
	FILE *file = fopen("/proc/filesystems", "re");
	char line[64];
	bool has = false;

	while (file && !has && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		has = strcmp(line + strcspn(line, "\t") + 1, filesystem) == 0;
	}
	if (file)
		fclose(file);
	return has;
}

int probe_tracefs(void)
{
	if (access(TRACING "/events", F_OK) < 0 && errno == ENOENT &&
		(unshare(CLONE_NEWNS) < 0 ||
			mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
			mount("tracefs", TRACING, "tracefs", 0, NULL) < 0))
		return -1;
	return access(TRACING "/events/sock/inet_sock_set_state/enable", R_OK | W_OK);
}
