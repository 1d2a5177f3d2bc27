/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * queue_test.c - the command queue: order, failure, waiting, nesting, Ctrl-C,
 * scripts of any size. Commands, printing and the lab are this file's own.
 * Built with: cli/queue.c cli/entry.c cli/source.c cli/reader.c cli/lex.c cli/args.c
 * cli/argtype.c cli/argname.c cli/argnet.c cli/argnumber.c cli/formula.c cli/verb.c
 * cli/cmd-source.c cli/cmd-repeat.c
 */
#include <errno.h>
#include <event2/event.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "../../cli/cli.h"
#include "../../cli/queue.h"

/* ------------------------------------------- what the queue calls, recorded */

static char seen[4000]; /* "say a;before ...;error FILE:LINE text;" */
static struct cli cli;
static struct item *waiting;
static uintptr_t stack_low = UINTPTR_MAX, stack_high;
static unsigned ticks, runs;
static bool idle_seen;

static void __attribute__((format(printf, 1, 2))) record(const char *format, ...)
{
	size_t used = strlen(seen);
	va_list args;

	va_start(args, format);
	vsnprintf(seen + used, sizeof seen - used, format, args);
	va_end(args);
}

void out_error(struct cli *in, const struct item *item, const char *text)
{
	(void)in;
	if (item && item->file)
		record("error %s:%u %s;", item->file, item->line, text);
	else
		record("error %s;", text);
}

void lab_cancel(struct lab *lab, void *arg)
{
	(void)lab;
	(void)arg;
}

struct node *node_find(const struct lab *lab, const char *name)
{
	(void)lab;
	(void)name;
	return NULL;
}

struct node *node_next(const struct lab *lab, const struct node *node)
{
	(void)lab;
	(void)node;
	return NULL;
}

int node_address(const struct node *node, struct address *address, struct cause *cause)
{
	(void)node;
	(void)address;
	return cause_set(cause, ENOENT, "no address");
}

int node_address_from(const struct node *to, const struct node *from, int family,
	struct address *address, struct cause *cause)
{
	(void)from;
	(void)family;
	return node_address(to, address, cause);
}

const char *node_kind_name(enum node_kind kind)
{
	(void)kind;
	return "host";
}

bool lab_has_ipv6(const struct lab *lab)
{
	(void)lab;
	return false;
}

struct link *link_find(const struct lab *lab, const struct node *a, const struct node *b)
{
	(void)lab;
	(void)a;
	(void)b;
	return NULL;
}

struct link *link_next(const struct lab *lab, const struct link *link)
{
	(void)lab;
	(void)link;
	return NULL;
}

struct endpoint *endpoint_find(const struct lab *lab, const char *name)
{
	(void)lab;
	(void)name;
	return NULL;
}

struct endpoint *endpoint_next(const struct lab *lab, const struct endpoint *endpoint)
{
	(void)lab;
	(void)endpoint;
	return NULL;
}

struct tcp_socket *socket_find(
	const struct lab *lab, const char *name, enum socket_for purpose, struct cause *cause)
{
	(void)lab;
	(void)name;
	(void)purpose;
	cause_set(cause, ENOENT, "no socket");
	return NULL;
}

struct tcp_socket *socket_next(const struct lab *lab, const struct tcp_socket *socket)
{
	(void)lab;
	(void)socket;
	return NULL;
}

/* ---------------------------------------------------------------- commands */

static enum result say(struct item *item)
{
	record("say %s;", item->values[0].text);
	return RESULT_OK;
}

static enum result fail(struct item *item)
{
	cause_set(&item->cause, ECONNREFUSED, "refused");
	return RESULT_FAILED;
}

/* Waits until the test, or a timer, ends it. */
static enum result hang(struct item *item)
{
	waiting = item;
	return RESULT_WAIT;
}

static void unhang(struct item *item)
{
	record("cancel;");
	CHECK(item == waiting);
	waiting = NULL;
}

static enum result early(struct item *item)
{
	item_done(item, true);
	return RESULT_WAIT;
}

static enum result count(struct item *item)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	(void)item;
	stack_low = here < stack_low ? here : stack_low;
	stack_high = here > stack_high ? here : stack_high;
	runs++;
	return RESULT_OK;
}

/* What is typed while it waits, then nothing more. */
static const char *typed;

static void typed_ended(struct item *item)
{
	record("typed %s;", item->command->name);
}

static enum result pause_here(struct item *item)
{
	const char *line = typed;

	waiting = item;
	typed = NULL;
	if (line && queue_run_typed(item, line, typed_ended) < 0)
		return RESULT_FAILED;
	return RESULT_WAIT;
}

static enum result leave(struct item *item)
{
	item->cli->quitting = true;
	return RESULT_OK;
}

static void inner_over(struct item *inner, bool ok)
{
	struct item *outer = inner->parent;

	record("inner %s;", ok ? "ok" : inner->cause.text);
	cause_set(&outer->cause, 0, "it did not fail");
	item_done(outer, !ok);
}

static enum result expect_fail(struct item *item)
{
	const struct value *rest = &item->values[0];

	return item_run_inner(item, rest->words, rest->word_count, inner_over) < 0 ? RESULT_FAILED
										   : RESULT_WAIT;
}

#define ROW(row, call, stop, ...) \
	static const struct command row = {.name = #row, \
		.flags = COMMAND_NO_LAB, \
		.exec = call, \
		.cancel = stop, \
		.args = {__VA_ARGS__}}

ROW(saying, say, NULL, {ARG_TEXT, "TEXT", NULL, 0, NULL});
ROW(failing, fail, NULL, {ARG_END, NULL, NULL, 0, NULL});
ROW(hanging, hang, unhang, {ARG_END, NULL, NULL, 0, NULL});
ROW(early_done, early, NULL, {ARG_END, NULL, NULL, 0, NULL});
ROW(counting, count, NULL, {ARG_END, NULL, NULL, 0, NULL});
ROW(leaving, leave, NULL, {ARG_END, NULL, NULL, 0, NULL});
ROW(pausing, pause_here, unhang, {ARG_END, NULL, NULL, 0, NULL});
ROW(expecting, expect_fail, NULL, {ARG_COMMAND_LINE, "COMMAND", NULL, 0, NULL});
static const struct command lab_needed = {.name = "lab_needed", .exec = count};
static const struct command at_prompt = {
	.name = "at_prompt", .flags = COMMAND_NO_LAB | COMMAND_INTERACTIVE, .exec = count};

static enum result lesson(struct item *item);
ROW(lessons, lesson, NULL, {ARG_END, NULL, NULL, 0, NULL});
static enum result quiet(struct item *item);
static const struct command quietly = {.name = "quietly",
	.flags = COMMAND_NO_LAB | COMMAND_QUIET,
	.exec = quiet,
	.args = {{ARG_COMMAND_LINE, "COMMAND", NULL, 0, NULL}}};

extern const struct command cmd_source, cmd_repeat;

const struct command *const commands[] = {&saying, &failing, &hanging, &early_done, &counting,
	&leaving, &pausing, &expecting, &lessons, &quietly, &lab_needed, &at_prompt, &cmd_source, &cmd_repeat, NULL};

/* ------------------------------------------------------------------- tools */

static char directory[] = "/tmp/queue_test.XXXXXX";

static void idle(void *arg)
{
	(void)arg;
	idle_seen = true;
	event_base_loopbreak(cli.base);
}

static void begin(void)
{
	cli = (struct cli){.base = loop_new()};
	cli.queue = queue_new(&cli);
	queue_set_idle(cli.queue, idle, NULL);
	seen[0] = '\0';
	waiting = NULL;
	idle_seen = false;
	runs = 0;
}

static void finish(void)
{
	queue_free(cli.queue);
	event_base_free(cli.base);
}

/* Run until the queue is empty; false when it never is. */
static bool run(void)
{
	event_base_dispatch(cli.base); /* ends by itself when nothing is under way */
	return idle_seen;
}

/* What is seen when a text is run as -c. */
static const char *run_text(const char *text)
{
	begin();
	queue_add_text(cli.queue, text, "-c", true);
	CHECK(run());
	finish();
	return seen;
}

static void write_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	fputs(text, file);
	fclose(file);
}

/* The same for a script, with -k or without. */
static const char *run_file(const char *text, bool keep_going)
{
	write_file("a.lab", text);
	begin();
	cli.keep_going = keep_going;
	queue_add_script(cli.queue, "a.lab");
	CHECK(run());
	finish();
	return seen;
}

/* ------------------------------------------------------------------- tests */

static void commands_run_in_order(void)
{
	CHECK_STR(run_text("saying a; saying b\nsaying 'c d' # not this"), "say a;say b;say c d;");
	CHECK_EQ(cli.exit_status, 0);
	begin();
	queue_add_text(cli.queue, "saying a", NULL, false);
	queue_add_text(cli.queue, "saying b", NULL, false);
	CHECK(run());
	CHECK(queue_is_idle(cli.queue));
	finish();
	CHECK_STR(seen, "say a;say b;");
}

static void the_first_failure_ends_all(void)
{
	CHECK_STR(run_text("saying a; failing; saying b"), "say a;error -c:2 refused;");
	CHECK_EQ(cli.exit_status, 1);
	CHECK_STR(run_file("saying a\n\n# x\nnonsense\nsaying b\n", false),
		"say a;error a.lab:4 no command \"nonsense\"; `help` lists them;");
	CHECK_EQ(cli.exit_status, 1);
}

static void a_line_that_cannot_be_read_ends_all(void)
{
	CHECK_STR(run_file("saying a\nsaying $1\nsaying b\n", false),
		"say a;error a.lab:2 no parameter $1 here; give it to source, or write "
		"${1:-DEFAULT};");
	CHECK_STR(run_text("saying a; saying ${x}; saying b"),
		"say a;error -c:2 ${ begins no parameter; write ${1}, ${1:-DEFAULT}, or '$' in "
		"quotes;");
	CHECK_EQ(cli.exit_status, 1);
}

static void keep_going_goes_on_and_remembers(void)
{
	CHECK_STR(run_file("failing\nsaying a\nsaying 'b\nsaying c", true),
		"error a.lab:1 refused;say a;error a.lab:3 the quote ' before \"b\" has no end; "
		"add ' or write \\';say c;");
	CHECK_EQ(cli.exit_status, 1);
}

static void what_may_not_run_is_refused(void)
{
	CHECK_STR(run_text("lab_needed"),
		"error -c:1 there is no lab yet; make one by `topology pair`;");
	CHECK_STR(run_text("at_prompt"),
		"error -c:1 at_prompt works at the prompt only; take it out of the script;");
}

static void a_waiting_command_parks_the_queue(void)
{
	begin();
	queue_add_text(cli.queue, "hanging; saying after", NULL, false);
	CHECK(!run()); /* no event is left, and it is not idle */
	CHECK_STR(seen, "");
	CHECK(waiting && !queue_is_idle(cli.queue) && !queue_is_running(cli.queue));
	item_done(waiting, true);
	CHECK_STR(seen, ""); /* from the loop, not from here */
	CHECK(run());
	CHECK_STR(seen, "say after;");
	finish();
}

static void a_waiting_command_may_fail(void)
{
	begin();
	queue_add_text(cli.queue, "hanging; saying after", "f", false);
	run();
	cause_set(&waiting->cause, 0, "too late");
	item_done(waiting, false);
	CHECK(run());
	finish();
	CHECK_STR(seen, "error f:1 too late;");
}

static void done_before_it_waits_is_done(void)
{
	CHECK_STR(run_text("early_done; saying a"), "say a;");
}

static void scripts_run_inside_scripts(void)
{
	write_file("b.lab", "saying $1\nsaying ${2:-two}\n");
	CHECK_STR(run_file("saying a\nsource b.lab one\nsaying c\n", false),
		"say a;say one;say two;say c;");
	write_file("b.lab", "\nfailing\n");
	CHECK_STR(run_file("source b.lab\nsaying c\n", false), "error b.lab:2 refused (from a.lab:1);");
	CHECK_STR(run_file("source b.lab\nsaying c\n", true), "error b.lab:2 refused (from a.lab:1);say c;");
	CHECK_EQ(cli.exit_status, 1);
}

static void a_script_in_itself_is_refused(void)
{
	CHECK_STR(run_file("saying a\nsource ./a.lab\n", false),
		"say a;error a.lab:2 ./a.lab is running already and would source itself for ever; "
		"use repeat, or source another file;");
	write_file("b.lab", "source a.lab\n");
	run_file("source b.lab", false);
	CHECK(strncmp(seen, "error b.lab:1 a.lab is running already", 38) == 0);
}

static void nesting_has_a_limit(void)
{
	char name[20], text[40];
	int i;

	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof name, "n%d.lab", i);
		snprintf(text, sizeof text, "source n%d.lab\n", i + 1);
		write_file(name, text);
	}
	run_file("source n0.lab", false);
	CHECK(strstr(seen, ":1 commands inside commands more than 16 deep") != NULL);
	CHECK(strstr(strstr(seen, "error") + 1, "error") == NULL);
	CHECK_STR(run_text("repeat 2 repeat 2 saying x"), "say x;say x;say x;say x;");
}

static void what_is_no_script_is_one_line(void)
{
	CHECK_STR(run_text("source ."), "error -c:1 . is a directory; give the path of a script;");
	CHECK_STR(run_text("source nosuch"),
		"error -c:1 cannot read the script nosuch: No such file or directory;");
	begin();
	queue_add_script(cli.queue, "nosuch");
	CHECK(run());
	finish();
	CHECK_STR(seen, "error cannot read the script nosuch: No such file or directory;");
	CHECK_EQ(cli.exit_status, 1);
}

static void repeat_counts_in_its_command(void)
{
	CHECK_STR(run_text("repeat 3 saying h{i}"), "say h1;say h2;say h3;");
	CHECK_STR(run_text("repeat 2 repeat 2 saying {i}.{j}.{(i-1)*2+j}"),
		"say 1.1.1;say 1.2.2;say 2.1.3;say 2.2.4;");
	CHECK_STR(run_text("repeat 2 repeat {i} saying {i}{j}"), "say 11;say 21;say 22;");
	CHECK_STR(run_text("repeat {2*0} saying x; saying {i}"), "say {i};");
	CHECK_STR(run_text("repeat 2 saying {2/(i-1)}; saying x"),
		"error -c:1 the formula {2/(i-1)} divides by zero; write such as {i}, {i+1}, "
		"{(i-1)/2};");
}

static void repeat_ends_at_the_first_failure(void)
{
	CHECK_STR(run_text("repeat 3 saying x"), "say x;say x;say x;");
	CHECK_STR(run_text("repeat 3 failing; saying a"), "error -c:1 refused;");
}

static void inner_commands_fail_silently(void)
{
	CHECK_STR(run_text("expecting failing; saying a"), "inner refused;say a;");
	CHECK_STR(run_text("expecting saying b; saying a"),
		"say b;inner ok;error -c:1 it did not fail;");
	CHECK_STR(run_text("expecting nonsense"),
		"error -c:1 no command \"nonsense\"; `help` lists them;");
	CHECK_STR(run_text("expecting repeat 2 saying b"),
		"say b;say b;inner ok;error -c:1 it did not fail;");
	/* what fails inside an inner script or repetition is its failure */
	CHECK_STR(run_text("expecting repeat 2 failing; saying a"), "inner refused;say a;");
	write_file("b.lab", "saying b\nexpecting failing\nfailing\n");
	CHECK_STR(run_text("expecting source b.lab; saying a"),
		"say b;inner refused;inner refused;say a;");
	CHECK_EQ(cli.exit_status, 0);
}

static void interrupt_cancels_and_throws_away(void)
{
	begin();
	cli.interactive = true;
	queue_add_text(cli.queue, "saying a; expecting repeat 2 hanging; saying b", NULL, false);
	CHECK(!run());
	queue_interrupt(cli.queue);
	CHECK_STR(seen, "say a;cancel;error interrupted;");
	CHECK(run());
	CHECK_STR(seen, "say a;cancel;error interrupted;");
	CHECK_EQ(cli.exit_status, 0);
	/* and it is as good as new */
	idle_seen = false;
	queue_add_text(cli.queue, "saying c", NULL, false);
	CHECK(run());
	CHECK_STR(seen, "say a;cancel;error interrupted;say c;");
	finish();
}

static void what_is_typed_meanwhile_stands_by_itself(void)
{
	begin();
	cli.interactive = true;
	typed = "saying x; failing; saying y";
	write_file("b.lab", "saying b\npausing\nsaying c\n");
	queue_add_text(cli.queue, "expecting source b.lab", NULL, false);
	CHECK(!run());
	CHECK_STR(seen, "say b;say x;error refused;typed pausing;");
	/* Ctrl-C ends what was typed, and the next one what waits for it */
	CHECK_EQ(queue_run_typed(waiting, "expecting repeat 3 hanging; saying z", typed_ended), 0);
	seen[0] = '\0';
	{
		struct item *outer = waiting;

		CHECK(!run());
		CHECK(waiting != outer);
		queue_interrupt(cli.queue);
		CHECK_STR(seen, "cancel;error interrupted;typed pausing;");
		waiting = outer;
	}
	seen[0] = '\0';
	item_done(waiting, true);
	CHECK(run());
	CHECK_STR(seen, "say c;inner ok;error it did not fail;");
	CHECK_EQ(cli.exit_status, 0);
	finish();
}

static void quitting_at_a_pause_drops_all(void)
{
	begin();
	cli.interactive = true;
	typed = "saying x; leaving; saying y";
	queue_add_text(cli.queue, "pausing; saying z", NULL, false);
	CHECK(run());
	CHECK_STR(seen, "say x;cancel;");
	finish();
}

static unsigned rests;

static void rested(void *arg)
{
	(void)arg;
	rests++;
	CHECK_EQ(runs, 200); /* not between two batches */
}

static void it_rests_before_it_waits_or_ends(void)
{
	begin();
	queue_set_rest(cli.queue, rested, NULL);
	queue_add_text(cli.queue, "repeat 200 counting; hanging; saying a", NULL, false);
	CHECK(!run());
	CHECK(rests > 0);
	rests = 0;
	item_done(waiting, true);
	CHECK(run());
	CHECK(rests > 0);
	finish();
}

static void before_shown(void *arg, struct item *item)
{
	(void)arg;
	record("%s %s;", item->shown ? "shown" : "not shown", item->text);
}

static enum result lesson(struct item *item)
{
	return queue_run_script(item, "b.lab", NULL, 0, RUN_SHOWN) < 0 ? RESULT_FAILED : RESULT_WAIT;
}

static void quiet_over(struct item *inner, bool ok)
{
	record("inner %s;", ok ? "ok" : "failed");
	item_done(inner->parent, ok);
}

static enum result quiet(struct item *item)
{
	const struct value *rest = &item->values[0];

	return item_run_inner(item, rest->words, rest->word_count, quiet_over) < 0 ? RESULT_FAILED
										   : RESULT_WAIT;
}

static void commands_of_a_lesson_are_shown(void)
{
	write_file("b.lab", "saying b\nrepeat 2 saying c\nrepeat 1 saying f\nquietly saying d\n");
	begin();
	queue_set_hooks(cli.queue, before_shown, NULL, NULL);
	queue_add_text(cli.queue, "lessons; saying e", NULL, false);
	CHECK(run());
	finish();
	CHECK_STR(seen, "not shown lessons;shown saying b;say b;shown repeat 2 saying c;"
			"not shown saying c;say c;not shown saying c;say c;"
			"shown repeat 1 saying f;shown saying f;say f;shown quietly saying d;shown saying d;say d;"
			"inner ok;not shown saying e;say e;");
}

static void before(void *arg, struct item *item)
{
	(void)arg;
	record("before %s;", item->text);
}

static void after(void *arg, struct item *item, bool ok)
{
	(void)arg;
	record("after %s %d;", item->text, ok);
}

static void hooks_stand_around_every_command(void)
{
	begin();
	queue_set_hooks(cli.queue, before, after, NULL);
	queue_add_text(cli.queue, "saying 'a b'; failing", "f", false);
	CHECK(run());
	finish();
	CHECK_STR(seen, "before saying \"a b\";say a b;after saying \"a b\" 1;"
			"before failing;error f:1 refused;after failing 0;");
}

static void quitting_drops_the_rest(void)
{
	CHECK_STR(run_text("saying a; leaving; saying b"), "say a;");
	CHECK_EQ(cli.exit_status, 0);
}

static void dropped_while_it_waits(void)
{
	begin();
	queue_add_text(cli.queue, "hanging", NULL, false);
	run();
	finish();
	CHECK_STR(seen, "cancel;");
}

static void tick(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	ticks++;
}

static void a_long_script_keeps_the_loop_alive(void)
{
	struct event *timer;
	FILE *file = fopen("long.lab", "w");
	int i;

	for (i = 0; i < 400000; i++)
		fprintf(file, "counting # number %d\n", i);
	fclose(file);
	begin();
	timer = event_new(cli.base, -1, EV_PERSIST, tick, NULL);
	event_add(timer, &(struct timeval){.tv_usec = 1000});
	ticks = 0;
	queue_add_script(cli.queue, "long.lab");
	queue_add_text(cli.queue, "repeat 1000 repeat 100 counting", NULL, false);
	CHECK(run());
	event_free(timer);
	finish();
	CHECK_EQ(runs, 500000);
	CHECK(ticks > 10);
	CHECK(stack_high - stack_low < 4096); /* nothing recurses */
}

static void a_pipe_with_nothing_in_it_parks_the_queue(void)
{
	int ends[2], out = dup(STDIN_FILENO);

	CHECK_EQ(pipe(ends), 0);
	dup2(ends[0], STDIN_FILENO);
	begin();
	queue_add_script(cli.queue, "-");
	event_base_loop(cli.base, EVLOOP_NONBLOCK);
	event_base_loop(cli.base, EVLOOP_NONBLOCK);
	CHECK_STR(seen, "");
	CHECK_EQ(write(ends[1], "saying a\nfailing", 16), 16);
	for (int i = 0; i < 5; i++)
		event_base_loop(cli.base, EVLOOP_NONBLOCK);
	CHECK_STR(seen, "say a;");
	close(ends[1]);
	CHECK(run());
	CHECK_STR(seen, "say a;error stdin:2 refused;");
	finish();
	dup2(out, STDIN_FILENO);
	close(out);
	close(ends[0]);
}

static void bad_lines_are_one_error_each(void)
{
	static char text[20000];
	size_t used = (size_t)sprintf(text, "saying a\n");

	memset(text + used, 'x', 9000);
	strcpy(text + used + 9000, "\nsaying \x01\nsaying b\r\nsaying \xff");
	CHECK_STR(run_file(text, true),
		"say a;error a.lab:2 the line is longer than 4096 bytes; shorten it;"
		"error a.lab:3 control byte 0x01 in column 8; commands are plain text;say b;"
		"error a.lab:5 byte 0xff in column 8 is not UTF-8; commands are plain text;");
}

int main(void)
{
	if (!mkdtemp(directory) || chdir(directory) < 0)
		return 1;
	RUN(commands_run_in_order);
	RUN(the_first_failure_ends_all);
	RUN(a_line_that_cannot_be_read_ends_all);
	RUN(keep_going_goes_on_and_remembers);
	RUN(what_may_not_run_is_refused);
	RUN(a_waiting_command_parks_the_queue);
	RUN(a_waiting_command_may_fail);
	RUN(done_before_it_waits_is_done);
	RUN(scripts_run_inside_scripts);
	RUN(a_script_in_itself_is_refused);
	RUN(nesting_has_a_limit);
	RUN(what_is_no_script_is_one_line);
	RUN(repeat_counts_in_its_command);
	RUN(repeat_ends_at_the_first_failure);
	RUN(inner_commands_fail_silently);
	RUN(interrupt_cancels_and_throws_away);
	RUN(what_is_typed_meanwhile_stands_by_itself);
	RUN(quitting_at_a_pause_drops_all);
	RUN(it_rests_before_it_waits_or_ends);
	RUN(commands_of_a_lesson_are_shown);
	RUN(hooks_stand_around_every_command);
	RUN(quitting_drops_the_rest);
	RUN(dropped_while_it_waits);
	RUN(a_long_script_keeps_the_loop_alive);
	RUN(a_pipe_with_nothing_in_it_parks_the_queue);
	RUN(bad_lines_are_one_error_each);
	snprintf(seen, sizeof seen, "rm -r %s", directory);
	if (chdir("/") < 0 || system(seen) != 0)
		return 1;
	return unit_end();
}
