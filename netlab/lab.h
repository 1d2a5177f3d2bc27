/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lab.h - the engine's own view of a lab: what include/netlab.h keeps opaque,
 * and the calls between the engine's files. One paragraph a file.
 */
#ifndef NETLAB_LAB_H
#define NETLAB_LAB_H

#include <event2/event.h>
#include <sys/queue.h>

#include "channel.h"
#include "closing.h"
#include "diag.h"
#include "flow.h"
#include "gate.h"
#include "netif.h"
#include "netlab.h"
#include "packet.h"

struct reply;

/* ------------------------------------------------------------ node.c link.c */

struct node_own {
	struct node node; /* first: the public view */
	TAILQ_ENTRY(node_own) entry;
	char name[16];
	struct lab *lab;
	int ns;
	struct netif *netif;
	struct diag *diag;
	struct address address; /* of its first interface; family 0: none yet */
	unsigned interfaces;
#define FIRST_PORT 40000 /* of those that the lab names for connect() */
	uint16_t next_port; /* the next ephemeral port that the lab names */
	bool patient;	   /* its sysctls are raised, see step.c */
	char impatient[8][16]; /* their values before that */
};

/* Where a frame enters the wire, and where it leaves it when it came from the
 * other end. Direction d is what enters at end d and leaves at end !d. */
struct link_end {
	struct node_own *node;
	char host_name[16];	/* "eth0" in the node */
	int host_ifindex;
	uint8_t mac[6];		/* of the host's end */
	struct address address;
	int ifindex;		/* middle end, in the wire */
	/* direction that enters here */
	bool held, releasing;
	bool ready;		/* can send towards the host */
	int gate_in, gate_out;	/* veth that leads held frames to the gate; 0: not made */
	TAILQ_HEAD(, passage_own) entering; /* seen here, on their way to the gate */
	TAILQ_HEAD(, passage_own) going;    /* on their way to the other end */
};

struct link {
	TAILQ_ENTRY(link) entry;
	struct lab *lab;
	unsigned number;	/* from 0 */
	struct link_end end[2];
};

void node_free(struct node_own *node);
void link_free(struct link *link);
struct node_own *node_by_address(const struct lab *lab, const struct address *address);
static inline struct node_own *node_own(const struct node *node)
{
	return (struct node_own *)(uintptr_t)node;
}

/* -------------------------------------------------------------- passage.c */

struct passage_own {
	struct passage passage; /* first: the public view */
	unsigned references;
	TAILQ_ENTRY(passage_own) entry;	/* in entering or going */
	struct link *link;
	int direction;
	uint8_t *bytes;
	uint32_t length;
	int64_t going_since;	/* when it was put on its way to the other end */
	int side;		/* of its flow */
	bool acks_new, acks_fin;
	struct gate_item item;	/* while held */
	enum arrival arrival;	/* once delivered */
	bool brings_fin;
	const struct closing_rule *stays; /* why its receiver stayed as it was */
	struct tcp_socket *receiver;	  /* borrowed until told; see observe.c */
	enum fate told;			  /* the last fate that was told */
};

struct passage_own *passage_new(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment);
/* The same bytes as a passage of its own, not numbered yet. */
struct passage_own *passage_again(const struct passage_own *passage);
void passage_ref(struct passage_own *passage);
void passage_unref(struct passage_own *passage);

/* ----------------------------------------------------------------- wire.c */

/* The wire: middle ends, capture, gate. The capture ring sees every frame on
 * every middle end, in order; the gate's ring, in a namespace of its own, sees
 * only what was redirected to the gate, so nothing of that has been
 * forwarded. */
struct wire {
	struct netif *netif;
	int home;		/* the namespace, also the process's home */
	int send_fd;		/* packet socket that sends into the wire */
	int ring_fd;		/* until the ring is mapped; then -1 */
	struct ring *ring;
	struct event *ring_event;
	int fence_out, fence_in; /* veth pair within the wire */
	uint32_t fence_sent, fence_seen;
	int gate_ns;		/* -1: no gate yet */
	struct netif *gate_netif;
	struct ring *gate_ring;
	struct event *gate_event;
	int next_ifindex;
	bool links_not_ready;	/* some may have a middle end that cannot send yet */
	uint64_t frames;	/* seen so far, for telling quiet */
	uint64_t overruns_told;
	struct flows *flows;
	struct gate gate;
	unsigned held_directions;
	uint32_t passages;	/* numbers given */
};

int wire_open(struct lab *lab, struct cause *cause);
void wire_close(struct lab *lab);
/* Make sure that everything on the wire is captured from now on. */
int wire_start(struct lab *lab, struct cause *cause);
/* Make the two middle ends of the link and lead them into each other. */
int wire_join(struct lab *lab, struct link *link, struct cause *cause);
/* Read what the rings have; tells observe.c. */
void wire_drain(struct lab *lab);
/* Send a frame after all that is under way; wire_fenced() when it is through,
 * which means that all before it has been taken in. */
void wire_fence(struct lab *lab);
bool wire_fenced(struct lab *lab);
/* Put a passage's frame onto the wire's leaving end. */
int wire_deliver(struct lab *lab, struct passage_own *passage, struct cause *cause);
/* Redirect a direction's TCP to the gate, or back. */
int wire_hold(struct lab *lab, struct link *link, int direction, struct cause *cause);
int wire_unhold(struct lab *lab, struct link *link, int direction, struct cause *cause);
/* What entered long ago and has not left is lost. */
void wire_sweep(struct lab *lab, int64_t now);

/* For held.c: the next number; the passage with those bytes, taken from what
 * is on its way to the other end (`going`) or to the gate; a frame entered; the
 * capture ring alone; making a ring; the link whose end has that number, in the
 * wire or in the gate's namespace. */
void wire_number(struct lab *lab, struct passage_own *passage);
struct passage_own *wire_take(struct link_end *end, const struct frame *frame, bool going);
void wire_entered(struct lab *lab, struct link *link, int direction, const struct frame *frame,
	const struct segment *segment);
void wire_drain_ring(struct lab *lab);
int wire_ring_begin(const struct lab *lab, int fd, uint32_t frames, struct cause *cause);
struct ring *wire_ring_attach(struct lab *lab, int *fd, uint32_t frames, struct event **event,
	struct cause *cause);
struct link *wire_link_at(const struct lab *lab, int ifindex, int *e, bool gate);

/* ----------------------------------------------------------------- held.c */

void held_drain(struct lab *lab);

/* ---------------------------------------------------- endpoint.c calls.c */

struct pending_call {
	TAILQ_ENTRY(pending_call) entry;
	uint32_t id;
	lab_done_fn done;	/* NULL: forgotten, or told as pending */
	void *arg;
	enum stimulus on;	/* what a success of it is for its socket */
	bool was_pending;
	struct endpoint_own *endpoint;
	struct lab_event event;	/* as it stood when it was pending */
	struct socket_own *socket; /* a reference, while event names it */
	bool has_stimulus;
};

struct endpoint_own {
	struct endpoint endpoint; /* first: the public view */
	TAILQ_ENTRY(endpoint_own) entry;
	char name[16];
	struct lab *lab;
	int channel, pidfd;
	struct event *readable, *ended;
	uint32_t next_number;	/* of sockets, over all its processes */
	bool syncing;
	bool dying;		/* its end is waited for before anything is told */
	uint64_t synced_at;	/* frames seen when it was last asked to sync */
	TAILQ_HEAD(, pending_call) calls;
	lab_done_fn killed_done; /* of endpoint_signal(SIGKILL) */
	void *killed_arg;
};

/* The endpoint of that name (NULL: the node's), its process running. */
struct endpoint_own *endpoint_get(struct lab *lab, struct node *node, const char *name,
	struct cause *cause);
void endpoint_free(struct endpoint_own *endpoint);
/* The channel's event; one answer of it, false when there is none; the end of a
 * sync; the end of all calls, told to those who wait, or not. */
void calls_on_channel(evutil_socket_t fd, short what, void *arg);
/* Nothing is told until the process has ended. */
void endpoint_await_end(struct endpoint_own *endpoint);
bool calls_receive(struct endpoint_own *endpoint);
void calls_synced(struct endpoint_own *endpoint);
void calls_fail(struct endpoint_own *endpoint);
/* Its process does not answer for now: end the waiting, the answers come later. */
void calls_stopped(struct endpoint_own *endpoint);
/* Look soon whether a process that owes an answer has been stopped. */
void endpoints_watch(struct lab *lab);
void calls_forget(struct endpoint_own *endpoint);
void endpoints_cancel(struct lab *lab, void *arg);
/* Ask for a sync; false when there is nobody to ask. */
bool endpoint_sync(struct endpoint_own *endpoint);
bool endpoint_has_calls(const struct endpoint_own *endpoint);

/* --------------------------------------------------------------- socket.c */

struct socket_own {
	struct tcp_socket socket; /* first: the public view */
	TAILQ_ENTRY(socket_own) entry;
	struct socket_own *same_hash, *same_owned;
	unsigned references;
	bool unexplained;	/* it sent FIN or RST, and no call of its owner is known */
	bool born;		/* a change of its state has been told */
	int64_t timer_at;	/* lab time at which its timer ends, as last seen */
	enum tcp_state model;	/* where the stimuli of this round lead */
	struct proposal *proposals;
	unsigned proposal_count, proposal_room;
	enum tcp_state found;	/* by the dump */
};

struct socket_own *socket_make(struct lab *lab, struct node_own *node, const struct address *local,
	const struct address *peer, uint64_t cookie);
/* The newest one with these addresses, gone ones not. */
struct socket_own *socket_at(struct lab *lab, const struct node *node, const struct address *local,
	const struct address *peer);
/* The one with the same addresses that came before it, or NULL. */
struct socket_own *socket_before(const struct socket_own *own);
/* The same, with that cookie; NULL when there is none. */
struct socket_own *socket_with(struct lab *lab, const struct node *node,
	const struct address *local, const struct address *peer, uint64_t cookie);
struct socket_own *socket_of(struct lab *lab, const struct endpoint_own *endpoint, unsigned number);
/* The same for those of endpoints alone: cheap where there are thousands. */
struct socket_own *socket_owned_at(struct lab *lab, const struct node *node,
	const struct address *local, const struct address *peer);
void socket_own_by(struct socket_own *socket, struct endpoint_own *endpoint, unsigned number);
void socket_ref(struct socket_own *socket);
void socket_unref(struct socket_own *socket);
/* Take from the list those that are gone and nobody can name. */
void sockets_retire(struct lab *lab);
void sockets_free(struct lab *lab);
static inline struct socket_own *socket_own(const struct tcp_socket *socket)
{
	return (struct socket_own *)(uintptr_t)socket;
}

/* -------------------------------------------------------------- observe.c */

/* Something that may change a socket's state, or is to be told anyway. */
struct happening {
	enum {
		HAPPENED_CALL,	  /* an event of kind LAB_CALL, LAB_PROCESS, LAB_NOTE */
		HAPPENED_ENTERED, /* a passage entered the wire */
		HAPPENED_LEFT,	  /* it left it */
		HAPPENED_FATE,	  /* its fate changed otherwise */
	} kind;
	int64_t time;
	uint64_t order;
	struct passage_own *passage;	/* a reference */
	struct socket_own *socket;	/* CALL: a reference, or NULL */
	bool has_stimulus;
	enum stimulus on;
	struct lab_event event;		/* CALL: what to tell; text is owned */
	bool silent;			/* CALL: not to be told itself */
	enum fate fate;
	struct socket_own *touched[3];	/* those with a proposal by it; borrowed */
	unsigned touched_count;
};

/* A transition that a happening would cause, if the kernel agrees. */
struct proposal {
	const struct closing_rule *rule;
	unsigned happening; /* index */
	bool accepted, observed;
};

/* propose.c: make all sockets' proposals anew. */
void propose_all(struct lab *lab);
/* May another socket be followed that is no endpoint's? */
bool propose_room(const struct lab *lab);

/* Note it for the next observe_run(). */
void observe_passage(struct lab *lab, int kind, struct passage_own *passage, int64_t time);
#define NO_STIMULUS STIMULI
void observe_event(struct lab *lab, const struct lab_event *event, struct socket_own *socket,
	enum stimulus on, bool silent);
/* Look at all sockets and tell all that happened since the last time; but not
 * yet (false) when an endpoint has something to do first that belongs to it: a
 * connection to accept, data to echo, the end of a call. It is asked to sync.
 * `finally`: tell it all the same. */
bool observe_run(struct lab *lab, bool finally);
void observe_forget(struct lab *lab);

/* --------------------------------------------------------------- settle.c */

TAILQ_HEAD(waiters, waiter);
struct waiter {
	TAILQ_ENTRY(waiter) entry;
	lab_done_fn done;
	void *arg;
	struct lab_event call;	/* what done will be given */
	struct socket_own *socket; /* a reference that call borrows */
	char *text;
	bool has_call;
};

/* Settle, then done(arg, call); `call` is copied. */
void settle_then(struct lab *lab, lab_done_fn done, void *arg, const struct lab_event *call);
/* Something happened: settle soon, for the sake of the events. */
void settle_soon(struct lab *lab);
/* A sync was answered, or an endpoint ended. */
void settle_go_on(struct lab *lab);
void settle_cancel(struct lab *lab, void *arg);
/* A passage has left the wire: an ACK of it may be due. */
#define SETTLE_DUE 64
void settle_delivered(struct lab *lab, struct passage_own *passage);
void settle_init(struct lab *lab);
void settle_free(struct lab *lab);

/* ------------------------------------------------------------------ log.c */

/* A copy of the event's text; data received may hold zeros, its length is the
 * call's result. NULL when it has none. */
char *event_text(const struct lab_event *event);
void log_tell(struct lab *lab, const struct lab_event *event);
void log_note(struct lab *lab, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_free(struct lab *lab);

/* ------------------------------------------------------------------- step.c */

void step_init(struct lab *lab);
void step_free(struct lab *lab);
void step_cancel(struct lab *lab, void *arg);
/* A segment has come to be held. */
void step_segment_held(struct lab *lab);
/* Hold a passage that is not numbered yet, behind all others or before them. */
void gate_hold(struct lab *lab, struct passage_own *passage, bool first);

/* -------------------------------------------------------------- process.c */

void processes_free(struct lab *lab);
void pings_free(struct lab *lab); /* ping.c */

/* ------------------------------------------------------------------ lab.c */

struct lab {
	uint32_t serial;	/* of the labs of this process */
	struct event_base *base;
	const struct lab_ops *ops;
	void *arg;
	int64_t zero;		/* monotonic clock when it began */
	struct wire wire;
	TAILQ_HEAD(, node_own) nodes;
	TAILQ_HEAD(, link) links;
	TAILQ_HEAD(, endpoint_own) endpoints;
	TAILQ_HEAD(sockets_head, socket_own) sockets;
	TAILQ_HEAD(, process) processes;
	TAILQ_HEAD(, ping) pings;
	bool has_run_programs;	/* some may have left others behind */
	struct socket_own *socket_hash[1024];
	struct socket_own *owned_hash[1024]; /* those of endpoints: few, for long dumps */
	unsigned socket_count;
	unsigned node_count, link_count;
	uint32_t next_request;
	struct happening *happenings;
	unsigned happening_count, happening_room;
	uint64_t happening_order;
	struct {
		bool running;
		bool telling;	 /* too late to join it */
		unsigned quiet;	 /* rounds without a new frame */
		uint64_t frames; /* seen at the end of the last round */
		int64_t began;	 /* monotonic */
		unsigned syncs;	 /* asked, not answered */
		struct waiters waiters; /* of this time */
		struct waiters late;	/* of the next */
		bool awaiting;	 /* an ACK that is due */
		uint64_t awaited_at; /* frames seen when the waiting began */
		struct passage_own *due[SETTLE_DUE]; /* delivered, perhaps not ACKed yet */
		unsigned due_count;
		bool cut_short;	 /* the last round was too late */
		bool cut_asked;	 /* endpoints that are behind were asked after that */
		struct event *soon, *look, *answer;
		int64_t dump_took;
	} settle;
	struct {
		bool drop;
		step_done_fn done;
		void *arg;
		struct passage_own *passage; /* a reference, once it was acted on */
		struct event *timer;
		enum { STEP_IDLE, STEP_AWAITS_SEGMENT, STEP_SETTLES } phase;
	} step;
	struct lab_event *log;
	uint64_t log_first, log_end;
	struct event *watch;	/* over processes that owe an answer */
	bool closing;
};

static inline int64_t lab_time(const struct lab *lab, int64_t monotonic)
{
	return monotonic - lab->zero;
}

#endif
