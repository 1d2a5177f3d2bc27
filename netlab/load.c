/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * load.c - a load: an endpoint opens, uses and closes connections by the
 * thousand, another one serves them. The work is done in their processes
 * (child_load.c, child_serve.c); here it is begun, reported and ended.
 *
 *	starts -> serves -> runs -> ends -> quietens -> over
 *
 * Neither its segments nor its sockets are followed one by one: the capture
 * ring leaves the segments out (leftout.c), look.c passes over the sockets.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

#define LOOK_EVERY	   (5 * NS_PER_MS)
#define PATIENCE	   (5 * NS_PER_S)  /* for FINs and their ACKs, on a slow machine, too */
#define PATIENCE_ENDING	   NS_PER_S	   /* the user has asked for an end */

enum load_phase {
	LOAD_STARTS,	/* what went before is settled first */
	LOAD_SERVES,	/* the server was asked to serve */
	LOAD_RUNS,	/* the client was asked to begin */
	LOAD_ENDS,	/* the server was asked to serve no more */
	LOAD_QUIETENS,	/* the last FINs and ACKs are waited for */
	LOAD_SETTLES,
};

struct load {
	struct lab *lab;
	struct load_wish wish;
	load_fn progress, done;
	void *arg;
	struct endpoint_own *client, *server; /* NULL: gone */
	uint32_t client_id, server_id;	      /* of the requests that are answered by news */
	struct filter filter;
	enum load_phase phase;
	bool ending;
	struct event *look;
	int64_t patient_until;
	char lost[64];
	struct load_report report;
};

bool load_has(const struct lab *lab, const struct endpoint_own *endpoint)
{
	return lab->load && (lab->load->client == endpoint || lab->load->server == endpoint);
}

/* ------------------------------------------------------------------ the end */

static void dispose(struct load *load)
{
	load->lab->load = NULL;
	load->lab->leftout = NULL;
	event_free(load->look);
	free(load);
}

static void settled(void *arg, const struct lab_event *none)
{
	struct load *load = arg;
	struct load_report report = load->report;
	load_fn done = load->done;
	void *done_arg = load->arg;
	char lost[sizeof load->lost];

	(void)none;
	memcpy(lost, load->lost, sizeof lost);
	report.lost = lost[0] ? lost : NULL;
	dispose(load);
	if (done)
		done(done_arg, &report);
}

static void over(struct load *load)
{
	struct lab *lab = load->lab;

	load->phase = LOAD_SETTLES;
	leftout_end(lab);
	settle_then(lab, settled, load, NULL);
}

/* ------------------------------------------------------------- growing quiet */

struct counting {
	const struct load *load;
	unsigned count;
};

static void count_row(void *arg, const struct diag_row *row)
{
	struct counting *counting = arg;

	counting->count += filter_leaves_out(&counting->load->filter, &row->local, &row->peer);
}

/* Those that are not in TIME-WAIT. */
static unsigned still_open(const struct load *load)
{
	struct node_own *server = node_by_address(load->lab, &load->wish.to);
	struct node_own *nodes[] = {node_own(load->wish.node), server};
	struct counting counting = {.load = load};
	struct cause ignored;

	for (int i = 0; i < 2; i++)
		if (nodes[i] && nodes[i]->diag)
			diag_dump(nodes[i]->diag, DIAG_NO_TIME_WAIT, count_row, &counting, &ignored);
	return counting.count;
}

static void on_look(evutil_socket_t fd, short what, void *arg)
{
	struct load *load = arg;
	struct timeval again = clock_timeval(LOOK_EVERY);

	(void)fd;
	(void)what;
	if (clock_monotonic() < load->patient_until && still_open(load) > 0)
		event_add(load->look, &again);
	else
		over(load);
}

static int64_t patience(const struct load *load)
{
	return load->ending ? PATIENCE_ENDING : PATIENCE;
}

static void quieten(struct load *load)
{
	load->phase = LOAD_QUIETENS;
	load->patient_until = clock_monotonic() + patience(load);
	event_active(load->look, EV_TIMEOUT, 0);
}

static void end_serving(struct load *load)
{
	struct request request = {.op = OP_SERVE_END, .size = (uint64_t)patience(load)};
	struct cause ignored;

	load->phase = LOAD_ENDS;
	if (!load->server || endpoint_tell(load->server, &request, &ignored) < 0)
		quieten(load);
}

static void end_client(struct load *load)
{
	struct request request = {.op = OP_LOAD_END};
	struct cause ignored;

	if (!load->client || endpoint_tell(load->client, &request, &ignored) < 0)
		end_serving(load);
}

void lab_load_end(struct lab *lab)
{
	struct load *load = lab->load;

	if (!load || load->ending)
		return;
	load->ending = true;
	load->patient_until = 0;
	if (load->phase == LOAD_RUNS)
		end_client(load);
}

void lab_load_cancel(struct lab *lab, void *arg)
{
	struct load *load = lab->load;

	if (!load || load->arg != arg)
		return;
	load->progress = load->done = NULL;
	lab_load_end(lab);
}

void load_free(struct lab *lab)
{
	if (lab->load)
		dispose(lab->load);
}

void load_endpoint_ended(struct lab *lab, const struct endpoint_own *endpoint)
{
	struct load *load = lab->load;
	bool client;

	if (!load_has(lab, endpoint))
		return;
	client = load->client == endpoint;
	snprintf(load->lost, sizeof load->lost, "%s's process has ended", endpoint->name);
	if (client)
		load->client = NULL;
	if (load->server == endpoint)
		load->server = NULL;
	switch (load->phase) {
	case LOAD_STARTS:
	case LOAD_QUIETENS:
	case LOAD_SETTLES:
		return;
	case LOAD_SERVES:
	case LOAD_ENDS:
		end_serving(load);
		return;
	case LOAD_RUNS:
		if (client)
			end_serving(load);
		else
			end_client(load);
		return;
	}
}

/* --------------------------------------------------------------------- news */

static void take_news(struct load *load, const struct load_news *news)
{
	struct load_report *report = &load->report;

	report->done = news->done;
	report->failed = news->failed;
	report->cut_off = news->open;
	report->took = news->took;
	report->error_count = news->error_count;
	for (unsigned i = 0; i < news->error_count; i++)
		report->errors[i] = (struct load_errors){news->errors[i].error, news->errors[i].count};
	if (!load->wish.kernel_ports)
		node_own(load->wish.node)->load_port = news->next_port;
}

static void begin_client(struct load *load, const struct load_order *order)
{
	struct request request = {.op = OP_LOAD, .to = load->wish.to, .range_low = load->report.low,
		.range_high = load->report.high, .length = sizeof *order};
	struct cause cause;

	load->phase = LOAD_RUNS;
	memcpy(request.data, order, sizeof *order);
	if (load->client)
		options_of(load->client, &request.options);
	if (load->ending || !load->client || endpoint_tell(load->client, &request, &cause) < 0)
		end_serving(load);
	else
		load->client_id = request.id;
}

static struct load_order order_of(const struct load *load)
{
	const struct load_wish *wish = &load->wish;
	uint16_t port = node_own(wish->node)->load_port;

	if (port < load->report.low || port > load->report.high)
		port = load->report.low;
	return (struct load_order){.count = wish->count, .concurrency = wish->concurrency,
		.bytes = wish->bytes, .first_port = port, .named = !wish->kernel_ports,
		.server_closes = wish->server_closes};
}

static void from_client(struct load *load, const struct reply *reply)
{
	struct load_news news;

	memcpy(&news, reply->data, sizeof news);
	take_news(load, &news);
	if (reply->kind == REPLY_LOAD_END)
		end_serving(load);
	else if (load->progress)
		load->progress(load->arg, &load->report);
}

static void from_server(struct load *load, const struct reply *reply)
{
	const struct load_order order = order_of(load);
	struct load_news news;

	memcpy(&news, reply->data, sizeof news);
	load->report.server_failed = news.failed;
	if (load->phase == LOAD_SERVES && reply->kind == REPLY_LOAD)
		begin_client(load, &order);
	else if (load->phase == LOAD_ENDS && reply->kind == REPLY_LOAD_END)
		quieten(load);
}

void load_replied(struct endpoint_own *endpoint, const struct reply *reply)
{
	struct load *load = endpoint->lab->load;

	if (load && reply->id == load->client_id && load->phase == LOAD_RUNS)
		from_client(load, reply);
	else if (load && reply->id == load->server_id)
		from_server(load, reply);
}

/* ---------------------------------------------------------------- beginning */

/* All that went before has been told: what comes now is the load. */
static void start(void *arg, const struct lab_event *none)
{
	struct load *load = arg;
	struct lab *lab = load->lab;
	const struct load_order order = order_of(load);
	struct request request = {.op = OP_SERVE, .length = sizeof order};
	struct cause cause;

	(void)none;
	load->phase = LOAD_SERVES;
	leftout_make(lab, node_own(load->wish.node), &load->wish.to, &load->filter);
	memcpy(request.data, &order, sizeof order);
	if (load->ending || !load->server || leftout_begin(lab, &load->filter, &cause) < 0 ||
		endpoint_tell(load->server, &request, &cause) < 0) {
		over(load);
		return;
	}
	load->server_id = request.id;
	crowd_seen(node_own(load->wish.node), CROWD_COMES);
	crowd_seen(node_own(load->server->endpoint.node), CROWD_COMES);
	log_note(lab, "a load from %s to %s, port %u: its segments are not followed one by one%s",
		load->wish.node->name, load->server->endpoint.node->name, load->wish.to.port,
		faults_any(lab) ? ", and no fault strikes them" : "");
	endpoints_watch(lab);
}

int lab_load(struct lab *lab, const struct load_wish *wish, load_fn progress, load_fn done,
	void *arg, struct cause *cause)
{
	struct endpoint_own *server, *client;
	struct load_report report = {0};
	struct load *load;

	if (!(server = load_check_server(lab, wish, cause)) ||
		!(client = load_check_client(lab, wish, &report, cause)))
		return -1;
	apply_meet(lab, node_own(wish->node), &wish->to);
	load = lab->load = alloc_new(struct load);
	*load = (struct load){.lab = lab, .wish = *wish, .progress = progress, .done = done, .arg = arg,
		.client = client, .server = server, .report = report};
	load->look = evtimer_new(lab->base, on_look, load);
	settle_then(lab, start, load, NULL);
	return 0;
}
