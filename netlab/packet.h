/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * packet.h - frames in and out of a namespace by AF_PACKET: a TPACKET_V2
 * receive ring that sees all interfaces in order, and a socket that sends.
 * (TPACKET_V3 batches by a timeout of a millisecond and more.)
 */
#ifndef NETLAB_PACKET_H
#define NETLAB_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cause.h"

#define PACKET_FRAME_SIZE 2048 /* of a ring's slot; holds an Ethernet frame of MTU 1500 */

/* A packet socket of the current namespace that receives nothing yet. */
int packet_socket(struct cause *cause);

struct ring;
struct sock_filter;
/* Map the ring of the socket, which the keeper has made with `frames` frames.
 * The ring owns the descriptor from then on. */
struct ring *ring_new(int fd, uint32_t frames, struct cause *cause);
void ring_free(struct ring *ring);
int ring_fd(const struct ring *ring);

struct frame {
	const uint8_t *bytes; /* in the ring: valid until ring_done() */
	uint32_t captured, length;
	int ifindex;
	uint16_t protocol;    /* host order */
	bool outgoing;	      /* leaves the interface; else it enters */
	int64_t time;	      /* monotonic, ns */
};

/* The oldest unread frame; false when there is none. Each true answer must be
 * followed by ring_done() before the next call. */
bool ring_next(struct ring *ring, struct frame *frame);
void ring_done(struct ring *ring);
/* Frames that found no room since the ring was made. */
uint64_t ring_overruns(struct ring *ring);

/* See only what the program accepts (SO_ATTACH_FILTER); length 0: everything. It
 * takes the place of the one before at once. */
int ring_filter(struct ring *ring, const struct sock_filter *program, unsigned length,
	struct cause *cause);

/* Send a whole Ethernet frame out of the interface, through its qdisc. */
int packet_send(int fd, int ifindex, const void *frame, size_t length, struct cause *cause);

#endif
