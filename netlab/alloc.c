/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *there(void *memory)
{
	if (!memory) {
		fputs("netlab: out of memory\n", stderr);
		abort();
	}
	return memory;
}

void *alloc_zeroed(size_t count, size_t size)
{
	return there(calloc(count, size));
}

void *alloc_resize(void *memory, size_t count, size_t size)
{
	return there(reallocarray(memory, count ? count : 1, size));
}

char *alloc_text(const char *text)
{
	return there(strdup(text));
}

void *alloc_copy(const void *memory, size_t size)
{
	return memcpy(there(malloc(size ? size : 1)), memory, size);
}

void fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void free_pointer(void *pointer_to_pointer)
{
	void **pointer = pointer_to_pointer;

	free(*pointer);
	*pointer = NULL;
}
