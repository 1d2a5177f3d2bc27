#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# session.sh - play lines at netlab's prompt in a terminal of 100 columns and
# print the screen: how the captured sessions in README.md are made.
#
#	tests/session.sh SECONDS_BETWEEN LINE...
set -eu
netlab=${NETLAB:-build/netlab} pause=$1 socket=$(mktemp -u)
shift
tmux -S "$socket" new-session -d -x 100 -y 240 "env PS1= $netlab"
trap 'tmux -S "$socket" kill-server; rm -f "$socket"' EXIT
screen() { tmux -S "$socket" capture-pane -p; }
until screen | grep -q '^netlab>'; do sleep 0.1; done
for line; do
	tmux -S "$socket" send-keys -l -- "$line"
	tmux -S "$socket" send-keys Enter
	sleep "$pause"
done
screen | sed -e 's/ *$//' | awk '{ lines[NR] = $0; if ($0 != "") last = NR } END { for (i = 1; i <= last; i++) print lines[i] }'
