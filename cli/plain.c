/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain.h"

/* By the first byte; 0: it begins nothing. */
static size_t sequence_length(unsigned char first)
{
	return first < 0x80   ? 1
	       : first < 0xc2 ? 0
	       : first < 0xe0 ? 2
	       : first < 0xf0 ? 3
	       : first < 0xf5 ? 4
			      : 0;
}

size_t plain_next(const char *text, size_t left, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *byte = (const unsigned char *)text;
	size_t length = sequence_length(byte[0]);
	uint32_t value;

	*code = PLAIN_WRONG;
	if (length == 0 || length > left)
		return 1;
	value = length == 1 ? byte[0] : byte[0] & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 1;
		value = value << 6 | (byte[i] & 0x3f);
	}
	if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 1;
	*code = value;
	return length;
}

int plain_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

void plain_write(FILE *file, const char *text, size_t length)
{
	uint32_t code;
	size_t step;

	for (; length > 0; text += step, length -= step) {
		step = plain_next(text, length, &code);
		if (code == PLAIN_WRONG || plain_is_control(code))
			fputc('?', file);
		else
			fwrite(text, 1, step, file);
	}
}

const char *plain_tail(const char *text, size_t length, int most)
{
	const char *at = text + length;

	if (at > text && at[-1] == '\n')
		at--;
	for (; at > text; at--)
		if (at[-1] == '\n' && --most == 0)
			break;
	return at;
}
