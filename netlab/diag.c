/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diag.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <string.h>
#include <sys/socket.h>

#include "alloc.h"

#define BUFFER_SIZE 32768 /* netlink_dump() fills no more than that at a time */

struct diag {
	struct mnl_socket *socket;
	uint32_t sequence;
	uint8_t buffer[BUFFER_SIZE];
};

struct diag *diag_open(struct cause *cause)
{
	struct diag *diag = alloc_new(struct diag);

	diag->socket = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
	if (!diag->socket || mnl_socket_bind(diag->socket, 0, MNL_SOCKET_AUTOPID) < 0) {
		cause_set_errno(cause, errno, "cannot open a sock_diag socket");
		diag_close(diag);
		return NULL;
	}
	return diag;
}

void diag_close(struct diag *diag)
{
	if (!diag)
		return;
	if (diag->socket)
		mnl_socket_close(diag->socket);
	free_pointer(&diag);
}

/* include/net/tcp_states.h */
static const uint8_t from_kernel[] = {
	[1] = STATE_ESTAB, [2] = STATE_SYN_SENT, [3] = STATE_SYN_RECV, [4] = STATE_FIN_WAIT_1,
	[5] = STATE_FIN_WAIT_2, [6] = STATE_TIME_WAIT, [7] = STATE_CLOSED, [8] = STATE_CLOSE_WAIT,
	[9] = STATE_LAST_ACK, [10] = STATE_LISTEN, [11] = STATE_CLOSING, [12] = STATE_SYN_RECV,
};
#define KERNEL_STATES	 (sizeof from_kernel)
#define KERNEL_TIME_WAIT 6
#define KERNEL_LISTEN	 10

static void to_address(struct address *address, int family, const uint32_t *from, uint16_t port)
{
	address->family = (uint8_t)family;
	address->port = ntohs(port);
	memset(address->bytes, 0, sizeof address->bytes);
	memcpy(address->bytes, from, family == AF_INET ? 4 : 16);
	address_unmap(address);
}

static void to_row(const struct inet_diag_msg *message, struct diag_row *row)
{
	uint8_t state = message->idiag_state;

	row->state = state < KERNEL_STATES ? (enum tcp_state)from_kernel[state] : STATE_CLOSED;
	row->timer = message->idiag_timer < TIMER_OTHER ? (enum tcp_timer)message->idiag_timer
							: TIMER_OTHER;
	row->minisock = row->timer == TIMER_TIMEWAIT;
	row->timer_ms = message->idiag_expires;
	row->retransmits = message->idiag_retrans;
	row->recv_queue = message->idiag_rqueue;
	row->send_queue = message->idiag_wqueue;
	row->cookie = (uint64_t)message->id.idiag_cookie[1] << 32 | message->id.idiag_cookie[0];
	to_address(&row->local, message->idiag_family, message->id.idiag_src,
		message->id.idiag_sport);
	to_address(&row->peer, message->idiag_family, message->id.idiag_dst,
		message->id.idiag_dport);
}

/* One received buffer's worth; 1: more to come, 0: the end, -1: error. */
static int rows(struct diag *diag, int length, diag_row_fn each, void *arg, struct cause *cause)
{
	const struct nlmsghdr *header = (const void *)diag->buffer;
	struct diag_row row;

	for (; mnl_nlmsg_ok(header, length); header = mnl_nlmsg_next(header, &length)) {
		if (header->nlmsg_seq != diag->sequence)
			continue;
		if (header->nlmsg_type == NLMSG_DONE)
			return 0;
		if (header->nlmsg_type == NLMSG_ERROR) {
			const struct nlmsgerr *error = mnl_nlmsg_get_payload(header);

			return error->error ? cause_set_errno(cause, -error->error, "sock_diag") : 0;
		}
		to_row(mnl_nlmsg_get_payload(header), &row);
		if (row.state != STATE_CLOSED)
			each(arg, &row);
	}
	return 1;
}

static struct nlmsghdr *request(struct diag *diag, uint16_t type, uint16_t flags, int family,
	struct inet_diag_req_v2 **body)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(diag->buffer);

	header->nlmsg_type = type;
	header->nlmsg_flags = NLM_F_REQUEST | flags;
	header->nlmsg_seq = ++diag->sequence;
	*body = mnl_nlmsg_put_extra_header(header, sizeof **body);
	(*body)->sdiag_family = (uint8_t)family;
	(*body)->sdiag_protocol = IPPROTO_TCP;
	return header;
}

/* The older request is the one for all families: half the walks through the
 * kernel's hash that one request for each family would need. */
static int ask_for_all(struct diag *diag, enum diag_which which, struct cause *cause)
{
	static const uint32_t states[] = {
		[DIAG_ALL] = (1 << KERNEL_STATES) - 1,
		[DIAG_NO_TIME_WAIT] = ((1 << KERNEL_STATES) - 1) & ~(1 << KERNEL_TIME_WAIT),
		[DIAG_LISTEN] = 1 << KERNEL_LISTEN,
	};
	struct nlmsghdr *header = mnl_nlmsg_put_header(diag->buffer);
	struct inet_diag_req *body;

	header->nlmsg_type = TCPDIAG_GETSOCK;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	header->nlmsg_seq = ++diag->sequence;
	body = mnl_nlmsg_put_extra_header(header, sizeof *body);
	body->idiag_family = AF_UNSPEC;
	body->idiag_states = states[which];
	if (mnl_socket_sendto(diag->socket, header, header->nlmsg_len) < 0)
		return cause_set_errno(cause, errno, "cannot ask sock_diag");
	return 0;
}

int diag_dump(struct diag *diag, enum diag_which which, diag_row_fn each, void *arg,
	struct cause *cause)
{
	ssize_t got;
	int more = 1;

	if (ask_for_all(diag, which, cause) < 0)
		return -1;
	while (more > 0) {
		got = mnl_socket_recvfrom(diag->socket, diag->buffer, sizeof diag->buffer);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return cause_set_errno(cause, errno, "no answer from sock_diag");
		more = rows(diag, (int)got, each, arg, cause);
	}
	return more;
}

/* Ask about one socket and wait for the answer: as rows(). */
static int ask_for_one(struct diag *diag, struct nlmsghdr *header, struct inet_diag_req_v2 *body,
	const struct address *local, const struct address *peer, uint64_t cookie)
{
	body->idiag_states = ~0U;
	body->id.idiag_sport = htons(local->port);
	body->id.idiag_dport = htons(peer->port);
	memcpy(body->id.idiag_src, local->bytes, 16);
	memcpy(body->id.idiag_dst, peer->bytes, 16);
	body->id.idiag_cookie[0] = cookie ? (uint32_t)cookie : INET_DIAG_NOCOOKIE;
	body->id.idiag_cookie[1] = cookie ? (uint32_t)(cookie >> 32) : INET_DIAG_NOCOOKIE;
	if (mnl_socket_sendto(diag->socket, header, header->nlmsg_len) < 0)
		return -1;
	return (int)mnl_socket_recvfrom(diag->socket, diag->buffer, sizeof diag->buffer);
}

static void keep(void *arg, const struct diag_row *row)
{
	*(struct diag_row *)arg = *row;
}

int diag_find(struct diag *diag, const struct address *local, const struct address *peer,
	struct diag_row *row, struct cause *cause)
{
	struct inet_diag_req_v2 *body;
	struct nlmsghdr *header = request(diag, SOCK_DIAG_BY_FAMILY, 0, local->family, &body);
	int got = ask_for_one(diag, header, body, local, peer, 0);

	if (got <= 0)
		return cause_set_errno(cause, errno, "cannot ask sock_diag");
	row->state = STATE_CLOSED;
	if (rows(diag, got, keep, row, cause) < 0)
		return cause->code == ENOENT ? 0 : -1;
	/* the lookup ends at a listener when it finds nobody else */
	return row->state != STATE_CLOSED && row->state != STATE_LISTEN;
}

static void ignore(void *arg, const struct diag_row *row)
{
	(void)arg;
	(void)row;
}

int diag_destroy(struct diag *diag, const struct address *local, const struct address *peer,
	uint64_t cookie, struct cause *cause)
{
	struct inet_diag_req_v2 *body;
	struct nlmsghdr *header = request(diag, SOCK_DESTROY, NLM_F_ACK, local->family, &body);
	int got = ask_for_one(diag, header, body, local, peer, cookie);

	if (got <= 0)
		return cause_set_errno(cause, errno, "cannot ask sock_diag");
	if (rows(diag, got, ignore, NULL, cause) < 0)
		return cause->code == EOPNOTSUPP
			? cause_set(cause, EOPNOTSUPP, "this kernel cannot destroy such a socket "
				"(CONFIG_INET_DIAG_DESTROY; TIME-WAIT needs Linux 6.0)")
			: -1;
	return 0;
}
