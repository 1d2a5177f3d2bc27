/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * command.h - the contract between the command table and its commands: one
 * const row a command gives its parsing, usage, help, Tab completion, man
 * page and test stub.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "netlab.h"

struct cli;
struct item;

/* What a word of a command is; each type parses and completes itself. */
enum arg_type {
	ARG_END,
	ARG_FLAG,      /* a bare keyword: set or not */
	ARG_NODE,      /* value.node */
	ARG_ENDPOINT,  /* a process by name: value.endpoint */
	ARG_SOCKET,    /* an endpoint's socket that can be used: value.socket */
	ARG_SOCKET_SEEN, /* the same, but one that may be closed already: value.socket */
	ARG_TARGET,    /* NODE:PORT or ADDRESS:PORT or [ADDRESS]:PORT: value.address */
	ARG_HOST,      /* NODE or ADDRESS: value.address, port 0 */
	ARG_DIRECTION, /* NODE>NODE: value.from, value.to */
	ARG_DIRECTIONS, /* of links: A>B, A-B (both) or all: value.directions, .from, .to */
	ARG_ROUTER,    /* a node that forwards: value.node */
	ARG_PEER,      /* a node that the first argument's is linked to: value.node, value.link */
	ARG_LINK_END,  /* NODE or NODE:INTERFACE: value.node, value.interface */
	ARG_CIDR,      /* ADDRESS/LENGTH of an interface: value.address, value.prefix_length */
	ARG_PREFIX,    /* NETWORK/LENGTH, ADDRESS: the same; default: family 0; NODE: value.node */
	ARG_TIMES,     /* 0 to 1,000,000, or a {formula} of that: value.number */
	ARG_PORT,      /* 1 to 65535: value.number */
	ARG_COUNT,     /* 1 to 1,000,000: value.number */
	ARG_NUMBER,    /* 0 to 4,294,967,295: value.number */
	ARG_TIME,      /* 250us 40ms 1.5s 2min, a bare number is seconds: value.ns */
	ARG_STATE,     /* a TCP state's name: value.state */
	ARG_ERRNO,     /* ECONNREFUSED: value.number */
	ARG_NAME,      /* a new name: value.text (letter first, 1 to 15 of [A-Za-z0-9_-]) */
	ARG_CHOICE,    /* one of arg.choices: value.text, value.number its index */
	ARG_FLAGS,     /* tcpdump's flag letters, with or without brackets: value.number */
	ARG_TEXT,      /* any one word: value.text */
	ARG_SYSCTL,    /* KEY or KEY=VALUE: value.text */
	ARG_OWNER,     /* a node, an endpoint, both by one name, or a socket: value.node,
			  .endpoint, .socket, those that it is */
	ARG_OPTION,    /* the name of an option: value.text */
	ARG_FILE,      /* a path: value.text */
	ARG_TOPOLOGY,  /* a topology's name or a path: value.text */
	ARG_LESSON,    /* a lesson's */
	ARG_PROBLEM,   /* a problem's */
	ARG_EXERCISE,  /* an exercise's */
	ARG_COMMAND,   /* a command's name: value.text */
	ARG_REST,      /* all words that are left, at least one unless optional: value.words */
	ARG_NODES,     /* the same, each a node's name */
	ARG_NEW_NODES, /* the same, each a new node's name */
	ARG_NETEM,     /* the same, netem's words: value.netem, the change that they make */
	/* the same, selector.h's words, and the keyword of arg.choices with one more */
	ARG_SEGMENTS,
	ARG_COMMAND_LINE, /* the same, but they are a command of their own (completes so) */
};

#define ARG_OPTIONAL 0x1

/* One word, or a keyword and the word behind it. Positional ones come in the
 * order of the table, an optional one is passed over for a word that could not be
 * it; those with a keyword in any order after them. */
struct arg {
	enum arg_type type;
	const char *name;     /* as usage shows it: "NODE"; for ARG_CHOICE may be NULL */
	const char *keyword;  /* "as", "from", "within"; NULL: positional */
	unsigned flags;
	const char *choices;  /* ARG_CHOICE: "rd|wr|rdwr" */
};

#define COMMAND_ARGS_MAX 8

/* What ARG_DIRECTIONS names. */
enum directions {
	DIRECTIONS_ONE,	 /* what enters at value.from and leaves at value.to */
	DIRECTIONS_BOTH, /* of their link */
	DIRECTIONS_ALL,	 /* of all links */
};

struct value {
	bool set;
	const char *text;     /* as typed, unquoted; borrowed from the item */
	int64_t number;
	int64_t ns;
	enum tcp_state state;
	struct node *node, *from, *to;
	struct endpoint *endpoint;
	struct tcp_socket *socket;
	enum directions directions;
	struct link *link;
	struct address address;
	int prefix_length;
	const char *interface; /* borrowed from the item; NULL: none was named */
	struct netem netem;
	char **words;         /* ARG_REST: NULL-terminated; borrowed from the item */
	int word_count;
};

enum result {
	RESULT_OK,
	RESULT_FAILED, /* item->cause says why */
	RESULT_WAIT,   /* item_done() will be called later; the queue waits */
};

/* exec may be called with the lab absent (cli->lab NULL) only when
 * COMMAND_NO_LAB is set. */
#define COMMAND_NO_LAB	 0x1 /* needs no lab */
#define COMMAND_TABLE	 0x2 /* the socket table is printed after it, if anything changed */
#define COMMAND_CHECK	 0x4 /* expect, wait: does not begin a new window of events */
#define COMMAND_INTERACTIVE 0x8 /* refused in scripts */
/* echo, sleep, help: not about the lab, the window of events goes on */
#define COMMAND_ASIDE	 0x10
#define COMMAND_QUIET	 0x40 /* say, ask, expect: a lesson does not show that it was given */

struct command {
	const char *name;
	const char *summary;  /* one line, lower case, no full stop */
	const char *details;  /* a paragraph or two, or NULL */
	const char *example;  /* one line that works after `listen server 80` and
				 `connect client server:80`; the test stub runs it */
	const char *group;    /* heading in help: "Endpoints" */
	unsigned flags;
	struct arg args[COMMAND_ARGS_MAX + 1]; /* ends with ARG_END */
	enum result (*exec)(struct item *item);
	void (*cancel)(struct item *item); /* Ctrl-C while it waits; may be NULL */
};

/* A command line in the queue. */
struct item {
	struct cli *cli;
	const struct command *command;
	struct value values[COMMAND_ARGS_MAX]; /* by index of command->args */
	struct cause cause;
	const char *file;     /* where it was written; NULL: typed at the prompt */
	unsigned line;
	char *text;           /* the line as written */
	bool shown;           /* part of a lesson: printed as if it were typed */
	void *data;           /* the command's own, while it waits */
	struct item *parent;  /* `expect error`: the item that runs this one; or NULL */
	void (*finished)(struct item *item, bool ok); /* parent's hook, or NULL */
	void (*ended)(struct item *item, bool ok); /* set by exec: called once when the item
						      has ended, however; or NULL */
	/* the rest belongs to queue.c */
	struct queue_entry *entry;
};

/* End a waiting item, from a callback. When !ok, item->cause says why. */
void item_done(struct item *item, bool ok);

/* Run words as a command of its own inside `item`; `finished` is called with
 * the inner item when it has ended (the inner item is freed after that), and
 * no failure is reported for it. -1: it does not parse, cause in
 * item->cause. */
int item_run_inner(struct item *item, char **words, int count,
	void (*finished)(struct item *inner, bool ok));

/* All commands, NULL-terminated, in order of help. Defined in commands.c, the
 * one place where a new command's row is named. */
extern const struct command *const commands[];

#endif
