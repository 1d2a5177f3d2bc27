/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * probe_own.h - the probes that speak netlink, for probe.c. Each is called in a
 * fresh network namespace, and ends with its process: 0, or -1 with errno.
 */
#ifndef NETLAB_PROBE_OWN_H
#define NETLAB_PROBE_OWN_H

#include "probe.h"

int probe_veth(struct probe *probe);
int probe_bridge(struct probe *probe);
int probe_redirect(struct probe *probe);
int probe_netem(struct probe *probe);
int probe_netem_seed(struct probe *probe);
int probe_nat(struct probe *probe);
int probe_diag(struct probe *probe);
int probe_destroy(struct probe *probe);

#endif
