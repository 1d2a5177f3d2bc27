/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * probe.c - the probes' processes, and those that need no netlink.
 *
 *	netlab			waits
 *	  outer			makes user and PID namespaces
 *	    inner		process 1 of that PID namespace; its death takes all
 *	      a probe each	in a network namespace of its own, a second at most
 *
 * What they find stands in memory that all of them share.
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
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"

/* ----------------------------------------------------------------- sysctls */

static int read_text(const char *path, char *text, size_t size)
{
	autoclose int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, size - 1);

	text[got > 0 ? got : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return got < 0 ? -1 : 0;
}

static bool reads(const char *path, const char *what)
{
	char text[32];

	return read_text(path, text, sizeof text) == 0 && strcmp(text, what) == 0;
}

static int write_text(const char *path, const char *text)
{
	autoclose int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd < 0 || write(fd, text, strlen(text)) < 0 ? -1 : 0;
}

/* Can it be given the value that it has? */
static int sysctl_try(const char *path)
{
	char text[64];

	return read_text(path, text, sizeof text) < 0 ? -1 : write_text(path, text);
}

static int probe_sysctls(struct probe *probe)
{
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv4/tcp_max_tw_buckets");
}

static int probe_rto_min(struct probe *probe)
{
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv4/tcp_rto_min_us");
}

static int probe_rto_max(struct probe *probe)
{
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv4/tcp_rto_max_ms");
}

static int probe_reuse_delay(struct probe *probe)
{
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv4/tcp_tw_reuse_delay");
}

/* A namespace that is made after it was set has a hash of its own. */
static int probe_small_hash(struct probe *probe)
{
	if (write_text("/proc/sys/net/ipv4/tcp_child_ehash_entries", "1024") < 0 ||
		unshare(CLONE_NEWNET) < 0)
		return -1;
	if (reads("/proc/sys/net/ipv4/tcp_ehash_entries", "1024"))
		return 0;
	snprintf(probe->says, sizeof probe->says, "the kernel takes it and shares its hash all the same");
	return -1;
}

/* ----------------------------------------------------------------- sockets */

static int probe_ring(struct probe *probe)
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

static int probe_ipv6(struct probe *probe)
{
	if (socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0) < 0)
		return -1;
	(void)probe;
	return sysctl_try("/proc/sys/net/ipv6/conf/default/disable_ipv6");
}

static int probe_port_range(struct probe *probe)
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

static int probe_repair(struct probe *probe)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	(void)probe;
	return fd < 0 ? -1 : setsockopt(fd, IPPROTO_TCP, TCP_REPAIR, &on, sizeof on);
}

/* --------------------------------------------------------------- processes */

static int (*const probers[PROBES])(struct probe *probe) = {
	[PROBE_SYSCTLS] = probe_sysctls,
	[PROBE_VETH] = probe_veth,
	[PROBE_BRIDGE] = probe_bridge,
	[PROBE_RING] = probe_ring,
	[PROBE_REDIRECT] = probe_redirect,
	[PROBE_NETEM] = probe_netem,
	[PROBE_NETEM_SEED] = probe_netem_seed,
	[PROBE_NAT] = probe_nat,
	[PROBE_DIAG] = probe_diag,
	[PROBE_DESTROY] = probe_destroy,
	[PROBE_IPV6] = probe_ipv6,
	[PROBE_SMALL_HASH] = probe_small_hash,
	[PROBE_RTO_MIN] = probe_rto_min,
	[PROBE_RTO_MAX] = probe_rto_max,
	[PROBE_REUSE_DELAY] = probe_reuse_delay,
	[PROBE_PORT_RANGE] = probe_port_range,
	[PROBE_REPAIR] = probe_repair,
};

static void judge(struct probe *probe, int result)
{
	if (result == 0) {
		if (probe->verdict != PROBE_LIMITED)
			probe->verdict = PROBE_OK;
		return;
	}
	probe->verdict = PROBE_MISSING;
	if (!probe->says[0])
		snprintf(probe->says, sizeof probe->says, "%s", strerror(errno));
}

/* Wait for it; false when it was ended by a signal. */
static bool wait_for(int pid, int *number)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	*number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	return !WIFSIGNALED(status);
}

static int begin(struct probe *probe, int (*prober)(struct probe *probe))
{
	int pid = fork();

	if (pid == 0) {
		alarm(1);
		judge(probe, unshare(CLONE_NEWNET) < 0 ? -1 : prober(probe));
		_exit(0);
	}
	if (pid < 0)
		judge(probe, -1);
	return pid;
}

static void end(struct probe *probe, int pid)
{
	int number;

	if (pid < 0 || wait_for(pid, &number))
		return;
	probe->verdict = PROBE_MISSING;
	if (number == SIGALRM)
		snprintf(probe->says, sizeof probe->says, "no answer within a second");
	else
		snprintf(probe->says, sizeof probe->says, "the probe was ended by SIG%s",
			sigabbrev_np(number));
}

/* All at once: what they wait for is mostly the kernel's clean-up. */
static void run_inner(struct probes *probes)
{
	int pids[PROBES], i;

	for (i = 0; i < PROBES; i++)
		pids[i] = probers[i] ? begin(&probes->probe[i], probers[i]) : -1;
	for (i = 0; i < PROBES; i++)
		end(&probes->probe[i], pids[i]);
	if (probes->probe[PROBE_NETEM].verdict != PROBE_OK)
		probes->probe[PROBE_NETEM_SEED] = (struct probe){.says = "needs netem"};
}

/* Only asked once it is known that they are refused. */
static enum probe_refusal who_refuses(void)
{
	if (reads("/proc/sys/user/max_user_namespaces", "0"))
		return REFUSED_BY_MAX;
	if (reads("/proc/sys/kernel/unprivileged_userns_clone", "0"))
		return REFUSED_BY_CLONE;
	if (reads("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"))
		return REFUSED_BY_APPARMOR;
	return REFUSED_OTHERWISE;
}

/* AppArmor gives the namespace and keeps the rights in it. */
static int enter_userns(void)
{
	char uid_map[32], gid_map[32];

	snprintf(uid_map, sizeof uid_map, "0 %u 1", geteuid());
	snprintf(gid_map, sizeof gid_map, "0 %u 1", getegid());
	prctl(PR_SET_DUMPABLE, 1); /* else the maps are not ours to write */
	if (unshare(CLONE_NEWUSER) < 0)
		return -1;
	write_text("/proc/self/setgroups", "deny");
	if (write_text("/proc/self/uid_map", uid_map) < 0 ||
		write_text("/proc/self/gid_map", gid_map) < 0)
		return -1;
	return unshare(CLONE_NEWUTS);
}

static void try_userns(struct probes *probes)
{
	judge(&probes->probe[PROBE_USERNS], enter_userns());
	if (probes->probe[PROBE_USERNS].verdict != PROBE_OK)
		probes->refusal = who_refuses();
}

/* Root has its namespaces without; what others have is told by the settings. */
static void try_userns_as_root(struct probes *probes)
{
	int pid = fork(), number;

	if (pid == 0) {
		try_userns(probes);
		_exit(0);
	}
	if (pid < 0 || !wait_for(pid, &number))
		return;
	if (probes->refusal == REFUSED_NOT && who_refuses() != REFUSED_OTHERWISE) {
		probes->refusal = who_refuses();
		probes->probe[PROBE_USERNS].verdict = PROBE_LIMITED;
	}
}

static void run_outer(struct probes *probes)
{
	int pid, number;

	probes->privileged = unshare(CLONE_NEWUTS) == 0;
	if (probes->privileged)
		try_userns_as_root(probes);
	else
		try_userns(probes);
	if (!probes->privileged && probes->probe[PROBE_USERNS].verdict != PROBE_OK)
		return;
	judge(&probes->probe[PROBE_PIDNS], unshare(CLONE_NEWPID));
	judge(&probes->probe[PROBE_NETNS], unshare(CLONE_NEWNET));
	if (probes->probe[PROBE_NETNS].verdict != PROBE_OK)
		return;
	pid = fork();
	if (pid == 0) {
		run_inner(probes);
		_exit(0);
	}
	if (pid > 0)
		wait_for(pid, &number);
}

/* ---------------------------------------------------------------- all of it */

static void look_around(struct probes *probes)
{
	struct rlimit files = {0};

	judge(&probes->probe[PROBE_TRACEPOINTS],
		access("/sys/kernel/tracing/events/sock/inet_sock_set_state/enable", R_OK | W_OK));
	getrlimit(RLIMIT_NOFILE, &files);
	probes->probe[PROBE_FILES].number = (int64_t)files.rlim_cur;
	probes->probe[PROBE_FILES].verdict = files.rlim_cur < 4096 ? PROBE_LIMITED : PROBE_OK;
}

int probe_machine(struct probes *probes, struct cause *cause)
{
	struct probes *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int pid = shared == MAP_FAILED ? -1 : fork(), number;

	if (pid < 0)
		return cause_set_errno(cause, errno, "cannot start a process");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		run_outer(shared);
		_exit(0);
	}
	wait_for(pid, &number);
	*probes = *shared;
	munmap(shared, sizeof *shared);
	look_around(probes);
	return 0;
}
