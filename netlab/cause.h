/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cause.h - why something failed: a code and one line of text, owned by the
 * caller, without allocation.
 */
#ifndef NETLAB_CAUSE_H
#define NETLAB_CAUSE_H

struct cause {
	int code;	/* an errno value, or 0 where none fits */
	char text[320];	/* one lower-case line: what is wrong, what to do */
};

/* Fill in the cause; always returns -1, so that callers can return it. */
int cause_set(struct cause *cause, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with ": " and the text of the errno `code` behind it. */
int cause_set_errno(struct cause *cause, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
