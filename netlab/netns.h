/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netns.h - network namespaces held by descriptors, and their sysctls.
 *
 * The process lives in one namespace, its home (a lab's wire), and visits
 * others for the time of a call: a socket belongs to the namespace in which it
 * was made, however long the visitor stays.
 */
#ifndef NETLAB_NETNS_H
#define NETLAB_NETNS_H

#include <stdbool.h>
#include <stddef.h>

#include "cause.h"

/* Make a namespace and move the process into it: its new home. Returns a
 * descriptor that holds it (O_CLOEXEC, the caller's), or -1. */
int netns_new_home(struct cause *cause);

/* Make a namespace beside the home and return to the home. The new one takes
 * over the home's tcp_child_ehash_entries. Returns its descriptor, or -1. */
int netns_new(int home, struct cause *cause);

/* Move the process into the namespace. Aborts when that fails: to go on in
 * the wrong namespace would touch what is not ours. */
void netns_enter(int fd);

/* Read or write /proc/sys/<path> in the namespace `fd`, coming back to `home`;
 * `path` has slashes. The errno of the failure is in the cause's code. */
int netns_sysctl_write(int fd, int home, const char *path, const char *value, struct cause *cause);
int netns_sysctl_read(int fd, int home, const char *path, char *out, size_t size,
	struct cause *cause);

#endif
