/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-sysctl.c - sysctl: the knobs of a node's kernel.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "command.h"
#include "json.h"

static enum result sysctl(struct item *item)
{
	char key[256], now[512];
	char *value;
	struct json json;

	snprintf(key, sizeof key, "%s", item->values[1].text);
	value = strchr(key, '=');
	if (value)
		*value++ = '\0';
	if (node_sysctl(item->values[0].node, key, value, now, sizeof now, &item->cause) < 0)
		return RESULT_FAILED;
	if (!item->cli->json) {
		out_line(item->cli, "  %-7s %s = %s", item->values[0].node->name, key, now);
		return RESULT_OK;
	}
	json_begin(&json);
	json_string(&json, "event", "sysctl");
	json_string(&json, "node", item->values[0].node->name);
	json_string(&json, "key", key);
	json_string(&json, "value", now);
	json_print(&json, item->cli);
	return RESULT_OK;
}

const struct command cmd_sysctl = {
	.name = "sysctl",
	.summary = "read or set a sysctl of a node",
	.details = "\"net.ipv4.\" may be left out. It acts on the node alone.",
	.example = "sysctl client tcp_fin_timeout=30",
	.group = "Lab",
	.args = {{ARG_NODE, "NODE", NULL, 0, NULL}, {ARG_SYSCTL, "KEY[=VALUE]", NULL, 0, NULL}},
	.exec = sysctl,
};
