/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * entry.h - the frames of the queue's stack, for queue.c and entry.c alone.
 */
#ifndef CLI_ENTRY_H
#define CLI_ENTRY_H

#include "command.h"
#include "lex.h"

struct cli;
struct event;
struct source;

enum entry_state { ENTRY_READY, ENTRY_RUNNING, ENTRY_WAITING };

/* A frame is one of the two: a source, or an item. */
struct queue_entry {
	struct queue_entry *below;
	struct queue *queue;
	struct source *source; /* NULL: an item */
	bool failed;	       /* source: one of its commands */
	bool stopped;	       /* source: takes no more commands */
	bool whole;	       /* source: nothing of it, once something has failed */
	bool shown;	       /* source: its items are */
	void (*typed)(struct item *owner); /* source: typed while its owner waits */
	struct item item;      /* source: only its cause, why it failed */
	enum entry_state state;
	bool done, ok; /* item: it has ended, and how */
	bool begun;    /* item: `before` was called */
	bool told;     /* item: its failure was printed already */
	char **words;
	int count;
};

struct queue {
	struct cli *cli;
	struct queue_entry *top;
	struct event *turn;	/* a timer of no time */
	struct event *readable; /* while a script has nothing to read */
	bool running, was_busy;
	void (*before)(void *arg, struct item *item);
	void (*after)(void *arg, struct item *item, bool ok);
	void *hook_arg;
	void (*idle)(void *arg);
	void *idle_arg;
	void (*rest)(void *arg);
	void *rest_arg;
	struct lex_words words; /* scratch */
};

/* Have the queue take its next turn, from the loop. */
void queue_wake(struct queue *queue);

/* Print an error (unless the text is empty), with the line that called for the script
 * that it is in, and let the exit status know. */
void queue_report(struct queue *queue, const struct item *item, const char *text);
/* The same, but not inside an inner item, whose parent is told instead. */
void queue_fail(struct queue *queue, const struct item *item, const char *text);

/* Does a failure end the source on the top of the stack? Always where the whole
 * is all that counts, else unless the user wants to go on. What was typed
 * meanwhile stands by itself, here and below. */
bool entry_stops(const struct queue *queue);

/* Is an inner item among the frames? */
bool entry_is_inner(const struct queue *queue);

/* A frame for the caller to fill in and push; entry_free() takes what it holds. */
struct queue_entry *entry_new(struct queue *queue);
/* An item of these words, which are copied; `file` is borrowed. */
struct queue_entry *entry_item(
	struct queue *queue, char **words, int count, const char *file, unsigned line);
void entry_free(struct queue_entry *entry);
void entry_push(struct queue_entry *entry);
struct queue_entry *entry_pop(struct queue *queue);

/* READY to RUNNING to WAITING: parse and exec. */
void entry_start(struct queue_entry *entry);
/* The item has ended; what follows is done by entry_finish() in its turn. */
void entry_end(struct queue_entry *entry, bool ok);
/* Report the ended item on the top of the stack, pop and free it. */
void entry_finish(struct queue *queue);

/* May one more source or inner command be pushed? */
int entry_check_depth(const struct queue *queue, struct cause *cause);

#endif
