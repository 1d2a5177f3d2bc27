/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "making.h"

#include "cli.h"

static void unmake(struct lab *lab, char *const *names, int count)
{
	struct cause ignored;

	while (count-- > 0)
		node_remove(node_find(lab, names[count]), &ignored);
}

enum result making_nodes(struct item *item, enum node_kind kind)
{
	const struct value *names = &item->values[0];
	struct lab *lab = item->cli->lab;

	for (int i = 0; i < names->word_count; i++) {
		if (node_new(lab, names->words[i], kind, &item->cause))
			continue;
		unmake(lab, names->words, i);
		return RESULT_FAILED;
	}
	return RESULT_OK;
}
