/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * canvas.h - one line of a drawing: cells of one character each, written in any
 * order, later ones over earlier ones. Pure.
 */
#ifndef CLI_CANVAS_H
#define CLI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "text.h"

#define CANVAS_MAX 300

struct canvas {
	int width; /* at most CANVAS_MAX */
	bool utf8; /* else all beyond ASCII is shown as '?' */
	uint32_t code[CANVAS_MAX];
	uint8_t style[CANVAS_MAX];
};

/* All blank. */
void canvas_clear(struct canvas *canvas);

/* One character, a code point; outside of the line it is nowhere. */
void canvas_put(struct canvas *canvas, int x, uint32_t code, enum style style);

/* UTF-8 text from column x on, at most `room` columns: what is longer is cut and
 * ends with an ellipsis. Bytes that cannot be shown are shown as '?'. */
void canvas_text(struct canvas *canvas, int x, int room, const char *text, enum style style);

/* The line without blanks at its end, and a newline. */
void canvas_print(const struct canvas *canvas, bool color, FILE *out);

#endif
