/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * child.h - an endpoint's process from within, for child*.c alone.
 */
#ifndef NETLAB_CHILD_H
#define NETLAB_CHILD_H

#include <event2/event.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "channel.h"

struct child;
struct load;
struct serve;

struct peer_socket {
	struct child *child;
	struct peer_socket *next;
	uint32_t number;
	int fd;
	bool listener, echo;
	uint32_t connecting;	/* id of the connect that waits, or 0 */
	uint32_t sending;	/* id of the send that waits, or 0 */
	uint64_t to_send, sent;
	int64_t began;
	struct event *readable, *writable;
};

struct child {
	struct event_base *base;
	int channel;
	uint32_t next_number;
	struct peer_socket *sockets;
	struct load *load;	/* child_load.c; NULL: none runs */
	struct serve *serve;	/* child_serve.c; NULL: the listener tells of each connection */
	struct lingering *lingering; /* closes that wait */
	struct request request;
};

/* child_reply.c */
void child_from_sockaddr(const struct sockaddr_storage *from, struct address *to);
socklen_t child_to_sockaddr(const struct address *from, struct sockaddr_storage *to);

/* An answer: begun before the call, with the time; the call's result, true when
 * it failed; what a new socket is; off it goes. */
void reply_begin(struct reply *reply, uint32_t id, const char *call, uint32_t number);
bool reply_result(struct reply *reply, int64_t result);
void reply_opened(struct reply *reply, int fd);
void reply_send(struct child *child, const struct reply *reply);

/* child.c */
struct peer_socket *child_socket_add(struct child *child, int fd, uint32_t number);
/* Forget it; the descriptor stays the caller's. */
void child_socket_remove(struct peer_socket *socket);

/* child_listen.c: do the request; take all connections that wait, tell of each. */
void child_listen(struct child *child);
void child_accept_all(struct peer_socket *listener);

/* child_connect.c: do the request; the socket has become writable. */
void child_connect(struct child *child);
void child_connect_done(struct peer_socket *socket, struct reply *reply);

/* child_option.c: set on a new socket what the request asks for, and tell it. On
 * failure the reply says which option it was. False: it failed. */
bool child_set_up(struct child *child, int fd, struct reply *reply);
/* Do the request: set, read. */
void child_set_options(struct child *child);
/* These on a new socket, told to nobody; -1: errno. */
int child_set_quietly(int fd, const struct socket_options *options);
void child_get_options(struct peer_socket *socket, struct reply *reply);
/* How the socket would close, for the reply; seconds that it would wait at most. */
void child_note_linger(int fd, struct reply *reply);
int child_lingers(int fd);

/* child_linger.c: close() that may wait. The reply is as begun; it goes as pending
 * at once, and again when close() has returned. And do what is due. */
void child_close_lingering(struct child *child, int fd, const struct reply *reply);
void child_linger_sync(struct child *child);

/* child_data.c */
void child_send_size(struct peer_socket *socket, struct reply *reply);
void child_send_more(struct peer_socket *socket);
void child_recv(struct peer_socket *socket, struct reply *reply);
/* Text to send where only the amount counts. */
const char *child_pattern(size_t *length);

/* child_load.c: begin what the request orders; end it. */
void child_load(struct child *child);
void child_load_end(struct child *child);

/* child_serve.c: the listener serves a load from now on, without a word for
 * each connection; connections are waiting at it; it is to end. */
void child_serve(struct child *child);
void child_serve_accept(struct peer_socket *listener);
void child_serve_end(struct child *child);

#define LOAD_REQUEST 64 /* bytes that a client of a load sends */
/* Both sides share a processor: while a load runs neither is to be interrupted
 * by each segment for the other (SCHED_BATCH, sched(7)): a tenth faster. */
void child_load_batch(bool on);
/* Count an error; send the news. */
void child_load_failed(struct load_news *news, int error);
void child_load_tell(struct child *child, uint32_t id, int kind, const struct load_news *news);

#endif
