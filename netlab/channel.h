/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * channel.h - what netlab and an endpoint's process say to each other over
 * their SOCK_SEQPACKET pair: one request asks for one socket call, replies
 * tell what calls returned. Both are the same program, so plain structs do.
 */
#ifndef NETLAB_CHANNEL_H
#define NETLAB_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "option_table.h"
#include "segment.h"

#define CHANNEL_DATA 4096

enum request_op {
	OP_LISTEN,    /* to: address and port; flag: echo; size: backlog; options */
	OP_CONNECT,   /* to, from, options, isn; reply pending first when it takes time */
	OP_SEND,      /* number, data */
	OP_SEND_SIZE, /* number, size bytes of a pattern */
	OP_RECV,      /* number, size: how much at most */
	OP_SHUTDOWN,  /* number, how */
	OP_CLOSE,     /* number */
	OP_ABORT,     /* number */
	OP_SET_OPTIONS, /* number, or ALL_SOCKETS; options: set them now */
	OP_GET_OPTIONS, /* number: what they are, a line each as data */
	OP_SYNC,      /* do what is waiting to be done, then answer */
	OP_SERVE,     /* data: struct load_order; the listener serves a load */
	OP_SERVE_END, /* size: ns to wait for what is still open */
	OP_LOAD,      /* to, range, data: struct load_order */
	OP_LOAD_END,  /* begin no more connections, close those that are open */
};

/* What a load is to do; both sides get it. */
struct load_order {
	uint32_t count, concurrency;
	uint32_t bytes;		/* of each reply */
	uint16_t first_port;	/* named: where to begin in the range */
	bool named;		/* ports are named one by one; else connect() looks for one */
	bool server_closes;	/* first; else the client does */
};

#define LOAD_ERRORS 16 /* different ones; the rest is counted with the last */

/* What a load has done, in a reply's data. */
struct load_news {
	uint32_t done, failed, open;
	uint16_t next_port;
	int64_t took;		/* ns since it began */
	uint32_t error_count;
	struct load_error {
		int32_t error;	/* errno; 0: the reply was cut short */
		uint32_t count;
	} errors[LOAD_ERRORS];
};

#define ALL_SOCKETS UINT32_MAX

struct request {
	uint32_t id;
	uint32_t op;
	uint32_t number;	/* of the socket; 0: the listener */
	uint32_t how;
	uint64_t size;
	struct address to;
	struct address from;	/* port 0: any; family 0: any address */
	uint16_t range_low, range_high; /* ephemeral ports to choose from; 0: the kernel's */
	uint32_t flag;
	uint32_t isn;		/* 0: the kernel's */
	struct socket_options options; /* set right after socket() */
	uint32_t length;	/* of data */
	char data[CHANNEL_DATA];
};

enum reply_kind {
	REPLY_RESULT,	/* the end of a request */
	REPLY_PENDING,	/* begun, REPLY_RESULT comes later */
	REPLY_CALL,	/* the endpoint made this call by itself (accept, echo) */
	REPLY_SYNCED,
	REPLY_LOAD,	/* of a load that goes on, data: struct load_news */
	REPLY_LOAD_END, /* it is over, or its serving is; the same */
};

struct reply {
	uint32_t id;		/* of the request; 0 for REPLY_CALL */
	uint32_t kind;
	uint32_t number;	/* of the socket */
	char call[16];		/* "connect"; the call that failed, or the last one */
	int64_t began;		/* monotonic ns, just before the call */
	int64_t result;
	int32_t error;		/* errno, 0 when none */
	uint32_t opened;	/* this is a new socket: cookie and addresses hold */
	uint32_t closed;	/* its descriptor is closed now */
	uint32_t lingers_0;	/* SO_LINGER is 0: its close will send RST */
	int32_t linger2;	/* TCP_LINGER2; below 0: no FIN-WAIT-2 as an orphan */
	uint64_t cookie;	/* SO_COOKIE */
	struct address local, peer;
	uint32_t length;	/* of data */
	char data[CHANNEL_DATA];
};

#define REQUEST_SIZE(r) (offsetof(struct request, data) + (r)->length)
#define REPLY_SIZE(r)	(offsetof(struct reply, data) + (r)->length)

/* The life of an endpoint's process (child.c): serve requests from `channel`
 * until it is closed. Sockets are numbered from `first_number` on. Never
 * returns. */
_Noreturn void child_run(int channel, uint32_t first_number);

#endif
