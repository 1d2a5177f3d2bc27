/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * queue.h - commands one after another, from a stack of sources (the typed
 * line, -c, scripts, scripts inside scripts, repetitions). A command may wait;
 * the queue is parked until item_done() and the loop runs on.
 *
 * A failure ends its source and those around it, down to the prompt or the
 * program's end, unless cli->keep_going. An item whose cause has no text fails
 * silently: it has been told already.
 */
#ifndef CLI_QUEUE_H
#define CLI_QUEUE_H

#include <stdbool.h>

#include "command.h"
#include "lex.h"

struct cli;
struct queue;

#define QUEUE_NESTING_MAX 16 /* sources inside sources */

/* A queue for the cli's base; the caller sets cli->queue. It runs only inside
 * the loop. queue_free() drops what is left, waiting items are cancelled. */
struct queue *queue_new(struct cli *cli);
void queue_free(struct queue *queue);

/* Commands to be run after those that are there already: a text of one or more
 * lines, or a script ("-": stdin), opened when its turn comes. `file` as for
 * struct item; with `count_commands` an item's line is the number of the
 * command, not of the line. Both texts are copied. */
void queue_add_text(struct queue *queue, const char *text, const char *file, bool count_commands);
void queue_add_script(struct queue *queue, const char *path);

/* For the exec of a command, which then returns RESULT_WAIT and is ended by the
 * queue: run a script inside `item`; its `words` are $1, $2, ... -1: too deep, it
 * runs already, it cannot be read; cause in item->cause. */
#define RUN_WHOLE 0x1 /* its first failure ends it, also for those who go on otherwise */
#define RUN_SHOWN 0x2 /* its commands are shown as if they were typed */
int queue_run_script(struct item *item, const char *path, char **words, int count, unsigned how);
/* The same: run one command `times` times, its {formulas} filled in; what runs once
 * is shown as `item` would be. -1 when too deep. */
int queue_run_repeat(struct item *item, int64_t times, char **words, int count);
/* Run what was typed while `item` waits, which waits on: a failure is told and
 * is nobody else's, Ctrl-C throws away that line alone. `ended` is called when
 * it is over. -1 when too deep. */
int queue_run_typed(struct item *item, const char *line, void (*ended)(struct item *item));

/* Ctrl-C: cancel the item that waits, throw away all that is queued, or was typed
 * last. Items around it end as failed without a word. */
void queue_interrupt(struct queue *queue);

/* Told before and after every command, inner ones (item->parent set) included;
 * `after` comes when an error has been printed. Either may be NULL. */
void queue_set_hooks(struct queue *queue, void (*before)(void *arg, struct item *item),
	void (*after)(void *arg, struct item *item, bool ok), void *arg);

/* Called from the loop each time the queue has run empty. */
void queue_set_idle(struct queue *queue, void (*idle)(void *arg), void *arg);
/* The same each time before it waits for anything or has run empty. */
void queue_set_rest(struct queue *queue, void (*rest)(void *arg), void *arg);

/* Has the queue nothing to do? Is it, now, inside a command's exec or hook? */
bool queue_is_idle(const struct queue *queue);
bool queue_is_running(const struct queue *queue);

#endif
