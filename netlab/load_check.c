/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * load_check.c - can a load begin? Who would serve it, who would open its
 * connections, and from which ports.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>

#include "lab.h"

#define DESCRIPTORS_BESIDE 64 /* that an endpoint may need for other things */

static struct endpoint_own *listens_at(struct lab *lab, const struct address *to,
	struct cause *cause)
{
	struct node_own *node = node_by_address(lab, to);
	struct endpoint_own *endpoint;
	const struct socket_own *listener;
	char text[ADDRESS_TEXT];

	TAILQ_FOREACH(endpoint, &lab->endpoints, entry) {
		if (!node || endpoint->endpoint.node != &node->node)
			continue;
		listener = socket_of(lab, endpoint, 0);
		if (listener && listener->socket.open && listener->socket.local.port == to->port)
			return endpoint;
	}
	if (node)
		cause_set(cause, ENOENT, "no endpoint listens on port %u of %s: a load needs one, say "
			"listen %s %u", to->port, node->name, node->name, to->port);
	else
		cause_set(cause, ENOENT, "%s is no node's address: a load needs an endpoint that listens",
			address_print(to, true, text, sizeof text));
	return NULL;
}

static int check(struct lab *lab, const struct load_wish *wish, struct cause *cause)
{
	struct rlimit files;
	uint32_t need = wish->concurrency + DESCRIPTORS_BESIDE;

	if (lab->load)
		return cause_set(cause, EBUSY, "another load is still ending: a process of it may be stopped");
	if (lab_is_held(lab))
		return cause_set(cause, EINVAL, "segments are held, and a load does not wait for step: "
			"release comes first");
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < need)
		return cause_set(cause, EMFILE, "%u connections at once need %u open files, and ulimit -n "
			"allows %llu: raise it, or say concurrency %llu", wish->concurrency, need,
			(unsigned long long)files.rlim_cur,
			files.rlim_cur > DESCRIPTORS_BESIDE
				? (unsigned long long)files.rlim_cur - DESCRIPTORS_BESIDE
				: 1ULL);
	return 0;
}

static int port_range(struct node *node, struct load_report *report, struct cause *cause)
{
	char text[32];

	if (node_sysctl_quietly(node, "ip_local_port_range", NULL, text, sizeof text, cause) < 0)
		return -1;
	if (sscanf(text, "%hu %hu", &report->low, &report->high) != 2)
		return cause_set(cause, EINVAL, "ip_local_port_range of %s is \"%s\"", node->name, text);
	return 0;
}

static int check_goes_on(const struct endpoint_own *endpoint, struct cause *cause)
{
	if (!endpoint->endpoint.stopped)
		return 0;
	return cause_set(cause, EAGAIN, "%s's process is stopped: cont %s first", endpoint->name,
		endpoint->name);
}

struct endpoint_own *load_check_server(struct lab *lab, const struct load_wish *wish,
	struct cause *cause)
{
	struct endpoint_own *server;

	if (check(lab, wish, cause) < 0 || !(server = listens_at(lab, &wish->to, cause)) ||
		check_goes_on(server, cause) < 0)
		return NULL;
	return server;
}

struct endpoint_own *load_check_client(struct lab *lab, const struct load_wish *wish,
	struct load_report *report, struct cause *cause)
{
	struct endpoint_own *client = endpoint_get(lab, wish->node, NULL, cause);

	if (!client || port_range(wish->node, report, cause) < 0 ||
		check_goes_on(client, cause) < 0)
		return NULL;
	return client;
}
