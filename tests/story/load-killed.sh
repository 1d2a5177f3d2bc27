# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 180
#
# One of the two processes of a load is killed from outside in the middle of it:
# that is told, with what was done so far, and the lab goes on. One that is
# stopped stops the load, until it goes on.
play() # SIGNAL ADDRESS COUNT: to the process there
{
	mkfifo "$TMP/in"
	"$NETLAB" -k - <"$TMP/in" >"$TMP/out" 2>&1 &
	lab=$!
	exec 3>"$TMP/in"
	printf '%s\n' 'listen server 80' "load client server:80 count $3 bytes 1000000" >&3
	wait_for grep -q 'not followed one by one' "$TMP/out"
	wait_for pid_at "$2" "$lab"
	victim=$(pid_at "$2" "$lab") || fail "no process at $2"
	kill -"$1" "$victim"
}

finish() # COMMAND...
{
	printf '%s\n' "$@" quit >&3
	exec 3>&-
	wait_for gone "$lab"
	wait "$lab"
	output=$(cat "$TMP/out")
	rm "$TMP/in"
}

play KILL 10.0.0.2 1000000
wait_for grep -q 'the load has ended early' "$TMP/out"
finish 'listen server 81' 'load client server:81 count 20'
expect_order 'server  process ended by SIGKILL' '^  client  [0-9]+ connections to server:80' \
	"the load has ended early: server's process has ended" '^  client  20 connections to server:8'

play KILL 10.0.0.1 1000000
wait_for grep -q 'the load has ended early' "$TMP/out"
finish 'connect client server:80' 'load client server:80 count 20'
expect_order 'client  process ended by SIGKILL' '^  client  [0-9]+ connections to server:80' \
	"the load has ended early: client's process has ended" 'accept\(\) from 10.0.0.1:' \
	'^  client  20 connections to server:80'

for address in 10.0.0.1 10.0.0.2; do
	name=client
	[ "$address" = 10.0.0.2 ] && name=server
	play STOP "$address" 300
	wait_for grep -q "$name  process stopped by a signal from outside" "$TMP/out"
	kill -CONT "$victim"
	wait_for -t $((6 * PATIENCE)) grep -q '^  client  300 connections to server:80' "$TMP/out"
	finish "cont $name" 'connect client server:80' 'load client server:80 count 20'
	expect_order 'accept\(\) from 10.0.0.1:' '^  client  20 connections to server:80'
done
