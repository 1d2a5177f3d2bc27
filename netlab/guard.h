/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guard.h - programs of somebody who is not trusted, such as a student whose
 * answers are graded. Each one that is started has a PID namespace of its own, in
 * which it sees itself and what it starts alone; when it ends, or is to end, all
 * of that ends at the same moment. Three processes stand in a row:
 *
 *	guard	in netlab's PID namespace: ends the family when it gets a signal
 *	reaper	process 1 of the new one: waits for the program and for orphans
 *	program	without rights but those over its node's network, within limits
 *
 * Together with machine_confine(): it cannot mount, trace, or make namespaces,
 * and what it takes of the machine (processes, memory, files) is bounded.
 */
#ifndef NETLAB_GUARD_H
#define NETLAB_GUARD_H

/* In a child that is to become a program; does nothing unless
 * machine_guard_programs() was called. Returns in the program's process. */
void guard_begin(void);
/* The last step before exec: give up rights, take limits. */
void guard_limit(void);

#endif
