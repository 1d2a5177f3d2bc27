# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# closes.bash - closes of every kind, as commands of netlab's: what is told of
# them is held against other witnesses.
#
# $port and $from are the server's and the client's port.

closes="client_first server_first both client_first_free server_first_free half_close drop_fin
drop_last_ack refused killed killed_unread aborted released"

close_script() # NAME
{
	[ "$1" = refused ] || printf '%s\n' "listen server $port" "connect client server:$port from $from"
	case $1 in
	client_first)
		printf '%s\n' hold "close client" "step 2" "close server" "step 2"
		;;
	server_first)
		printf '%s\n' hold "close server" "step 2" "close client" "step 2"
		;;
	both)
		printf '%s\n' hold "close client" "close server" "step 4"
		;;
	client_first_free)
		printf '%s\n' "close client" "close server" "wait client TIME-WAIT"
		;;
	server_first_free)
		printf '%s\n' "close server" "close client" "wait server TIME-WAIT"
		;;
	half_close)
		printf '%s\n' "shutdown client wr" "wait server CLOSE-WAIT" "send server answer" \
			"recv client" "close server" "wait client TIME-WAIT" "close client"
		;;
	drop_fin)
		printf '%s\n' hold "close client" drop "step 2 within 10s" "close server" "step 2"
		;;
	drop_last_ack)
		printf '%s\n' hold "close client" "step 2" "close server" "step" "drop" \
			"step 2 within 10s"
		;;
	refused)
		printf '%s\n' "expect error ECONNREFUSED connect client server:$port from $from"
		;;
	killed)
		printf '%s\n' "kill client" "wait server CLOSE-WAIT" "close server" \
			"wait client TIME-WAIT"
		;;
	killed_unread)
		printf '%s\n' "send server 3000" "kill client" "wait server CLOSED"
		;;
	aborted)
		printf '%s\n' "send client hello" "abort client" "wait server CLOSED"
		;;
	released)
		printf '%s\n' hold "close client" "sleep 1s" release "wait server CLOSE-WAIT" \
			"close server" "wait client TIME-WAIT"
		;;
	esac
}

# Play it with --json into $TMP/told up to its end; the lab stands still then,
# until it is killed: $lab.
close_play() # NAME [COMMAND-BEFORE...]
{
	local name=$1
	shift
	{
		[ $# = 0 ] || printf '%s\n' "$@"
		close_script "$name"
		echo "echo reached"
		echo "sleep 1h"
	} >"$TMP/script.lab"
	: >"$TMP/told"
	"$NETLAB" --json "$TMP/script.lab" >"$TMP/told" 2>&1 &
	lab=$!
	wait_for close_ended
	grep -q '"text":"reached"' "$TMP/told" || {
		cat "$TMP/told"
		fail "$name did not reach its end"
	}
}

close_ended()
{
	grep -q '"text":"reached"' "$TMP/told" || gone "$lab"
}

lab=
close_leave()
{
	[ -z "$lab" ] || kill -9 "$lab" 2>/dev/null
	wait "$lab" 2>/dev/null
	lab=
}
