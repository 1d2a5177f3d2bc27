/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * entry.c - the life of an item in the queue: made, parsed, begun, ended, told.
 */
#include "entry.h"

#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "allowance.h"
#include "queue.h"
#include "source.h"
#include "verb.h"

void queue_wake(struct queue *queue)
{
	/* A timer, not event_active(): that would come before all input. */
	evtimer_add(queue->turn, &(struct timeval){0});
}

void entry_push(struct queue_entry *entry)
{
	entry->below = entry->queue->top;
	entry->queue->top = entry;
	queue_wake(entry->queue);
}

struct queue_entry *entry_pop(struct queue *queue)
{
	struct queue_entry *entry = queue->top;

	queue->top = entry->below;
	return entry;
}

struct queue_entry *entry_new(struct queue *queue)
{
	struct queue_entry *entry = calloc(1, sizeof *entry);

	if (!entry)
		abort();
	entry->queue = queue;
	queue->was_busy = true;
	return entry;
}

void entry_free(struct queue_entry *entry)
{
	if (entry->source)
		source_free(entry->source);
	words_free(entry->words);
	free(entry->item.text);
	free(entry);
}

struct queue_entry *entry_item(
	struct queue *queue, char **words, int count, const char *file, unsigned line)
{
	struct queue_entry *entry = entry_new(queue);

	entry->words = words_copy(words, count);
	entry->count = count;
	entry->item = (struct item){.cli = queue->cli,
		.file = file,
		.line = line,
		.text = words_join(words, count),
		.entry = entry};
	return entry;
}

/* May this command be run here and now? */
static int check_allowed(const struct item *item, struct cause *cause)
{
	if ((item->command->flags & COMMAND_INTERACTIVE) && (item->file || !item->cli->interactive))
		return cause_set(cause, EPERM,
			"%s works at the prompt only; take it out of the script",
			item->command->name);
	if (!(item->command->flags & COMMAND_NO_LAB) && !item->cli->lab)
		return cause_set(cause, ENOENT, "there is no lab yet; make one by `topology pair`");
	return 0;
}

static int parse(struct queue_entry *entry, struct cause *cause)
{
	struct item *item = &entry->item;

	item->command = verb_resolve(item->cli->lab, entry->words, entry->count, cause);
	if (!item->command || check_allowed(item, cause) < 0)
		return -1;
	if (args_parse(item->cli->lab, item->command, entry->words + 1, entry->count - 1,
		    item->values, cause) < 0)
		return -1;
	return item->cli->allowance ? allowance_check(item->cli->allowance, item, cause) : 0;
}

void entry_end(struct queue_entry *entry, bool ok)
{
	entry->done = true;
	entry->ok = ok;
}

void entry_start(struct queue_entry *entry)
{
	struct queue *queue = entry->queue;
	enum result result;

	/* An inner item was parsed when it was made. */
	if (!entry->item.command && parse(entry, &entry->item.cause) < 0) {
		entry->state = ENTRY_WAITING;
		entry_end(entry, false);
		return;
	}
	entry->state = ENTRY_RUNNING;
	entry->begun = true;
	if (queue->before)
		queue->before(queue->hook_arg, &entry->item);
	result = entry->item.command->exec(&entry->item);
	entry->state = ENTRY_WAITING;
	if (result != RESULT_WAIT)
		entry_end(entry, result == RESULT_OK);
}

bool entry_stops(const struct queue *queue)
{
	const struct queue_entry *entry;

	for (entry = queue->top; entry && !entry->typed; entry = entry->below)
		if (entry->whole)
			return true;
	return !queue->cli->keep_going;
}

/* Does somebody else, such as `expect error`, wait for a failure here? */
bool entry_is_inner(const struct queue *queue)
{
	const struct queue_entry *entry;

	for (entry = queue->top; entry && !entry->typed; entry = entry->below)
		if (!entry->source && entry->item.parent)
			return true;
	return false;
}

/* The command that runs the script that the item is of, if it is written elsewhere. */
static const struct item *caller(const struct queue *queue, const struct item *item)
{
	const struct queue_entry *entry;

	if (!item || !item->file)
		return NULL;
	for (entry = queue->top; entry && !entry->typed; entry = entry->below) {
		const struct item *owner = &entry->item;

		if (!entry->source && owner->file && strcmp(owner->file, item->file) != 0)
			return owner;
	}
	return NULL;
}

void queue_report(struct queue *queue, const struct item *item, const char *text)
{
	const struct item *from = caller(queue, item);
	char *whole;

	if (!queue->cli->interactive)
		queue->cli->exit_status = 1;
	if (!text[0])
		return;
	if (!from) {
		out_error(queue->cli, item, text);
		return;
	}
	if (asprintf(&whole, "%s (from %s:%u)", text, from->file, from->line) < 0)
		abort();
	out_error(queue->cli, item, whole);
	free(whole);
}

void queue_fail(struct queue *queue, const struct item *item, const char *text)
{
	if (!entry_is_inner(queue))
		queue_report(queue, item, text);
}

/* The outer command of an inner one hears of its end. */
static void tell_parent(struct queue_entry *entry)
{
	struct item *item = &entry->item;

	if (item->finished) {
		item->finished(item, entry->ok);
		return;
	}
	item->parent->cause = item->cause;
	item->parent->entry->told = entry->told;
	item_done(item->parent, entry->ok);
}

void entry_finish(struct queue *queue)
{
	struct queue_entry *entry = entry_pop(queue);
	struct item *item = &entry->item;

	if (item->ended)
		item->ended(item, entry->ok);
	if (!entry->ok && !entry->told && !item->parent)
		queue_fail(queue, item, item->cause.text);
	if (entry->begun && queue->after)
		queue->after(queue->hook_arg, item, entry->ok);
	if (item->parent) {
		tell_parent(entry);
	} else if (!entry->ok) {
		queue->top->failed = true;
		queue->top->item.cause = item->cause;
		queue->top->stopped = entry_stops(queue);
	}
	fflush(stdout);
	entry_free(entry);
}

void item_done(struct item *item, bool ok)
{
	entry_end(item->entry, ok);
	queue_wake(item->entry->queue);
}

static int depth(const struct queue *queue)
{
	const struct queue_entry *entry;
	int count = 0;

	for (entry = queue->top; entry; entry = entry->below)
		count += !entry->source;
	return count;
}

int entry_check_depth(const struct queue *queue, struct cause *cause)
{
	if (depth(queue) > QUEUE_NESTING_MAX)
		return cause_set(cause, ELOOP,
			"commands inside commands more than %d deep; "
			"does a script source itself through another?",
			QUEUE_NESTING_MAX);
	return 0;
}

int item_run_inner(
	struct item *item, char **words, int count, void (*finished)(struct item *inner, bool ok))
{
	struct queue *queue = item->entry->queue;
	struct queue_entry *entry;

	if (entry_check_depth(queue, &item->cause) < 0)
		return -1;
	entry = entry_item(queue, words, count, item->file, item->line);
	entry->item.parent = item;
	entry->item.finished = finished;
	entry->item.shown = item->shown && (item->command->flags & COMMAND_QUIET);
	if (parse(entry, &item->cause) < 0) {
		entry_free(entry);
		return -1;
	}
	entry_push(entry);
	return 0;
}
