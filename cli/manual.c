/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * manual.c - texts made from the command table and the option table.
 */
#include "manual.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli.h"
#include "command.h"
#include "options.h"
#include "topologies.h"

#define WIDTH_MAX 80 /* longer lines are hard to read */

static const char *group_of(const struct command *command)
{
	return command->group ? command->group : "Commands";
}

/* Is this the first command of its group? */
static bool begins_group(int index)
{
	int i;

	for (i = 0; i < index; i++)
		if (strcmp(group_of(commands[i]), group_of(commands[index])) == 0)
			return false;
	return true;
}

/* The commands of the index's group, from the index on; -1: no more. */
static int next_in_group(int index)
{
	int i;

	for (i = index + 1; commands[i]; i++)
		if (strcmp(group_of(commands[i]), group_of(commands[index])) == 0)
			return i;
	return -1;
}

/* -------------------------------------------------------------- at the prompt */

static void print_wrapped(struct cli *cli, const char *head, const char *text)
{
	out_wrapped(cli, WIDTH_MAX, head, text);
}

static int longest_name(void)
{
	int i, longest = 0;

	for (i = 0; commands[i]; i++)
		if ((int)strlen(commands[i]->name) > longest)
			longest = (int)strlen(commands[i]->name);
	return longest;
}

static void list_group(struct cli *cli, int index, int width)
{
	char head[40];

	out_line(cli, "%s", group_of(commands[index]));
	for (; index >= 0; index = next_in_group(index)) {
		snprintf(head, sizeof head, "  %-*s  ", width, commands[index]->name);
		print_wrapped(cli, head, commands[index]->summary);
	}
}

void manual_list(struct cli *cli)
{
	int i, width = longest_name();

	for (i = 0; commands[i]; i++)
		if (begins_group(i))
			list_group(cli, i, width);
	print_wrapped(cli, "",
		"help COMMAND tells more. NODE COMMAND ... means COMMAND NODE ...; "
		"names of commands may be shortened; ';' separates commands; # begins a comment.");
}

void manual_command(struct cli *cli, const struct command *command)
{
	char usage[ARGS_USAGE_MAX];

	print_wrapped(cli, "usage:    ", args_usage(command, usage, sizeof usage));
	print_wrapped(cli, "          ", command->summary);
	if (command->details) {
		out_line(cli, "%s", "");
		print_wrapped(cli, "", command->details);
	}
	if (command->example) {
		out_line(cli, "%s", "");
		print_wrapped(cli, "example:  ", command->example);
	}
}

/* ------------------------------------------------------------------ --help */

/* "-t, --topology TOPOLOGY" */
static const char *option_usage(const struct option_row *row, char *buf, size_t size)
{
	char letter[8] = "";

	if (row->key < 256)
		snprintf(letter, sizeof letter, "-%c%s", row->key, row->name ? ", " : "");
	snprintf(buf, size, "%s%s%s%s%s", letter, row->name ? "--" : "", row->name ? row->name : "",
		!row->argument ? ""
		: row->name    ? "="
			       : " ",
		row->argument ? row->argument : "");
	return buf;
}

void manual_options(FILE *file)
{
	const struct option_row *row;
	const struct word_row *word;
	char usage[60];

	fputs("usage: netlab [OPTION...] [FILE...]\n", file);
	for (word = word_rows; word->name; word++)
		fprintf(file, "       netlab %s %s\n", word->name, word->arguments);
	fputs("\n"
	      "A lab of network namespaces in which TCP connections of the real kernel are\n"
	      "opened, held on the wire, stepped and watched. With FILE or -c the commands\n"
	      "are run and netlab ends; without, it asks for them (`help` lists them).\n\n",
		file);
	for (row = option_rows; row->key; row++)
		if (row->summary)
			fprintf(file, "  %-26s %s\n", option_usage(row, usage, sizeof usage),
				row->summary);
	fputc('\n', file);
	for (word = word_rows; word->name; word++)
		fprintf(file, "  %-26s %s\n", word->name, word->summary);
	fputs("\nExit status: 0 all well, 1 a command or an expectation failed, 2 wrong usage.\n",
		file);
}

/* -------------------------------------------------------------------- roff */

static void roff_text(FILE *file, const char *text)
{
	bool line_start = true;

	for (; *text; text++) {
		if (line_start && (*text == '.' || *text == '\''))
			fputs("\\&", file);
		if (*text == '\\')
			fputs("\\e", file);
		else if (*text == '-')
			fputs("\\-", file);
		else
			fputc(*text, file);
		line_start = *text == '\n';
	}
	fputc('\n', file);
}

static void roff_command(FILE *file, const struct command *command)
{
	char usage[ARGS_USAGE_MAX];

	fputs(".TP\n.B ", file);
	roff_text(file, args_usage(command, usage, sizeof usage));
	roff_text(file, command->summary);
	if (command->details) {
		fputs(".IP\n", file);
		roff_text(file, command->details);
	}
	if (command->example) {
		fputs(".IP\nExample: ", file);
		roff_text(file, command->example);
	}
}

static void roff_options(FILE *file)
{
	const struct option_row *row;
	char usage[60];

	fputs(".SH OPTIONS\n", file);
	for (row = option_rows; row->key; row++) {
		if (!row->summary)
			continue;
		fputs(".TP\n.B ", file);
		roff_text(file, option_usage(row, usage, sizeof usage));
		roff_text(file, row->summary);
	}
}

static void roff_words(FILE *file)
{
	const struct word_row *word;

	fputs(".SH OTHER USES\n", file);
	for (word = word_rows; word->name; word++) {
		fprintf(file, ".TP\n.B netlab %s ", word->name);
		roff_text(file, word->arguments);
		roff_text(file, word->summary);
	}
}

static void roff_commands(FILE *file)
{
	int i, index;

	fputs(".SH COMMANDS\n", file);
	for (i = 0; commands[i]; i++) {
		if (!begins_group(i))
			continue;
		fputs(".SS ", file);
		roff_text(file, group_of(commands[i]));
		for (index = i; index >= 0; index = next_in_group(index))
			roff_command(file, commands[index]);
	}
}

void manual_page(FILE *file)
{
	fputs(".TH NETLAB 1 \"\" \"netlab " NETLAB_VERSION "\" \"User Commands\"\n"
	      ".SH NAME\nnetlab \\- a lab for TCP on the real kernel, stepped by hand\n"
	      ".SH SYNOPSIS\n.B netlab\n[\\fIOPTION\\fR...] [\\fIFILE\\fR...]\n"
	      ".SH DESCRIPTION\n"
	      "netlab builds hosts from network namespaces, opens TCP connections between\n"
	      "them on the kernel's own TCP, holds segments on the wire and delivers them one\n"
	      "by one, and shows what every segment changes on both sides.\n"
	      "With\n.I FILE\nor\n.B \\-c\n"
	      "the commands are run and netlab ends; otherwise it asks for them.\n"
	      "It changes nothing in the machine's own network and needs no root.\n",
		file);
	roff_options(file);
	roff_words(file);
	fputs(".SH LANGUAGE\n"
	      "One command a line, or several separated by ';'. '#' begins a comment. Words\n"
	      "are quoted as in the shell. In a file that is run by source, $1 to $9 and\n"
	      "${1:\\-default} stand for the words behind its name. Names of commands may be\n"
	      "shortened, and NODE COMMAND means COMMAND NODE.\n",
		file);
	roff_commands(file);
	fputs(".SH EXIT STATUS\n"
	      "0 all well, 1 a command or an expectation failed, 2 wrong usage.\n"
	      ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nno colour, unless \\-\\-color=always\n"
	      ".TP\n.B XDG_STATE_HOME\nthe history is kept in netlab/history in it, or in\n"
	      "~/.local/state\n"
	      ".SH SEE ALSO\n.BR ss (8),\n.BR tcp (7),\n.BR network_namespaces (7)\n",
		file);
}

/* --------------------------------------------------------- bash completion */

static void completion_options(FILE *file)
{
	const struct option_row *row;

	for (row = option_rows; row->key; row++) {
		if (!row->summary)
			continue;
		if (row->key < 256)
			fprintf(file, "-%c ", row->key);
		if (row->name)
			fprintf(file, "--%s%s ", row->name, row->argument ? "=" : "");
	}
}

static void completion_commands(FILE *file)
{
	int i;

	for (i = 0; commands[i]; i++)
		fprintf(file, "%s%s", i ? " " : "", commands[i]->name);
}

static void completion_topology(void *arg, const struct topology *topology)
{
	fprintf(arg, "%s ", topology->name);
}

void manual_completion(FILE *file)
{
	fputs("# bash completion for netlab, made by netlab --bash-completion\n"
	      "_netlab()\n{\n"
	      "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
	      "\t[[ $word == = ]] && word=\n"
	      "\t[[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
	      "\tcase $before in\n"
	      "\t--answers)\n"
	      "\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n"
	      "\t\tcompopt -o filenames\n"
	      "\t\treturn ;;\n"
	      "\t--color)\n"
	      "\t\tCOMPREPLY=($(compgen -W 'auto always never' -- \"$word\"))\n"
	      "\t\treturn ;;\n"
	      "\t-c)\n"
	      "\t\tCOMPREPLY=($(compgen -W '",
		file);
	completion_commands(file);
	fputs("' -- \"$word\"))\n"
	      "\t\treturn ;;\n"
	      "\t-t | --topology)\n"
	      "\t\tCOMPREPLY=($(compgen -W '",
		file);
	topologies_each(LIBRARY_TOPOLOGIES, completion_topology, file);
	fputs("' -- \"$word\") $(compgen -f -- \"$word\"))\n"
	      "\t\treturn ;;\n"
	      "\tesac\n"
	      "\tif [[ $word == -* ]]; then\n"
	      "\t\tCOMPREPLY=($(compgen -W '",
		file);
	completion_options(file);
	fputs("' -- \"$word\"))\n"
	      "\t\t[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
	      "\telse\n"
	      "\t\tCOMPREPLY=($(compgen -d -- \"$word\") $(compgen -f -X '!*.lab' -- \"$word\"))\n"
	      "\t\tcompopt -o filenames\n"
	      "\tfi\n"
	      "}\n"
	      "complete -F _netlab netlab\n",
		file);
}
