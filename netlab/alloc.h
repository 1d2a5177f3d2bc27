/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * alloc.h - memory that is there or the program ends, and cleanup attributes
 * for locals.
 */
#ifndef NETLAB_ALLOC_H
#define NETLAB_ALLOC_H

#include <stddef.h>

/* Zeroed memory for `count` things of `size` bytes; aborts when there is none. */
void *alloc_zeroed(size_t count, size_t size) __attribute__((malloc));
void *alloc_resize(void *memory, size_t count, size_t size);
char *alloc_text(const char *text) __attribute__((malloc));
void *alloc_copy(const void *memory, size_t size) __attribute__((malloc));

#define alloc_new(type) ((type *)alloc_zeroed(1, sizeof(type)))

/* Close the descriptor unless it is -1, and make it -1. */
void fd_close(int *fd);
#define autoclose __attribute__((cleanup(fd_close)))

void free_pointer(void *pointer_to_pointer);
#define autofree __attribute__((cleanup(free_pointer)))

#endif
