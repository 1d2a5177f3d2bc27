/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * names.c - the names of TCP states, timers, fates and errno values, and the
 * search for them by name. Pure, but for errno_name()'s static buffer.
 */
#include "names.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <features.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ERRNO_MAX 4095 /* the kernel's MAX_ERRNO */
#define WORD_MAX 63    /* longer words have no nearest name */

static const char *const state_names[] = {
	[STATE_CLOSED] = "CLOSED",
	[STATE_LISTEN] = "LISTEN",
	[STATE_SYN_SENT] = "SYN-SENT",
	[STATE_SYN_RECV] = "SYN-RECV",
	[STATE_ESTAB] = "ESTAB",
	[STATE_FIN_WAIT_1] = "FIN-WAIT-1",
	[STATE_FIN_WAIT_2] = "FIN-WAIT-2",
	[STATE_CLOSING] = "CLOSING",
	[STATE_TIME_WAIT] = "TIME-WAIT",
	[STATE_CLOSE_WAIT] = "CLOSE-WAIT",
	[STATE_LAST_ACK] = "LAST-ACK",
};
static_assert(COUNT(state_names) == TCP_STATES, "a name for each state");

static const char *const timer_names[] = {
	[TIMER_NONE] = "",
	[TIMER_RETRANSMIT] = "on",
	[TIMER_KEEPALIVE] = "keepalive",
	[TIMER_TIMEWAIT] = "timewait",
	[TIMER_PERSIST] = "persist",
	[TIMER_OTHER] = "other",
};
static_assert(COUNT(timer_names) == TCP_TIMERS, "a name for each timer");

static const char *const fate_names[] = {
	[FATE_PASSING] = "passing",
	[FATE_HELD] = "held",
	[FATE_LATE] = "late",
	[FATE_DELIVERED] = "delivered",
	[FATE_DROPPED] = "dropped",
	[FATE_LOST] = "lost",
	[FATE_CORRUPTED] = "corrupted",
	[FATE_ABSORBED] = "absorbed",
};
static_assert(COUNT(fate_names) == FATES, "a name for each fate");

/* What else the states are called, by RFC 9293 and by the kernel's sources. */
static const struct {
	const char *name;
	enum tcp_state state;
} state_aliases[] = {
	{"ESTABLISHED", STATE_ESTAB},
	{"SYN-RECEIVED", STATE_SYN_RECV},
};

const char *state_name(enum tcp_state state)
{
	return (unsigned)state < TCP_STATES ? state_names[state] : "?";
}

const char *timer_name(enum tcp_timer timer)
{
	return (unsigned)timer < TCP_TIMERS ? timer_names[timer] : "other";
}

const char *fate_name(enum fate fate)
{
	return (unsigned)fate < FATES ? fate_names[fate] : "?";
}

/* Is `word` the state name, in either case, its '-' written '-', '_' or not
 * at all? */
static bool state_matches(const char *word, const char *name)
{
	for (; *name; name++) {
		if (*name == '-') {
			if (*word == '-' || *word == '_')
				word++;
			continue;
		}
		if (toupper((unsigned char)*word) != *name)
			return false;
		word++;
	}
	return *word == '\0';
}

int state_find(const char *name)
{
	for (size_t i = 0; i < COUNT(state_names); i++)
		if (state_matches(name, state_names[i]))
			return (int)i;
	for (size_t i = 0; i < COUNT(state_aliases); i++)
		if (state_matches(name, state_aliases[i].name))
			return (int)state_aliases[i].state;
	return -1;
}

#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 32)

static const char *errno_known(int error)
{
	return error > 0 ? strerrorname_np(error) : NULL;
}

#else /* what socket and network calls return */

static const char *errno_known(int error)
{
	switch (error) {
#define NAMED(code) case code: return #code
	NAMED(EPERM);
	NAMED(ENOENT);
	NAMED(ESRCH);
	NAMED(EINTR);
	NAMED(EIO);
	NAMED(ENXIO);
	NAMED(E2BIG);
	NAMED(EBADF);
	NAMED(ECHILD);
	NAMED(EAGAIN);
	NAMED(ENOMEM);
	NAMED(EACCES);
	NAMED(EFAULT);
	NAMED(EBUSY);
	NAMED(EEXIST);
	NAMED(ENODEV);
	NAMED(ENOTDIR);
	NAMED(EISDIR);
	NAMED(EINVAL);
	NAMED(ENFILE);
	NAMED(EMFILE);
	NAMED(ENOSPC);
	NAMED(EPIPE);
	NAMED(ERANGE);
	NAMED(ENOSYS);
	NAMED(ENOTSOCK);
	NAMED(EDESTADDRREQ);
	NAMED(EMSGSIZE);
	NAMED(ENOPROTOOPT);
	NAMED(EPROTONOSUPPORT);
	NAMED(EOPNOTSUPP);
	NAMED(EAFNOSUPPORT);
	NAMED(EADDRINUSE);
	NAMED(EADDRNOTAVAIL);
	NAMED(ENETDOWN);
	NAMED(ENETUNREACH);
	NAMED(ECONNABORTED);
	NAMED(ECONNRESET);
	NAMED(ENOBUFS);
	NAMED(EISCONN);
	NAMED(ENOTCONN);
	NAMED(ESHUTDOWN);
	NAMED(ETIMEDOUT);
	NAMED(ECONNREFUSED);
	NAMED(EHOSTDOWN);
	NAMED(EHOSTUNREACH);
	NAMED(EALREADY);
	NAMED(EINPROGRESS);
#undef NAMED
	default:
		return NULL;
	}
}

#endif

/* Second names of one number. */
static const struct {
	const char *name;
	int error;
} errno_aliases[] = {
	{"EWOULDBLOCK", EWOULDBLOCK},
	{"EOPNOTSUPP", EOPNOTSUPP},
	{"ENOTSUP", ENOTSUP},
	{"EDEADLOCK", EDEADLOCK},
};

const char *errno_name(int error)
{
	static char number[16];
	const char *name = errno_known(error);

	/* sockets know it by this name, the C library by the other */
	if (error == EOPNOTSUPP)
		return "EOPNOTSUPP";
	if (name)
		return name;
	snprintf(number, sizeof(number), "%d", error);
	return number;
}

int errno_find(const char *name)
{
	for (int error = 1; error <= ERRNO_MAX; error++) {
		const char *known = errno_known(error);

		if (known && strcasecmp(known, name) == 0)
			return error;
	}
	for (size_t i = 0; i < COUNT(errno_aliases); i++)
		if (strcasecmp(errno_aliases[i].name, name) == 0)
			return errno_aliases[i].error;
	return -1;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edit distance in either case; two letters swapped count as one edit. Both
 * words are WORD_MAX long at most. */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	uint8_t rows[3][WORD_MAX + 1] = {{0}};

	for (size_t j = 0; j <= b_length; j++)
		rows[0][j] = (uint8_t)j;
	for (size_t i = 1; i <= a_length; i++) {
		uint8_t *row = rows[i % 3];
		const uint8_t *above = rows[(i + 2) % 3];
		const uint8_t *above2 = rows[(i + 1) % 3];

		row[0] = (uint8_t)i;
		for (size_t j = 1; j <= b_length; j++) {
			int x = tolower((unsigned char)a[i - 1]);
			int y = tolower((unsigned char)b[j - 1]);
			size_t best = above[j - 1] + (size_t)(x != y);

			best = smaller(best, smaller(above[j], row[j - 1]) + 1u);
			if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) &&
			    y == tolower((unsigned char)a[i - 2]))
				best = smaller(best, above2[j - 2] + 1u);
			row[j] = (uint8_t)best;
		}
	}
	return rows[a_length % 3][b_length];
}

const char *name_nearest(const char *word, const char *const *names)
{
	size_t length = strlen(word);
	size_t limit = length / 3 > 2 ? length / 3 : 2;
	const char *nearest = NULL;

	if (length == 0 || length > WORD_MAX)
		return NULL;
	/* a name that shares no letter with a short word is no help */
	limit = smaller(limit, length - 1);
	for (; *names; names++) {
		size_t name_length = strlen(*names);
		size_t distance;

		if (name_length > WORD_MAX)
			continue;
		distance = edit_distance(word, length, *names, name_length);
		if (distance > limit)
			continue;
		nearest = *names;
		if (distance == 0)
			break;
		limit = distance - 1; /* of equals the first stays */
	}
	return nearest;
}
