/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * nat.h - masquerading in a network namespace.
 */
#ifndef NETLAB_NAT_H
#define NETLAB_NAT_H

#include "cause.h"

/* In the namespace the process is in now, give what comes in by the interface
 * `inside` and leaves by another one the address of that other one, IPv4 and
 * IPv6; the answers find their way back. In place of an earlier nat_set().
 * Connections that have begun stay as they began. -1: nothing is changed; the
 * cause names the kernel option that is missing. */
int nat_set(const char *inside, struct cause *cause);
/* No more; also when there was none. */
int nat_clear(struct cause *cause);

#endif
