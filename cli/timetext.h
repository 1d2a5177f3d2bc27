/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * timetext.h - a time as it is told. Pure.
 */
#ifndef CLI_TIMETEXT_H
#define CLI_TIMETEXT_H

#include <stddef.h>
#include <stdint.h>

/* "8.1 s", "250 ms", "12 us", "3 min 20 s"; returns buf. */
#define TIME_TEXT 32
const char *time_text(int64_t ns, char *buf, size_t size);

#endif
