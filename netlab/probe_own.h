/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * probe_own.h - what probe.c's processes call.
 */
#ifndef NETLAB_PROBE_OWN_H
#define NETLAB_PROBE_OWN_H

#include <stddef.h>

#include "probe.h"

/* A lab has a namespace for its wire, one for each node, and one for the gate once
 * that is used (held.c). */
#define PROBE_SPACES_LEAST 3 /* two hosts */
#define PROBE_SPACES	   4 /* and the gate */

/* Descriptors behind stdin, stdout and stderr. */
#define PROBE_FILES_LEAST     15 /* two hosts that ping each other */
#define PROBE_FILES_OF_A_PAIR 25 /* with a connection, and the gate */

/* Make up to PROBE_SPACES network namespaces, the second and further ones with a
 * small hash; the process is in the first one then. Judges PROBE_NETNS; `limit` is
 * the value of its sysctl as a text. Returns how many there are: their descriptors
 * are the caller's. */
unsigned probe_spaces(struct probe *probe, const char *limit, int spaces[PROBE_SPACES]);
extern const char *const probe_limit_netns;

/* Judge PROBE_FILES. */
void probe_files(struct probes *probes);

/* The probes. Each is called in a process of its own, in the network namespace that
 * all of them share: 0, or -1 with errno. */
int probe_sysctls(struct probe *probe);
int probe_rto_min(struct probe *probe);
int probe_rto_max(struct probe *probe);
int probe_reuse_delay(struct probe *probe);
int probe_small_hash(struct probe *probe);
int probe_ring(struct probe *probe);
int probe_ipv6(struct probe *probe);
int probe_port_range(struct probe *probe);
int probe_repair(struct probe *probe);
int probe_veth(struct probe *probe);
int probe_bridge(struct probe *probe);
int probe_redirect(struct probe *probe);
int probe_netem(struct probe *probe);
int probe_netem_seed(struct probe *probe);
int probe_nat(struct probe *probe);
int probe_diag(struct probe *probe);
int probe_destroy(struct probe *probe);

/* A namespace that was made within the one of the probes, for probe_small_hash();
 * -1 where there was room for no other. */
extern int probe_child_ns;

/* Can the tracepoint be used? Outside of all namespaces; where tracefs is not
 * mounted, it is mounted in a mount namespace of the process, as the tests do. */
int probe_tracefs(void);

/* Does this kernel have such a filesystem? */
bool probe_filesystem(const char *name);

/* The first line of a file of /proc, "" when it cannot be read: -1, with errno. */
int probe_read(const char *path, char *text, size_t size);
int probe_write(const char *path, const char *text);
bool probe_reads(const char *path, const char *what);

#endif
