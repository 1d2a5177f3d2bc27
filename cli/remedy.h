/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * remedy.h - what mends a machine, by distribution.
 */
#ifndef CLI_REMEDY_H
#define CLI_REMEDY_H

#include <stddef.h>

#include "netlab.h"

enum system_kind {
	SYSTEM_DEBIAN,
	SYSTEM_UBUNTU,
	SYSTEM_FEDORA,
	SYSTEM_ARCH,
	SYSTEM_WSL, /* whatever distribution: its kernel comes from Windows */
	SYSTEM_OTHER,
	SYSTEMS
};

/* "Debian", ..., "another system" */
const char *system_name(enum system_kind kind);

/* The machine at hand; `title` takes its own name for itself, such as "Debian
 * GNU/Linux 12 (bookworm) on WSL2". */
enum system_kind system_here(char *title, size_t size);

enum remedy {
	REMEDY_NONE,
	REMEDY_MODULE, /* what the kernel has as a module, or could have */
	REMEDY_NEWER,  /* a newer kernel */
	REMEDY_KERNEL, /* the distribution's own kernel, or one that has `option` */
	REMEDY_USERNS, /* see enum probe_refusal */
	REMEDY_LIMIT,  /* a sysctl that is at its limit */
	REMEDY_CONTAINER,
	REMEDY_FILES,	   /* up to the shell's hard limit */
	REMEDY_FILES_HARD, /* beyond it */
	REMEDY_TRACING,
	REMEDY_LOCALE,
};

struct remedy_for {
	enum remedy remedy;
	const char *what;   /* MODULE: its name; NEWER: "Linux 6.6"; LIMIT: the sysctl; FILES*: N */
	const char *option; /* MODULE, KERNEL: the kernel's option */
};

/* The command, or what else is to be done, on such a system. `buf` is returned. */
const char *remedy_text(const struct remedy_for *remedy, enum system_kind kind,
	enum probe_refusal refusal, char *buf, size_t size);

/* Is it the same on every system? */
bool remedy_is_general(enum remedy remedy);

#endif
