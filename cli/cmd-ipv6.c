/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-ipv6.c - ipv6: addresses of that family, too.
 */
#include "cli.h"
#include "command.h"

static enum result ipv6(struct item *item)
{
	bool on = item->values[0].number == 0;

	return lab_ipv6(item->cli->lab, on, &item->cause) < 0 ? RESULT_FAILED : RESULT_OK;
}

const struct command cmd_ipv6 = {
	.name = "ipv6",
	.summary = "give all nodes IPv6 addresses beside the IPv4 ones, or take them away",
	.details = "They come by themselves, in nodes still to come, too. A name is reached over "
		   "IPv4 all the same: write connect client [server]:80, ping client server "
		   "ipv6. off takes those set by hand away for good, and their routes.",
	.example = "ipv6 on",
	.group = "Topology",
	.args = {{ARG_CHOICE, NULL, NULL, 0, "on|off"}},
	.exec = ipv6,
};
