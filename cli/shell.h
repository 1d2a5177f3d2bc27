/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * shell.h - the prompt: line editing, history, Tab, and the terminal as it was
 * found. See cli.h for printing above the prompt.
 */
#ifndef CLI_SHELL_H
#define CLI_SHELL_H

#include <stdbool.h>

struct cli;

/* Take over the terminal; the first prompt comes with shell_idle(). */
void shell_begin(struct cli *cli);
/* The queue has nothing to do: ask for a line. */
void shell_idle(struct cli *cli);
/* What a command that waits asks; while it does, what happens is printed above
 * it. All is borrowed until `take` is called, once, with the line (NULL: Ctrl-D),
 * which is borrowed as well. */
struct shell_question {
	const char *prompt;
	bool commands; /* the answer may be a command: Tab, history */
	void (*take)(void *arg, const char *line);
	void *arg;
};
void shell_ask(struct cli *cli, const struct shell_question *question);
/* Ask no more; `take` is not called. */
void shell_unask(struct cli *cli);
/* Take the question and its answer off the screen, where each is in a line. */
void shell_unprint(struct cli *cli);
/* Is a line begun, at the prompt or at a question? */
bool shell_has_typed(const struct cli *cli);
/* Ctrl-C: clear the line at the prompt. */
void shell_interrupt(struct cli *cli);
/* The terminal's size has changed; netlab is about to be stopped by Ctrl-Z, and
 * goes on. */
void shell_resize(struct cli *cli);
void shell_suspend(struct cli *cli);
/* Another program gets the terminal, which netlab may not print on meanwhile,
 * until shell_take_back(): with the modes that it had, whoever changed them. */
void shell_lend(struct cli *cli);
bool shell_is_lent(const struct cli *cli);
void shell_take_back(struct cli *cli);
/* Give the terminal back and keep the history. May be called twice. */
void shell_end(struct cli *cli);

#endif
