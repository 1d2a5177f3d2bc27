/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * place.h - the layers below TCP in an Ethernet frame: where TCP is in it,
 * and numbers in network order. Pure.
 */
#ifndef NETLAB_PLACE_H
#define NETLAB_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ETHER_HEADER 14
#define ETHER_IPV4 0x0800
#define ETHER_IPV6 0x86dd
#define IPV4_HEADER 20
#define IPV4_DF 0x4000
#define IPV6_HEADER 40
#define TCP_HEADER 20
#define TCP_HEADER_MAX 60

/* Where TCP is in a frame. */
struct place {
	uint8_t family;
	size_t ip;	   /* offset of the IP header */
	size_t tcp;	   /* offset of what IP carries */
	size_t length;	   /* bytes that IP carries, TCP's header and data */
	bool fragment;	   /* the first of several: its data are not all here */
};

/* Find TCP in a frame as segment_decode() describes it. Returns 0, and then
 * TCP's header is known to be within `captured`, options too; or -1. */
int place_find(const uint8_t *frame, size_t captured, size_t on_wire, struct place *place);

static inline uint16_t get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void put16(uint8_t *p, uint16_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static inline void put32(uint8_t *p, uint32_t value)
{
	put16(p, (uint16_t)(value >> 16));
	put16(p + 2, (uint16_t)value);
}

#endif
