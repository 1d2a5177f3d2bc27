/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * inside.h - what a program in a node finds there: mounts that show the node,
 * and for a shell a prompt that names it.
 */
#ifndef NETLAB_INSIDE_H
#define NETLAB_INSIDE_H

/* All for a child that has just been forked and is in the node's namespace. */

/* Make it the terminal's foreground process group, one of its own. */
void inside_foreground(void);

/* Mount the node's /sys and the lab's /proc where nobody else sees them, and
 * `hosts` (NULL: the machine's) as /etc/hosts; close all descriptors but 0, 1
 * and 2, and become the program; NULL: the user's shell. What cannot be run is
 * told on stderr: exit status 127 or 126. */
_Noreturn void inside_run(const char *node, const char *hosts, char *const argv[]);

#endif
