/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * probe.c - the probes' processes, and what their ends mean.
 *
 *	netlab			waits
 *	  outer			makes user and PID namespaces
 *	    inner		process 1 of that PID namespace; its death takes all;
 *				makes as many network namespaces as two hosts take
 *	      a probe each	in the first of these, PATIENCE_S at most
 *
 * What they find stands in memory that all of them share.
 */
#include "probe_own.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_S 5 /* a busy machine begins with all of them at once */

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

/* What is used up says nothing about what the kernel has. */
static bool is_used_up(int error)
{
	return error == ENOSPC || error == EUSERS || error == EMFILE || error == ENFILE ||
	       error == EAGAIN || error == ENOMEM;
}

static void judge_trial(struct probe *probe, int result)
{
	bool untried = result < 0 && is_used_up(errno);

	if (result < 0 && errno == ENOSPC)
		snprintf(probe->says, sizeof probe->says, "%s is used up", probe_limit_netns);
	judge(probe, result);
	if (untried)
		probe->verdict = PROBE_UNTRIED;
}

/* A kind of namespace that is a probe itself. */
static void judge_namespace(struct probe *probe, const char *limit, int result)
{
	bool full = result < 0 && (errno == ENOSPC || errno == EUSERS);

	if (full) {
		probe->limit = limit;
		snprintf(probe->says, sizeof probe->says, "%s leaves none", limit);
	}
	judge(probe, result);
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
		alarm(PATIENCE_S);
		judge_trial(probe, prober(probe));
		_exit(0);
	}
	if (pid < 0)
		judge_trial(probe, -1);
	return pid;
}

static void end(struct probe *probe, int pid)
{
	int number;

	if (pid < 0 || wait_for(pid, &number))
		return;
	probe->verdict = PROBE_MISSING;
	if (number == SIGALRM)
		snprintf(probe->says, sizeof probe->says, "no answer within %d seconds", PATIENCE_S);
	else
		snprintf(probe->says, sizeof probe->says, "the probe was ended by SIG%s",
			sigabbrev_np(number));
}

static void leave_untried(struct probes *probes, const char *why)
{
	for (int i = 0; i < PROBES; i++)
		if (probers[i])
			snprintf(probes->probe[i].says, sizeof probes->probe[i].says, "%s", why);
}

/* All at once but the seed's, which asks for what netem's has made. */
static void run_probers(struct probes *probes)
{
	struct probe *seed = &probes->probe[PROBE_NETEM_SEED];
	int pids[PROBES], i;

	for (i = 0; i < PROBES; i++)
		pids[i] = probers[i] && i != PROBE_NETEM_SEED ? begin(&probes->probe[i], probers[i])
							      : -1;
	for (i = 0; i < PROBES; i++)
		end(&probes->probe[i], pids[i]);
	if (probes->probe[PROBE_NETEM].verdict == PROBE_OK)
		end(seed, begin(seed, probe_netem_seed));
	else
		snprintf(seed->says, sizeof seed->says, "needs netem");
}

/* `limit`: that on network namespaces, as it is outside. */
static void run_inner(struct probes *probes, const char *limit)
{
	struct probe *netns = &probes->probe[PROBE_NETNS];
	int spaces[PROBE_SPACES];
	unsigned count = probe_spaces(netns, limit, spaces);
	char why[80];

	if (count > 1)
		probe_child_ns = spaces[1];
	if (count > 0) {
		run_probers(probes);
	} else if (netns->limit) {
		snprintf(why, sizeof why, "%s is %s", netns->limit, limit);
		leave_untried(probes, why);
	}
}

/* Only asked once it is known that they are refused. */
static enum probe_refusal who_refuses(const struct probe *probe)
{
	if (probe->limit || probe_reads("/proc/sys/user/max_user_namespaces", "0"))
		return REFUSED_BY_MAX;
	if (probe_reads("/proc/sys/kernel/unprivileged_userns_clone", "0"))
		return REFUSED_BY_CLONE;
	if (probe_reads("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"))
		return REFUSED_BY_APPARMOR;
	return REFUSED_OTHERWISE;
}

/* To make namespaces, however many are left. */
static bool has_rights(void)
{
	return unshare(CLONE_NEWUTS) == 0 || errno == ENOSPC;
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
	probe_write("/proc/self/setgroups", "deny");
	if (probe_write("/proc/self/uid_map", uid_map) < 0 ||
		probe_write("/proc/self/gid_map", gid_map) < 0)
		return -1;
	return has_rights() ? 0 : -1;
}

static void try_userns(struct probes *probes)
{
	struct probe *probe = &probes->probe[PROBE_USERNS];

	judge_namespace(probe, "user.max_user_namespaces", enter_userns());
	if (probe->verdict != PROBE_OK)
		probes->refusal = who_refuses(probe);
}

/* Root has its namespaces without; what others have is told by the settings. */
static void try_userns_as_root(struct probes *probes)
{
	const struct probe *probe = &probes->probe[PROBE_USERNS];
	int pid = fork(), number;

	if (pid == 0) {
		try_userns(probes);
		_exit(0);
	}
	if (pid < 0 || !wait_for(pid, &number))
		return;
	if (probes->refusal == REFUSED_NOT && who_refuses(probe) != REFUSED_OTHERWISE) {
		probes->refusal = who_refuses(probe);
		probes->probe[PROBE_USERNS].verdict = PROBE_LIMITED;
	}
}

static void run_outer(struct probes *probes)
{
	struct probe *netns = &probes->probe[PROBE_NETNS];
	char limit[24];
	int pid, number;

	if (probe_read("/proc/sys/user/max_net_namespaces", limit, sizeof limit) < 0)
		snprintf(limit, sizeof limit, "unknown");
	probes->privileged = has_rights();
	if (probes->privileged)
		try_userns_as_root(probes);
	else
		try_userns(probes);
	if (!probes->privileged && probes->probe[PROBE_USERNS].verdict != PROBE_OK)
		return;
	judge_namespace(&probes->probe[PROBE_PIDNS], "user.max_pid_namespaces",
		unshare(CLONE_NEWPID));
	pid = fork();
	if (pid == 0) {
		run_inner(probes, limit);
		_exit(0);
	}
	if (pid < 0)
		judge_trial(netns, -1);
	else
		wait_for(pid, &number);
}

static void try_tracepoints(struct probes *probes)
{
	int result = probe_tracefs(), error = errno;

	judge(&probes->probe[PROBE_TRACEPOINTS], result);
	if (result < 0)
		probes->untraced = error == ENOENT || !probe_filesystem("tracefs")
			? UNTRACED_BY_KERNEL
			: UNTRACED_BY_RIGHTS;
}

/* ---------------------------------------------------------------- all of it */

/* In a child each; false when that cannot be started. */
static bool run(void (*what)(struct probes *probes), struct probes *probes)
{
	int pid = fork(), number;

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		what(probes);
		_exit(0);
	}
	return pid > 0 && (wait_for(pid, &number), true);
}

int probe_machine(struct probes *probes, struct cause *cause)
{
	struct probes *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED || !run(run_outer, shared) || !run(try_tracepoints, shared))
		return cause_set_errno(cause, errno, "cannot start a process");
	*probes = *shared;
	munmap(shared, sizeof *shared);
	probe_files(probes);
	return 0;
}
