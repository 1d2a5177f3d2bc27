/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * call.h - what the commands that make a socket call have in common.
 */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include "command.h"

/* The lab_done_fn of such a command, its arg being the item: the item fails
 * when the call did, and its cause has the errno. */
void call_done(void *arg, const struct lab_event *call);

/* What exec returns after asking the engine: wait, or fail. */
static inline enum result call_begun(int result)
{
	return result < 0 ? RESULT_FAILED : RESULT_WAIT;
}

#endif
