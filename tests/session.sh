#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# session.sh - play lines at netlab's prompt, in a terminal of 100 columns: how the
# sessions in README.md are made, and checked (tests/cmd/readme-sessions.sh).
#
#	tests/session.sh FOLDER <LINES
#
# A line is the seconds to wait before it, a blank, and what is typed. What line N
# printed goes into FOLDER/N; it must not be longer than the terminal is high.
set -u
folder=${1:?usage: session.sh FOLDER} socket=$(mktemp -u) number=0
netlab=${NETLAB:-build/netlab} limit=90

screen()
{
	tmux -S "$socket" capture-pane -p | sed -e 's/ *$//'
}

nap() # SECONDS
{
	read -rt "$1" _ <> <(:) || :
}

wait_for_last_line() # LINE
{
	local end=$((SECONDS + limit)) looks=0
	until [ "$(screen | grep . | tail -n 1)" = "$1" ]; do
		if [ $SECONDS -ge $end ]; then
			screen | grep . | tail -n 30
			echo "session.sh: line $number: never seen: $1"
			exit 1
		fi
		[ $((looks += 1)) -lt 20 ] && nap 0.05 || nap 0.5
	done
}

tmux -S "$socket" -f /dev/null new-session -d -x 100 -y 240 "env PS1= $netlab"
trap 'tmux -S "$socket" kill-server 2>/dev/null; rm -f "$socket"' EXIT
tmux -S "$socket" set -g status off
wait_for_last_line 'netlab>'
screen | grep . | grep -vx 'netlab>' >"$folder/0"
while read -r -u 3 pause typed; do
	number=$((number + 1))
	nap "$pause"
	tmux -S "$socket" send-keys -l -- "$typed"
	wait_for_last_line "netlab> $typed"
	tmux -S "$socket" send-keys Enter
	wait_for_last_line 'netlab>'
	screen | awk -v typed="netlab> $typed" '
		$0 == typed { n = 0; next }
		{ line[++n] = $0 }
		END { while (n > 0 && (line[n] == "" || line[n] == "netlab>")) n--
			for (i = 1; i <= n; i++) print line[i] }' >"$folder/$number"
done 3<&0
exit 0
