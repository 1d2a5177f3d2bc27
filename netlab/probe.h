/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * probe.h - what this machine offers to netlab, found out by trying it.
 *
 * Each probe runs in a child process in namespaces of its own: nothing of the
 * machine changes, and a crash, a hang or a denial stays there. No module is
 * loaded but what the kernel loads by itself when it is asked for it.
 */
#ifndef NETLAB_PROBE_H
#define NETLAB_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "cause.h"

enum probe_kind {
	PROBE_USERNS,	   /* by an ordinary user, with rights inside */
	PROBE_PIDNS,
	PROBE_NETNS,	   /* number: how many at once, of those that two hosts take */
	PROBE_SYSCTLS,	   /* those of a node can be written */
	PROBE_VETH,
	PROBE_BRIDGE,
	PROBE_RING,	   /* AF_PACKET with a TPACKET_V2 ring */
	PROBE_REDIRECT,	   /* clsact, u32, mirred */
	PROBE_NETEM,
	PROBE_NETEM_SEED,
	PROBE_NAT,	   /* nf_tables, masquerade */
	PROBE_DIAG,	   /* sock_diag: dump */
	PROBE_DESTROY,	   /* sock_diag: destroy */
	PROBE_IPV6,
	PROBE_SMALL_HASH,  /* tcp_child_ehash_entries */
	PROBE_RTO_MIN,	   /* tcp_rto_min_us */
	PROBE_RTO_MAX,	   /* tcp_rto_max_ms */
	PROBE_REUSE_DELAY, /* tcp_tw_reuse_delay */
	PROBE_PORT_RANGE,  /* IP_LOCAL_PORT_RANGE */
	PROBE_REPAIR,	   /* TCP_REPAIR */
	PROBE_TRACEPOINTS, /* sock:inet_sock_set_state, for the tests */
	PROBE_FILES,	   /* number: how many this process may have open */
	PROBES
};

enum probe_verdict {
	PROBE_UNTRIED, /* something that it needs is missing, or used up */
	PROBE_OK,
	PROBE_LIMITED, /* there is some of it: enough for a small lab */
	PROBE_MISSING,
};

struct probe {
	enum probe_verdict verdict;
	int64_t number;
	const char *limit; /* the sysctl that is at its limit; static, or NULL */
	char says[120];	   /* not OK: what the kernel said */
};

/* What keeps ordinary users from namespaces. */
enum probe_refusal {
	REFUSED_NOT,
	REFUSED_BY_MAX,	     /* user.max_user_namespaces is 0, or used up */
	REFUSED_BY_CLONE,    /* kernel.unprivileged_userns_clone is 0 */
	REFUSED_BY_APPARMOR, /* kernel.apparmor_restrict_unprivileged_userns is 1 */
	REFUSED_OTHERWISE,   /* a container, a chroot */
};

/* What keeps the tracepoints from us. */
enum probe_untraced {
	TRACED,
	UNTRACED_BY_RIGHTS, /* only root of the machine may mount or read tracefs */
	UNTRACED_BY_KERNEL, /* it has no tracefs, or not this tracepoint */
};

struct probes {
	bool privileged; /* needs no user namespace */
	enum probe_refusal refusal;
	enum probe_untraced untraced;
	bool files_for_pair; /* two hosts with a connection and a gate can be opened */
	int64_t files_most;  /* what PROBE_FILES's number can be raised to */
	struct probe probe[PROBES];
};

/* Try them all; takes some tens of milliseconds, and half a second more where no
 * namespaces are left, until those that were given up have been taken apart. To be
 * called single-threaded, outside of any lab. -1: not one child could be started. */
int probe_machine(struct probes *probes, struct cause *cause);

#endif
