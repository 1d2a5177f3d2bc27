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
	PROBE_NETNS,
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
	PROBE_UNTRIED, /* something that it needs is missing */
	PROBE_OK,
	PROBE_LIMITED,
	PROBE_MISSING,
};

struct probe {
	enum probe_verdict verdict;
	int64_t number;
	char says[100]; /* not OK: what the kernel said */
};

/* What keeps ordinary users from namespaces. */
enum probe_refusal {
	REFUSED_NOT,
	REFUSED_BY_MAX,	     /* user.max_user_namespaces is 0, or used up */
	REFUSED_BY_CLONE,    /* kernel.unprivileged_userns_clone is 0 */
	REFUSED_BY_APPARMOR, /* kernel.apparmor_restrict_unprivileged_userns is 1 */
	REFUSED_OTHERWISE,   /* a container, a chroot */
};

struct probes {
	bool privileged; /* needs no user namespace */
	enum probe_refusal refusal;
	struct probe probe[PROBES];
};

/* Try them all; takes some tens of milliseconds. To be called single-threaded,
 * outside of any lab. -1: not one child could be started. */
int probe_machine(struct probes *probes, struct cause *cause);

#endif
