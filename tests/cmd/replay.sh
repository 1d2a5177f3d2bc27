# SPDX-License-Identifier: GPL-3.0-or-later
#
# replay: a segment of the past comes back, byte for byte, by name or number, now or
# later, held or not, where it entered first; its own connection's numbers are
# shown; nothing that it says is believed of its sender.
need jq
run_script <<'END'
expect error ENOENT replay 1
expect error ENOENT replay nobody
listen server 80
connect client server:80
send client hello
expect segment client>server [P.] n 4 delivered
replay 4
expect segment client>server [P.] seq 1 len 5 replayed delivered
replay 4 after 300ms
expect segment client>server [P.] seq 1 len 5 replayed delivered
recv server
expect error EAGAIN recv server
close client
close server
expect client TIME-WAIT
expect none server
END
expect_status 0
expect_order '#[0-9]+ client > server \[P\.\] seq 1:6 ack 1 len 5   \(replayed #4\)' 'server  stays ESTAB' \
	'had that already' '#[0-9]+ client > server \[P\.\] seq 1:6 ack 1 len 5   \(replayed #4\)'

# Held, and a copy of a copy.
run_script <<'END'
listen server 80
connect client server:80
hold
send client hello
replay 4
expect segment client>server [P.] seq 1 len 5 n 5 held
replay 5
expect segment client>server [P.] seq 1 len 5 n 6 held
step 3
release
END
expect_status 0
expect_order 'held    #5 client > server \[P\.\] seq 1:6 ack 1 len 5   \(replayed #4\)' \
	'held    #6 .*\(replayed #5\)' '^  #4 client' '^  #5 client' '^  #6 client'

# An old FIN into the next incarnation on the same addresses: refused by its
# timestamp (PAWS), or without timestamps by its number; and told so.
for stamps in 1 0; do
	run_script <<-END
	sysctl client tcp_timestamps=$stamps
	sysctl server tcp_timestamps=$stamps
	listen server 80
	connect client server:80
	keep client>server fin as old
	close client
	close server
	expect client TIME-WAIT
	destroy client
	sleep 20ms
	connect client server:80 from 40000
	replay old
	expect client/2 ESTAB
	expect server/2 ESTAB
	send client/2 hello
	recv server/2
	END
	expect_status 0
	expect_order 'client > server \[F\.\] seq 1 ack 1   \(replayed #4\)' 'server/2 stays ESTAB'
	if [ $stamps = 1 ]; then
		expect_output 'timestamp is older than the newest: not taken \(PAWS\)'
	else
		expect_output 'outside of what may come now: not taken|not taken: its kernel found'
	fi
	expect_output 'recv\(\) = 5 "hello"'
done

# Over routers and switches it begins where it began: the first link; IPv6, too.
run_script --json <<'END'
topology chain 2
ipv6 on
netem all delay 3ms
listen h2 80
connect h1 [h2]:80
send h1 hello
replay 4
ladder
END
expect_status 0
jq -se 'any(.event == "segment" and .replayed_of == 4 and .fate == "delivered" and .from == "h1" and
	.to == "h2" and .seq == 1 and .left - .entered > 0.009)' <<<"$output" >/dev/null ||
	fail "it did not go all the way"
