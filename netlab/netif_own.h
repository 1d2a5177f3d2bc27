/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netif_own.h - what the files netif*.c share with each other and with nobody
 * else: the rtnetlink socket, messages of our own, and what the kernel says.
 */
#ifndef NETLAB_NETIF_OWN_H
#define NETLAB_NETIF_OWN_H

#include <netlink/msg.h>
#include <netlink/netlink.h>

#include "netif.h"

#define NETIF_LOOPBACK 1 /* its number in every namespace */

struct netif {
	struct nl_sock *socket;
	char kernel_says[160]; /* the extended acknowledgement of the last error */
	int kernel_errno;
	int takes_seed; /* the kernel's netem does: 1, 0; -1: not asked yet */
};

/* Turn libnl's code into 0 or -1 with a cause: "cannot WHAT: errno's text
 * (kernel: its own words)". */
int netif_check(struct netif *netif, int code, struct cause *cause, const char *what);

/* The kernel's errno of the last error when libnl's `code` is one, else 0; the
 * error is then forgotten, for a caller that has words of its own for it. */
int netif_errno(struct netif *netif, int code);

/* To be dropped with nl_addr_put(). */
struct nl_addr *netif_to_nl(const struct address *address);

/* A request that begins with `body` and has room for `more` bytes of
 * attributes. Aborts when there is no memory. */
struct nl_msg *netif_message(int type, int flags, const void *body, size_t size, size_t more);

/* Send the request, which is freed, and wait until the kernel is done with it;
 * what it answers goes to `each`, message by message. libnl's code. */
int netif_ask(struct netif *netif, struct nl_msg *message, nl_recvmsg_msg_cb_t each, void *arg);

/* Whom to call for which of the interfaces that are listed. */
struct netif_listing {
	netif_ready_fn each;
	void *arg;
};

/* List the interfaces of that family: each is a message for `one`, whose argument is
 * the listing. */
int netif_list(struct netif *netif, int family, nl_recvmsg_msg_cb_t one,
	struct netif_listing listing, const char *what, struct cause *cause);

#endif
