/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * capture.h - what a program prints, in bounded memory: the beginning and the
 * end are kept, what lies between is counted. Pure.
 */
#ifndef CLI_CAPTURE_H
#define CLI_CAPTURE_H

#include <stddef.h>
#include <stdint.h>

#define CAPTURE_HEAD 8192
#define CAPTURE_TAIL 57344 /* 64 KiB with the head */

struct capture {
	char *head, *tail; /* made when they are needed */
	size_t head_used;
	size_t tail_size; /* allocated; a ring once it is CAPTURE_TAIL */
	uint64_t total;	  /* bytes that there were */
};

/* An empty one is all zero; free() what it holds by capture_free(). */
void capture_add(struct capture *capture, const char *bytes, size_t length);
void capture_free(struct capture *capture);

/* The text that is kept, for the caller to free; where bytes are left out
 * between head and tail, a line says how many. */
char *capture_text(const struct capture *capture, size_t *length);

#endif
