/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * machine.h - what the process takes from the machine, once: its user and PID
 * namespaces, its processor, and its keeper.
 *
 * The keeper is process 1 of the PID namespace that all children live in.
 * When netlab ends, however it ends, the keeper ends, and with it the kernel
 * takes every child away, also stopped ones and those that changed sessions.
 * It also holds on to packet sockets, whose closing waits for RCU grace
 * periods (packet_release(), net/packet/af_packet.c: 10 to 30 ms each), and
 * makes their rings (packet_set_ring() waits likewise), so that neither
 * starting nor ending waits for that.
 */
#ifndef NETLAB_MACHINE_H
#define NETLAB_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cause.h"

/* The machine's own default of tcp_max_tw_buckets, or "" when unknown. */
const char *machine_max_tw_buckets(void);

/* A user namespace of its own, in which the user is root. Single-threaded. */
int machine_enter_user_namespace(struct cause *cause);

/* Hand a copy of the packet socket to the keeper, who keeps it open until
 * keeper_drop(). With frames > 0 it first makes a TPACKET_V2 receive ring of
 * that many frames of `frame_size` bytes and binds the socket to all
 * protocols; keeper_wait() tells when that is done. `tag` is a lab's number. */
int keeper_hold(uint32_t tag, int fd, uint32_t frames, uint32_t frame_size, struct cause *cause);

/* Wait until the rings asked for are made; bounded to five seconds. */
int keeper_wait(struct cause *cause);

/* The keeper closes everything it holds under that tag. */
void keeper_drop(uint32_t tag);

/* Fork a child of the lab: in the PID namespace, ended with netlab (kernel:
 * PR_SET_PDEATHSIG), signals at their defaults, all descriptors closed but
 * 0, 1, 2 and `keep` (may be -1), in a process group of its own. Returns as
 * fork() does. */
int machine_fork(int keep, struct cause *cause);

#endif
