/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench.h - what the benchmark's programs share: a clock, and samples, one a
 * line: name, tab, value. They go to the end of the file that the environment
 * names, for a program run in a lab has no other way out; else to stdout.
 */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double clock_ms(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static inline double now_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

static inline void sample(const char *name, double value)
{
	const char *path = getenv("BENCH_SAMPLES");
	FILE *file = path ? fopen(path, "ae") : stdout;

	if (!file) {
		perror(path);
		exit(1);
	}
	fprintf(file, "%s\t%.6f\n", name, value);
	if (file != stdout)
		fclose(file);
}

static inline _Noreturn void die(const char *what)
{
	perror(what);
	exit(1);
}

#endif
