/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "netlab.h"

/* What belongs to the process, not to a lab. */
static struct {
	bool entered;
	int keeper;		/* channel to the keeper */
	unsigned rings_due;	/* asked for, not yet answered */
	char max_tw_buckets[16];
} machine = {.keeper = -1};

/* ------------------------------------------------------------- the keeper */

#define KEEPER_FDS 64
#define KEEPER_ANSWERS_MS 30000 /* it takes 30 ms; on a busy machine any time */

struct keeper_request {
	bool drop;
	uint32_t tag;
	uint32_t frames, frame_size;
};

static int ring_make(int fd, const struct keeper_request *request)
{
	struct sockaddr_ll all = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
	int version = TPACKET_V2;
	struct tpacket_req ring = {
		.tp_frame_size = request->frame_size,
		.tp_frame_nr = request->frames,
		.tp_block_size = 1 << 16,
		.tp_block_nr = request->frames / ((1 << 16) / request->frame_size),
	};

	if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) < 0 ||
		setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring) < 0 ||
		bind(fd, (struct sockaddr *)&all, sizeof all) < 0)
		return errno;
	return 0;
}

static int keeper_receive(int channel, struct keeper_request *request, int *fd)
{
	char control[CMSG_SPACE(sizeof(int))];
	struct iovec bytes = {request, sizeof *request};
	struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control,
		.msg_controllen = sizeof control};
	ssize_t got = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
	struct cmsghdr *first = CMSG_FIRSTHDR(&message);

	if (got != sizeof *request)
		return -1;
	*fd = -1;
	if (first && first->cmsg_type == SCM_RIGHTS)
		memcpy(fd, CMSG_DATA(first), sizeof *fd);
	return 0;
}

struct kept {
	uint32_t tag;
	int fd;
};

static int drop_tagged(struct kept *held, int count, uint32_t tag)
{
	int left = 0;

	for (int i = 0; i < count; i++)
		if (held[i].tag == tag)
			close(held[i].fd);
		else
			held[left++] = held[i];
	return left;
}

static void keeper_run(int channel)
{
	struct keeper_request request;
	struct kept held[KEEPER_FDS];
	int count = 0, fd, error;

	signal(SIGCHLD, SIG_IGN); /* orphans of the namespace are reaped by the kernel */
	prctl(PR_SET_NAME, "netlab-keeper");
	while (keeper_receive(channel, &request, &fd) == 0) {
		if (request.drop)
			count = drop_tagged(held, count, request.tag);
		if (fd >= 0 && count < KEEPER_FDS)
			held[count++] = (struct kept){request.tag, fd};
		if (request.frames == 0)
			continue;
		error = ring_make(fd, &request);
		if (send(channel, &error, sizeof error, MSG_NOSIGNAL) < 0)
			break;
	}
	_exit(0);
}

static int keeper_send(const struct keeper_request *request, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec bytes = {(void *)(uintptr_t)request, sizeof *request};
	struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
	struct cmsghdr *first;

	if (fd >= 0) {
		message.msg_control = control;
		message.msg_controllen = sizeof control;
		first = CMSG_FIRSTHDR(&message);
		first->cmsg_level = SOL_SOCKET;
		first->cmsg_type = SCM_RIGHTS;
		first->cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(first), &fd, sizeof fd);
	}
	return sendmsg(machine.keeper, &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

int keeper_hold(uint32_t tag, int fd, uint32_t frames, uint32_t frame_size, struct cause *cause)
{
	struct keeper_request request = {.tag = tag, .frames = frames, .frame_size = frame_size};

	if (keeper_send(&request, fd) < 0)
		return cause_set_errno(cause, errno, "the lab's keeper process is gone");
	machine.rings_due += frames > 0;
	return 0;
}

int keeper_wait(struct cause *cause)
{
	struct pollfd answer = {.fd = machine.keeper, .events = POLLIN};
	int error;

	for (; machine.rings_due > 0; machine.rings_due--) {
		if (poll(&answer, 1, KEEPER_ANSWERS_MS) <= 0 ||
			recv(machine.keeper, &error, sizeof error, 0) != sizeof error)
			return cause_set(cause, ETIMEDOUT, "the capture ring was not made: the lab's "
				"keeper process does not answer");
		if (error)
			return cause_set_errno(cause, error, "cannot make the capture ring");
	}
	return 0;
}

void keeper_drop(uint32_t tag)
{
	struct keeper_request request = {.drop = true, .tag = tag};

	keeper_send(&request, -1);
}

static int keeper_start(struct cause *cause)
{
	int pair[2], pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return cause_set_errno(cause, errno, "cannot make a channel to the keeper");
	pid = machine_fork(pair[1], cause);
	if (pid == 0)
		keeper_run(pair[1]);
	close(pair[1]);
	machine.keeper = pair[0];
	return pid < 0 ? -1 : 0;
}

/* ------------------------------------------------------------- entering it */

static void read_file(const char *path, char *out, size_t size)
{
	autoclose int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, out, size - 1);

	out[got > 0 ? got : 0] = '\0';
	out[strcspn(out, "\n")] = '\0';
}

static bool file_says(const char *path, const char *what)
{
	char text[32];

	read_file(path, text, sizeof text);
	return strcmp(text, what) == 0;
}

/* Why the system forbids it, and what would allow it. */
static int refused(struct cause *cause, int error)
{
	if (file_says("/proc/sys/user/max_user_namespaces", "0"))
		return cause_set(cause, error, "user namespaces are switched off here: run netlab as root, "
			"or as root: sysctl -w user.max_user_namespaces=15000");
	if (file_says("/proc/sys/kernel/unprivileged_userns_clone", "0"))
		return cause_set(cause, error, "user namespaces are for root only here: run netlab as "
			"root, or as root: sysctl -w kernel.unprivileged_userns_clone=1");
	if (file_says("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"))
		return cause_set(cause, error, "AppArmor forbids it to ordinary users: run netlab as "
			"root, or as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
	if (error == ENOSPC)
		return cause_set(cause, error, "no more user namespaces: as root, raise "
			"user.max_user_namespaces");
	return cause_set_errno(cause, error, "the system does not let netlab make namespaces "
		"(in a container, allow CAP_SYS_ADMIN or user namespaces; not in a chroot; else "
		"run it as root)");
}

static int write_file(const char *path, const char *text)
{
	autoclose int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd < 0 || write(fd, text, strlen(text)) < 0 ? -1 : 0;
}

int machine_enter_user_namespace(struct cause *cause)
{
	char uid_map[32], gid_map[32];

	snprintf(uid_map, sizeof uid_map, "0 %u 1", geteuid());
	snprintf(gid_map, sizeof gid_map, "0 %u 1", getegid());
	/* a program that was not dumpable could not write its own maps */
	prctl(PR_SET_DUMPABLE, 1);
	if (unshare(CLONE_NEWUSER) < 0)
		return refused(cause, errno);
	write_file("/proc/self/setgroups", "deny");
	if (write_file("/proc/self/uid_map", uid_map) < 0 ||
		write_file("/proc/self/gid_map", gid_map) < 0)
		return refused(cause, errno);
	return 0;
}

/* All traffic of a lab is handled by one processor's backlog, which keeps it
 * in order: between two of them segments overtake each other and TCP
 * retransmits what was never lost. */
static void pin_to_one_processor(void)
{
	cpu_set_t one;
	int here = sched_getcpu();

	if (here < 0)
		return;
	CPU_ZERO(&one);
	CPU_SET(here, &one);
	sched_setaffinity(0, sizeof one, &one);
}

/* LeakSanitizer's tracer would land in the new PID namespace, from where it
 * cannot attach to us: such a build does without that namespace. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITHOUT_PID_NAMESPACE
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define WITHOUT_PID_NAMESPACE
#endif

static int unshare_pid(void)
{
#ifdef WITHOUT_PID_NAMESPACE
	/* asks for the same privilege */
	return unshare(CLONE_NEWUTS);
#else
	return unshare(CLONE_NEWPID);
#endif
}

int machine_enter(struct cause *cause)
{
	if (machine.entered)
		return 0;
	read_file("/proc/sys/net/ipv4/tcp_max_tw_buckets", machine.max_tw_buckets,
		sizeof machine.max_tw_buckets);
	if (unshare_pid() < 0) {
		if (errno != EPERM)
			return cause_set_errno(cause, errno, "cannot make a PID namespace");
		if (machine_enter_user_namespace(cause) < 0)
			return -1;
		if (unshare_pid() < 0)
			return refused(cause, errno);
	}
	if (keeper_start(cause) < 0)
		return -1;
	pin_to_one_processor();
	machine.entered = true;
	return 0;
}

const char *machine_max_tw_buckets(void)
{
	return machine.max_tw_buckets;
}

/* --------------------------------------------------------------- children */

static void close_all_but(int keep)
{
	if (keep > 3)
		close_range(3, (unsigned)keep - 1, 0);
	close_range(keep > 2 ? (unsigned)keep + 1 : 3, ~0U, 0);
}

static void signals_default(void)
{
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

int machine_fork(int keep, struct cause *cause)
{
	int pid = fork();

	if (pid < 0)
		return cause_set_errno(cause, errno, "cannot start a process");
	if (pid > 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signals_default();
	close_all_but(keep);
	setpgid(0, 0);
	return 0;
}
