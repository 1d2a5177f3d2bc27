/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas.h"

#include <string.h>

void canvas_clear(struct canvas *canvas)
{
	for (int x = 0; x < CANVAS_MAX; x++) {
		canvas->code[x] = ' ';
		canvas->style[x] = STYLE_NONE;
	}
}

void canvas_put(struct canvas *canvas, int x, uint32_t code, enum style style)
{
	if (x < 0 || x >= canvas->width)
		return;
	if (code < ' ' || (code >= 0x7f && code < 0xa0) || (code > 0x7f && !canvas->utf8))
		code = '?';
	canvas->code[x] = code;
	canvas->style[x] = style;
}

/* The code point that begins there, and the text behind it; 0 for bytes that
 * are none (one byte is passed over then). */
static uint32_t decode(const char **text)
{
	const unsigned char *p = (const unsigned char *)*text;
	int more = *p < 0x80 ? 0 : *p >= 0xf0 && *p < 0xf5 ? 3 : *p >= 0xe0 ? 2 : 1;
	uint32_t code = *p & (0x7fu >> (more ? more + 1 : 0));

	++*text;
	if ((*p >= 0x80 && *p < 0xc2) || *p >= 0xf5)
		return 0;
	for (int i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	*text += more;
	return code;
}

static int columns_of(const char *text)
{
	int columns = 0;

	while (*text) {
		decode(&text);
		columns++;
	}
	return columns;
}

void canvas_text(struct canvas *canvas, int x, int room, const char *text, enum style style)
{
	bool cut = columns_of(text) > room;

	for (; *text && room > 0; room--) {
		uint32_t code = decode(&text);

		if (cut && room == 1)
			code = canvas->utf8 ? 0x2026 : '~';
		canvas_put(canvas, x++, code, style);
	}
}

static void print_code(uint32_t code, FILE *out)
{
	if (code < 0x80) {
		putc((int)code, out);
		return;
	}
	if (code >= 0x10000)
		fprintf(out, "%c%c", (int)(0xf0 | code >> 18), (int)(0x80 | (code >> 12 & 0x3f)));
	else if (code >= 0x800)
		putc((int)(0xe0 | code >> 12), out);
	if (code >= 0x800)
		putc((int)(0x80 | (code >> 6 & 0x3f)), out);
	else
		putc((int)(0xc0 | code >> 6), out);
	putc((int)(0x80 | (code & 0x3f)), out);
}

void canvas_print(const struct canvas *canvas, bool color, FILE *out)
{
	enum style style = STYLE_NONE;
	int end = canvas->width;

	while (end > 0 && canvas->code[end - 1] == ' ')
		end--;
	for (int x = 0; x < end; x++) {
		if (color && canvas->style[x] != style) {
			fputs(style != STYLE_NONE ? STYLE_OFF : "", out);
			style = canvas->style[x];
			fputs(style_on(style), out);
		}
		print_code(canvas->code[x], out);
	}
	fputs(style != STYLE_NONE ? STYLE_OFF : "", out);
	putc('\n', out);
}
