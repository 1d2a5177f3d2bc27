/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * node_sysctl.c - the nodes' sysctls, and which of them the user has set: those
 * can be told, and set back to what they were before.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "lab.h"
#include "netns.h"

/* "tcp_fin_timeout", "net.ipv4.tcp_fin_timeout" or with slashes */
static int sysctl_path(const char *key, char *path, size_t size, struct cause *cause)
{
	if (strstr(key, "..") || key[0] == '/' || strlen(key) > 120)
		return cause_set(cause, EINVAL, "\"%s\" is no sysctl: say net.ipv4.NAME or NAME", key);
	if (strncmp(key, "net.", 4) == 0 || strncmp(key, "net/", 4) == 0)
		snprintf(path, size, "%s", key);
	else
		snprintf(path, size, "net/ipv4/%s", key);
	for (char *dot = path; (dot = strchr(dot, '.')); )
		*dot = '/';
	return 0;
}

int node_sysctl_quietly(struct node *node, const char *key, const char *value, char *out,
	size_t size, struct cause *cause)
{
	struct node_own *own = node_own(node);
	int home = own->lab->wire.home;
	char path[160];

	if (sysctl_path(key, path, sizeof path, cause) < 0 || node_prepare(own, cause) < 0)
		return -1;
	if (value && netns_sysctl_write(own->ns, home, path, value, cause) < 0)
		return -1;
	return netns_sysctl_read(own->ns, home, path, out, size, cause);
}

static struct node_setting *setting_find(const struct node_own *node, const char *key)
{
	if (strncmp(key, "net.ipv4.", 9) == 0)
		key += 9;
	for (unsigned i = 0; i < node->setting_count; i++)
		if (strcmp(node->settings[i].key, key) == 0)
			return &node->settings[i];
	return NULL;
}

bool node_has_set(const struct node_own *node, const char *key)
{
	return setting_find(node, key) != NULL;
}

static void note_setting(struct node_own *node, const char *key, const char *before)
{
	struct node_setting *setting = setting_find(node, key);
	const char *impatient = step_impatient(node, key);

	if (setting)
		return;
	if (impatient)
		before = impatient;
	if (strncmp(key, "net.ipv4.", 9) == 0)
		key += 9;
	node->settings = alloc_resize(node->settings, node->setting_count + 1, sizeof *node->settings);
	setting = &node->settings[node->setting_count++];
	snprintf(setting->key, sizeof setting->key, "%s", key);
	snprintf(setting->before, sizeof setting->before, "%s", before);
}

int node_sysctl(struct node *node, const char *key, const char *value, char *out, size_t size,
	struct cause *cause)
{
	char before[64];

	if (value && node_sysctl_quietly(node, key, NULL, before, sizeof before, cause) < 0)
		return -1;
	if (node_sysctl_quietly(node, key, value, out, size, cause) < 0)
		return -1;
	if (value)
		note_setting(node_own(node), key, before);
	return 0;
}

int node_sysctl_restore(struct node *node, const char *key, char *out, size_t size,
	struct cause *cause)
{
	struct node_own *own = node_own(node);
	struct node_setting *setting = setting_find(own, key);

	if (node_sysctl_quietly(node, key, setting ? setting->before : NULL, out, size, cause) < 0)
		return -1;
	if (setting)
		*setting = own->settings[--own->setting_count];
	return 0;
}

void node_settings(const struct node *node, node_setting_fn setting, void *arg)
{
	const struct node_own *own = node_own(node);
	struct cause ignored;
	char now[256];

	for (unsigned i = 0; i < own->setting_count; i++)
		if (node_sysctl_quietly((struct node *)(uintptr_t)node, own->settings[i].key, NULL,
			    now, sizeof now, &ignored) == 0)
			setting(arg, own->settings[i].key, now);
}
