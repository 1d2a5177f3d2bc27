/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * doctor.h - `netlab doctor`: what this machine offers, what netlab does
 * without it, and what mends it.
 */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include <stdbool.h>

/* The words behind "doctor", NULL-terminated: --all shows the remedies for all
 * systems, --json (or `json`) prints objects. Returns the exit status: 0 netlab
 * can run here, 1 it cannot, 2 wrong usage. */
int doctor_main(char **words, bool json);

#endif
