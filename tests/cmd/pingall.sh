# SPDX-License-Identifier: GPL-3.0-or-later
#
# pingall: a row a host, X where no answer comes; many hosts, failures alone.
run "$NETLAB" -c 'topology star 3; pingall'
expect_status 0
expect_equal $'  h1 -> h2 h3\n  h2 -> h1 h3\n  h3 -> h1 h2\n  6 of 6 answered' "$output"
run "$NETLAB" -c 'topology star 3; link h2 s1 down; pingall'
expect_status 1
expect_order '^  h1 -> X h3$' '^  h2 -> X X$' '^  h3 -> h1 X$' '^  2 of 6 answered$' \
	'^-c:3: 4 of 6 echo requests were not answered$'
run "$NETLAB" -c 'ipv6 on; pingall'
expect_status 0
expect_order '^  client -> server$' '^  IPv6$' '^  client -> server$' '^  4 of 4 answered$'
run "$NETLAB" --json -c 'topology star 3; pingall'
expect_status 0
expect_equal 6 "$(grep -c '"event":"ping",.*"family":"ipv4","time":[0-9.]*' <<<"$output")"
expect_output '"event":"pingall","sent":6,"answered":6'
for few in 'reset' 'reset; host a' 'reset; router a b; link a b'; do
	run "$NETLAB" -c "$few; pingall"
	expect_status 1
	expect_output 'two hosts at least'
done

[ "$KERNEL" = host ] || exit 0 # what follows has nothing to do with the kernel
# Why not is said where there is room, and ways that are longer than packets live are tried.
run "$NETLAB" --json -c 'topology chain 64; pingall'
expect_status 1
expect_output '"from":"h1","to":"h2",.*"time":null,"error":"time to live exceeded","by":"r64",' \
	'"event":"pingall","sent":2,"answered":0'
run "$NETLAB" -c 'topology star 25; link h7 s1 down; pingall'
expect_status 1
expect_output '^  h1 -> h7: ' '^  h7 -> h25: ' '^  552 of 600 answered$'
expect_no_output '^  h1 -> h2' '^  h2 -> h1'
# An error about one request is none about those that are sent beside it.
run "$NETLAB" -c 'topology ring 21; ping h1 h2; exec r1 ip route add unreachable 10.0.22.1; pingall'
expect_status 1
expect_output '^  h1 -> h2: destination host unreachable, from r1 \(10\.0\.21\.2\)$' \
	'^  h2 -> h1: no reply$' '^  400 of 420 answered$'
expect_no_output '^  h1 -> h3'

# Ctrl-C ends it, and the shell goes on.
screen_start 100 30 "$NETLAB" -t star
screen_wait '^netlab>'
screen_enter 'netem all loss 100%'
screen_wait '> h1 '
screen_enter 'echo begun; pingall'
screen_wait '^begun$'
screen_key C-c
screen_wait interrupted
screen_enter 'netem all none; pingall'
screen_wait '12 of 12 answered'
# Who is there, wrapped between words.
screen_enter 'topology star 20'
screen_wait '^          (h[0-9]+ )?10\.0\.0\.[0-9]+, h'
