/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * settle.c - knowing when nothing moves any more.
 *
 * One round sends a fence through the wire and waits until it is through: all
 * that was under way before it has been taken in. A host's answer needs two
 * rounds at most to show on the wire. So after two rounds without a new frame
 * nothing is under way but timers, and the tables can be read. Where there is
 * no end of frames (a long transfer), it is cut short and told as it stands: after
 * many rounds with new ones, and not by the time alone, for on a busy machine the
 * three segments of a handshake take any time.
 *
 * Three things are waited for. Segments in the queues of impaired links, and those
 * that a fault delays by a few seconds: they leave by themselves. Those inside of a
 * switch or router, for as long as it may yet send them on. And one timer: a host may
 * delay its ACK by 40 ms and more (RFC 9293 3.8.6.3). Whoever waits for an action to
 * settle also waits for those; else what is shown next would depend on the moment.
 */
#include <stdlib.h>

#include "alloc.h"
#include "clock.h"
#include "lab.h"

#define QUIET_ROUNDS  2
#define ANSWER_WITHIN (250 * NS_PER_MS) /* TCP_DELACK_MAX is 200 ms */
#define LONGEST	     (30 * NS_PER_MS)
#define BUSY_ROUNDS  30
#define PATIENCE_MAX  (5 * NS_PER_S)
#define LATE_PATIENCE (20 * NS_PER_S) /* with one late segment after another */
#define SOON	     NS_PER_MS

static void waiter_free(struct waiter *waiter)
{
	if (waiter->socket)
		socket_unref(waiter->socket);
	free(waiter->text);
	free(waiter);
}

static void run(struct lab *lab);

static void begin_rounds(struct lab *lab)
{
	lab->settle.began = clock_monotonic();
	lab->settle.busy = 0;
}

static void begin(struct lab *lab)
{
	struct waiter *waiter;

	lab->settle.running = true;
	lab->settle.quiet = 0;
	lab->settle.awaiting = lab->settle.cut_asked = false;
	begin_rounds(lab);
	lab->settle.patience = lab->settle.began + ANSWER_WITHIN +
		(4 * lab->longest < PATIENCE_MAX ? 4 * lab->longest : PATIENCE_MAX);
	lab->settle.late_patience = lab->settle.began + LATE_PATIENCE;
	lab->settle.frames = lab->wire.frames;
	while ((waiter = TAILQ_FIRST(&lab->settle.late))) {
		TAILQ_REMOVE(&lab->settle.late, waiter, entry);
		TAILQ_INSERT_TAIL(&lab->settle.waiters, waiter, entry);
	}
	if (lab->wire.ring)
		wire_fence(lab);
	wire_drain(lab);
}

static void finish(struct lab *lab)
{
	struct waiter *waiter;

	lab->settle.running = lab->settle.telling = false;
	event_del(lab->settle.answer);
	lab->ops->changed(lab->arg);
	while ((waiter = TAILQ_FIRST(&lab->settle.waiters))) {
		TAILQ_REMOVE(&lab->settle.waiters, waiter, entry);
		waiter->done(waiter->arg, waiter->has_call ? &waiter->call : NULL);
		waiter_free(waiter);
	}
	if (!TAILQ_EMPTY(&lab->settle.late))
		event_active(lab->settle.soon, EV_TIMEOUT, 0);
}

/* Has its receiver an ACK to send that has not been seen yet? */
static bool is_due(struct lab *lab, const struct passage_own *passage)
{
	const struct segment *segment = &passage->passage.seg;
	const struct socket_own *receiver;
	const struct flow *flow;
	int side;

	if (lab_now(lab) > passage->passage.left + ANSWER_WITHIN)
		return false;
	flow = flows_find(lab->wire.flows, &segment->src, &segment->dst, &side);
	if (!flow || passage->item.incarnation != flow->incarnation || (flow->side[!side].ack_known &&
			     !seq_before(flow->side[!side].ack, segment->seq + segment_space(segment))))
		return false;
	receiver = passage->passage.to
		? socket_at(lab, passage->passage.to, &segment->dst, &segment->src)
		: NULL;
	return receiver && receiver->socket.state != STATE_CLOSED;
}

void settle_delivered(struct lab *lab, struct passage_own *passage)
{
	const struct segment *segment = &passage->passage.seg;

	if (segment_space(segment) == 0 || segment->flags & SEG_RST ||
		lab->settle.due_count == SETTLE_DUE)
		return;
	passage_ref(passage);
	lab->settle.due[lab->settle.due_count++] = passage;
}

/* Forget what has been answered, or will not be. */
static void due_prune(struct lab *lab, bool all)
{
	unsigned left = 0;

	for (unsigned i = 0; i < lab->settle.due_count; i++)
		if (!all && is_due(lab, lab->settle.due[i]))
			lab->settle.due[left++] = lab->settle.due[i];
		else
			passage_unref(lab->settle.due[i]);
	lab->settle.due_count = left;
}

/* Do impaired links or faults have segments that will come by themselves? */
static bool is_under_way(struct lab *lab)
{
	int64_t now = clock_monotonic();

	if (astray_awaited(lab) && now < lab->settle.late_patience)
		return true;
	return transit_under_way(lab) && lab->longest > 0 && now < lab->settle.patience;
}

static void next_round(struct lab *lab)
{
	if (lab->wire.ring)
		wire_fence(lab);
	wire_drain(lab);
}

/* May something yet come out of a router? Not for ever: there may be no end of it. */
static bool is_inside(const struct lab *lab)
{
	return clock_monotonic() < lab->settle.patience && transit_inside(lab, lab_now(lab));
}

/* Is there something to wait for, before all is told? */
static bool await_answer(struct lab *lab)
{
	bool under_way = is_under_way(lab);
	struct timeval wait = clock_timeval(ANSWER_WITHIN + lab->longest);

	due_prune(lab, false);
	if (lab->settle.due_count == 0 && !under_way && !is_inside(lab))
		return false;
	if (TAILQ_EMPTY(&lab->settle.waiters) && !calls_awaited(lab))
		return false;
	/* it may take seconds: what is known is told now, once the endpoints that were
	 * asked have answered */
	if (under_way && !observe_run(lab, false)) {
		next_round(lab);
		return true;
	}
	lab->settle.awaiting = true;
	lab->settle.awaited_at = lab->wire.frames;
	event_add(lab->settle.answer, &wait);
	return true;
}

/* One round is through: go on, or tell. True when it is over. */
static bool round_ended(struct lab *lab)
{
	bool quiet = lab->wire.frames == lab->settle.frames, cut_short;

	lab->settle.busy += !quiet;
	cut_short = lab->settle.busy >= BUSY_ROUNDS &&
		clock_monotonic() > lab->settle.began + LONGEST;
	lab->settle.cut_short = cut_short;
	lab->settle.quiet = quiet ? lab->settle.quiet + 1 : 0;
	lab->settle.frames = lab->wire.frames;
	if (lab->settle.quiet >= QUIET_ROUNDS || cut_short || !lab->wire.ring) {
		if (!cut_short && await_answer(lab))
			return false;
		transit_sweep(lab, lab_now(lab));
		lab->settle.telling = true;
		/* even then an endpoint that was asked comes first, once */
		if (observe_run(lab, cut_short && lab->settle.cut_asked))
			return true;
		lab->settle.cut_asked = cut_short;
		lab->settle.telling = false;
		lab->settle.quiet = 0;
	}
	next_round(lab);
	return false;
}

static void run(struct lab *lab)
{
	while (lab->settle.running) {
		if (lab->settle.syncs > 0)
			return; /* settle_go_on() comes */
		if (lab->settle.awaiting && lab->wire.frames == lab->settle.awaited_at)
			return; /* a frame comes, or on_answer() */
		if (lab->settle.awaiting) {
			lab->settle.awaiting = false;
			begin_rounds(lab);
			wire_fence(lab);
		}
		if (lab->wire.ring && !wire_fenced(lab)) {
			wire_drain(lab);
			if (!wire_fenced(lab))
				return; /* the ring's event comes */
		}
		if (round_ended(lab))
			finish(lab);
	}
}

static void on_soon(evutil_socket_t fd, short what, void *arg)
{
	struct lab *lab = arg;

	(void)fd;
	(void)what;
	if (!lab->settle.running)
		begin(lab);
	run(lab);
}

static void on_answer(evutil_socket_t fd, short what, void *arg)
{
	struct lab *lab = arg;

	(void)fd;
	(void)what;
	if (!lab->settle.awaiting)
		return;
	lab->settle.awaiting = false;
	begin_rounds(lab);
	wire_fence(lab);
	wire_drain(lab);
	run(lab);
}

void settle_go_on(struct lab *lab)
{
	event_active(lab->settle.soon, EV_TIMEOUT, 0);
}

void settle_soon(struct lab *lab)
{
	struct timeval wait = clock_timeval(SOON);

	if (lab->settle.running)
		settle_go_on(lab);
	else if (!event_pending(lab->settle.soon, EV_TIMEOUT, NULL))
		event_add(lab->settle.soon, &wait);
}

void settle_then(struct lab *lab, lab_done_fn done, void *arg, const struct lab_event *call)
{
	struct waiter *waiter = alloc_new(struct waiter);

	waiter->done = done;
	waiter->arg = arg;
	if (call) {
		waiter->has_call = true;
		waiter->call = *call;
		waiter->call.text = waiter->text = event_text(call);
		if (call->socket) {
			waiter->socket = socket_own(call->socket);
			socket_ref(waiter->socket);
		}
	}
	if (lab->settle.running && !lab->settle.telling) {
		TAILQ_INSERT_TAIL(&lab->settle.waiters, waiter, entry);
		lab->settle.quiet = 0;
	} else {
		TAILQ_INSERT_TAIL(&lab->settle.late, waiter, entry);
	}
	settle_go_on(lab);
}

void lab_settle(struct lab *lab, lab_done_fn done, void *arg)
{
	settle_then(lab, done, arg, NULL);
}

void settle_cancel(struct lab *lab, void *arg)
{
	struct waiters *lists[] = {&lab->settle.waiters, &lab->settle.late};

	for (int i = 0; i < 2; i++) {
		struct waiter *waiter, *next;

		for (waiter = TAILQ_FIRST(lists[i]); waiter; waiter = next) {
			next = TAILQ_NEXT(waiter, entry);
			if (waiter->arg != arg)
				continue;
			TAILQ_REMOVE(lists[i], waiter, entry);
			waiter_free(waiter);
		}
	}
}

void settle_init(struct lab *lab)
{
	TAILQ_INIT(&lab->settle.waiters);
	TAILQ_INIT(&lab->settle.late);
	lab->settle.soon = evtimer_new(lab->base, on_soon, lab);
	lab->settle.look = evtimer_new(lab->base, on_soon, lab);
	lab->settle.answer = evtimer_new(lab->base, on_answer, lab);
}

static void drop_all(struct waiters *list)
{
	struct waiter *waiter;

	while ((waiter = TAILQ_FIRST(list))) {
		TAILQ_REMOVE(list, waiter, entry);
		waiter_free(waiter);
	}
}

void settle_free(struct lab *lab)
{
	if (!lab->settle.soon)
		return;
	due_prune(lab, true);
	drop_all(&lab->settle.waiters);
	drop_all(&lab->settle.late);
	event_free(lab->settle.soon);
	event_free(lab->settle.look);
	event_free(lab->settle.answer);
}
