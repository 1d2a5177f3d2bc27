/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * timetext.c - a time in the unit that is read best.
 */
#include "timetext.h"

#include <string.h>

#define NS_PER_S 1000000000LL

/* Digits before a unit; for tables of many rows, so without printf. */
static char *put_unsigned(char *at, uint64_t number)
{
	char digits[20];
	size_t count = 0;

	do {
		digits[count++] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	while (count > 0)
		*at++ = digits[--count];
	return at;
}

const char *time_text(int64_t ns, char *buf, size_t size)
{
	char text[TIME_TEXT + 40], *at = text;
	uint64_t n = (uint64_t)ns;

	if (ns < 0) {
		at = stpcpy(at, "?");
	} else if (n < 999500) {
		at = stpcpy(put_unsigned(at, (n + 500) / 1000), " us");
	} else if (n < 999500000) {
		at = stpcpy(put_unsigned(at, (n + 500000) / 1000000), " ms");
	} else if (n < 120ULL * NS_PER_S) {
		n = (n + NS_PER_S / 20) / (NS_PER_S / 10);
		at = put_unsigned(at, n / 10);
		*at++ = '.';
		*at++ = (char)('0' + n % 10);
		at = stpcpy(at, " s");
	} else if (n < 600ULL * NS_PER_S) {
		at = stpcpy(put_unsigned(at, n / NS_PER_S / 60), " min ");
		at = stpcpy(put_unsigned(at, n / NS_PER_S % 60), " s");
	} else {
		at = stpcpy(put_unsigned(at, (n / NS_PER_S + 30) / 60), " min");
	}
	if ((size_t)(at - text) >= size)
		at = text + size - 1;
	memcpy(buf, text, (size_t)(at - text));
	buf[at - text] = '\0';
	return buf;
}
