/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-topology.c - topology: start anew. The old lab is kept until the new one
 * stands, and comes back when it does not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "command.h"
#include "hooks.h"
#include "queue.h"

static bool try_file(char *path, size_t size, const char *folder, const char *name)
{
	return snprintf(path, size, "%s/%s.lab", folder, name) < (int)size && access(path, R_OK) == 0;
}

static bool beside_binary(char *path, size_t size, const char *name)
{
	char folder[3072];
	ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 32);
	char *slash;

	if (length <= 0)
		return false;
	folder[length] = '\0';
	for (int up = 0; up < 2; up++) { /* in build/, or where it lies itself */
		slash = strrchr(folder, '/');
		if (!slash)
			return false;
		strcpy(slash, "/topologies");
		if (try_file(path, size, folder, name))
			return true;
		*slash = '\0';
	}
	return false;
}

static bool of_user(char *path, size_t size, const char *name)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char folder[3072];

	if (data && *data)
		snprintf(folder, sizeof folder, "%s/netlab/topologies", data);
	else if (home)
		snprintf(folder, sizeof folder, "%s/.local/share/netlab/topologies", home);
	else
		return false;
	return try_file(path, size, folder, name);
}

/* Where the topology of that name lies: beside the binary, in the installed
 * data, in the user's own folder, in that order; or it is a path itself. */
static int find(const char *name, char *path, size_t size, struct cause *cause)
{
	if (strchr(name, '/') || strstr(name, ".lab")) {
		snprintf(path, size, "%s", name);
		if (access(path, R_OK) == 0)
			return 0;
		return cause_set(cause, 0, "no topology file %s", name);
	}
	if (beside_binary(path, size, name) ||
		try_file(path, size, NETLAB_DATADIR "/topologies", name) || of_user(path, size, name))
		return 0;
	return cause_set(cause, 0, "no topology \"%s\": neither beside the program, nor in %s, nor in "
		"~/.local/share/netlab/topologies", name, NETLAB_DATADIR "/topologies");
}

/* At the prompt: who is there. */
static void greet(struct cli *cli)
{
	const struct node *node = NULL;
	struct address address;
	struct cause ignored;
	char text[ADDRESS_TEXT], line[400] = "";
	size_t used = 0;

	while ((node = node_next(cli->lab, node)) && used < 300) {
		used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", used ? ", " : "",
			node->name);
		if (node_address(node, &address, &ignored) == 0)
			used += (size_t)snprintf(line + used, sizeof line - used, " %s",
				address_print(&address, false, text, sizeof text));
	}
	out_line(cli, "  lab     %s; help lists the commands", line);
}

static void ended(struct item *item, bool ok)
{
	struct lab *old = item->data;
	struct cli *cli = item->cli;

	item->data = NULL;
	if (ok) {
		lab_free(old);
		if (cli->interactive)
			greet(cli);
		return;
	}
	lab_free(cli->lab);
	cli->lab = old;
	if (old)
		lab_resume(old);
}

static enum result begin(struct item *item)
{
	struct cli *cli = item->cli;
	char path[4096];
	struct lab *lab;

	if (find(item->values[0].text, path, sizeof path, &item->cause) < 0)
		return RESULT_FAILED;
	lab = lab_new(cli->base, &hooks_lab_ops, cli, &item->cause);
	if (!lab)
		return RESULT_FAILED;
	item->data = cli->lab;
	cli->lab = lab;
	cli->window_first = 0;
	item->ended = ended;
	if (queue_run_script(item, path, item->values[1].words, item->values[1].word_count) == 0)
		return RESULT_WAIT;
	item->ended = NULL;
	ended(item, false);
	return RESULT_FAILED;
}

const struct command cmd_topology = {
	.name = "topology",
	.summary = "start anew with a topology",
	.details = "NAME is looked for beside the program, in the installed data folder and in "
		   "~/.local/share/netlab/topologies; a FILE is any .lab file. The lab that was there "
		   "is taken down. Words behind the name are the file's $1, $2, ...",
	.example = "topology pair",
	.group = "Lab",
	.flags = COMMAND_NO_LAB,
	.args = {{ARG_TOPOLOGY, "NAME|FILE", NULL, 0, NULL}, {ARG_REST, "WORD", NULL, ARG_OPTIONAL, NULL}},
	.exec = begin,
};
