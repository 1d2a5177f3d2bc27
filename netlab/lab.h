/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lab.h - the engine's own view of a lab: what include/netlab.h keeps opaque,
 * and the calls between the engine's files. One paragraph a file.
 */
#ifndef NETLAB_LAB_H
#define NETLAB_LAB_H

#include <event2/event.h>
#include <limits.h>
#include <sys/queue.h>

#include "channel.h"
#include "closing.h"
#include "diag.h"
#include "filter.h"
#include "flow.h"
#include "gate.h"
#include "netif.h"
#include "netlab.h"
#include "packet.h"
#include "setting.h"

struct reply;

/* ------------------------------------------------------------ node.c link.c */

TAILQ_HEAD(link_ends, link_end);
TAILQ_HEAD(passages, passage_own);

/* A route that the user has set. */
struct hand_route {
	struct address prefix, via;
	int length;
};

/* A sysctl that the user has set, and its value before that. */
struct node_setting {
	char key[64], before[64];
};

struct node_own {
	struct node node; /* first: the public view */
	TAILQ_ENTRY(node_own) entry;
	char name[16];
	struct lab *lab;
	int ns;
	struct netif *netif;	/* NULL: closed now; see node_netif() */
	TAILQ_ENTRY(node_own) talking; /* those whose socket is open, the last used first */
	struct diag *diag;	/* NULL: not prepared, or a switch */
	struct link_ends ends;	/* its interfaces, in order of making */
	int next_ifindex;
	int bridge;		/* a switch's: ifindex of its bridge */
	struct settings have;	/* what the kernel has been told, see apply.c */
	struct hand_route *hand_routes;
	unsigned hand_route_count;
	struct link *nat;	/* its link inside; NULL: it does not masquerade */
	char nat_set[16];	/* the interface that the kernel was told; "": none */
	bool awaits_ipv6;	/* an address was given that may not be at work yet */
	bool prepared;		/* see node_prepare() */
	bool quiet;		/* see node_quieten() */
	bool domain_found;	/* scratch of plan_make() */
	bool watched;		/* may have sockets: some program or traffic was there */
	struct node_setting *settings; /* sysctls that the user has set */
	unsigned setting_count;
#define FIRST_PORT 40000 /* of those that the lab names for connect(), */
#define LAST_PORT  60999 /* and the last one */
	uint16_t next_port; /* the next ephemeral port that the lab names */
	uint16_t load_port; /* the next one that a load names; 0: its range's first */
	int crowd_fd;	   /* its sockstat, while it has a crowd (crowd.c); else -1 */
	unsigned followed; /* sockets that the lab knows in it, gone ones not, at the last look */
	bool patient;	   /* its sysctls are raised, see step.c */
	char impatient[8][16]; /* their values before that */
	struct socket_options *options; /* of sockets to come; NULL: none */
	struct counters *counted;	/* at the last look; NULL: never */
	int64_t overflows;		/* of TIME-WAITs, explained so far */
	enum isn_kind isn_kind, isn_taken; /* of its next connection; of the last one */
	uint32_t isn_number;
	uint32_t isn_asked;		/* what the last one was to begin with; 0: nothing */
	bool isn_sent;			/* its SYN was seen */
	struct segment *opened;		/* the newest SYN that it sent; NULL: none */
};

/* One address of an interface. */
struct end_address {
	TAILQ_ENTRY(end_address) entry;	/* of its end */
	struct end_address *same_hash;
	struct link_end *end;
	struct address address;
	int length;
	bool by_hand;
};

/* Where a frame enters the wire, and where it leaves it when it came from the
 * other end. Direction d is what enters at end d and leaves at end !d. */
struct link_end {
	TAILQ_ENTRY(link_end) entry; /* in its node's list */
	struct link *link;
	int e;			/* 0 or 1 */
	struct node_own *node;
	char host_name[16];	/* "eth0" in the node */
	int host_ifindex;
	uint8_t mac[6];		/* of the host's end */
	TAILQ_HEAD(, end_address) addresses; /* none on a switch */
	struct network *network; /* that its automatic addresses are of */
	unsigned number;	/* in that network */
	bool by_hand;		/* some address of it was set by hand */
	unsigned domain;	/* plan_domain.c: broadcast domain; NO_DOMAIN: the link is down */
	int ifindex;		/* middle end, in the wire */
	/* direction that enters here */
	bool held, releasing;
	bool faulted;		/* some fault looks at what enters here */
	bool led;		/* TCP is led to the gate, for either's sake */
	uint64_t fault_lost;	/* frames that a fault has lost */
	bool ready;		/* can send towards the host */
	bool was_down;		/* the link was, so the host's end must be waited for, too */
	bool forwards;		/* a switch's port that does, or has been waited for */
	int gate_in, gate_out;	/* veth that leads held frames to the gate; 0: not made */
	struct impair *impair;	/* impair_own.h; NULL: never impaired */
	struct passages entering; /* seen here, on their way to the gate */
	struct passages going;	  /* on their way to the other end */
};

struct link {
	TAILQ_ENTRY(link) entry;
	struct lab *lab;
	unsigned number;	/* from 0; never used twice */
	bool up;
	struct link_end end[2];
};

/* Of a node or an interface: 1 to 15 of A-Z a-z 0-9 _ -, a letter first. */
bool name_is_legal(const char *name);
/* The node's interface of that number; the one that hears the other end, as
 * plan_make() left the domains. NULL: none. */
struct link_end *end_at(const struct node_own *node, int ifindex);
struct link_end *end_beside(const struct node_own *node, const struct link_end *other);
void node_free(struct node_own *node);
/* crowd.c: does it have so many sockets that they are not to be dumped each
 * time? So many minisockets (TIME-WAITs, and closed ones in FIN-WAIT-2) were in
 * a dump; so many there are now, 0 when that is not known. */
bool crowd_is_large(struct node_own *node);
void crowd_seen(struct node_own *node, unsigned minisocks);
#define CROWD_COMES UINT_MAX /* for crowd_seen(): there will be many soon */
unsigned crowd_count(const struct node_own *node);
void crowd_end(struct node_own *node);
/* Its rtnetlink socket, opened now if it is not; NULL: that cannot be done. Only
 * those used last stay open, so that ten thousand nodes take a descriptor each and
 * not two: ask again for it after another node's. */
struct netif *node_netif(struct node_own *node, struct cause *cause);
void node_netif_close(struct node_own *node);
/* Before anything in it opens a socket. */
int node_prepare(struct node_own *node, struct cause *cause);
/* Before its first interface. (A host that has none need not be: where there are
 * ten thousand, each sysctl takes the kernel a millisecond to find.) */
void node_quieten(struct node_own *node);
/* A sock_diag socket in it; the caller's. */
struct diag *node_open_diag(const struct node_own *node, struct cause *cause);
/* node_sysctl.c: the same as node_sysctl(), not counted as the user's. */
int node_sysctl_quietly(struct node *node, const char *key, const char *value, char *out,
	size_t size, struct cause *cause);
/* Has the user set that sysctl? */
bool node_has_set(const struct node_own *node, const char *key);
/* ipv6.c: have the node speak IPv6 or not. */
int node_ipv6(struct node_own *node, bool on, struct cause *cause);
/* byhand.c: the node's route by hand to that prefix; NULL: none. */
struct hand_route *hand_route_find(const struct node_own *node, const struct address *prefix,
	int length);
/* The addresses of the node's interfaces may have changed: routes by hand that no
 * kernel could have now are gone for good, as they are in a kernel, and that is
 * told. */
void hand_routes_review(struct node_own *node);
/* IPv6 goes off: what was set by hand of it goes, and what comes by itself will
 * come when it is on again. */
void end_forget_ipv6(struct link_end *end);
/* The link goes: a router that has it inside masquerades no more, and that is
 * told. */
void node_nat_forget(struct node_own *router, const struct link *link);
void link_free(struct link *link);
struct node_own *node_by_address(const struct lab *lab, const struct address *address);
/* The interface that has it; NULL: none. */
struct link_end *end_by_address(const struct lab *lab, const struct address *address);
static inline bool is_switch(const struct node_own *node)
{
	return node->node.kind == NODE_SWITCH;
}
static inline struct node_own *node_own(const struct node *node)
{
	return (struct node_own *)(uintptr_t)node;
}

/* -------------------------------------------------------------- network.c */

/* The n-th network is 10.(n / 256).(n % 256).0, a /30 between two nodes or a
 * /24 on switches; the wide ones are 10.(100 + n).0.0/16. fd00:0:0:n::/64. */
struct network {
	TAILQ_ENTRY(network) entry;
	unsigned number;
	bool wide;
	int length;		/* of its IPv4 prefix */
	unsigned members, first_free;
	uint8_t *used;		/* bit map of host numbers */
};

/* Give both ends of a new link their automatic addresses; before it is in the
 * lab's list but after it is in its nodes' lists. */
int network_join(struct link *link, struct cause *cause);
void network_leave(struct link_end *end);
/* The automatic addresses of an end that is in a network, and their lengths. */
void network_addresses(const struct link_end *end, struct address address[2], int length[2]);
/* Does the prefix hold the address? */
bool prefix_holds(const struct address *prefix, int length, const struct address *address);
/* Is it of a network that the interface has an address of? */
bool end_is_on(const struct link_end *end, const struct address *address);
bool prefixes_overlap(const struct address *a, int a_length, const struct address *b, int b_length);
struct end_address *address_add(struct link_end *end, const struct address *address, int length,
	bool by_hand);
void address_remove(struct end_address *address);
/* The end's first address of that family; NULL: none. */
struct end_address *address_of(const struct link_end *end, int family);

/* -------------------------------------- plan.c plan_domain.c plan_path.c */

#define NO_DOMAIN UINT_MAX
#define HOPS_MAX  64 /* of a path that is followed */
#define TTL_DEFAULT 64 /* net.ipv4.ip_default_ttl (RFC 1700), net.ipv6.conf.all.hop_limit */
#define MESH_MAX  33 /* larger broadcast domains get neighbours when they are needed */

/* The broadcast domains: which ends hear each other. */
struct plan {
	struct domain {
		unsigned first, count; /* in ends */
	} *domains;
	unsigned domain_count;
	struct link_end **ends; /* of nodes that are no switches, by domain */
	bool down_too;
	unsigned *seen;		/* scratch of a search, by domain */
	unsigned search;
	unsigned longest;	/* way that plan_node() has come upon so far, in routers */
};

/* `down_too`: as if all links were up. */
void plan_make(struct plan *plan, struct lab *lab, bool down_too);
void plan_free(struct plan *plan);
/* All that the kernel is to be told about the node's interfaces. */
void plan_node(struct plan *plan, struct node_own *node, struct settings *want);
/* Does a packet get there, hop by hop? By what the kernel was told. */
bool plan_reaches(const struct node_own *from, const struct address *address);
/* Which interface of another node it goes to next; NULL: there is no way. */
struct link_end *plan_next_hop(const struct node_own *node, const struct address *to);

/* ---------------------------------------------------------------- apply.c */

/* Something of nodes or links has changed: tell the kernels soon. */
void apply_later(struct lab *lab);
/* Now, if anything is due. */
int apply_now(struct lab *lab, struct cause *cause);
/* The same; what goes wrong is told as a note. */
void apply_at_once(struct lab *lab);
/* Neighbour entries on the way between them, both ways. */
void apply_meet(struct lab *lab, struct node_own *from, const struct address *to);
/* The interface is gone. */
void apply_forget(struct node_own *node, int ifindex);
void apply_free(struct lab *lab);

/* ------------------------------------------------ impair.c impair_queue.c */

/* Send a frame out of the link's leaving end, through the gate's queue where
 * that is at work. `passage`: what it is known as, or NULL; it comes to be on
 * its way (`going`), or is lost. `time`: when it entered, monotonic. */
int impair_send(struct lab *lab, struct link *link, int direction, const uint8_t *bytes,
	uint32_t length, int64_t time, struct passage_own *passage, struct cause *cause);
/* Does the gate take all frames of that direction? */
bool impair_by_gate(const struct link_end *end);
/* Seen entering or leaving, as captured; the end has been impaired. */
void impair_entered(struct link_end *end, const struct frame *frame);
void impair_left(struct link_end *end, const struct frame *frame);
/* Frames that wait there now; -1 when that cannot be known. */
int impair_queued(struct link_end *end);
/* The timer of what waits in user space: make it; set it to the first that is due. */
int impair_timer(struct lab *lab, struct cause *cause);
void impair_timer_set(struct lab *lab);
/* Which words are set (NETEM_*); 0 when nothing is impaired. */
unsigned impair_words(const struct link_end *end);
/* Look anew for the longest time that a frame may take. */
void impair_survey(struct lab *lab);
/* The link goes down: so does what waits in the gate's queue. */
void impair_clear(struct link_end *end);
/* The link goes. */
void impair_free(struct link_end *end);

/* -------------------------------------------------------------- passage.c */

struct passage_own {
	struct passage passage; /* first: the public view */
	unsigned references;
	TAILQ_ENTRY(passage_own) entry;	/* in entering, going, between or recent */
	struct link *link;
	int direction;
	uint8_t *bytes;		/* as it was seen entering the link */
	uint32_t length;
	int64_t going_since;	/* when it was put on its way to the other end */
	bool corrupted;		/* bytes is how it leaves */
	int side;		/* of its flow */
	bool acks_new, acks_fin, acks_unsent, is_last;
	unsigned first_link;	/* number of the link that it entered first, */
	int first_direction;	/* in which direction, */
	uint8_t first_head[26];	/* and with what: the rest of its bytes stays as it is */
	int64_t late_ns;	/* faults.c: still to be kept back for that long, */
	uint32_t swapped_by, doubled_by; /* and these have yet to be done */
	int64_t double_ns;
	struct gate_item item;	/* while held */
	enum arrival arrival;	/* once delivered */
	bool brings_fin;
	bool too_big;		/* for a link on its way, says ICMP */
	bool stray;		/* nobody sent it now, or not in this incarnation, or it cannot
				   be */
	uint32_t next;		/* what its receiver expected */
	const struct closing_rule *stays; /* why its receiver stayed as it was */
	const struct closing_rule *otherwise; /* the same, if it did though it need not have */
	struct tcp_socket *receiver;	  /* borrowed until told; see telling.c */
	enum fate told;			  /* the last fate that was told */
};

struct passage_own *passage_new(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment);
/* Made up as sent by that side of the flow, which is not told of it. */
struct passage_own *passage_injected(struct lab *lab, struct link_end *end, const uint8_t *bytes,
	uint32_t length, const struct segment *segment, const struct flow *flow, int side);
/* No kernel has sent it: its numbers say nothing about who sent what. */
static inline bool is_foreign(const struct passage_own *own)
{
	return own->passage.replayed_of || own->passage.injected;
}
/* The same bytes as a passage of its own, not numbered yet. */
struct passage_own *passage_again(const struct passage_own *passage);
/* Drop the list's references. */
void passages_free(struct passages *list);
void passage_ref(struct passage_own *passage);
/* It is kept on the wire: HELD or LATE. */
void passage_waits(struct passage_own *passage, enum fate fate);
void passage_unref(struct passage_own *passage);

/* ----------------------------------------------------- wire.c wire_link.c */

/* The wire: middle ends, capture, gate. The capture ring sees every frame on
 * every middle end, in order; the gate's ring, in a namespace of its own, sees
 * only what was redirected to the gate, so nothing of that has been
 * forwarded. */
struct port { /* an interface of the wire or of the gate */
	struct link *link;
	int e;
};

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
	struct port *ports, *gate_ports; /* by ifindex; link NULL: none */
	int port_room;
	struct event *due;	/* timer of what waits in the gate's queues */
	int due_fd;
	TAILQ_HEAD(, impair) queues; /* those that something waits in */
	bool links_not_ready;	/* some may have a middle end that cannot send yet */
	uint64_t frames;	/* seen so far, for telling quiet */
	uint64_t overruns, overruns_told; /* told once a second at most */
	uint64_t gate_lost;	/* told so far */
	int64_t unseen_at, overruns_told_at; /* lab time; 0: never */
	struct flows *flows;
	struct gate gate;
	unsigned held_directions;
	uint32_t passages;	/* numbers given */
	struct passages between; /* have left a link whose far node is on their way */
	struct passages recent;	/* the newest that have left an impaired link */
	unsigned recent_count;
};

int wire_open(struct lab *lab, struct cause *cause);
void wire_close(struct lab *lab);
/* Make sure that everything on the wire is captured from now on. */
int wire_start(struct lab *lab, struct cause *cause);
/* Make the two middle ends of the link and lead them into each other; all its
 * interfaces are down still, which makes what is set on them ten times cheaper. */
int wire_join(struct lab *lab, struct link *link, struct cause *cause);
/* Bring them up. */
int wire_raise(struct lab *lab, struct link *link, struct cause *cause);
/* Read what the rings have; tells observe.c. */
void wire_drain(struct lab *lab);
/* Send a frame after all that is under way; wire_fenced() when it is through,
 * which means that all before it has been taken in. */
void wire_fence(struct lab *lab);
bool wire_fenced(struct lab *lab);
/* Put a passage's frame onto the wire's leaving end. */
int wire_deliver(struct lab *lab, struct passage_own *passage, struct cause *cause);
/* Hold a direction's TCP, or no more. */
int wire_hold(struct lab *lab, struct link *link, int direction, struct cause *cause);
int wire_unhold(struct lab *lab, struct link *link, int direction, struct cause *cause);
/* Is the interface ready? All of them now. */
int wire_await(struct lab *lab, struct cause *cause);
/* Take the link's middle ends away. */
void wire_part(struct lab *lab, struct link *link);
/* Which link an ifindex of the wire or of the gate is an end of. */
void wire_port(struct lab *lab, int ifindex, struct link *link, int e, bool gate);

/* --------------------------------------------- transit.c transit_lost.c */

/* A frame of the capture ring. */
void transit_seen(struct lab *lab, struct link *link, int e, const struct frame *frame);
/* What entered long ago and has not left is lost. */
void transit_sweep(struct lab *lab, int64_t now);
/* Does something wait in a queue that will leave it by itself? What is known to
 * be lost is told as such. */
bool transit_under_way(struct lab *lab);
/* The link goes: so does what is on it. */
void transit_forget(struct lab *lab, struct link *link);
/* Where a passage from the node to that address ends. */
struct node_own *transit_destination(struct lab *lab, struct node_own *from,
	const struct address *to);
/* Is something inside of a switch or router, and may still come out of it? */
bool transit_inside(const struct lab *lab, int64_t now);
/* A frame that enters the wire from that node, and is no TCP segment: if it is an
 * ICMP error about one, that one is lost in there. */
void transit_icmp(struct lab *lab, const struct node_own *node, const struct frame *frame);
/* The router that it is inside of is its receiver. */
void transit_taken(struct lab *lab, struct passage_own *passage);
/* The passage has met that fate, and arrives nowhere. */
void transit_ends(struct lab *lab, struct passage_own *passage, enum fate fate, int64_t time);
/* It is lost. */
void transit_lost(struct lab *lab, struct passage_own *passage, int64_t time);

/* For held.c: the next number; the passage with those bytes, taken from what
 * is on its way to the other end (`going`) or to the gate; a frame entered; the
 * capture ring alone; making a ring; the link whose end has that number, in the
 * wire or in the gate's namespace. */
void wire_number(struct lab *lab, struct passage_own *passage);
struct passage_own *wire_take(struct link_end *end, const struct frame *frame, bool going);
struct passage_own *wire_entered(struct lab *lab, struct link *link, int direction,
	const struct frame *frame, const struct segment *segment);
void wire_drain_ring(struct lab *lab);
/* Leave these segments out of the capture; NULL: none. Takes effect at once. */
int wire_leave_out(struct lab *lab, const struct filter *filter, struct cause *cause);
int wire_ring_begin(const struct lab *lab, int fd, uint32_t frames, struct cause *cause);
struct ring *wire_ring_attach(struct lab *lab, int *fd, uint32_t frames, struct event **event,
	struct cause *cause);
struct link *wire_link_at(const struct lab *lab, int ifindex, int *e, bool gate);

/* ----------------------------------------------------------------- held.c */

void held_drain(struct lab *lab);
/* Lead all frames of the direction to the gate, or back. */
int held_divert(struct lab *lab, struct link *link, int direction, struct cause *cause);
int held_divert_end(struct lab *lab, struct link *link, int direction, struct cause *cause);
/* Lead the direction's TCP to the gate; back, once neither a hold nor a fault wants
 * it there. */
int held_lead(struct lab *lab, struct link *link, int direction, struct cause *cause);
int held_lead_end(struct lab *lab, struct link *link, int direction, struct cause *cause);
/* Take what the gate holds of that link; it is lost. */
void held_forget(struct lab *lab, struct link *link);

/* --------------------------------------------------------------- faults.c */

/* A frame kept back by a fault, or on its way back onto the wire. */
struct astray {
	TAILQ_ENTRY(astray) entry;
	struct passage_own *passage; /* a reference */
	int64_t due;		     /* monotonic */
	bool enters;		     /* it has yet to enter the wire */
	bool swapped;		     /* or sooner, when the next one has passed */
	bool awaited;		     /* whoever waits for quiet waits for it */
};
TAILQ_HEAD(astrays, astray);

/* A segment that was kept. */
struct kept {
	TAILQ_ENTRY(kept) entry;
	char name[FAULT_NAME];
	struct passage_own *passage; /* a reference */
};

struct faulting {
	struct faults rules;
	struct astrays astray;		/* by time */
	TAILQ_HEAD(, kept) kept;	/* newest first */
	bool stale;			/* a rule has ended: see who is still looked at */
};

void faults_init(struct lab *lab);
void faults_free(struct lab *lab);
/* A new link. */
void faults_link(struct lab *lab, struct link *link);
/* Is there one that may strike yet? */
bool faults_any(const struct lab *lab);
/* A passage that has just entered its first link meets the faults. True: it is lost,
 * and has been told so. */
bool faults_judge(struct lab *lab, struct passage_own *passage);
/* Lead directions that no rule looks at any more past the gate again. */
void faults_prune(struct lab *lab);

/* --------------------------------------------------------------- astray.c */

/* Will it be kept back when it is sent? */
bool astray_keeps(const struct passage_own *passage);
/* Send it on, now or when a fault lets it; as impair_send(). */
int astray_send(struct lab *lab, struct passage_own *passage, int64_t time, struct cause *cause);
/* What is due by then goes on; when the next one is due, or -1. */
void astray_due(struct lab *lab, int64_t now);
int64_t astray_next(const struct lab *lab);
/* Nothing is held any more: what is swapped waits no longer than it has to. */
void astray_released(struct lab *lab);
/* Is something kept back that is waited for? */
bool astray_awaited(const struct lab *lab);
/* How many are kept back of what entered there. */
unsigned astray_queued(const struct link_end *end);
/* Is one of that direction to be overtaken by the next segment? */
bool astray_awaits_next(const struct link_end *end);
/* Have a passage that no kernel has sent enter its link after that time; now
 * (again.c). */
void astray_later(struct lab *lab, struct passage_own *passage, int64_t after_ns);
void again_enter(struct lab *lab, struct passage_own *passage);
/* A link goes down, or is gone: so is what is kept back on it. */
void astray_forget(struct lab *lab, struct link *link, bool gone);
void astray_free(struct lab *lab);

/* ------------------------------------------------ option.c isn.c counting.c */

/* What a socket that the endpoint opens now gets. */
struct endpoint_own;
void options_of(const struct endpoint_own *endpoint, struct socket_options *options);
/* The number for its next connection, which takes the wish away; 0: none. */
int isn_take(struct node_own *node, uint32_t *isn, struct cause *cause);
/* That connection never came to send a SYN: the wish stands again. */
void isn_give_back(struct node_own *node);
/* A SYN that opens a connection was seen. */
void isn_seen(struct node_own *node, const struct segment *syn);
/* One counter as it is now; 0: it is not there. */
int64_t counting_value(const struct node_own *node, const char *name);
/* The node goes. */
void counting_forget(struct node_own *node);

/* ------------------------------------------ endpoint.c calls.c replies.c */

struct pending_call {
	TAILQ_ENTRY(pending_call) entry;
	uint32_t id;
	lab_done_fn done;	/* NULL: forgotten, or told as pending */
	void *arg;
	enum stimulus on;	/* what a success of it is for its socket */
	bool was_pending;
	uint16_t first_port;	/* of connect(): the first that it tries; 0: no choice of the lab's */
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
	struct socket_options *options; /* of sockets to come; NULL: none */
	bool syncing;
	bool dying;		/* its end is waited for before anything is told */
	/* when it was last asked to sync: what had happened, and how often all was told */
	uint64_t synced_at, synced_before;
	TAILQ_HEAD(, pending_call) calls;
	lab_done_fn killed_done; /* of endpoint_signal(SIGKILL) */
	void *killed_arg;
};

/* The endpoint of that name (NULL: the node's), its process running. */
struct endpoint_own *endpoint_get(struct lab *lab, struct node *node, const char *name,
	struct cause *cause);
void endpoint_free(struct endpoint_own *endpoint);
/* The node goes: its endpoints' processes end. */
void endpoints_remove(struct lab *lab, const struct node *node);
/* The channel's event; one answer of it, false when there is none; the end of a
 * sync; the end of all calls, told to those who wait, or not. */
void replies_on_channel(evutil_socket_t fd, short what, void *arg);
/* Nothing is told until the process has ended. */
void endpoint_await_end(struct endpoint_own *endpoint);
bool replies_receive(struct endpoint_own *endpoint);
void calls_synced(struct endpoint_own *endpoint);
void calls_fail(struct endpoint_own *endpoint);
/* Its process does not answer for now: end the waiting, the answers come later. */
void calls_stopped(struct endpoint_own *endpoint);
/* Look soon whether a process that owes an answer has been stopped. */
void endpoints_watch(struct lab *lab);
void calls_forget(struct endpoint_own *endpoint);
/* Forget one of them. */
void call_end(struct endpoint_own *endpoint, struct pending_call *call);
void endpoints_cancel(struct lab *lab, void *arg);
/* Ask for a sync; false when there is nobody to ask. */
bool endpoint_sync(struct endpoint_own *endpoint);
bool endpoint_has_calls(const struct endpoint_own *endpoint);
/* Does anybody wait for the end of a call? */
bool calls_awaited(const struct lab *lab);

/* ---------------------------------------------------- load.c load_check.c */

/* A request whose answer nobody waits for, also to a process that is stopped: it
 * reads it when it goes on. Its id is set. */
int endpoint_tell(struct endpoint_own *endpoint, struct request *request, struct cause *cause);
/* A REPLY_LOAD or REPLY_LOAD_END. */
void load_replied(struct endpoint_own *endpoint, const struct reply *reply);
/* The endpoint's process has ended: the load does, too. */
void load_endpoint_ended(struct lab *lab, const struct endpoint_own *endpoint);
/* Does it take part in a load that runs? */
bool load_has(const struct lab *lab, const struct endpoint_own *endpoint);
void load_free(struct lab *lab);
/* May a load begin? The endpoint that listens where it goes; NULL: it may not. */
struct endpoint_own *load_check_server(struct lab *lab, const struct load_wish *wish,
	struct cause *cause);
/* And the one that is to open its connections, begun if need be; the report's range
 * of ports is set. */
struct endpoint_own *load_check_client(struct lab *lab, const struct load_wish *wish,
	struct load_report *report, struct cause *cause);

/* -------------------------------------------------------------- leftout.c */

/* Is the segment one of the load that runs, so not to be followed? May the
 * socket be one of it, or of a past one? */
bool leftout_segment(const struct lab *lab, const struct segment *segment);
bool leftout_socket(const struct lab *lab, const struct address *local, const struct address *peer);
/* The connections of the client with that server, but for those there are. */
void leftout_make(struct lab *lab, const struct node_own *client, const struct address *server,
	struct filter *filter);
/* Leave them out; the filter is borrowed until the end. */
int leftout_begin(struct lab *lab, const struct filter *filter, struct cause *cause);
void leftout_end(struct lab *lab);
void leftout_free(struct lab *lab);

/* --------------------------------------------------------------- socket.c */

struct socket_own {
	struct tcp_socket socket; /* first: the public view */
	TAILQ_ENTRY(socket_own) entry;
	struct socket_own *same_hash, *same_owned;
	unsigned references;
	bool lingers_0, no_fin_wait_2; /* its SO_LINGER is 0; its TCP_LINGER2 below 0 */
	bool unexplained;	/* it sent FIN or RST, and no call of its owner is known */
	bool born;		/* a change of its state has been told */
	bool counted;		/* among its endpoint's connections */
	int64_t timer_at;	/* lab time at which its timer ends, as last seen */
	enum tcp_state model;	/* where the stimuli of this round lead */
	struct proposal *proposals;
	unsigned proposal_count, proposal_room;
	enum tcp_state found;	/* by the dump */
	bool stirred;		/* something happened on its addresses in this round */
};

struct socket_own *socket_make(struct lab *lab, struct node_own *node, const struct address *local,
	const struct address *peer, uint64_t cookie);
/* Has the segment its addresses: one that it sends, or one that is for it? */
static inline bool socket_sends(const struct socket_own *own, const struct segment *segment)
{
	return address_equal(&segment->src, &own->socket.local) &&
		address_equal(&segment->dst, &own->socket.peer);
}
static inline bool socket_gets(const struct socket_own *own, const struct segment *segment)
{
	return address_equal(&segment->src, &own->socket.peer) &&
		address_equal(&segment->dst, &own->socket.local);
}
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
void sockets_remove(struct lab *lab, const struct node *node);
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
/* Where the stimulus leads the socket; false: nowhere. */
bool propose(struct lab *lab, struct socket_own *own, enum stimulus on, unsigned happening);
/* Does the socket send an RST, and no FIN, by this or a later happening? */
bool propose_resets(const struct lab *lab, const struct socket_own *own, unsigned from);
/* Its sender's kernel has sent it. */
static inline bool is_sent(const struct happening *happening)
{
	return happening->kind == HAPPENED_ENTERED && !is_foreign(happening->passage);
}

/* stray.c: the same for a delivered stray, and for one that is a SYN; what to say
 * when the kernel does not follow a proposal that it need not follow. */
void propose_stray(struct lab *lab, struct socket_own *own, unsigned index);
/* An RST behind data that was lost: not at the number that comes next, so that it is
 * answered by an ACK, and only the RST that answers this one is taken. */
bool propose_rst_near(struct lab *lab, struct socket_own *own, unsigned index);
void propose_stray_syn(struct lab *lab, struct socket_own *own, unsigned index);
void stray_explain(struct happening *happening, unsigned index);
/* outcome.c: where the kernel did something else than was proposed, find out why:
 * no minisock was to be had. Before proposals are looked at. */
void outcome_explain(struct lab *lab, struct socket_own *own);
/* May another socket be followed that is no endpoint's? */
bool propose_room(const struct lab *lab);

/* telling.c: tell of the happening with that index, and of the changes of state that
 * were accepted as its effects. */
void telling(struct lab *lab, unsigned index);
/* The socket is in that state from now on, and this is told; `rule` says why, or NULL. */
void telling_state(struct lab *lab, struct socket_own *own, enum tcp_state to, int64_t time,
	bool inferred, struct because because, const struct closing_rule *rule);

/* look.c: set each socket's `found`; returns ms until the next kernel timer of
 * theirs, or -1. */
int64_t look_at_all(struct lab *lab);

/* Note it for the next observe_run(). */
void observe_passage(struct lab *lab, int kind, struct passage_own *passage, int64_t time);
#define NO_STIMULUS STIMULI
void observe_event(struct lab *lab, const struct lab_event *event, struct socket_own *socket,
	enum stimulus on, bool silent);
/* The call whose beginning was noted silently has ended as the event says, at the same
 * time: tell that in its place. False when its beginning has been told already. */
bool observe_ended(struct lab *lab, const struct lab_event *event);
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
/* What the sysctl was before it was raised for the time of holding; NULL: it was not. */
const char *step_impatient(const struct node_own *node, const char *key);
void step_cancel(struct lab *lab, void *arg);
/* A segment has come to be held. */
void step_segment_held(struct lab *lab);
/* Everything is held: a new link, too; a link goes. */
void step_hold_link(struct lab *lab, struct link *link);
void step_unhold_link(struct lab *lab, struct link *link);
/* Where what `from` sends to `to` enters the wire. */
struct link_end *first_end(struct lab *lab, struct node *from, struct node *to,
	struct cause *cause);
/* Hold a passage that is not numbered yet, behind all others or before them. */
void gate_hold(struct lab *lab, struct passage_own *passage, bool first);

/* -------------------------------------------------------------- process.c */

void processes_free(struct lab *lab);
void processes_remove(struct lab *lab, const struct node *node);
void pings_free(struct lab *lab); /* ping.c */

/* ------------------------------------------------------------------ lab.c */

struct lab {
	uint32_t serial;	/* of the labs of this process */
	struct event_base *base;
	const struct lab_ops *ops;
	void *arg;
	int64_t zero;		/* monotonic clock when it began */
	struct wire wire;
	TAILQ_HEAD(nodes, node_own) nodes;
	TAILQ_HEAD(, link) links;
	struct nodes gone_nodes;	/* taken away; the log may name them */
	struct nodes talking;		/* have their rtnetlink sockets open */
	unsigned talking_count;
	TAILQ_HEAD(networks, network) networks;
	struct network *networks_end;	/* the first number that may be free is behind it */
	struct end_address *address_hash[1024];
	bool ipv6, taken_apart;
	bool by_hand;			/* some address was set so, ever */
	bool skipped;			/* a network has another number for its sake */
	unsigned nats;			/* routers that masquerade */
	struct event *apply;		/* pending: something is due */
	bool apply_due;
	bool told_of_length; /* of a way that is longer than packets live */
	enum backend backend;
	int has_netem;			/* 1, 0; -1: not known yet */
	int64_t longest;		/* that a frame may take on all links together */
	struct faulting faults;
	bool hold_all;			/* also links to come */
	TAILQ_HEAD(endpoints, endpoint_own) endpoints;
	struct endpoints gone_endpoints;
	TAILQ_HEAD(sockets_head, socket_own) sockets;
	TAILQ_HEAD(, process) processes;
	TAILQ_HEAD(, ping) pings;
	bool has_run_programs;	/* some may have left others behind */
	struct socket_own *socket_hash[1024];
	struct socket_own *owned_hash[1024]; /* those of endpoints: few, for long dumps */
	unsigned socket_count;
	unsigned node_count, link_count; /* made so far */
	unsigned nodes_now;
	uint32_t next_request;
	struct happening *happenings;
	unsigned happening_count, happening_room;
	unsigned resets_end;	/* behind the last of them that is an RST */
	uint64_t happening_order; /* of the next one */
	int64_t told_at;	/* lab time at which something was told last */
	uint64_t tellings;	/* how often all that was known was told */
	struct {
		bool running;
		bool telling;	 /* too late to join it */
		unsigned quiet;	 /* rounds without a new frame */
		unsigned busy;	 /* rounds with one */
		uint64_t frames; /* seen at the end of the last round */
		int64_t began;	 /* monotonic */
		unsigned syncs;	 /* asked, not answered */
		struct waiters waiters; /* of this time */
		struct waiters late;	/* of the next */
		bool awaiting;	 /* an ACK that is due, a frame that is under way */
		int64_t patience; /* monotonic: until when what is under way is waited for */
		int64_t late_patience; /* and what a fault keeps back */
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
	struct load *load;	/* NULL: none runs */
	const struct filter *leftout; /* of its segments; NULL: none */
	struct filter *loaded;	/* whose connections past loads were */
	unsigned loaded_count;
	unsigned look_turn;	/* of the sockets that nothing has stirred, in crowds */
	bool walk_due;		/* the next look walks over crowds, too */
	struct event *walk;	/* pending while there are any */
	bool closing;
};

/* Has it that family of addresses at all? */
static inline bool lab_speaks(const struct lab *lab, int family)
{
	return family == AF_INET || lab->ipv6;
}
static inline int64_t lab_time(const struct lab *lab, int64_t monotonic)
{
	return monotonic - lab->zero;
}

#endif
