# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# load: so many connections, closed by the chosen side; what was there before
# is followed as ever, and so is what comes after; errors are counted by name.
need jq

states() # NODE STATE: how many, by the last `count` object of the output
{
	jq -rs --arg node "$1" --arg state "$2" '[.[] | select(.event == "count" and .node == $node and
		.state == $state)] | if length > 0 then last.count else 0 end' <<<"$output"
}

load_is() # JQ-CONDITION
{
	[ "$(jq -s "[.[] | select(.event == \"load\")] | last | $1" <<<"$output")" = true ] ||
		fail "not so of the load: $1"
}

# ------------------------------------------------- who closes has TIME-WAIT
# (A slow machine sends a FIN twice, and the RST that comes of it would end a
# TIME-WAIT: RFC 1337.)
run_script --json <<'END'
sysctl client tcp_rfc1337=1
listen server 80
load client server:80 count 300
END
expect_status 0
load_is '.done == 300 and .failed == 0 and .cut_off == 0 and .errors == {} and .took > 0 and .rate > 0'
load_is '.from == "client" and .to == "server:80" and .count == 300 and .interrupted == false'
expect_equal "300 0 1" "$(states client TIME-WAIT) $(states server TIME-WAIT) $(states server LISTEN)"
expect_output '"event":"note".*its segments are not followed one by one'
expect_no_output '"event":"segment"' '"event":"call".*accept' '"state".*TIME-WAIT.*"why"'

# (The kernel looks on for a port where the last connect() to the same address and
# port has found one, in whatever namespace: where others have gone round the whole
# range meanwhile, a port comes twice, and takes its first TIME-WAIT's place.)
port=$((2000 + RANDOM % 30000))
run_script --json <<END
sysctl server tcp_rfc1337=1
listen server $port
load client server:$port count 200 closer server concurrency 7 ports kernel bytes 100000
END
expect_status 0
load_is '.done == 200 and .closer == "server" and .ports == "kernel"'
expect_equal "0 200" "$(states client TIME-WAIT) $(states server TIME-WAIT)"

# ------------------------------------------------------ before it and after
run_script <<'END'
sysctl client tcp_rfc1337=1
sysctl server tcp_rfc1337=1
listen server 80
connect client server:80 from 32770
load client server:80 count 400
send client hello
expect segment client>server [P.] len 5 delivered
connect client server:80
expect client/2 ESTAB
expect server/2 ESTAB
expect segment client>server [S] delivered
close client/2
close server/2
expect client/2 TIME-WAIT
load client server:80 count 10 closer server
close client/1
wait server/1 CLOSE-WAIT
END
expect_status 0
# numbered on, as if nothing had been between
expect_order 'accept\(\) from 10.0.0.1:32770' '^  client  400 connections to server:80 in ' \
	'^  client +TIME-WAIT +400$' '#4 client > server \[P\.\]' '#([6-9]|1[0-9]) client > server \[S\]' \
	'server/2 accept\(\) from 10.0.0.1:40000' 'and 400 more: ss shows all' \
	'^  client +TIME-WAIT +401$' '^  server +TIME-WAIT +10$'

# every segment that was told is one of the three connections'
run_script --json <<'END'
listen server 80
load client server:80 count 50
connect client server:80
END
expect_equal 3 "$(grep -c '"event":"segment"' <<<"$output")" "segments that were told"

# which faults do not strike
run_script <<'END'
listen server 80
lose fin
load client server:80 count 5
END
expect_status 0
expect_output 'not followed one by one, and no fault strikes them$'

# ------------------------------------------------------------- out of ports
run_script --json -k <<'END'
sysctl client ip_local_port_range="50000 50009"
listen server 80
load client server:80 count 35
expect error EADDRNOTAVAIL load client server:80 count 5 ports kernel
listen server 81 as other
load client server:81 count 10
END
expect_status 1
expect_equal '["10 25 {\"EADDRNOTAVAIL\":25}","0 5 {\"EADDRNOTAVAIL\":5}","10 0 {}"]' "$(jq -cs '[.[] |
	select(.event == "load") | "\(.done) \(.failed) \(.errors)"]' <<<"$output")" "the loads"
run "$NETLAB" -c 'sysctl client ip_local_port_range="50000 50009"; listen server 80; load client server:80 count 11'
expect_status 1
expect_output '^  client  1 failed: EADDRNOTAVAIL$' 'no port of 50000 to 50009 was free' \
	'1 of 11 connections failed, most of them by EADDRNOTAVAIL'

# a port that a load has left in TIME-WAIT is passed over
run "$NETLAB" -c 'sysctl client ip_local_port_range="39990 40010"; listen server 80
	load client server:80 count 15; sysctl client ip_local_port_range="32768 60999"
	connect client server:80'
expect_status 0
expect_output 'accept\(\) from 10.0.0.1:40005'

# ------------------------------------------------------------------ refused
refused() # COMMANDS REGEX
{
	run "$NETLAB" -c "$1"
	[ "$status" != 0 ] || fail "not refused: $1"
	expect_output "$2"
}
refused 'load client server:80 count 10' 'no endpoint listens on port 80 of server: .* listen server 80'
refused 'load client 9.9.9.9:80 count 10' "9.9.9.9:80 is no node's address"
refused 'listen server 80; hold; load client server:80 count 10' 'segments are held.*release'
refused 'listen server 80; stop server; load client server:80 count 10' "server's process is stopped: cont server"
refused 'listen server 80; load client server:80' 'count'
refused 'listen server 80; load client server:80 count 1 concurrency 10001' '10000 at most'
refused 'listen server 80; load client server:80 count 1 bytes 1000001' 'it is 1 to 1000000'
refused 'listen server 80; load client server:80 count 1 closer both' 'client|server'
(
	ulimit -n 300
	refused 'listen server 80; load client server:80 count 1000 concurrency 300' \
		'300 connections at once need 364 open files, and ulimit -n allows 300: .* concurrency 236'
	run "$NETLAB" -c 'listen server 80; load client server:80 count 1000 concurrency 236'
	expect_status 0
) || exit 1

# ------------------------------------------------------ other ways to go
# On a slow machine a FIN may be sent twice, and end in an RST for its TIME-WAIT.
run "$NETLAB" -c 'topology nat; sysctl client1 tcp_rfc1337=1; listen server 80; load client1 server:80 count 200; ss server summary
	connect client2 server:80'
expect_status 0
expect_output '^  client1 200 connections to server:80' '^  client1 +TIME-WAIT +200$' 'accept\(\) from'
expect_equal 6 "$(grep -cE '^  #' <<<"$output")" "the segments of one connection over a NAT router"
run "$NETLAB" -c 'topology chain 2; listen h2 80; load h1 h2:80 count 100 closer server; ipv6 on
	listen h2 81 as six; load h1 [fd00:0:0:2::2]:81 count 100; load h2 h2:81 count 20'
expect_status 0
expect_no_output '^  #'
expect_output '^  h2 +TIME-WAIT +100$' '^  h1 +TIME-WAIT +100$' '^  h2 +TIME-WAIT +120$'

# Its sockets have the options of sockets to come: closed under SO_LINGER 0 they
# leave no TIME-WAIT, and their server is told of an RST.
run_script --json -k <<'EOF'
listen server 80
option client linger 0
load client server:80 count 50
EOF
expect_equal "0 0" "$(states client TIME-WAIT) $(states server TIME-WAIT)"
expect_output '"event":"load".*"done":50,.*"server_failed":50,'
