/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "anew.h"

#include "cli.h"
#include "command.h"
#include "hooks.h"

int anew_begin(struct item *item)
{
	struct cli *cli = item->cli;
	struct lab *lab = lab_new(cli->base, &hooks_lab_ops, cli, &item->cause);

	if (!lab)
		return -1;
	item->data = cli->lab;
	cli->lab = lab;
	cli->window_first = cli->work_first = 0;
	return 0;
}

void anew_end(struct item *item, bool ok)
{
	struct cli *cli = item->cli;
	struct lab *old = item->data;

	item->data = NULL;
	if (ok) {
		lab_free(old);
		return;
	}
	lab_free(cli->lab);
	cli->lab = old;
	if (old)
		lab_resume(old);
}
