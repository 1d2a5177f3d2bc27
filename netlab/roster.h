/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * roster.h - the lab's list of nodes, for other terminals: `netlab enter` finds
 * it, and enters a node.
 *
 * The list is a memfd of the running netlab, found through /proc by those who
 * may look at that process: nothing has a name on the machine, nothing is left
 * behind, and a lab that has ended is not listed.
 */
#ifndef NETLAB_ROSTER_H
#define NETLAB_ROSTER_H

#include <stdbool.h>
#include <stdint.h>

#include "cause.h"

struct lab;
struct node;

/* The node was made: list it. One write, however many there are. A node of
 * another lab than the last one begins a new list. */
void roster_add(const struct node *node);
/* Nodes were taken away, or another lab is at work: list this one anew. Whoever
 * reads meanwhile sees the old list or the new one. */
void roster_update(const struct lab *lab);

/* A node of a running lab, as a process beside it sees it. */
struct roster_row {
	int lab;	/* pid of its netlab */
	int ns;		/* its namespace's descriptor there */
	uint64_t inode; /* of that namespace */
	char kind[12], name[16];
};

/* All nodes of all labs that this process may enter, lab by lab, in order of
 * making; a row is borrowed for the time of the call. */
typedef void (*roster_fn)(void *arg, const struct roster_row *row);
void roster_read(roster_fn each, void *arg);

/* Start a program in the node: in its network namespace, in the lab's user and
 * PID namespaces (so it ends with the lab), with a /sys and a /proc that show
 * them. `argv` NULL: the user's shell, with a prompt that names the node.
 * `foreground`: in a process group of its own that has the terminal; else in
 * the caller's. Moves the process itself into the lab's user namespace, so it is
 * to be called once, single-threaded. Returns the child's pid, `*watch` a descriptor
 * that becomes readable when the lab ends; or -1. */
int roster_enter(const struct roster_row *row, char *const argv[], bool foreground, int *watch,
	struct cause *cause);

#endif
