/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * diag.h - the kernel's TCP sockets by sock_diag (libmnl): dump and destroy.
 * See include/uapi/linux/inet_diag.h.
 */
#ifndef NETLAB_DIAG_H
#define NETLAB_DIAG_H

#include <stdbool.h>
#include <stdint.h>

#include "cause.h"
#include "names.h"
#include "segment.h"

struct diag; /* a sock_diag socket in one namespace */

struct diag_row {
	enum tcp_state state;
	bool minisock; /* struct inet_timewait_sock: TIME-WAIT, or FIN-WAIT-2 after close */
	struct address local, peer;
	uint32_t recv_queue, send_queue;
	enum tcp_timer timer;
	uint32_t timer_ms;
	uint8_t retransmits;
	uint64_t cookie;
};

/* Open in the namespace the process is in now. */
struct diag *diag_open(struct cause *cause);
void diag_close(struct diag *diag);

typedef void (*diag_row_fn)(void *arg, const struct diag_row *row);
/* Every TCP socket, of both address families, in the kernel's order; or all but
 * those in TIME-WAIT, of which there may be 100,000: the kernel walks over them
 * all the same. Or those in LISTEN, which are in a table of their own: fast. */
enum diag_which {
	DIAG_ALL,
	DIAG_NO_TIME_WAIT,
	DIAG_LISTEN,
};
int diag_dump(struct diag *diag, enum diag_which which, diag_row_fn each, void *arg,
	struct cause *cause);
/* The socket with these addresses, whatever its cookie, without a walk over all
 * of them. Fills in the row and returns 1; 0 when there is none; -1. */
int diag_find(struct diag *diag, const struct address *local, const struct address *peer,
	struct diag_row *row, struct cause *cause);

/* SOCK_DESTROY: full sockets with RST where there is a peer, minisocks in
 * silence (since Linux 6.0; EOPNOTSUPP before). */
int diag_destroy(struct diag *diag, const struct address *local, const struct address *peer,
	uint64_t cookie, struct cause *cause);

#endif
