/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * impair_queue.c - the gate's queues: frames of an impaired direction wait here
 * for the time at which each leaves (emulate.c), and one timer for all queues
 * lets them go.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"
#include "impair_own.h"

/* A frame that waits; `times` it leaves. */
struct float_frame {
	struct passage_own *passage; /* a reference, or NULL */
	uint32_t length;
	int times;
	uint8_t bytes[];
};

static void frame_free(void *load)
{
	struct float_frame *frame = load;

	if (--frame->times > 0)
		return;
	if (frame->passage)
		passage_unref(frame->passage);
	free(frame);
}

static void not_waiting(struct impair *impair)
{
	struct wire *wire = &impair->end->link->lab->wire;

	if (impair->waiting)
		TAILQ_REMOVE(&wire->queues, impair, entry);
	impair->waiting = false;
}

/* Nothing is impaired and nothing waits: the kernel carries the frames again. */
void impair_give_back(struct impair *impair)
{
	struct link *link = impair->end->link;
	struct cause cause;

	if (!impair->diverted || impair->at == BACKEND_GATE || emulate_queued(impair->queue) > 0)
		return;
	if (held_divert_end(link->lab, link, impair->end->e, &cause) < 0)
		log_note(link->lab, "%s", cause.text);
	impair->diverted = false;
}

static void let_go(struct impair *impair, int64_t now)
{
	struct lab *lab = impair->end->link->lab;
	struct float_frame *frame;
	struct cause cause;

	while ((frame = emulate_pop(impair->queue, now))) {
		if (packet_send(lab->wire.send_fd, impair_far_end(impair->end)->ifindex,
			    frame->bytes, frame->length, &cause) < 0)
			log_note(lab, "%s", cause.text);
		frame_free(frame);
	}
	if (emulate_queued(impair->queue) == 0) {
		not_waiting(impair);
		impair_give_back(impair);
	}
}

void impair_clear(struct link_end *end)
{
	struct impair *impair = end->impair;

	if (!impair || !impair->queue)
		return;
	impair->counts.lost += emulate_queued(impair->queue);
	emulate_clear(impair->queue, frame_free);
	not_waiting(impair);
	impair_give_back(impair);
}

void impair_queue_free(struct impair *impair)
{
	not_waiting(impair);
	if (impair->queue)
		emulate_free(impair->queue, frame_free);
}

void impair_timer_set(struct lab *lab)
{
	struct itimerspec at = {0};
	struct impair *impair;
	int64_t first = astray_next(lab);

	if (!lab->wire.due)
		return;

	TAILQ_FOREACH(impair, &lab->wire.queues, entry) {
		int64_t next = emulate_next(impair->queue);

		if (next >= 0 && (first < 0 || next < first))
			first = next;
	}
	if (first >= 0) {
		at.it_value.tv_sec = first / NS_PER_S;
		at.it_value.tv_nsec = first % NS_PER_S + !first;
	}
	timerfd_settime(lab->wire.due_fd, TFD_TIMER_ABSTIME, &at, NULL);
}

static void on_due(evutil_socket_t fd, short what, void *arg)
{
	struct lab *lab = arg;
	struct impair *impair, *next;
	int64_t now = clock_monotonic();
	uint64_t times;

	(void)what;
	if (read(fd, &times, sizeof times) < 0 && errno != EAGAIN)
		log_note(lab, "the gate's timer: %s", strerror(errno));
	astray_due(lab, now);
	for (impair = TAILQ_FIRST(&lab->wire.queues); impair; impair = next) {
		next = TAILQ_NEXT(impair, entry);
		let_go(impair, now);
	}
	impair_timer_set(lab);
}

int impair_timer(struct lab *lab, struct cause *cause)
{
	struct wire *wire = &lab->wire;

	if (wire->due)
		return 0;
	wire->due_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (wire->due_fd < 0)
		return cause_set_errno(cause, errno, "cannot make the gate's timer");
	wire->due = event_new(lab->base, wire->due_fd, EV_READ | EV_PERSIST, on_due, lab);
	event_add(wire->due, NULL);
	return 0;
}

static void go_on(struct lab *lab, struct link_end *end, struct passage_own *passage)
{
	if (!passage)
		return;
	passage->going_since = lab_now(lab);
	passage_ref(passage);
	TAILQ_INSERT_TAIL(&end->going, passage, entry);
}

static void count_verdict(struct impair *impair, const struct emulate_verdict *verdict)
{
	impair->counts.lost += verdict->lost || verdict->overflowed;
	impair->counts.corrupted += verdict->corrupt_bit >= 0;
}

static int queue_frame(struct impair *impair, const uint8_t *bytes, uint32_t length, int64_t time,
	struct passage_own *passage)
{
	struct lab *lab = impair->end->link->lab;
	struct float_frame *frame = alloc_zeroed(1, sizeof *frame + length);
	struct emulate_verdict verdict = emulate_push(impair->queue, time, length, frame);

	count_verdict(impair, &verdict);
	if (verdict.lost || verdict.overflowed) {
		free(frame);
		if (passage)
			transit_lost(lab, passage, lab_now(lab));
		return 0;
	}
	frame->times = verdict.doubled ? 2 : 1;
	frame->length = length;
	memcpy(frame->bytes, bytes, length);
	if (verdict.corrupt_bit >= 0) {
		frame->bytes[verdict.corrupt_bit / 8] ^= (uint8_t)(1 << verdict.corrupt_bit % 8);
		if (passage) {
			memcpy(passage->bytes, frame->bytes, length);
			passage->corrupted = true;
		}
	}
	go_on(lab, impair->end, passage);
	if ((frame->passage = passage))
		passage_ref(passage);
	if (!impair->waiting)
		TAILQ_INSERT_TAIL(&lab->wire.queues, impair, entry);
	impair->waiting = true;
	let_go(impair, clock_monotonic());
	impair_timer_set(lab);
	return 0;
}

int impair_send(struct lab *lab, struct link *link, int direction, const uint8_t *bytes,
	uint32_t length, int64_t time, struct passage_own *passage, struct cause *cause)
{
	struct link_end *end = &link->end[direction];

	if (!link->up) {
		if (passage)
			transit_lost(lab, passage, lab_now(lab));
		return 0;
	}
	if (impair_by_gate(end))
		return queue_frame(end->impair, bytes, length, time, passage);
	go_on(lab, end, passage);
	return packet_send(lab->wire.send_fd, impair_far_end(end)->ifindex, bytes, length, cause);
}

int impair_queued(struct link_end *end)
{
	struct netif_qdisc_stats stats;
	struct impair *impair = end->impair;
	struct cause ignored;
	int queued;

	if (!impair)
		return 0;
	queued = impair->queue ? (int)emulate_queued(impair->queue) : 0;
	if (!impair->in_kernel)
		return queued;
	if (netif_qdisc_stats(end->link->lab->wire.netif, impair_far_end(end)->ifindex, &stats,
		    &ignored) < 0)
		return -1;
	return queued + (int)stats.queued;
}
