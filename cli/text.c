/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * text.c - the ANSI sequences of the styles, and UTF-8 counted in columns.
 */
#include "text.h"

#include <assert.h>
#include <stdbool.h>

static const char *const style_codes[] = {
	[STYLE_NONE] = "",
	[STYLE_DIM] = "\033[2m",
	[STYLE_BOLD] = "\033[1m",
	[STYLE_RED] = "\033[31m",
	[STYLE_GREEN] = "\033[32m",
	[STYLE_YELLOW] = "\033[33m",
	[STYLE_BLUE] = "\033[34m",
	[STYLE_MAGENTA] = "\033[35m",
	[STYLE_CYAN] = "\033[36m",
};
static_assert(sizeof(style_codes) / sizeof(style_codes[0]) == STYLES, "a code for each style");

const char *style_on(enum style style)
{
	return (unsigned)style < STYLES ? style_codes[style] : "";
}

static bool begins_code_point(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

size_t text_columns(const char *text, size_t length)
{
	size_t columns = 0;

	for (size_t i = 0; i < length; i++)
		columns += begins_code_point(text[i]);
	return columns;
}

size_t text_prefix(const char *text, size_t length, size_t columns)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (begins_code_point(text[i]) && columns-- == 0)
			break;
	return i;
}
