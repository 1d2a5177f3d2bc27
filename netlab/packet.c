/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "alloc.h"
#include "clock.h"

struct ring {
	int fd;
	uint8_t *memory;
	uint32_t frames, next;
	uint64_t overruns;
	int64_t to_monotonic;
	int64_t last; /* time of the last frame: time never goes back */
};

int packet_socket(struct cause *cause)
{
	/* protocol 0: nothing arrives, and bind() later needs no grace period */
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return cause_set_errno(cause, errno, "cannot open a packet socket");
	return fd;
}

struct ring *ring_new(int fd, uint32_t frames, struct cause *cause)
{
	size_t size = (size_t)frames * PACKET_FRAME_SIZE;
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	struct ring *ring;

	if (memory == MAP_FAILED) {
		cause_set_errno(cause, errno, "cannot map a capture ring");
		return NULL;
	}
	madvise(memory, size, MADV_DONTFORK);
	ring = alloc_new(struct ring);
	*ring = (struct ring){.fd = fd, .memory = memory, .frames = frames};
	return ring;
}

void ring_free(struct ring *ring)
{
	if (!ring)
		return;
	munmap(ring->memory, (size_t)ring->frames * PACKET_FRAME_SIZE);
	close(ring->fd);
	free_pointer(&ring);
}

int ring_fd(const struct ring *ring)
{
	return ring->fd;
}

static struct tpacket2_hdr *slot(const struct ring *ring)
{
	return (void *)(ring->memory + (size_t)ring->next * PACKET_FRAME_SIZE);
}

bool ring_next(struct ring *ring, struct frame *frame)
{
	const struct tpacket2_hdr *header = slot(ring);
	const struct sockaddr_ll *where;
	int64_t time;

	if (!(__atomic_load_n(&header->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER))
		return false;
	where = (const void *)((const uint8_t *)header + TPACKET_ALIGN(sizeof *header));
	/* the offset between the clocks, looked up once a ring's turn */
	if (ring->next % 64 == 0 || !ring->to_monotonic)
		ring->to_monotonic = clock_real_to_monotonic();
	time = header->tp_sec * NS_PER_S + header->tp_nsec + ring->to_monotonic;
	if (time < ring->last)
		time = ring->last;
	ring->last = time;
	*frame = (struct frame){
		.bytes = (const uint8_t *)header + header->tp_mac,
		.captured = header->tp_snaplen,
		.length = header->tp_len,
		.ifindex = where->sll_ifindex,
		.protocol = ntohs(where->sll_protocol),
		.outgoing = where->sll_pkttype == PACKET_OUTGOING,
		.time = time,
	};
	return true;
}

void ring_done(struct ring *ring)
{
	__atomic_store_n(&slot(ring)->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
	ring->next = (ring->next + 1) % ring->frames;
}

uint64_t ring_overruns(struct ring *ring)
{
	struct tpacket_stats stats;
	socklen_t size = sizeof stats;

	if (getsockopt(ring->fd, SOL_PACKET, PACKET_STATISTICS, &stats, &size) == 0)
		ring->overruns += stats.tp_drops;
	return ring->overruns;
}

int ring_filter(struct ring *ring, const struct sock_filter *program, unsigned length,
	struct cause *cause)
{
	struct sock_fprog whole = {.len = (unsigned short)length,
		.filter = (struct sock_filter *)(uintptr_t)program};
	int none = 0;
	int result = length ? setsockopt(ring->fd, SOL_SOCKET, SO_ATTACH_FILTER, &whole, sizeof whole)
			    : setsockopt(ring->fd, SOL_SOCKET, SO_DETACH_FILTER, &none, sizeof none);

	if (result < 0 && !(length == 0 && errno == ENOENT))
		return cause_set_errno(cause, errno, "cannot set the capture's filter");
	return 0;
}

int packet_send(int fd, int ifindex, const void *frame, size_t length, struct cause *cause)
{
	struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_ifindex = ifindex,
		.sll_protocol = htons(ETH_P_ALL), .sll_halen = 6};
	uint16_t ethertype;

	if (length >= 14) {
		memcpy(&ethertype, (const uint8_t *)frame + 12, sizeof ethertype);
		to.sll_protocol = ethertype;
		memcpy(to.sll_addr, frame, 6);
	}
	if (sendto(fd, frame, length, 0, (struct sockaddr *)&to, sizeof to) == (ssize_t)length)
		return 0;
	return cause_set_errno(cause, errno, "cannot send a frame on the wire");
}
