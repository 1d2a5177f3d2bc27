/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * commands.c - the command table: one row a command, in the order of help.
 */
#include <stddef.h>

#include "command.h"

extern const struct command cmd_abort, cmd_address, cmd_ages, cmd_answer, cmd_ask, cmd_backend,
	cmd_brief, cmd_check, cmd_close, cmd_connect, cmd_cont, cmd_counters, cmd_destroy,
	cmd_double, cmd_drop, cmd_echo, cmd_events, cmd_exec, cmd_exercise, cmd_expect, cmd_fault,
	cmd_faults, cmd_help, cmd_hint, cmd_hold, cmd_host, cmd_inject, cmd_ipv6, cmd_isn, cmd_keep,
	cmd_kill, cmd_ladder, cmd_late, cmd_lesson, cmd_link, cmd_listen, cmd_load, cmd_lose,
	cmd_nat, cmd_netem, cmd_option, cmd_pause, cmd_ping, cmd_pingall, cmd_points, cmd_predict,
	cmd_problem, cmd_quit, cmd_recv, cmd_release, cmd_remove, cmd_repeat, cmd_replay, cmd_reset,
	cmd_route, cmd_router, cmd_save, cmd_say, cmd_section, cmd_segments, cmd_send, cmd_shell,
	cmd_show, cmd_shutdown, cmd_sleep, cmd_source, cmd_ss, cmd_stays, cmd_step, cmd_stop,
	cmd_swap, cmd_switch, cmd_sysctl, cmd_task, cmd_timewait, cmd_topology, cmd_unlink,
	cmd_wait, cmd_watch, cmd_where;

const struct command *const commands[] = {
	&cmd_topology, &cmd_host, &cmd_router, &cmd_switch, &cmd_link, &cmd_unlink, &cmd_remove,
	&cmd_address, &cmd_route, &cmd_nat, &cmd_ipv6, &cmd_show, &cmd_save, &cmd_reset,
	&cmd_netem, &cmd_backend,
	&cmd_ping, &cmd_pingall, &cmd_exec, &cmd_shell, &cmd_sysctl,
	&cmd_listen, &cmd_connect, &cmd_load, &cmd_send, &cmd_recv, &cmd_shutdown, &cmd_close,
	&cmd_abort, &cmd_kill, &cmd_stop, &cmd_cont, &cmd_destroy, &cmd_option, &cmd_timewait,
	&cmd_isn,
	&cmd_hold, &cmd_step, &cmd_drop, &cmd_release, &cmd_segments,
	&cmd_lose, &cmd_late, &cmd_double, &cmd_swap, &cmd_keep, &cmd_faults, &cmd_fault,
	&cmd_replay, &cmd_inject,
	&cmd_ss, &cmd_counters, &cmd_watch, &cmd_ladder, &cmd_ages, &cmd_stays, &cmd_events,
	&cmd_expect, &cmd_wait,
	&cmd_lesson, &cmd_problem, &cmd_say, &cmd_section, &cmd_pause, &cmd_ask, &cmd_predict,
	&cmd_brief, &cmd_where,
	&cmd_exercise, &cmd_check, &cmd_answer, &cmd_task, &cmd_points, &cmd_hint,
	&cmd_source, &cmd_repeat, &cmd_sleep, &cmd_echo, &cmd_help, &cmd_quit,
	NULL,
};
