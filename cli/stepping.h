/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * stepping.h - what step and drop have in common: N times the oldest held
 * segment, waiting for one when there is none.
 */
#ifndef CLI_STEPPING_H
#define CLI_STEPPING_H

#include "command.h"

typedef void (*stepping_fn)(struct lab *lab, int64_t patience_ns, step_done_fn done, void *arg);

/* values[0]: N; values[1]: within TIME. */
enum result stepping_begin(struct item *item, stepping_fn act);
void stepping_cancel(struct item *item);

#endif
