/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * text.h - text put together without printf, for what is printed for every
 * segment. put_char, put_text and put_number write at `p`, where the caller
 * made room, without a NUL, and return the end of what they wrote.
 */
#ifndef NETLAB_TEXT_H
#define NETLAB_TEXT_H

#include <stdint.h>
#include <string.h>

static inline char *put_char(char *p, char c)
{
	*p = c;
	return p + 1;
}

static inline char *put_text(char *p, const char *text)
{
	size_t length = strlen(text);

	memcpy(p, text, length);
	return p + length;
}

static inline char *put_number(char *p, uint32_t value)
{
	char digits[10];
	int n = 0;

	do {
		digits[n++] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	while (n > 0)
		*p++ = digits[--n];
	return p;
}

/* Copy what lies between `text` and `end` to `buf`, as much as fits `size`
 * bytes with a NUL; returns buf. */
static inline const char *put_out(const char *text, const char *end, char *buf, size_t size)
{
	size_t length = (size_t)(end - text);

	if (size == 0)
		return buf;
	if (length >= size)
		length = size - 1;
	memcpy(buf, text, length);
	buf[length] = '\0';
	return buf;
}

#endif
