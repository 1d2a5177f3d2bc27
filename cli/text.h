/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * text.h - text on a terminal: its styles, and the columns that it takes. Pure.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stddef.h>

/* Nothing may be told by style alone: it is seen only where colour is. */
enum style {
	STYLE_NONE,
	STYLE_DIM,
	STYLE_BOLD,
	STYLE_RED,
	STYLE_GREEN,
	STYLE_YELLOW,
	STYLE_BLUE,
	STYLE_MAGENTA,
	STYLE_CYAN,
	STYLES
};

/* The ANSI sequence that begins the style; "" for STYLE_NONE. */
const char *style_on(enum style style);
/* The one that ends every style. */
#define STYLE_OFF "\033[0m"

/* Columns that UTF-8 text takes on a terminal: its code points. */
size_t text_columns(const char *text, size_t length);
/* The bytes of its first `columns` code points; all `length` where there are no
 * more. */
size_t text_prefix(const char *text, size_t length, size_t columns);

#endif
