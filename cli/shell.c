/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * shell.c - the prompt, and the only file that sees readline: its callback
 * interface inside the loop, its completion and its history. Neither the words
 * for Tab (complete.c) nor the file of the history (historyfile.c) are here.
 *
 * The prompt is either up (readline holds the terminal, stdin is watched) or
 * down (a command runs, the terminal is as it was found, what is typed stays in
 * it). While it is up, printing hides and shows it. While it is down, the
 * terminal may be lent to another program, or a command that waits may ask its
 * own question, which is a prompt as well.
 */
#include "shell.h"

#include <event2/event.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
/* these need stdio.h before them */
#include <readline/readline.h>
#include <readline/history.h>

#include "cli.h"
#include "complete.h"
#include "historyfile.h"
#include "queue.h"

#define HISTORY_LINES 1000
#define PROMPT "netlab> "

/* readline itself is global, and so is this. */
static struct {
	struct cli *cli;
	struct event *input;
	struct event *asks; /* a timer of no time */
	bool up;
	int hidden; /* depth of shell_hide_prompt() */
	struct shell_question question; /* take NULL: none */
	bool lent;
	struct termios modes; /* before that */
	const char *history; /* its file; NULL: none is kept */
} shell;

/* ----------------------------------------------------------------- history */

static void history_begin(void)
{
	using_history();
	stifle_history(HISTORY_LINES);
	shell.history = historyfile_begin();
	if (shell.history)
		read_history(shell.history);
}

static void history_keep(const char *line)
{
	HIST_ENTRY *last = history_get(history_base + history_length - 1);
	int lock;

	if (line[strspn(line, " \t")] == '\0' || line[0] == ' ' ||
		(last && strcmp(last->line, line) == 0))
		return;
	add_history(line);
	lock = historyfile_lock();
	if (lock < 0)
		return;
	append_history(1, shell.history);
	close(lock);
}

static void history_end(void)
{
	int lock = historyfile_lock();

	if (lock < 0)
		return;
	history_truncate_file(shell.history, HISTORY_LINES);
	close(lock);
}

/* ------------------------------------------------------------------- lines */

static void prompt_down(void)
{
	if (!shell.up)
		return;
	shell.up = false;
	event_del(shell.input);
	rl_callback_handler_remove();
}

static void leave(void)
{
	fputs("\n", stdout);
	fflush(stdout);
	shell.cli->quitting = true;
	event_base_loopbreak(shell.cli->base);
}

/* A paste may hold several lines. */
static void keep_lines(char *text)
{
	char *line, *rest = text;

	while ((line = strsep(&rest, "\n")))
		history_keep(line);
}

static void take_answer(char *line)
{
	struct shell_question question = shell.question;

	shell.question.take = NULL;
	if (question.commands && line)
		keep_lines(line);
	if (!line)
		fputs("\n", stdout);
	question.take(question.arg, line);
	free(line);
}

static void take_line(char *line)
{
	prompt_down();
	if (shell.question.take) {
		take_answer(line);
		return;
	}
	if (!line) {
		leave();
		return;
	}
	shell.cli->gap = shell.cli->blank = false;
	queue_add_text(shell.cli->queue, line, NULL, false);
	keep_lines(line);
	free(line);
}

static void read_input(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	rl_callback_read_char();
}

static void prompt_up(const char *prompt)
{
	if (shell.up || !shell.input)
		return;
	fflush(stdout);
	shell.up = true;
	shell.hidden = 0;
	rl_callback_handler_install(prompt, take_line);
	event_add(shell.input, NULL);
}

void shell_idle(struct cli *cli)
{
	(void)cli;
	prompt_up(PROMPT);
}

static void put_question(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	prompt_up(shell.question.prompt);
}

/* From the loop: it may be asked from where readline gives the last answer. */
void shell_ask(struct cli *cli, const struct shell_question *question)
{
	(void)cli;
	shell.question = *question;
	evtimer_add(shell.asks, &(struct timeval){0});
}

void shell_unask(struct cli *cli)
{
	(void)cli;
	if (!shell.question.take)
		return;
	shell.question.take = NULL;
	event_del(shell.asks);
	prompt_down();
}

void shell_unprint(struct cli *cli)
{
	(void)cli;
	fputs("\033[A\r\033[K", stdout);
	fflush(stdout);
}

/* -------------------------------------------------------------- completion */

static char **complete(const char *text, int start, int end)
{
	struct completion found;
	char **matches;

	(void)text;
	rl_attempted_completion_over = 1; /* no file names instead */
	if (shell.question.take && !shell.question.commands)
		return NULL;
	complete_line(shell.cli->lab, rl_line_buffer, (size_t)end, &found);
	rl_completion_append_character = found.append;
	matches = complete_matches(&found, rl_line_buffer, (size_t)start);
	completion_free(&found);
	return matches;
}

static int is_escaped(char *text, int index)
{
	int slashes = 0;

	while (index > slashes && text[index - slashes - 1] == '\\')
		slashes++;
	return slashes % 2;
}

/* ---------------------------------------------------------------- terminal */

void shell_hide_prompt(struct cli *cli)
{
	(void)cli;
	if (!shell.up || shell.hidden++ > 0)
		return;
	rl_clear_visible_line();
	fflush(stdout);
}

void shell_show_prompt(struct cli *cli)
{
	(void)cli;
	if (!shell.up || --shell.hidden > 0)
		return;
	fflush(stdout);
	rl_on_new_line();
	rl_redisplay();
}

bool shell_has_typed(const struct cli *cli)
{
	(void)cli;
	return shell.up && rl_end > 0;
}

void shell_interrupt(struct cli *cli)
{
	(void)cli;
	if (!shell.up)
		return;
	rl_free_line_state();
	rl_callback_sigcleanup();
	rl_point = rl_end; /* "^C" goes behind the last row of a long line */
	rl_redisplay();
	fputs("^C\n", stdout);
	rl_replace_line("", 1);
	rl_on_new_line();
	rl_redisplay();
}

void shell_resize(struct cli *cli)
{
	(void)cli;
	if (shell.up)
		rl_resize_terminal();
	else
		rl_reset_screen_size();
}

void shell_suspend(struct cli *cli)
{
	(void)cli;
	if (shell.up)
		rl_deprep_term_function();
	fflush(stdout);
	raise(SIGSTOP);
	if (!shell.up)
		return;
	rl_prep_term_function(1);
	rl_on_new_line();
	rl_forced_update_display();
}

void shell_lend(struct cli *cli)
{
	(void)cli;
	prompt_down();
	fflush(stdout);
	tcgetattr(STDIN_FILENO, &shell.modes);
	shell.lent = true;
}

bool shell_is_lent(const struct cli *cli)
{
	(void)cli;
	return shell.lent;
}

void shell_take_back(struct cli *cli)
{
	sigset_t tty_output, before;

	(void)cli;
	if (!shell.lent)
		return;
	shell.lent = false;
	/* the terminal stops whoever takes it from the background */
	sigemptyset(&tty_output);
	sigaddset(&tty_output, SIGTTOU);
	sigprocmask(SIG_BLOCK, &tty_output, &before);
	tcsetpgrp(STDIN_FILENO, getpgrp());
	tcsetattr(STDIN_FILENO, TCSADRAIN, &shell.modes);
	sigprocmask(SIG_SETMASK, &before, NULL);
	rl_reset_screen_size();
}

static void restore_terminal(void)
{
	prompt_down();
}

static void set_up_readline(void)
{
	rl_readline_name = "netlab";
	rl_catch_signals = 0; /* the loop has them */
	rl_catch_sigwinch = 0;
	rl_initialize();
	/* what would ask questions of its own, and block the loop */
	rl_completion_query_items = -1;
	rl_variable_bind("page-completions", "off");
	rl_variable_bind("keyseq-timeout", "50");
	rl_basic_word_break_characters = " \t\n;";
	rl_completer_word_break_characters = " \t\n;";
	rl_completer_quote_characters = "'\"";
	rl_char_is_quoted_p = is_escaped;
	rl_attempted_completion_function = complete;
}

void shell_begin(struct cli *cli)
{
	shell.cli = cli;
	shell.input = event_new(cli->base, STDIN_FILENO, EV_READ | EV_PERSIST, read_input, NULL);
	shell.asks = evtimer_new(cli->base, put_question, NULL);
	if (!shell.input || !shell.asks)
		abort();
	set_up_readline();
	history_begin();
	atexit(restore_terminal); /* for whoever calls exit() */
}

void shell_end(struct cli *cli)
{
	(void)cli;
	if (!shell.input)
		return;
	prompt_down();
	history_end();
	event_free(shell.asks);
	event_free(shell.input);
	shell.input = NULL;
}
