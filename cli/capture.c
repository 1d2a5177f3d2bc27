/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t add_head(struct capture *capture, const char *bytes, size_t length)
{
	size_t taken = least(length, CAPTURE_HEAD - capture->head_used);

	if (taken == 0)
		return 0;
	if (!capture->head && !(capture->head = malloc(CAPTURE_HEAD)))
		abort();
	memcpy(capture->head + capture->head_used, bytes, taken);
	capture->head_used += taken;
	return taken;
}

/* Behind the head there were so many bytes before: room for them and these. */
static void make_room(struct capture *capture, uint64_t before, size_t length)
{
	uint64_t wanted = before + length;
	size_t size = capture->tail_size ? capture->tail_size : 4096;

	while (size < CAPTURE_TAIL && size < wanted)
		size *= 2;
	size = least(size, CAPTURE_TAIL);
	if (size == capture->tail_size)
		return;
	capture->tail = realloc(capture->tail, size);
	if (!capture->tail)
		abort();
	capture->tail_size = size;
}

void capture_add(struct capture *capture, const char *bytes, size_t length)
{
	size_t taken = add_head(capture, bytes, length), at, step;
	uint64_t before;

	before = capture->total + taken - capture->head_used;
	capture->total += length;
	bytes += taken;
	length -= taken;
	if (length == 0)
		return;
	make_room(capture, before, length);
	for (; length > 0; bytes += step, length -= step, before += step) {
		at = (size_t)(before % capture->tail_size);
		step = least(length, capture->tail_size - at);
		memcpy(capture->tail + at, bytes, step);
	}
}

void capture_free(struct capture *capture)
{
	free(capture->head);
	free(capture->tail);
	*capture = (struct capture){0};
}

char *capture_text(const struct capture *capture, size_t *length)
{
	uint64_t behind = capture->total - capture->head_used;
	size_t kept = behind < capture->tail_size ? (size_t)behind : capture->tail_size;
	size_t at = kept && kept == capture->tail_size ? (size_t)(behind % kept) : 0;
	char *text = malloc(capture->head_used + kept + 80), *end = text;

	if (!text)
		abort();
	if (capture->head_used)
		end = mempcpy(end, capture->head, capture->head_used);
	if (behind > kept)
		end += sprintf(end, "\n[%llu bytes are left out here]\n",
			(unsigned long long)(behind - kept));
	if (kept) {
		end = mempcpy(end, capture->tail + at, kept - at);
		end = mempcpy(end, capture->tail, at);
	}
	*end = '\0';
	*length = (size_t)(end - text);
	return text;
}
