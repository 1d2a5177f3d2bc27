/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "netlab.h"

#define MIB (1024UL * 1024)
#define PROCESSES_MAX 64 /* of all programs together, netlab's own included */

/* It is the process that is confined, not a lab. */
static bool guarding;

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, text, strlen(text)) < 0)
		fprintf(stderr, "cannot write %s: %s\n", path, strerror(errno));
	close(fd);
}

void machine_guard_programs(void)
{
	guarding = true;
	/* in a namespace of its own a program would be root again */
	write_file("/proc/sys/user/max_user_namespaces", "0");
}

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "cannot guard the program: %s: %s\n", what, strerror(errno));
	_exit(126);
}

/* ------------------------------------------------------ the three processes */

static int status_of(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Whatever comes, it is the end of all of them. */
static _Noreturn void guard(int reaper, const sigset_t *signals)
{
	int number, status;

	for (;;) {
		number = sigwaitinfo(signals, NULL);
		if (number > 0 && number != SIGCHLD)
			kill(reaper, SIGKILL);
		/* a PID namespace is empty when its first process has been waited for */
		if (waitpid(reaper, &status, number == SIGCHLD ? WNOHANG : 0) == reaper)
			_exit(status_of(status));
	}
}

static _Noreturn void reap(int program)
{
	int pid, status;

	while ((pid = waitpid(-1, &status, 0)) != program || pid < 0)
		if (pid < 0 && errno == ECHILD)
			_exit(126);
	_exit(status_of(status));
}

static void take_signals(sigset_t *signals, sigset_t *before)
{
	sigemptyset(signals);
	sigaddset(signals, SIGCHLD);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGHUP);
	sigaddset(signals, SIGQUIT);
	sigprocmask(SIG_BLOCK, signals, before);
}

/* Fork; the child dies with its parent. */
static int fork_bound(void)
{
	int pid = fork();

	if (pid < 0)
		fail("fork");
	if (pid == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return pid;
}

void guard_begin(void)
{
	sigset_t signals, before;
	int pid;

	if (!guarding)
		return;
	syscall(SYS_close_range, 3, ~0U, 0);
	take_signals(&signals, &before);
	if (unshare(CLONE_NEWPID) < 0)
		fail("PID namespace");
	pid = fork_bound();
	if (pid > 0)
		guard(pid, &signals);
	setsid();
	pid = fork_bound();
	if (pid > 0)
		reap(pid);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/* ------------------------------------------------------------------ limits */

static void limit_resources(void)
{
	static const struct {
		__rlimit_resource_t what;
		rlim_t most;
	} limits[] = {
		{RLIMIT_NPROC, PROCESSES_MAX}, {RLIMIT_AS, 256 * MIB}, {RLIMIT_FSIZE, 8 * MIB},
		{RLIMIT_NOFILE, 64}, {RLIMIT_CPU, 60}, {RLIMIT_CORE, 0}, {RLIMIT_MEMLOCK, MIB / 16},
		{RLIMIT_MSGQUEUE, 0}, {RLIMIT_SIGPENDING, 256},
	};
	struct rlimit limit;

	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		limit.rlim_cur = limit.rlim_max = limits[i].most;
		if (setrlimit(limits[i].what, &limit) < 0 && errno != EPERM)
			fail("limits");
	}
	setpriority(PRIO_PROCESS, 0, 10);
	write_file("/proc/self/oom_score_adj", "1000"); /* rather this than anybody else */
}

/* exec gives root what the bounding set holds. */
static void limit_rights(void)
{
	for (int right = 0; right <= CAP_LAST_CAP; right++)
		if (right != CAP_NET_ADMIN && right != CAP_NET_RAW && right != CAP_NET_BIND_SERVICE &&
			prctl(PR_CAPBSET_DROP, right, 0, 0, 0) < 0 && errno != EINVAL)
			fail("rights");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		fail("rights");
}

#if defined(__x86_64__)
#define OUR_CALLS AUDIT_ARCH_X86_64
#define FOREIGN_CALLS 0x40000000u /* x32's numbers begin here */
#elif defined(__aarch64__)
#define OUR_CALLS AUDIT_ARCH_AARCH64
#define FOREIGN_CALLS 0x40000000u
#endif

#ifdef OUR_CALLS

/* What looks into other processes, what reaches other files, and what holds
 * memory that no limit counts. */
static const unsigned refused[] = {
	SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd,
	SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_open_tree,
	SYS_move_mount, SYS_fsopen, SYS_fsmount, SYS_fspick, SYS_name_to_handle_at,
	SYS_open_by_handle_at, SYS_shmget, SYS_semget, SYS_msgget, SYS_mq_open, SYS_memfd_create,
	SYS_io_uring_setup, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_add_key,
	SYS_request_key, SYS_keyctl, SYS_kexec_load, SYS_swapon, SYS_acct, SYS_quotactl, SYS_reboot,
	SYS_fanotify_init, SYS_personality,
};

#define REFUSED (sizeof refused / sizeof *refused)

static void limit_calls(void)
{
	struct sock_filter code[REFUSED + 7], *at = code;
	struct sock_fprog program = {.filter = code};

	*at++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	*at++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_CALLS, 1, 0);
	*at++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	*at++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	*at++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FOREIGN_CALLS, REFUSED + 1, 0);
	for (size_t i = 0; i < REFUSED; i++)
		*at++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, refused[i],
			(uint8_t)(REFUSED - i), 0);
	*at++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	*at++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	program.len = (unsigned short)(at - code);
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		fail("system calls");
}

#else

static void limit_calls(void)
{
	/* their numbers are not known here: what has no rights cannot mount or
	 * trace, and memory is bounded by the grader's own watch */
}

#endif

/* The machine's own would show processes that are not its business. */
static void check_proc(void)
{
	char link[20] = "";

	if (readlink("/proc/self", link, sizeof link - 1) < 0 || atoi(link) != getpid())
		fail("/proc of its own");
}

void guard_limit(void)
{
	if (!guarding)
		return;
	check_proc();
	limit_resources();
	limit_rights();
	limit_calls();
}
