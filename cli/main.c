/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * main.c - the program: its options, its loop, its signals.
 */
#include <event2/event.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answers.h"
#include "cli.h"
#include "command.h"
#include "doctor.h"
#include "enter.h"
#include "exercise.h"
#include "grade.h"
#include "hooks.h"
#include "interrupt.h"
#include "manual.h"
#include "options.h"
#include "predictions.h"
#include "prose.h"
#include "queue.h"
#include "run.h"
#include "shell.h"
#include "source.h"
#include "worker.h"

/* The queue has run empty. */
static void idle(void *arg)
{
	struct cli *cli = arg;

	if (cli->interactive && !cli->quitting)
		shell_idle(cli);
	else
		event_base_loopbreak(cli->base);
}

/* ----------------------------------------------------------------- signals */

static void on_interrupt(int number, short what, void *arg)
{
	struct cli *cli = arg;

	(void)number;
	(void)what;
	if (queue_is_idle(cli->queue) || shell_has_typed(cli)) {
		shell_interrupt(cli);
		return;
	}
	if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		fputs("\n", stderr); /* behind the terminal's own "^C" */
	if (!interrupt_pass())
		queue_interrupt(cli->queue);
}

static void on_end(int number, short what, void *arg)
{
	struct cli *cli = arg;

	(void)what;
	cli->quitting = true;
	cli->exit_status = 128 + number;
	event_base_loopbreak(cli->base);
}

static void on_terminal(int number, short what, void *arg)
{
	(void)what;
	if (number == SIGWINCH)
		shell_resize(arg);
	else
		shell_suspend(arg);
}

static const struct {
	int number;
	event_callback_fn callback;
	bool interactive_only;
} signals[] = {
	{SIGINT, on_interrupt, false},
	{SIGTERM, on_end, false},
	{SIGHUP, on_end, false},
	{SIGQUIT, on_end, false},
	{SIGWINCH, on_terminal, true},
	{SIGTSTP, on_terminal, true},
};

#define SIGNALS (sizeof signals / sizeof signals[0])

static void watch_signals(struct cli *cli, struct event *events[SIGNALS])
{
	struct sigaction old;
	size_t i;

	for (i = 0; i < SIGNALS; i++) {
		events[i] = NULL;
		if (signals[i].interactive_only && !cli->interactive)
			continue;
		/* what nohup has turned off stays off */
		if (sigaction(signals[i].number, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
			continue;
		events[i] = evsignal_new(cli->base, signals[i].number, signals[i].callback, cli);
		if (!events[i] || event_add(events[i], NULL) < 0)
			abort();
	}
}

static void forget_signals(struct event *events[SIGNALS])
{
	size_t i;

	for (i = 0; i < SIGNALS; i++)
		if (events[i])
			event_free(events[i]);
}

/* -------------------------------------------------------------------- work */

static bool has_command(const char *name)
{
	int i;

	for (i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return true;
	return false;
}

/* "star", "star 10", or a path, which may have blanks in it. */
static void queue_topology(struct cli *cli, const char *what)
{
	char topology[] = "topology", *words[] = {topology, (char *)what, NULL};
	char *line;

	if (strchr(what, ' ') && access(what, R_OK) < 0) {
		if (asprintf(&line, "topology %s", what) < 0)
			abort();
	} else {
		line = words_join(words, 2);
	}
	queue_add_text(cli->queue, line, NULL, false);
	free(line);
}

static void queue_work(struct cli *cli, const struct options *options)
{
	char **file;

	if (has_command("topology"))
		queue_topology(cli, options->topology);
	for (file = options->files; *file; file++)
		queue_add_script(cli->queue, *file);
	if (options->commands)
		queue_add_text(cli->queue, options->commands, "-c", true);
	else if (!options->files[0] && !cli->interactive)
		queue_add_script(cli->queue, "-");
	if (queue_is_idle(cli->queue)) /* so that idle() comes in any case */
		queue_add_text(cli->queue, "", NULL, false);
}

static bool want_color(const struct options *options)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	return isatty(STDOUT_FILENO) && !(none && none[0]) && term && strcmp(term, "dumb") != 0;
}

static void set_up(struct cli *cli, const struct options *options, struct answers *answers)
{
	*cli = (struct cli){
		.interactive = !options->files[0] && !options->commands && isatty(STDIN_FILENO) &&
			       isatty(STDOUT_FILENO),
		.json = options->json,
		.keep_going = options->keep_going,
		.color = !options->json && want_color(options),
		.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
		.blank = true,
		.answers = answers,
	};
	setvbuf(stdout, NULL, _IOFBF, 1 << 16);
	cli->base = loop_new();
	if (!cli->base)
		abort();
	cli->queue = queue_new(cli);
	queue_set_idle(cli->queue, idle, cli);
	hooks_set(cli);
}

static void clean_up(struct cli *cli)
{
	if (cli->answers)
		answers_tell(cli, 0, 0);
	shell_end(cli);
	queue_free(cli->queue);
	prose_flush(cli);
	prose_free(cli);
	predictions_drop(cli);
	answers_free(cli->answers);
	exercise_drop(cli);
	if (cli->lab)
		lab_free(cli->lab);
	event_base_free(cli->base);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("netlab: cannot write to stdout");
		cli->exit_status = 1;
	}
}

/* `netlab help`: a command where a file is expected. */
static bool are_files(char *const *files)
{
	for (; *files; files++)
		if (has_command(*files) && access(*files, F_OK) < 0) {
			fprintf(stderr, "netlab: there is no file %s; a command goes behind -c: netlab -c "
				"%s; see netlab --help\n", *files, *files);
			return false;
		}
	return true;
}

static int run(const struct options *options)
{
	struct event *events[SIGNALS];
	struct answers *answers = NULL;
	struct cause cause;
	struct cli cli;

	if (!are_files(options->files))
		return 2;
	if (options->answers && !(answers = answers_open(options->answers, &cause))) {
		fprintf(stderr, "netlab: %s\n", cause.text);
		return 2;
	}
	if (machine_enter(&cause) < 0) {
		fprintf(stderr, "netlab: %s\n", cause.text);
		return 1;
	}
	set_up(&cli, options, answers);
	watch_signals(&cli, events);
	if (cli.interactive)
		shell_begin(&cli);
	queue_work(&cli, options);
	event_base_dispatch(cli.base);
	forget_signals(events);
	clean_up(&cli);
	return cli.exit_status;
}

/* Were one of them closed, the next file opened would be taken for it. */
static void open_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct options options;

	open_standard_descriptors();
	setlocale(LC_CTYPE, "");
	options_parse(&options, argc, argv);
	switch (options.action) {
	case ACTION_RUN:
		return run(&options);
	case ACTION_HELP:
		manual_options(stdout);
		return 0;
	case ACTION_VERSION:
		puts("netlab " NETLAB_VERSION);
		return 0;
	case ACTION_MAN:
		manual_page(stdout);
		return 0;
	case ACTION_COMPLETION:
		manual_completion(stdout);
		return 0;
	case ACTION_ENTER:
		return enter_main(options.words);
	case ACTION_DOCTOR:
		return doctor_main(options.words, options.json);
	case ACTION_RUN_LABS:
		return run_main(options.words);
	case ACTION_GRADE:
		return grade_main(options.words);
	case ACTION_WORKER:
		return worker_main(options.worker, options.files[0] ? options.files[0] : "");
	case ACTION_WRONG:
		break;
	}
	return 2;
}
