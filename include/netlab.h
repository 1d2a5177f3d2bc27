/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netlab.h - the engine: a lab of network namespaces in which TCP connections
 * of the real kernel are opened, held on the wire, stepped and watched.
 *
 * The engine never prints, never exits and knows no terminal. It runs inside
 * the caller's libevent loop, in one thread, and tells what happens through
 * the callbacks of struct lab_ops. Times are nanoseconds since the lab began,
 * on the monotonic clock. Functions that can fail take a struct cause last
 * and return 0 or -1 (NULL for pointers); the text is one lower-case line
 * that names the object and says what to do.
 */
#ifndef NETLAB_H
#define NETLAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../netlab/cause.h"
#include "../netlab/fault.h"
#include "../netlab/counters.h"
#include "../netlab/names.h"
#include "../netlab/netem.h"
#include "../netlab/option_table.h"
#include "../netlab/probe.h"
#include "../netlab/roster.h"
#include "../netlab/segment.h"

struct event_base;
struct lab;
struct link;

/* ------------------------------------------------------------ the machine */

/* Enter namespaces of the program's own: a user namespace unless root, then a
 * network namespace (the wire) and a PID namespace whose death takes every
 * child along. To be called once, single-threaded, before the event base is
 * made. When the system forbids it the cause names the setting and the fix. */
int machine_enter(struct cause *cause);

/* Before machine_enter(): leave the machine's files and the rights of its root
 * behind, so that what runs in the lab can neither see nor spoil them. What is
 * left are the programs (/usr, /etc, ... to be read), the folders named here (to
 * be read), and an empty /tmp; `hidden` names files and folders that are not
 * even then to be seen. Both lists end with NULL. Root becomes nobody. -1 with
 * nothing changed: the system does not allow it. */
int machine_confine(const char *const *folders, const char *const *hidden, struct cause *cause);
/* In a confined process: programs that node_exec() starts from now on are
 * guarded, see guard.h. */
void machine_guard_programs(void);

/* ---------------------------------------------------- what can be looked at */

enum node_kind {
	NODE_HOST,	/* has endpoints */
	NODE_ROUTER,	/* forwards between its links */
	NODE_SWITCH,	/* a Linux bridge: its links are one network */
	NODE_KINDS
};

struct node {
	const char *name;	     /* "client" */
	const struct lab *lab;
	enum node_kind kind;
	unsigned index;		     /* order of making, from 0 */
};

/* One TCP socket of the kernel, of whatever owner, as sock_diag last showed
 * it. It stays in the lab's list after it is gone (state CLOSED) as long as
 * an endpoint's name or the log refers to it. */
struct tcp_socket {
	char name[48];		     /* "server/1" when accepted, "client" or "client/2"
					when connected; "" when no endpoint owns it */
	const struct node *node;
	struct endpoint *endpoint;   /* owner, or NULL */
	unsigned number;	     /* N of "server/N"; 0 for a listener */
	bool open;		     /* the owner still has its descriptor */
	bool listener;
	bool accepted;		     /* by a listener; else it called connect() */
	bool minisock;		     /* a time-wait minisocket: FIN-WAIT-2 or TIME-WAIT */
	enum tcp_state state;
	struct address local, peer;
	uint32_t recv_queue, send_queue; /* bytes; a listener: waiting, limit */
	enum tcp_timer timer;
	uint32_t timer_ms;	     /* what is left of it at the last look */
	uint8_t retransmits;	     /* sent since something was last ACKed */
	uint64_t cookie;
};

struct endpoint {
	const char *name;	     /* "client" */
	const struct node *node;
	int pid;		     /* as seen by netlab; -1 when it has ended */
	bool stopped;		     /* SIGSTOP */
	bool echo;
	unsigned connections;	     /* that it has had so far, as far as it is told */
};

/* A segment's way over the wire. */
struct passage {
	uint32_t n;		     /* number in the lab, from 1 */
	const struct node *from, *to;/* where it begins and ends: hosts that own its addresses,
					or a router that masquerades; may be NULL */
	struct segment seg;	     /* as on the wire */
	uint32_t seq, ack;	     /* relative, the SYN being 0 */
	enum fate fate;
	int64_t entered, left;	     /* -1: not (yet) */
	bool prompt;		     /* nothing keeps it: no impairment, no fault, no hand */
	unsigned copies;	     /* retransmissions absorbed while it was held */
	unsigned repeats;	     /* an ACK: those of what it ACKs, absorbed meanwhile */
	uint32_t repeats_of;	     /* whose */
	uint32_t double_of;	     /* > 0: the link has doubled that one */
	unsigned copy;		     /* > 0: this one is the copy-th repeat of number n */
	bool retransmission;	     /* its sequence space had been sent before */
	uint32_t fault;		     /* the one that lost, delayed, swapped or doubled it; or 0 */
	int64_t late_ns;	     /* kept back by it for that long */
	bool swapped;		     /* kept back by it until the next one has passed */
	char kept[FAULT_NAME];	     /* the name that a copy of it is kept under; or "" */
	uint32_t replayed_of;	     /* > 0: no kernel sent it: that one, brought back */
	bool injected;		     /* no kernel sent it: it was made up */
	const struct node *inside;   /* LOST: the node that did not send it on, a router, say;
					NULL: lost on a link */
	const char *icmp;	     /* and what that one has told its sender by ICMP:
					"destination net unreachable"; static, or NULL */
};

/* Why something happened. */
struct because {
	enum because_kind kind;
	uint32_t segment;	     /* BECAUSE_SEGMENT: its number */
	const char *call;	     /* BECAUSE_CALL: "close" and so on */
};

/* ------------------------------------------------------- what is told of it */

enum lab_event_kind {
	LAB_SEGMENT,   /* a passage began, or its fate changed */
	LAB_STATE,     /* a socket went from one state to another */
	LAB_CALL,      /* an endpoint's socket call returned */
	LAB_PROCESS,   /* an endpoint's process began, ended, stopped, went on */
	LAB_NOTE,      /* the lab itself did something or lost count */
};

struct lab_event {
	enum lab_event_kind kind;
	int64_t time;
	const struct passage *passage;	   /* SEGMENT */
	const struct tcp_socket *socket;   /* STATE; CALL where there is one; SEGMENT
					      delivered: the receiver, if it stayed
					      in its state; SEGMENT that ICMP says is
					      lost: its sender, likewise; or NULL */
	const struct endpoint *endpoint;   /* CALL, PROCESS */
	enum tcp_state from, to;	   /* STATE; SEGMENT with a socket: where it stayed */
	bool inferred;			   /* STATE: not seen itself, but between two that were */
	struct because because;		   /* STATE */
	const char *why, *rfc;		   /* STATE, SEGMENT: one sentence, and its section;
					      or NULL */
	const char *call;		   /* CALL: "connect" */
	long result;			   /* CALL: what the call returned */
	int error;			   /* CALL: its errno, or 0 */
	bool pending;			   /* CALL: started, its result comes later */
	const char *text;		   /* CALL: data received; PROCESS, NOTE: what */
	enum fate fate;			   /* SEGMENT: the passage's fate at that time */
};

/* A frame on the wire. */
struct lab_frame {
	const struct link *link;
	int end;	 /* where it entered the link */
	bool leaves;	 /* seen leaving at the other end; else entering */
	int64_t time;
	const uint8_t *bytes;
	uint32_t captured, length;
};

struct lab_ops {
	/* One thing that happened; called in the order of time, cause before
	 * effect. The event is borrowed for the time of the call. */
	void (*event)(void *arg, const struct lab_event *event);
	/* The tables may have changed: look again at what you wait for. */
	void (*changed)(void *arg);
	/* Every frame that enters or leaves the wire, of whatever protocol; may
	 * be NULL. */
	void (*frame)(void *arg, const struct lab_frame *frame);
};

/* An action has ended and all its events have been told. `call` is the event
 * of the socket call that was asked for, or NULL. Called exactly once, unless
 * lab_cancel() comes before it. */
typedef void (*lab_done_fn)(void *arg, const struct lab_event *call);

/* ------------------------------------------------------------------- labs */

/* An event loop for labs; event_base_free() frees it. Its timers count from when
 * they are set: libevent's own default counts from when the loop's turn began,
 * and a turn that builds a thousand hosts takes seconds (event_config_set_flag(),
 * EVENT_BASE_FLAG_NO_CACHE_TIME). NULL: out of memory or descriptors. */
struct event_base *loop_new(void);

/* A lab without nodes. Owned by the caller; lab_free() ends its processes and
 * drops its namespaces. `base` is a loop_new(); it and `ops` are borrowed as long
 * as the lab lives. */
struct lab *lab_new(struct event_base *base, const struct lab_ops *ops, void *arg,
	struct cause *cause);
void lab_free(struct lab *lab);
/* Go on with this lab after another one was made: the process lives in the
 * wire of the lab that it works on. */
void lab_resume(struct lab *lab);

/* Nanoseconds since the lab began. */
int64_t lab_now(const struct lab *lab);

/* Forget the callback of whatever action waits with this `arg`. */
void lab_cancel(struct lab *lab, void *arg);

/* Bring everything up to date: wait until the kernel has taken in what is
 * under way, look at all sockets, tell all events, then call `done`. */
void lab_settle(struct lab *lab, lab_done_fn done, void *arg);

/* --------------------------------------------------------- nodes and links */

#define LAB_NODES_MAX 10000

/* A node in a network namespace of its own. Names are 1 to 15 characters of
 * [A-Za-z0-9_-], beginning with a letter, each used once; "all", "none" and
 * the like are reserved for the shell. */
struct node *node_new(struct lab *lab, const char *name, enum node_kind kind, struct cause *cause);
/* Take the node away, its links, its endpoints and their processes with it. */
int node_remove(struct node *node, struct cause *cause);
struct node *node_find(const struct lab *lab, const char *name);
/* The descriptor of its network namespace; borrowed. */
int node_namespace(const struct node *node);
/* The next node in order of making; NULL begins, NULL ends. */
struct node *node_next(const struct lab *lab, const struct node *node);
/* "host", "router", "switch" */
const char *node_kind_name(enum node_kind kind);

/* A link between two nodes through the wire. The ends are called eth0, eth1,
 * ... in their nodes. Addresses, neighbours and routes come by themselves (see
 * plan.h); they reach the kernel before anything runs, or soon after. */
struct link *link_new(struct lab *lab, struct node *a, struct node *b, struct cause *cause);
/* The same, interfaces named by the caller (NULL: as above). */
struct link *link_new_named(struct lab *lab, struct node *a, const char *a_interface,
	struct node *b, const char *b_interface, struct cause *cause);
int link_remove(struct link *link, struct cause *cause);
struct link *link_find(const struct lab *lab, const struct node *a, const struct node *b);
/* In order of making; NULL begins, NULL ends. */
struct link *link_next(const struct lab *lab, const struct link *link);
/* Its two nodes as they were given to link_new(): end 0 and 1; and what their
 * interfaces are called. */
struct node *link_node(const struct link *link, int end);
const char *link_interface(const struct link *link, int end);
/* Carrier of both ends; what is on the way when it goes down is lost. */
int link_set_up(struct link *link, bool up, struct cause *cause);
bool link_is_up(const struct link *link);

/* Do the same nodes and links, made again in the same order, get the same
 * interfaces and addresses by themselves? Not when anything was ever taken
 * away, or made way for addresses by hand. */
bool lab_is_plain(const struct lab *lab);

/* ------------------------------------------------- addresses, routes, NAT */

/* IPv6 addresses beside the IPv4 ones, in all nodes, also those to come. */
int lab_ipv6(struct lab *lab, bool on, struct cause *cause);
bool lab_has_ipv6(const struct lab *lab);

/* Give the node's interface on `link` (NULL: its only one) an address by hand.
 * The first one of a family takes the place of the automatic one, others are
 * added to it. `off`: take that address away again. */
int node_set_address(struct node *node, struct link *link, const struct address *address,
	int prefix_length, bool off, struct cause *cause);
/* Its automatic addresses again, and none by hand. */
int node_auto_address(struct node *node, struct link *link, struct cause *cause);
/* A route by hand; `via` must be on one of the node's networks. `off`: take it
 * away. A route by hand goes before the automatic one to the same prefix. */
int node_set_route(struct node *node, const struct address *prefix, int prefix_length,
	const struct address *via, bool off, struct cause *cause);
/* Masquerade what comes from the router's link `inside` and leaves by another
 * one (NULL: its first link is inside). `off`: no more. */
int node_set_nat(struct node *router, struct link *inside, bool off, struct cause *cause);
/* The link inside, or NULL: it does not masquerade. */
struct link *node_nat(const struct node *router);

/* What the kernel has now, row by row; rows are borrowed for the time of the
 * call. Links of the node itself and loopback are left out. */
struct node_address {
	const struct node *node, *peer; /* peer: the other end of that link */
	const char *interface;
	struct address address;
	int prefix_length;
	bool by_hand;
};
typedef void (*node_address_fn)(void *arg, const struct node_address *row);
int node_addresses(const struct node *node, node_address_fn row, void *arg, struct cause *cause);

struct node_route {
	const struct node *node, *next; /* next: whose address `via` is, or NULL */
	const char *interface;
	struct address prefix;	/* family AF_INET with length 0: default */
	int prefix_length;
	struct address via;	/* family 0: on the link itself */
	bool by_hand;
};
typedef void (*node_route_fn)(void *arg, const struct node_route *row);
int node_routes(const struct node *node, node_route_fn row, void *arg, struct cause *cause);

/* ------------------------------------------------------------- impairments */

/* Who carries out the impairments. */
enum backend {
	BACKEND_AUTO,	/* netem where the kernel has it, else the gate */
	BACKEND_KERNEL, /* "netem (kernel)" */
	BACKEND_GATE,	/* "emulated (gate)" */
	BACKENDS
};
/* "auto", "netem (kernel)", "emulated (gate)" */
const char *backend_name(enum backend backend);
/* Choose for all links, those to come too; what is impaired moves over, with
 * nothing lost. BACKEND_KERNEL fails, with the reason and the fix, where netem is missing. */
int lab_set_backend(struct lab *lab, enum backend backend, struct cause *cause);
enum backend lab_backend(const struct lab *lab); /* as chosen */

/* Lay the change over what enters the link at its end `end` (0 or 1) and
 * leaves at the other. Takes effect between two frames; what is under way
 * stays so. */
int link_netem(struct link *link, int end, const struct netem *change, struct cause *cause);
const struct netem *link_netem_now(const struct link *link, int end);
/* Who carries it out: BACKEND_KERNEL, BACKEND_GATE, or BACKEND_AUTO when
 * nothing is impaired. */
enum backend link_backend(const struct link *link, int end);

/* Frames of one direction since the link was made. */
struct link_counts {
	uint64_t entered, left, lost, doubled, reordered, corrupted, queued;
};
int link_counts(struct link *link, int end, struct link_counts *counts, struct cause *cause);

/* The node's first address of that family, port 0. */
int node_address(const struct node *node, struct address *address, struct cause *cause);
/* The address by which `from` reaches `to`: one on a common network, else one
 * that a route leads to, else the first; of that family; port 0. */
int node_address_from(const struct node *to, const struct node *from, int family,
	struct address *address, struct cause *cause);

/* How a packet gets from one node to another, by links that are up. */
enum node_way {
	WAY_NONE,  /* nothing joins them, or no route leads there */
	WAY_BARRED, /* only over a host, and hosts do not forward */
	WAY_OPEN,   /* it gets there, or goes on for longer than a path is followed */
};
enum node_way node_way(const struct node *from, const struct node *to, int family);

/* Read or write a sysctl of the node's namespace. `key` may leave out
 * "net.ipv4."; `value` NULL reads. `out` takes the value afterwards. */
int node_sysctl(struct node *node, const char *key, const char *value, char *out, size_t size,
	struct cause *cause);

/* What was set so, with its value now, in order. */
typedef void (*node_setting_fn)(void *arg, const char *key, const char *value);
void node_settings(const struct node *node, node_setting_fn setting, void *arg);

/* Run a program in the node; its output comes line by line. `done` gets the
 * wait status. A running one can be sent a signal (its whole group). */
struct process;
typedef void (*process_line_fn)(void *arg, const char *line, size_t length);
typedef void (*process_done_fn)(void *arg, int status);
struct process *node_exec(struct node *node, char *const argv[], process_line_fn line,
	process_done_fn done, void *arg, struct cause *cause);
/* Does any of them still run? */
bool lab_has_programs(const struct lab *lab);
/* The same on the terminal that is stdin, stdout and stderr, which the program
 * has until it ends; the caller takes it back then. `argv` NULL: the user's
 * shell, with a prompt that names the node. */
struct process *node_exec_terminal(struct node *node, char *const argv[], process_done_fn done,
	void *arg, struct cause *cause);
void process_signal(struct process *process, int signal);
/* Give it other callbacks: whoever started it does not wait for it any more. */
void process_detach(struct process *process, process_line_fn line, process_done_fn done);

/* What came of one ICMP echo. */
struct ping_answer {
	int64_t round_trip_ns;	  /* -1: no reply came */
	const char *error;	  /* what an ICMP error said instead, such as "time to live
				   * exceeded" (RFC 792, RFC 4443), static; NULL: none came */
	struct address from;	  /* of the error, port 0 */
	const struct node *node;  /* whose address that is; NULL: nobody's in the lab */
};

/* One ICMP echo to an address; `done` gets what came of it: a reply, an error that
 * names this request, or neither within three seconds and twice the links' delays.
 * The answer is borrowed for the call. The returned handle may be cancelled; NULL
 * where the request cannot be sent: a switch, or no route (ENETUNREACH). */
typedef void (*ping_done_fn)(void *arg, const struct ping_answer *answer);
struct ping;
struct ping *node_ping(struct node *node, const struct address *to, ping_done_fn done, void *arg,
	struct cause *cause);
void ping_cancel(struct ping *ping);

/* -------------------------------------------------------------- endpoints */

/* A process in the node; makes it if there is none of that name. */
struct endpoint *endpoint_find(const struct lab *lab, const char *name);
struct endpoint *endpoint_next(const struct lab *lab, const struct endpoint *endpoint);

/* Where a connection comes from; zeroed, or NULL: the kernel or the lab chooses. */
struct connect_from {
	uint16_t port;
	struct address address; /* one of the node's; family 0: any */
};

/* The actions. Each asks the endpoint's process to make the socket call, then
 * settles; `done` comes with the call's event. Where segments are held and the
 * call cannot end, `done` comes with `pending` set, and the result later as an
 * event of its own. `name` NULL: named after the node. -1: could not be asked,
 * `done` will not come. */
int endpoint_listen(struct lab *lab, struct node *node, uint16_t port, bool echo,
	uint32_t backlog, const char *name, lab_done_fn done, void *arg, struct cause *cause);
int endpoint_connect(struct lab *lab, struct node *node, const struct address *to,
	const struct connect_from *from, const char *name, lab_done_fn done, void *arg,
	struct cause *cause);
int socket_send(struct tcp_socket *socket, const void *data, size_t length, lab_done_fn done,
	void *arg, struct cause *cause);
/* Send `length` bytes of a pattern. */
int socket_send_size(struct tcp_socket *socket, uint64_t length, lab_done_fn done, void *arg,
	struct cause *cause);
/* recv() of up to `size` bytes, once, without waiting. */
int socket_recv(struct tcp_socket *socket, uint32_t size, lab_done_fn done, void *arg,
	struct cause *cause);
/* how: SHUT_RD, SHUT_WR, SHUT_RDWR */
int socket_shutdown(struct tcp_socket *socket, int how, lab_done_fn done, void *arg,
	struct cause *cause);
int socket_close(struct tcp_socket *socket, lab_done_fn done, void *arg, struct cause *cause);
/* close() under SO_LINGER 0: RST instead of FIN. */
int socket_abort(struct tcp_socket *socket, lab_done_fn done, void *arg, struct cause *cause);
/* End it by sock_diag (SOCK_DESTROY), TIME-WAIT too: the lab's doing. */
int socket_destroy(struct tcp_socket *socket, lab_done_fn done, void *arg, struct cause *cause);
/* setsockopt() now, on all open sockets of the endpoint, or on one; each is told
 * as a call. ENOENT when it has none. */
int endpoint_set_options(struct endpoint *endpoint, const struct socket_options *options,
	lab_done_fn done, void *arg, struct cause *cause);
int socket_set_options(struct tcp_socket *socket, const struct socket_options *options,
	lab_done_fn done, void *arg, struct cause *cause);
/* What the kernel says they are: the call's text has a line "NAME\tVALUE" each.
 * No event is told of it. */
int socket_get_options(struct tcp_socket *socket, lab_done_fn done, void *arg,
	struct cause *cause);
/* SIGKILL, SIGSTOP or SIGCONT to the process. */
int endpoint_signal(struct endpoint *endpoint, int signal, lab_done_fn done, void *arg,
	struct cause *cause);

/* ------------------------------------------------------------------- load */

#define LOAD_CONCURRENCY_MAX 10000

struct load_wish {
	struct node *node;	/* the client: its endpoint of the same name */
	struct address to;	/* where an endpoint of the lab listens */
	uint32_t count, concurrency;
	uint32_t bytes;		/* of each reply; a request has 64 */
	bool server_closes;	/* first, so the TIME-WAITs are there; else the client does */
	bool kernel_ports;	/* connect() looks for a port; else each is named */
};

struct load_report {
	uint32_t done, failed;	/* connections */
	uint32_t cut_off;	/* still open when it was ended */
	int64_t took;		/* ns, from its first connect() to its last close() */
	uint16_t low, high;	/* the node's ephemeral ports */
	struct load_errors {
		int error;	/* errno; 0: the reply was cut short */
		uint32_t count;
	} errors[16];		/* of the client's calls */
	unsigned error_count;
	uint32_t server_failed;	/* connections that failed at the server */
	const char *lost;	/* NULL, or what ended it early: "server's process has ended" */
};
typedef void (*load_fn)(void *arg, const struct load_report *report);

/* Open, use and close so many connections, so many at once. Their segments and
 * sockets are not followed one by one, which is noted. `progress` (may be NULL)
 * comes ten times a second at most, `done` once, when what is left of them is
 * TIME-WAIT or will take long. One load at a time, and none while segments are
 * held. */
int lab_load(struct lab *lab, const struct load_wish *wish, load_fn progress, load_fn done,
	void *arg, struct cause *cause);
/* Begin no more connections and close those that are open; `done` comes soon. */
void lab_load_end(struct lab *lab);
/* Forget both callbacks, and end it. */
void lab_load_cancel(struct lab *lab, void *arg);
/* ---------------------------------------- options, initial numbers, counters */

/* Socket options of sockets to come: those of an endpoint go before those of its
 * node. They are set right after socket(); what a listener accepts inherits
 * them from it. */
void node_add_options(struct node *node, const struct socket_options *options);
void endpoint_add_options(struct endpoint *endpoint, const struct socket_options *options);
/* Forget that one: the kernel's default. */
void node_drop_option(struct node *node, const struct option_entry *row);
void endpoint_drop_option(struct endpoint *endpoint, const struct option_entry *row);
/* Borrowed; NULL: none was ever set. */
const struct socket_options *node_options(const struct node *node);
const struct socket_options *endpoint_options(const struct endpoint *endpoint);
/* Set a sysctl back to what it was before node_sysctl() first set it; it counts
 * as never set then. */
int node_sysctl_restore(struct node *node, const char *key, char *out, size_t size,
	struct cause *cause);

/* The initial sequence number of the next connection that an endpoint in the
 * node opens, and of no other. */
enum isn_kind {
	ISN_KERNEL, /* the kernel's own choice */
	ISN_VALUE,  /* that number; the kernel knows no 0 */
	ISN_BEYOND, /* so far beyond the end of what its last connection has sent */
	ISN_SAME,   /* that of its last connection */
};
int node_set_isn(struct node *node, enum isn_kind kind, uint32_t number, struct cause *cause);
struct isn {
	enum isn_kind kind;  /* of the next one */
	uint32_t number;     /* as given */
	uint32_t next;	     /* what it would be now; 0: not known */
	bool has_last;	     /* it has opened a connection, */
	uint32_t last, end;  /* whose SYN had that number; the end of what it has sent */
	uint32_t asked;	     /* what that one had been asked to begin with; 0: nothing */
};
void node_isn(const struct node *node, struct isn *isn);

/* The kernel's counters in the node, as nstat(8) names them. */
struct node_counter {
	const char *name;	/* "TcpExtTCPTimeWaitOverflow" */
	int64_t value;
	int64_t changed;	/* since the last look; the first counts from 0 */
	const char *gloss;	/* or NULL */
};
typedef void (*node_counter_fn)(void *arg, const struct node_counter *row);
/* All of them, in the kernel's order; `look`: this is the last look from now on. */
int node_counters(struct node *node, bool look, node_counter_fn row, void *arg,
	struct cause *cause);

/* ---------------------------------------------------------------- sockets */

/* What a name is asked for. */
enum socket_for {
	SOCKET_TO_USE,	  /* one whose descriptor is open */
	SOCKET_TO_SEE,	  /* one that may be closed, but is or was in the kernel */
};
/* "client", "server", "server/2", "server/listen". Ambiguity is an error that
 * lists the choices. Borrowed from the lab. */
struct tcp_socket *socket_find(const struct lab *lab, const char *name, enum socket_for purpose,
	struct cause *cause);
/* The sockets that the lab has names for, in order of making, gone ones too. */
struct tcp_socket *socket_next(const struct lab *lab, const struct tcp_socket *socket);

/* Dump the node's TCP sockets as the kernel has them now, row by row; a row
 * is borrowed for the time of the call. Constant memory. */
typedef void (*socket_row_fn)(void *arg, const struct tcp_socket *row);
int node_dump(const struct node *node, socket_row_fn row, void *arg, struct cause *cause);
/* Of connections, `most` at most, first those that the lab follows one by one; a
 * load's are not. `others`: how many more there are. Fast, however many. */
int node_dump_followed(const struct node *node, unsigned most, socket_row_fn row, void *arg,
	unsigned *others, struct cause *cause);
/* The same as node_dump(), counted by state only. */
int node_count(const struct node *node, uint32_t count[TCP_STATES], struct cause *cause);

/* --------------------------------------------------------------- the gate */

/* Hold TCP segments that enter the wire from `from` towards `to`; both NULL:
 * everywhere. Returns when no segment can pass any more. The hosts are made
 * patient meanwhile: orphan retries, retries2 and fin_timeout are raised. */
int lab_hold(struct lab *lab, struct node *from, struct node *to, struct cause *cause);
bool lab_is_held(const struct lab *lab);
/* Let everything go, in order, absorbed copies excepted, and hold no more. */
void lab_release(struct lab *lab, lab_done_fn done, void *arg);

/* Deliver (or drop) the oldest held segment; when there is none, wait for one
 * up to `patience_ns`. `done`: everything that follows from it is known. */
typedef void (*step_done_fn)(void *arg, const struct passage *passage);
void lab_step(struct lab *lab, int64_t patience_ns, step_done_fn done, void *arg);
void lab_drop(struct lab *lab, int64_t patience_ns, step_done_fn done, void *arg);

/* What is held now, oldest first: NULL begins, NULL ends. */
const struct passage *held_next(const struct lab *lab, const struct passage *passage);

/* ----------------------------------------------------------------- faults */

/* From now on, have that happen to the segments that are meant (kind, selector,
 * ns and name of `fault`; see fault.h), where they enter the wire. Segments are
 * counted from now on, retransmissions too, but not copies that are absorbed
 * while something is held. Returns its number, or 0. */
uint32_t lab_fault(struct lab *lab, const struct fault *fault, struct cause *cause);
/* In order of making; those that are over, too. NULL begins, NULL ends. */
const struct fault *fault_next(const struct lab *lab, const struct fault *fault);
/* NULL: there is none of that number. */
const struct fault *fault_find(const struct lab *lab, uint32_t number);
/* That one strikes no more; 0: none does. What it has delayed still comes. */
int fault_off(struct lab *lab, uint32_t number, struct cause *cause);

/* What a fault keeps back now, the next to come first, and in how long it comes (a
 * swapped one at most): NULL begins, NULL ends. */
const struct passage *late_next(const struct lab *lab, const struct passage *passage,
	int64_t *comes_in_ns);

/* The newest segment that was kept under that name; the logged or held one of
 * that number; NULL with a cause. */
const struct passage *lab_kept(const struct lab *lab, const char *name, struct cause *cause);
const struct passage *lab_segment(const struct lab *lab, uint32_t n, struct cause *cause);
/* Bring it back onto the wire, byte for byte, where it entered first, `after_ns`
 * from now; then settle. -1: `done` will not come. */
int lab_replay(struct lab *lab, const struct passage *passage, int64_t after_ns, lab_done_fn done,
	void *arg, struct cause *cause);

/* A segment to be made up. Numbers are relative to the newest connection between
 * the two nodes. */
struct injection {
	uint8_t flags;
	bool has_seq, has_ack;	/* else: what the receiver expects next, all that the
				   sender has */
	int64_t seq, ack;
	enum {
		STAMP_NEWEST,	/* of its sender, where the connection uses timestamps */
		STAMP_OLD,	/* 100 s older than that */
		STAMP_NONE,
		STAMP_GIVEN,
	} stamp;
	uint32_t stamp_value;	/* GIVEN: as on the wire */
	uint32_t length;	/* of its data, a pattern */
};
/* Put it onto the wire in the place of `from`, then settle. -1: `done` will not come. */
int lab_inject(struct lab *lab, struct node *from, struct node *to,
	const struct injection *injection, lab_done_fn done, void *arg, struct cause *cause);

/* Did it pass as good as at once? Where nothing kept it, milliseconds on the wire are
 * a busy machine's, and say nothing of the network. */
static inline bool passage_at_once(const struct passage *passage)
{
	return passage->left >= 0 &&
		passage->left - passage->entered < (passage->prompt ? 100000000 : 1000000);
}

/* As they are shown: only what was made up lies before its connection's beginning. */
static inline int64_t passage_seq(const struct passage *passage)
{
	return passage->injected ? (int32_t)passage->seq : (int64_t)passage->seq;
}
static inline int64_t passage_ack(const struct passage *passage)
{
	return passage->injected ? (int32_t)passage->ack : (int64_t)passage->ack;
}

/* ---------------------------------------------------------------- the log */

/* The log keeps the newest LAB_LOG_MAX events. Numbers count from 0 since the
 * lab began; lab_log_get() gives NULL for those not (or no longer) there. */
#define LAB_LOG_MAX 16384
uint64_t lab_log_first(const struct lab *lab);
uint64_t lab_log_end(const struct lab *lab);
const struct lab_event *lab_log_get(const struct lab *lab, uint64_t number);

/* Frames that the capture ring could not take since the lab began. */
uint64_t lab_overruns(const struct lab *lab);

#endif
