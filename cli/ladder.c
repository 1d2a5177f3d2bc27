/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ladder.c - layout and drawing of the ladder.
 *
 *	time | notes of the first host | life lines, arrows | notes of the last one
 *
 * Where there is no room for notes outside of the outermost life lines they
 * stand inside, each on a line of its own; where there is none for the times
 * those are left out. Middle hosts have their notes inside always. A line is
 * one cause with its effect: it reads from a note through the arrow that this
 * sent to the note that the arrow led to. Never from how close two moments were:
 * that depends on how busy the machine is. Far apart, though, a call has not sent
 * the segment itself: a timer or an ACK came between.
 */
#include "ladder.h"

#include <stdlib.h>
#include <string.h>

#include "arrow.h"
#include "canvas.h"
#include "rungs.h"

#define SPAN_MIN 34 /* between two life lines: "── #4 [F.] seq 1 ack 1 ──▶ held" */
#define SPAN_MAX 64
#define NOTE_MAX 32
#define GAP_MIN	 12 /* from one life line to the next, where hosts are many */
#define NS_PER_S  1000000000LL
#define SENT_LATER (NS_PER_S / 10) /* after its call: by a timer, or when an ACK allowed it */

struct ladder {
	struct rungs rungs;
	struct canvas line;
	bool color;
	FILE *out;
	/* layout */
	int time_width;	     /* 0: no times */
	bool outside;	     /* notes of the outermost hosts */
	unsigned note_level; /* of notes outside */
	int x[RUNG_HOSTS_MAX];
	/* the line in progress */
	bool begun;
	const struct rung *note, *arrow; /* the newest ones in it */
	unsigned noted;	     /* a bit for each host */
	int64_t time;	     /* of the line in progress, or of the last one */
	char time_text[24];  /* the last one shown */
	bool inferred;	     /* something was */
};

/* ------------------------------------------------------------------ layout */

static unsigned last_host(const struct ladder *ladder)
{
	return ladder->rungs.host_count - 1;
}

/* Columns that the notes of that host need at that level, a blank included. */
static int notes_width(const struct ladder *ladder, unsigned host, unsigned level)
{
	char text[RUNG_TEXT];
	int widest = 0;

	for (size_t i = 0; i < ladder->rungs.count; i++) {
		const struct rung *rung = &ladder->rungs.at[i];
		int columns;

		if (rung->kind != RUNG_NOTE || rung->from != host)
			continue;
		rung_text(&ladder->rungs, rung, level, ladder->line.utf8, text);
		columns = (int)text_columns(text, strlen(text)) + 1;
		widest = at_least(widest, columns);
	}
	return at_most(widest, NOTE_MAX);
}

/* Put the life lines between `left` columns of times and notes and `right`
 * columns of notes; false when that is too narrow. */
static bool place(struct ladder *ladder, int left, int right, int span_min)
{
	int gaps = (int)last_host(ladder);
	int frame = ladder->line.width - left - right;

	if (frame < gaps * (span_min + 1) + 1)
		return false;
	frame = at_most(frame, gaps * (SPAN_MAX + 1) + 1);
	for (int i = 0; i <= gaps; i++)
		ladder->x[i] = left + (gaps ? i * (frame - 1) / gaps : 0);
	return true;
}

static int times_width(const struct ladder *ladder)
{
	int64_t most = 0;

	for (size_t i = 0; i < ladder->rungs.count; i++)
		if (ladder->rungs.at[i].time > most)
			most = ladder->rungs.at[i].time;
	return snprintf(NULL, 0, "%.3f", (double)most / 1e9) + 2;
}

static void lay_out(struct ladder *ladder)
{
	ladder->time_width = times_width(ladder);
	ladder->outside = last_host(ladder) > 0;
	for (ladder->note_level = 0; ladder->outside && ladder->note_level < 2;
		ladder->note_level++)
		if (place(ladder, ladder->time_width + notes_width(ladder, 0, ladder->note_level),
			    notes_width(ladder, last_host(ladder), ladder->note_level), SPAN_MIN))
			return;
	ladder->outside = false;
	if (place(ladder, ladder->time_width, 0, SPAN_MIN))
		return;
	ladder->time_width = 0;
	place(ladder, 0, 0, 0);
}

/* ----------------------------------------------------------- one line of it */

static void life_lines(struct ladder *ladder, uint32_t code)
{
	for (unsigned i = 0; i < ladder->rungs.host_count; i++)
		canvas_put(&ladder->line, ladder->x[i], code, STYLE_NONE);
}

static void end_line(struct ladder *ladder)
{
	if (ladder->begun)
		canvas_print(&ladder->line, ladder->color, ladder->out);
	ladder->begun = false;
}

/* A while in which nothing happened. */
static void draw_pause(struct ladder *ladder)
{
	canvas_clear(&ladder->line);
	life_lines(ladder, glyphs_get(ladder->line.utf8)->later);
	canvas_print(&ladder->line, ladder->color, ladder->out);
}

static void begin_line(struct ladder *ladder, int64_t time)
{
	char text[24];

	end_line(ladder);
	if (ladder->time_text[0] && time - ladder->time >= NS_PER_S)
		draw_pause(ladder);
	canvas_clear(&ladder->line);
	life_lines(ladder, glyphs_get(ladder->line.utf8)->life);
	snprintf(text, sizeof text, "%*.3f", ladder->time_width - 2, (double)time / 1e9);
	if (strcmp(text, ladder->time_text) != 0 && ladder->time_width)
		canvas_text(&ladder->line, 0, ladder->time_width, text, STYLE_DIM);
	strcpy(ladder->time_text, text);
	ladder->time = time;
	ladder->begun = true;
	ladder->note = ladder->arrow = NULL;
	ladder->noted = 0;
}

static bool is_outside(const struct ladder *ladder, unsigned host)
{
	return ladder->outside && (host == 0 || host == last_host(ladder));
}

/* Does what is noted make its host send something? */
static bool sends(const struct lab_event *event)
{
	static const char *const calls[] = {"connect", "send", "shutdown", "close", "destroy"};

	switch (event->kind) {
	case LAB_STATE:
		return event->because.kind != BECAUSE_TIMER &&
			event->because.kind != BECAUSE_UNKNOWN;
	case LAB_CALL:
		for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
			if (strcmp(event->call, calls[i]) == 0)
				return true;
		return false;
	case LAB_PROCESS:
		return true;
	case LAB_SEGMENT:
	case LAB_NOTE:
		break;
	}
	return false;
}

/* Is the note what the arrow led to, at the moment that it came? */
static bool comes_of(const struct rung *note, const struct rung *arrow)
{
	const struct lab_event *event = note->event;
	const struct passage *passage = arrow->event->passage;

	if ((arrow->kind != RUNG_ARROW && arrow->kind != RUNG_ARRIVES) || arrow->delayed)
		return false;
	if (event->kind == LAB_STATE)
		return event->because.kind == BECAUSE_SEGMENT &&
			event->because.segment == passage->n;
	return event->kind == LAB_CALL && event->time == passage->left;
}

/* May it stand in the line in progress? */
static bool joins(const struct ladder *ladder, const struct rung *rung)
{
	unsigned bit = 1u << rung->from;

	if (!ladder->begun || !ladder->outside || rung->kind == RUNG_REMARK ||
		rung->time - ladder->time >= NS_PER_S)
		return false;
	if (rung->kind == RUNG_NOTE)
		return is_outside(ladder, rung->from) && !(ladder->noted & bit) && ladder->arrow &&
			ladder->arrow->to == rung->from && comes_of(rung, ladder->arrow);
	return !ladder->arrow && ladder->noted == bit && sends(ladder->note->event) &&
		rung->time - ladder->time < SENT_LATER && !rung->event->passage->retransmission;
}

/* ------------------------------------------------------------------- notes */

static enum style note_style(const struct rung *rung)
{
	switch (rung->event->kind) {
	case LAB_STATE:
		return STYLE_CYAN;
	case LAB_CALL:
		return rung->event->error ? STYLE_RED : STYLE_BOLD;
	case LAB_SEGMENT:
	case LAB_PROCESS:
	case LAB_NOTE:
		break;
	}
	return STYLE_NONE;
}

static void draw_outside(struct ladder *ladder, const struct rung *rung)
{
	char text[RUNG_TEXT];

	rung_text(&ladder->rungs, rung, ladder->note_level, ladder->line.utf8, text);
	canvas_text(&ladder->line,
		rung->from == 0 ? ladder->time_width : ladder->x[rung->from] + 2, NOTE_MAX - 1,
		text, note_style(rung));
}

/* Beside its life line, within the drawing: the last host's to the left of it. */
static void draw_inside(struct ladder *ladder, const struct rung *rung)
{
	bool leftward = rung->from > 0 && rung->from == last_host(ladder);
	int near = ladder->x[rung->from];
	int far = leftward ? ladder->x[rung->from - 1]
		: rung->from < last_host(ladder) ? ladder->x[rung->from + 1]
						 : ladder->line.width;
	int room = (leftward ? near - far : far - near) - 3, columns;
	char text[RUNG_TEXT];

	rung_text(&ladder->rungs, rung, 0, ladder->line.utf8, text);
	if ((int)text_columns(text, strlen(text)) > room)
		rung_text(&ladder->rungs, rung, 1, ladder->line.utf8, text);
	columns = at_most((int)text_columns(text, strlen(text)), room);
	canvas_text(&ladder->line, leftward ? near - 1 - columns : near + 2, room, text,
		note_style(rung));
}

static void draw_note(struct ladder *ladder, const struct rung *rung)
{
	ladder->note = rung;
	ladder->noted |= 1u << rung->from;
	ladder->inferred |= rung->event->inferred;
	if (is_outside(ladder, rung->from))
		draw_outside(ladder, rung);
	else
		draw_inside(ladder, rung);
}

static void draw_arrow(struct ladder *ladder, const struct rung *rung)
{
	arrow_draw(&ladder->line, &ladder->rungs, rung, ladder->x);
	ladder->arrow = rung;
}

static void draw_remark(struct ladder *ladder, const struct rung *rung)
{
	char text[RUNG_TEXT];
	int x = ladder->x[0] + 2;

	rung_text(&ladder->rungs, rung, 0, ladder->line.utf8, text);
	canvas_text(&ladder->line, x, ladder->line.width - x, text, STYLE_DIM);
	end_line(ladder);
}

/* ------------------------------------------------------------------- whole */

static void draw_names(struct ladder *ladder)
{
	int left = ladder->time_width ? ladder->time_width - 1 : 0;

	canvas_clear(&ladder->line);
	if (ladder->time_width)
		canvas_text(&ladder->line, 0, ladder->time_width, "time", STYLE_DIM);
	for (unsigned i = 0; i < ladder->rungs.host_count; i++) {
		char buf[ADDRESS_TEXT];
		const char *name = rung_host_name(&ladder->rungs.hosts[i], buf);
		int columns = (int)text_columns(name, strlen(name));
		int x = at_most(ladder->x[i] - columns / 2, ladder->line.width - columns);

		canvas_text(&ladder->line, at_least(x, left), columns, name, STYLE_BOLD);
	}
	canvas_print(&ladder->line, ladder->color, ladder->out);
}

static void draw_rung(struct ladder *ladder, const struct rung *rung)
{
	if (rung->kind != RUNG_REMARK && rung->kind != RUNG_NOTE && rung->from == rung->to)
		return; /* it cannot have been on the wire */
	if (!joins(ladder, rung))
		begin_line(ladder, rung->time);
	if (rung->kind == RUNG_NOTE)
		draw_note(ladder, rung);
	else if (rung->kind == RUNG_REMARK)
		draw_remark(ladder, rung);
	else
		draw_arrow(ladder, rung);
}

static void draw_legend(const struct ladder *ladder)
{
	if (ladder->inferred)
		fprintf(ladder->out, "%s inferred: passed through between two looks\n",
			ladder->line.utf8 ? "\u21e2" : "~>");
	if (ladder->rungs.too_many)
		fprintf(ladder->out, "more hosts took part than can be drawn\n");
}

char *ladder_draw(const struct lab_event *const *events, size_t count,
	const struct node *const *nodes, size_t node_count, const struct ladder_format *format)
{
	struct ladder ladder = {.color = format->color,
		.line = {.width = at_most(format->width, CANVAS_MAX), .utf8 = format->utf8}};
	char *text = NULL;
	size_t size;

	ladder.out = open_memstream(&text, &size);
	if (!ladder.out)
		abort();
	rungs_make(&ladder.rungs, events, count, nodes, node_count,
		at_most(RUNG_HOSTS_MAX, (format->width - 1) / GAP_MIN + 1));
	ladder.rungs.ages = format->ages;
	if (ladder.rungs.count && ladder.rungs.host_count) {
		lay_out(&ladder);
		draw_names(&ladder);
		for (size_t i = 0; i < ladder.rungs.count; i++)
			draw_rung(&ladder, &ladder.rungs.at[i]);
		end_line(&ladder);
		draw_legend(&ladder);
	}
	rungs_free(&ladder.rungs);
	if (fclose(ladder.out) != 0)
		abort();
	return text;
}
