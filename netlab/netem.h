/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * netem.h - the impairments of one direction of a link: netem's words, their
 * meaning, their limits. Pure. Who carries them out is another matter: the
 * kernel (netif_netem.c) or the gate (emulate.c).
 */
#ifndef NETLAB_NETEM_H
#define NETLAB_NETEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cause.h"

/* Shape of the jitter, as tc-netem(8) names them; without `distribution` it is
 * uniform. */
enum netem_distribution {
	NETEM_UNIFORM,
	NETEM_NORMAL,
	NETEM_PARETO,
	NETEM_DISTRIBUTIONS
};

/* Which words were given, for a change that replaces only what it names. */
#define NETEM_DELAY	   0x001
#define NETEM_JITTER	   0x002
#define NETEM_DISTRIBUTION 0x004
#define NETEM_LOSS	   0x008 /* with its model */
#define NETEM_DUPLICATE	   0x010
#define NETEM_REORDER	   0x020 /* with its gap */
#define NETEM_CORRUPT	   0x040
#define NETEM_RATE	   0x080
#define NETEM_LIMIT	   0x100
#define NETEM_SEED	   0x200
#define NETEM_NONE	   0x400 /* begin from nothing */

#define NETEM_LIMIT_DEFAULT 1000 /* frames, as tc gives it to sch_netem */
#define NETEM_DELAY_MAX	    INT64_C(3600000000000) /* ns: an hour */
#define NETEM_JITTER_MAX    INT64_C(2147483647)	   /* ns: sch_netem counts it in 31 bits */
#define NETEM_RATE_MAX	    UINT64_C(1000000000000000) /* bit/s */

/* A probability is 32 bits as the kernel has it: UINT32_MAX is 100 %. */
struct netem {
	unsigned given;		/* NETEM_*: of a change; of a set: what differs from nothing */
	int64_t delay_ns, jitter_ns;
	enum netem_distribution distribution;
	uint32_t loss;		/* with gemodel: in the bad state (1-h of the model) */
	bool gemodel;		/* Gilbert-Elliott: p good to bad, r bad to good; no loss in good */
	uint32_t p, r;
	uint32_t duplicate, corrupt;
	uint32_t reorder;	/* sent at once, instead of after delay */
	uint32_t gap;		/* only every gap-th may be; 0: any */
	uint64_t rate_bit;	/* bit/s; 0: without limit */
	uint32_t limit;		/* frames that may wait; 0: NETEM_LIMIT_DEFAULT */
	uint64_t seed;		/* given & NETEM_SEED tells whether there is one */
};

/* Parse words as one change:
 *   delay TIME | jitter TIME [distribution NAME] | distribution NAME
 *   loss PERCENT [gemodel P R] | loss gemodel P R | duplicate PERCENT
 *   reorder PERCENT [gap N] | corrupt PERCENT | rate RATE | limit N | seed N | none
 * TIME has a unit (s ms us ns, or as sec msecs), PERCENT a % sign, RATE one of tc's
 * (bit kbit mbit gbit tbit, kibit and so on, bps kbps and so on for bytes); 0 needs
 * none. Each word once. -1: one line that quotes the word and says what would be
 * right; `change` is as it was. Checks each word for itself. 0 takes the word away:
 * limit 0 is NETEM_LIMIT_DEFAULT again, gap 0 none; a seed of 0 is one like others. */
int netem_parse(char *const *words, int count, struct netem *change, struct cause *cause);
/* For completion: all keywords, all distributions, NULL at their ends, and what
 * follows a keyword: "TIME", "NAME", "PERCENT", "PERCENT PERCENT", "RATE", "N",
 * "" for none; NULL: no keyword. */
extern const char *const netem_keywords[];
extern const char *const netem_distributions[]; /* by enum netem_distribution */
const char *netem_hint(const char *keyword);

/* `set` with the change laid over it; refuses what does not go together: jitter
 * or reorder without delay, a distribution without jitter. Jitter beyond delay is
 * allowed (netem sends such at once). What is taken away, takes along what
 * belongs to it: jitter its distribution, reorder its gap; a delay that jitter or
 * reorder still needs is not taken away, the cause names what to take as well.
 * -1: `set` is unchanged. */
int netem_change(struct netem *set, const struct netem *change, struct cause *cause);

/* Is nothing impaired? (a limit or seed alone is nothing) */
bool netem_is_none(const struct netem *set);

/* The words that parse to the set again, in a fixed order: "delay 50ms jitter
 * 5ms loss 1.5%"; "none" when nothing is set. Values read back exactly. A change
 * can be printed, too. Returns buf. */
#define NETEM_TEXT 288
const char *netem_print(const struct netem *set, char *buf, size_t size);

/* The inverse distribution function of the jitter in units of 1/8192 of it
 * (NETEM_DIST_SCALE of linux/pkt_sched.h), as tc loads it from normal.dist and
 * pareto.dist: mean 0, standard deviation 1, -4 to 4, ascending. NULL for
 * NETEM_UNIFORM. Computed once. */
#define NETEM_TABLE_SIZE 4096
#define NETEM_DIST_UNIT	 8192
const int16_t *netem_table(enum netem_distribution distribution);

/* The time that sending a frame of `length` bytes takes at the rate, in ns; 0
 * without one. */
int64_t netem_sending(const struct netem *set, uint32_t length);

/* The time that a frame of `length` bytes may reasonably take on an otherwise
 * empty link: delay, the jitter's largest, sending at rate. ns. */
int64_t netem_longest(const struct netem *set, uint32_t length);

#endif
