/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * drive.h - what the benchmarks share that drive a lab through the engine: they look
 * at nothing but whether an action has ended.
 */
#ifndef TESTS_BENCH_DRIVE_H
#define TESTS_BENCH_DRIVE_H

#include "netlab.h"

static inline void on_event(void *arg, const struct lab_event *event)
{
	(void)arg;
	(void)event;
}

static inline void on_change(void *arg)
{
	(void)arg;
}

/* `arg` is a bool. */
static inline void on_done(void *arg, const struct lab_event *call)
{
	(void)call;
	*(bool *)arg = true;
}

#endif
