# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 120
#
# Ctrl-C ends a load: what was done is told, its sockets are summed, the lab
# and its listener live on.
need tmux
export XDG_STATE_HOME=$TMP/state
screen_start 100 60 "$NETLAB"
screen_wait '^netlab> *$'
screen_enter 'listen server 80'
screen_wait 'CLOSED . LISTEN'
screen_enter 'load client server:80 count 1000000 concurrency 20 bytes 1000000 closer server; echo not this'
screen_wait '^  client  \[[#.]{24}\] [1-9][0-9]* of 1000000, [0-9]+ a second, 0 failed'
screen_key C-c
screen_wait '^  client  [1-9][0-9]* connections to server:80 in .* a second; the server closed first'
screen_wait '^  client  [0-9]+ were open still, and were closed$'
screen_wait '^interrupted$'
screen_wait '^netlab> *$'
screen_matches '^not this' && fail "the next command ran"
screen_matches '^  server +TIME-WAIT +[1-9][0-9]*$' || fail "no sum of the sockets"

screen_enter 'connect client server:80 as after'
screen_wait 'accept\(\) from 10.0.0.1'
screen_enter 'load client server:80 count 30 concurrency 3'
screen_wait '^  client  30 connections to server:80'
screen_key C-d
screen_wait '\[ended 0\]'
screen_end

# A script ends there, and says so.
echo "listen server 80
load client server:80 count 1000000 bytes 1000000
echo not this" >"$TMP/script.lab"
screen_start 100 50 "$NETLAB" -k "$TMP/script.lab"
screen_wait ' of 1000000, '
screen_key C-c
screen_wait 'script.lab:2: interrupted$'
screen_wait '\[ended 1\]'
screen_matches '^not this' && fail "the script went on"
screen_end

# The bar goes when the load is over.
screen_start 100 50 "$NETLAB" -c 'listen server 80; load client server:80 count 2000 bytes 300000'
screen_wait '^  client  2000 connections to server:80'
screen_wait '\[ended 0\]'
screen_matches '\[[#.]{24}\]' && fail "the bar is still there"
screen_end
