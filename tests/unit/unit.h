/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * unit.h - the harness of the unit tests. A program runs its tests with RUN()
 * and returns unit_end(), which prints "N passed, N failed, N skipped". A test
 * fails when one of its checks does; the failed check prints where it is, what
 * was expected and what was seen, and the test goes on.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static unsigned unit_passed, unit_failed, unit_skipped;
static bool unit_test_failed;
static const char *unit_about = ""; /* the row of a table that is looked at */

static inline void unit_fail(const char *file, int line)
{
	unit_test_failed = true;
	printf("%s:%d:%s%s ", file, line, *unit_about ? " " : "", unit_about);
}

#define CHECK(condition) do { \
	if (!(condition)) { \
		unit_fail(__FILE__, __LINE__); \
		printf("expected %s\n", #condition); \
	} \
} while (0)

/* Whole numbers of any type: seen, expected. */
#define CHECK_EQ(seen, expected) do { \
	long long seen_ = (long long)(seen), expected_ = (long long)(expected); \
	if (seen_ != expected_) { \
		unit_fail(__FILE__, __LINE__); \
		printf("%s: expected %lld, seen %lld\n", #seen, expected_, seen_); \
	} \
} while (0)

static inline void unit_check_text(const char *file, int line, const char *what, const char *seen,
	const char *expected)
{
	if (seen && expected && strcmp(seen, expected) == 0)
		return;
	if (!seen && !expected)
		return;
	unit_fail(file, line);
	printf("%s:\n  expected \"%s\"\n  seen     \"%s\"\n", what, expected ? expected : "(NULL)",
		seen ? seen : "(NULL)");
}

/* Strings, either of them may be NULL: seen, expected. */
#define CHECK_STR(seen, expected) \
	unit_check_text(__FILE__, __LINE__, #seen, (seen), (expected))

static inline void unit_run(const char *name, void (*test)(void))
{
	unit_test_failed = false;
	unit_about = "";
	test();
	if (unit_test_failed) {
		unit_failed++;
		printf("FAIL %s\n", name);
	} else {
		unit_passed++;
	}
}

#define RUN(test) unit_run(#test, test)

/* Count a test that cannot run here, aloud. */
static inline void unit_skip(const char *name, const char *reason)
{
	unit_skipped++;
	printf("skip %s: %s\n", name, reason);
}

static inline int unit_end(void)
{
	(void)unit_skip;
	printf("%u passed, %u failed, %u skipped\n", unit_passed, unit_failed, unit_skipped);
	return unit_failed ? 1 : 0;
}

#endif
