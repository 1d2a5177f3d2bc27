/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cmd-netem.c - netem: impair what goes over links.
 */
#include "cli.h"
#include "command.h"
#include "impairs.h"

enum { DIRECTIONS, WORDS };

static enum result netem(struct item *item)
{
	const struct value *value = item->values;

	if (impairs_change(item->cli, &value[DIRECTIONS], &value[WORDS].netem, &item->cause) < 0)
		return RESULT_FAILED;
	impairs_tell(item->cli, &value[DIRECTIONS]);
	return RESULT_OK;
}

const struct command cmd_netem = {
	.name = "netem",
	.summary = "impair links: delay, loss, duplication, reordering, corruption, rate",
	.details = "A>B is one direction of a link, A-B both, all every link of the lab. The "
		   "words are those of tc-netem: delay TIME [jitter TIME [distribution "
		   "uniform|normal|pareto]], loss PERCENT or loss [PERCENT] gemodel P R, "
		   "duplicate PERCENT, reorder PERCENT [gap N], corrupt PERCENT, rate RATE, limit "
		   "N (frames that may wait), seed N; none takes all away. Units are those of tc: "
		   "TIME s, ms, us, ns; PERCENT, P and R %; RATE bit, kbit, mbit, gbit, tbit, or "
		   "kibit to tibit, or bytes: bps, kbps to tbps, kibps to tibps. What is not "
		   "named stays as it is; 0, which needs no unit, takes a word away: limit 0 is "
		   "1000 again, gap 0 no gap, but a seed may be 0. A delay goes only together "
		   "with the jitter or reorder that needs it: delay 0 jitter 0. It takes effect "
		   "between two frames, on open connections too. The kernel's netem does it "
		   "where there is one, else netlab itself: see backend.",
	.example = "netem client>server delay 50ms loss 1%",
	.group = "Impairments",
	.args = {{ARG_DIRECTIONS, "A>B|A-B|all", NULL, 0, NULL},
		{ARG_NETEM, "IMPAIRMENT", NULL, 0, NULL}},
	.exec = netem,
};
