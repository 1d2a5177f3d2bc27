/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * worker.h - the other half of `netlab grade`: the process in which the lab of an
 * exercise is. It has never seen the expectations when the student's commands
 * run; the grader sends them, one by one, when these have ended and so have all
 * programs that they started.
 */
#ifndef CLI_WORKER_H
#define CLI_WORKER_H

/* `programs`: "exec", the student may start programs, or "plain"; `exercise`: the
 * path that must not be seen. Returns the exit status. */
int worker_main(const char *programs, const char *exercise);

#endif
