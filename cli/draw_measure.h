/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw_measure.h - how much room the things in a row take. Each thing has
 * columns of its own, and its texts above and below stay within them, so that
 * nothing ever meets. Pure.
 */
#ifndef CLI_DRAW_MEASURE_H
#define CLI_DRAW_MEASURE_H

#include "draw_shape.h"
#include "draw_text.h"

/* A row on its paper. */
struct place {
	const struct paper *paper;
	struct row *row;
	int dashes, pad; /* of a link without a label; around a label on its line */
};

/* The words on the line of a link: "down", what both ways have in common. */
void draw_words_on(const struct label *label, char words[LABEL_LINE]);

/* What stands beside the link of a pendant; returns how many lines. */
int draw_words_beside(const struct place *place, const struct stop *stop,
	char words[3][LABEL_LINE]);

/* The node on the left of the lane's link i. */
int draw_left_of(const struct place *place, const struct lane *lane, int i);
/* Is it a host at the very end, whose address stands beside its name? */
bool draw_is_flush(const struct place *place, const struct lane *lane, int i);
/* Has the lane its pendants above itself? */
bool draw_hangs_up(const struct place *place, const struct lane *lane);

/* What is left of a stop's columns beside its name; there the line goes on. The
 * widths of the lane's stops are to be set. */
int draw_blank_left(const struct place *place, const struct lane *lane, int i);
int draw_blank_right(const struct place *place, const struct lane *lane, int i);

/* Dashes of the lane's link i between the columns of its stops. */
int draw_link_width(const struct place *place, const struct lane *lane, int i);
/* Columns of the whole lane; sets the widths of its stops. */
int draw_lane_width(const struct place *place, struct lane *lane);
/* Lines of the lane above its line, and below. */
int draw_lines_above(const struct place *place, const struct lane *lane);
int draw_lines_below(const struct place *place, const struct lane *lane);

/* Columns of a fan's names, seconds and links. */
struct fan_room {
	int name, second, link;
};
struct fan_room draw_fan_room(const struct place *place, const struct fan *fan, int from);

#endif
