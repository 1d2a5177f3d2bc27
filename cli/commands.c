/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * commands.c - the command table: one row a command, in the order of help.
 */
#include <stddef.h>

#include "command.h"

extern const struct command cmd_abort, cmd_address, cmd_backend, cmd_close, cmd_connect,
	cmd_cont, cmd_counters, cmd_destroy, cmd_drop, cmd_echo, cmd_events, cmd_exec, cmd_expect, cmd_help,
	cmd_hold, cmd_host, cmd_ipv6, cmd_isn, cmd_kill, cmd_ladder, cmd_link, cmd_listen, cmd_nat,
	cmd_netem, cmd_option, cmd_ping, cmd_pingall, cmd_quit, cmd_recv, cmd_release, cmd_remove,
	cmd_repeat, cmd_reset, cmd_route, cmd_router, cmd_save, cmd_segments, cmd_send,
	cmd_shell, cmd_show, cmd_shutdown, cmd_sleep, cmd_source, cmd_ss, cmd_step, cmd_stop, cmd_switch,
	cmd_sysctl, cmd_timewait, cmd_topology, cmd_unlink, cmd_wait, cmd_watch;

const struct command *const commands[] = {
	&cmd_topology, &cmd_host, &cmd_router, &cmd_switch, &cmd_link, &cmd_unlink, &cmd_remove,
	&cmd_address, &cmd_route, &cmd_nat, &cmd_ipv6, &cmd_show, &cmd_save, &cmd_reset,
	&cmd_netem, &cmd_backend,
	&cmd_ping, &cmd_pingall, &cmd_exec, &cmd_shell, &cmd_sysctl,
	&cmd_listen, &cmd_connect, &cmd_send, &cmd_recv, &cmd_shutdown, &cmd_close, &cmd_abort,
	&cmd_kill, &cmd_stop, &cmd_cont, &cmd_destroy, &cmd_option, &cmd_timewait, &cmd_isn,
	&cmd_hold, &cmd_step, &cmd_drop, &cmd_release, &cmd_segments,
	&cmd_ss, &cmd_counters, &cmd_watch, &cmd_ladder, &cmd_events,
	&cmd_expect, &cmd_wait,
	&cmd_source, &cmd_repeat, &cmd_sleep, &cmd_echo, &cmd_help, &cmd_quit,
	NULL,
};
