/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * capture_test.c - the beginning and the end of what was printed, however it
 * came.
 */
#include "../../cli/capture.h"

#include <stdlib.h>

#include "unit.h"

/* The byte at that place of an endless output. */
static char byte_at(uint64_t at)
{
	return (char)('a' + at % 25 + at / 1000 % 2);
}

static void feed(struct capture *capture, uint64_t total, size_t step)
{
	static char bytes[100000];

	for (uint64_t at = 0; at < total; at += step) {
		size_t length = total - at < step ? (size_t)(total - at) : step;

		for (size_t i = 0; i < length; i++)
			bytes[i] = byte_at(at + i);
		capture_add(capture, bytes, length);
	}
}

static void check(uint64_t total, size_t step)
{
	struct capture capture = {0};
	char *text, note[80] = "", about[60];
	size_t length, tail, at;
	uint64_t left_out = total > CAPTURE_HEAD + CAPTURE_TAIL ? total - CAPTURE_HEAD - CAPTURE_TAIL : 0;

	snprintf(about, sizeof about, "%llu bytes by %zu:", (unsigned long long)total, step);
	unit_about = about;
	feed(&capture, total, step);
	text = capture_text(&capture, &length);
	if (left_out)
		snprintf(note, sizeof note, "\n[%llu bytes are left out here]\n", (unsigned long long)left_out);
	CHECK_EQ(length, total - left_out + strlen(note));
	for (at = 0; at < length && at < CAPTURE_HEAD && text[at] == byte_at(at); at++)
		;
	CHECK_EQ(at, total < CAPTURE_HEAD ? total : CAPTURE_HEAD);
	CHECK(strncmp(text + at, note, strlen(note)) == 0);
	tail = length - strlen(note) - at;
	for (at += strlen(note); at < length && text[at] == byte_at(total - (length - at)); at++)
		;
	CHECK_EQ(at, length);
	CHECK(tail <= CAPTURE_TAIL);
	CHECK_EQ(text[length], '\0');
	free(text);
	capture_free(&capture);
}

static void keeps_head_and_tail(void)
{
	static const uint64_t totals[] = {0, 1, 8191, 8192, 8193, 12287, 12288, 12289, 20000, 65535,
		65536, 65537, 70000, 122880, 1000000};
	static const size_t steps[] = {1, 7, 4096, 8192, 16384, 65536, 99999};

	for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
		for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
			check(totals[i], steps[k]);
}

int main(void)
{
	RUN(keeps_head_and_tail);
	return unit_end();
}
