/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * queue.c - the command queue: one stack of frames, of which the top is at
 * work. A frame is a source of commands or an item (a command being run).
 *
 *	source			fetches the next command, pushes an item
 *	item above a source	one of its commands
 *	source above an item	`source`, `repeat`: its end is the item's end; or what
 *				was typed meanwhile: the item waits on
 *	item above an item	an inner command: its end is told to the outer one
 *
 * An item is READY when pushed, RUNNING inside exec, then WAITING until it is
 * done. Everything happens in queue_turn(), a bounded batch in each round of the
 * loop, so nothing recurses and the loop stays alive.
 */
#include "queue.h"

#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "entry.h"
#include "formula.h"
#include "source.h"

#define BATCH 64 /* steps in one round of the loop */

/* ---------------------------------------------------------------- sources */

static struct queue_entry *source_entry(struct queue *queue, struct source *source)
{
	struct queue_entry *entry = entry_new(queue);

	entry->source = source;
	return entry;
}

static void drop_all(struct queue *queue)
{
	while (queue->top)
		entry_free(entry_pop(queue));
}

static void end_source(struct queue *queue)
{
	struct queue_entry *entry = entry_pop(queue);
	struct queue_entry *owner = entry->below && !entry->below->source ? entry->below : NULL;

	if (entry->typed) {
		entry->typed(&owner->item);
	} else if (owner) {
		owner->told = !entry_is_inner(queue);
		if (entry->failed)
			owner->item.cause = entry->item.cause;
		entry_end(owner, !entry->failed);
	} else if (entry->failed && !queue->cli->keep_going) {
		drop_all(queue);
	}
	entry_free(entry);
}

static void readable(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	queue_wake(arg);
}

static void wait_readable(struct queue *queue, int fd)
{
	if (queue->readable)
		event_free(queue->readable);
	queue->readable = event_new(queue->cli->base, fd, EV_READ, readable, queue);
	if (!queue->readable || event_add(queue->readable, NULL) < 0)
		abort();
}

static void stop_waiting(struct queue *queue)
{
	if (queue->readable)
		event_free(queue->readable);
	queue->readable = NULL;
}

static void source_failed(struct queue_entry *entry, struct cause *cause)
{
	struct item where = {.file = entry->source->line ? entry->source->file : NULL,
		.line = source_line(entry->source)};

	entry->failed = true;
	entry->item.cause = *cause;
	/* what cannot be read at all has no next command */
	entry->stopped = entry_stops(entry->queue) || !entry->source->line;
	queue_fail(entry->queue, &where, cause->text);
	fflush(stdout);
}

/* One step of a source; false when it has to wait for its file. */
static bool run_source(struct queue_entry *entry)
{
	struct queue *queue = entry->queue;
	struct cause cause;

	if (entry->stopped) {
		end_source(queue);
		return true;
	}
	stop_waiting(queue);
	switch (source_next(entry->source, &queue->words, &cause)) {
	case SOURCE_COMMAND:
		entry_push(entry_item(queue, queue->words.word, queue->words.count,
			entry->source->file, source_line(entry->source)));
		queue->top->item.shown = entry->shown;
		return true;
	case SOURCE_NOTHING:
		return true;
	case SOURCE_AGAIN:
		wait_readable(queue, reader_fd(entry->source->reader));
		return false;
	case SOURCE_END:
		entry->stopped = true;
		return true;
	case SOURCE_FAILED:
		source_failed(entry, &cause);
		return true;
	}
	return false;
}

/* ------------------------------------------------------------------- turns */

/* One step of the top frame; false when it waits. */
static bool run_top(struct queue *queue)
{
	struct queue_entry *entry = queue->top;

	if (entry->source)
		return run_source(entry);
	if (entry->state == ENTRY_READY)
		entry_start(entry);
	else if (entry->done)
		entry_finish(queue);
	else
		return false;
	return true;
}

static void queue_turn(int fd, short what, void *arg)
{
	struct queue *queue = arg;
	bool more = true;
	int i;

	(void)fd;
	(void)what;
	queue->running = true;
	for (i = 0; i < BATCH && more && queue->top && !queue->cli->quitting; i++)
		more = run_top(queue);
	queue->running = false;
	if ((!more || !queue->top) && queue->rest)
		queue->rest(queue->rest_arg);
	fflush(stdout);
	if (queue->cli->quitting)
		queue_interrupt(queue);
	if (queue->top && more)
		queue_wake(queue);
	if (!queue->top && queue->was_busy) {
		queue->was_busy = false;
		if (queue->idle)
			queue->idle(queue->idle_arg);
	}
}

static void cancel_command(struct queue_entry *entry)
{
	struct item *item = &entry->item;

	if (entry->state != ENTRY_WAITING || entry->done || !item->command)
		return;
	if (item->command->cancel)
		item->command->cancel(item);
	else if (item->cli->lab)
		lab_cancel(item->cli->lab, item);
}

/* Those around the one that was interrupted have nothing to add, and who leaves a
 * lesson at its pause is told so by the lesson. */
static bool throw_away(struct queue_entry *entry, bool quiet)
{
	struct queue *queue = entry->queue;
	struct item *item = &entry->item;

	cancel_command(entry);
	if (!entry->source && item->ended)
		item->ended(item, false);
	if (!entry->source && !quiet) {
		cause_set(&item->cause, EINTR, "interrupted");
		if (!item->command || !(item->command->flags & COMMAND_QUIET))
			queue_report(queue, item, item->cause.text);
		quiet = true;
	}
	if (entry->begun && queue->after)
		queue->after(queue->hook_arg, item, entry->done && entry->ok);
	return quiet;
}

void queue_interrupt(struct queue *queue)
{
	bool quiet = queue->cli->quitting;
	void (*typed)(struct item *owner) = NULL;

	if (!queue->top)
		return;
	stop_waiting(queue);
	while (queue->top && !typed) {
		struct queue_entry *entry = entry_pop(queue);

		quiet |= throw_away(entry, quiet);
		typed = queue->cli->quitting ? NULL : entry->typed;
		entry_free(entry);
	}
	if (!quiet)
		queue_report(queue, NULL, "interrupted");
	if (typed)
		typed(&queue->top->item);
	queue_wake(queue);
}

/* --------------------------------------------------------------- interface */

/* Below all that is there. */
static void add(struct queue *queue, struct source *source)
{
	struct queue_entry *entry = source_entry(queue, source), **at = &queue->top;

	while (*at)
		at = &(*at)->below;
	*at = entry;
	queue_wake(queue);
}

void queue_add_text(struct queue *queue, const char *text, const char *file, bool count_commands)
{
	add(queue, source_text(text, file, count_commands));
}

void queue_add_script(struct queue *queue, const char *path)
{
	add(queue, source_script(path, NULL, 0));
}

/* Is the script that `source` reads being read further down? */
static int check_loop(const struct queue *queue, const struct source *source, struct cause *cause)
{
	const struct queue_entry *entry;

	for (entry = queue->top; entry; entry = entry->below)
		if (entry->source && entry->source->reader &&
			reader_same(entry->source->reader, source->reader))
			return cause_set(cause, ELOOP,
				"%s is running already and would source itself for ever; "
				"use repeat, or source another file",
				source->path);
	return 0;
}

int queue_run_script(struct item *item, const char *path, char **words, int count, unsigned how)
{
	struct queue *queue = item->entry->queue;
	struct source *source;

	if (entry_check_depth(queue, &item->cause) < 0)
		return -1;
	source = source_script(path, words, count);
	if (source_open(source, &item->cause) < 0 || check_loop(queue, source, &item->cause) < 0) {
		source_free(source);
		return -1;
	}
	entry_push(source_entry(queue, source));
	queue->top->whole = how & RUN_WHOLE;
	queue->top->shown = how & RUN_SHOWN;
	return 0;
}

int queue_run_typed(struct item *item, const char *line, void (*ended)(struct item *item))
{
	struct queue *queue = item->entry->queue;

	if (entry_check_depth(queue, &item->cause) < 0)
		return -1;
	entry_push(source_entry(queue, source_text(line, NULL, false)));
	queue->top->typed = ended;
	return 0;
}

/* The counter of a repetition inside those that are at work; 0: no more. */
static char next_counter(const struct queue *queue)
{
	const struct queue_entry *entry;
	size_t deep = 0;

	for (entry = queue->top; entry; entry = entry->below)
		if (entry->source && !source_is_repeat(entry->source))
			break;
		else if (entry->source)
			deep++;
	return deep < strlen(FORMULA_COUNTERS) ? FORMULA_COUNTERS[deep] : 0;
}

int queue_run_repeat(struct item *item, int64_t times, char **words, int count)
{
	struct queue *queue = item->entry->queue;

	if (entry_check_depth(queue, &item->cause) < 0)
		return -1;
	entry_push(source_entry(queue, source_repeat(times, next_counter(queue), words, count,
					       item->file, item->line)));
	queue->top->shown = item->shown && times == 1;
	return 0;
}

struct queue *queue_new(struct cli *cli)
{
	struct queue *queue = calloc(1, sizeof *queue);

	if (!queue)
		abort();
	queue->cli = cli;
	queue->turn = evtimer_new(cli->base, queue_turn, queue);
	if (!queue->turn)
		abort();
	return queue;
}

void queue_free(struct queue *queue)
{
	if (!queue)
		return;
	queue->cli->quitting = true;
	queue_interrupt(queue);
	event_free(queue->turn);
	free(queue);
}

void queue_set_hooks(struct queue *queue, void (*before)(void *arg, struct item *item),
	void (*after)(void *arg, struct item *item, bool ok), void *arg)
{
	queue->before = before;
	queue->after = after;
	queue->hook_arg = arg;
}

void queue_set_idle(struct queue *queue, void (*idle)(void *arg), void *arg)
{
	queue->idle = idle;
	queue->idle_arg = arg;
}

void queue_set_rest(struct queue *queue, void (*rest)(void *arg), void *arg)
{
	queue->rest = rest;
	queue->rest_arg = arg;
}

bool queue_is_idle(const struct queue *queue)
{
	return !queue->top;
}

bool queue_is_running(const struct queue *queue)
{
	return queue->running;
}
