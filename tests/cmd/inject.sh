# SPDX-License-Identifier: GPL-3.0-or-later
#
# inject: a segment that nobody has sent, by the numbers of the connection. What
# its receiver's kernel makes of it is told, and only that.
run_script <<'END'
expect error ENOENT inject client>server R
expect error EINVAL inject client>server X
listen server 80
connect client server:80
expect error EINVAL inject client>server R ack 1
expect error EINVAL inject client>server R ts new
expect error EMSGSIZE inject client>server . len 1500
inject client>server R seq 100
expect server ESTAB
inject client>server P. len 10
expect segment client>server [P.] seq 1 ack 1 len 10 delivered
recv server
inject client>server F. ts old
expect server ESTAB
inject client>server R seq -100
expect server ESTAB
inject client>server F.
expect server CLOSE-WAIT
inject server>client R
expect client CLOSED
hold
inject client>server R
expect segment client>server [R] held
expect server CLOSE-WAIT
step
expect none server
END
expect_status 0
expect_order '\[R\] seq 100   \(injected\)' 'server  stays ESTAB' 'challenge ACK' \
	'\[P\.\] seq 1:11 ack 1 len 10   \(injected\)' 'recv\(\) = 10 "abcdefghij"' \
	'\[F\.\] seq 11 ack 1   \(injected\)' 'server  stays ESTAB' 'PAWS' \
	'\[R\] seq -100   \(injected\)' 'server  stays ESTAB' 'ignored' \
	'\[F\.\] seq 11 ack 1   \(injected\)' 'server  ESTAB . CLOSE-WAIT' \
	'\[R\] seq 1   \(injected\)' 'client  ESTAB . CLOSED' 'held    .*\[R\] seq 12   \(injected\)' \
	'server  CLOSE-WAIT . CLOSED'

# A SYN within a connection, with ACK or without.
for flags in S S.; do
	run_script <<-END
	listen server 80
	connect client server:80
	inject server>client $flags seq 1
	expect client ESTAB
	END
	expect_status 0
	expect_order "\\[${flags/./\\.}\\] seq 1" 'client  stays ESTAB' 'a SYN within a connection' \
		'client > server \[\.\] ack 1'
done

# RFC 1337: an RST ends TIME-WAIT, unless that is forbidden; one that is not just
# what comes next, or too old, never does.
for rfc1337 in 0 1; do
	run_script <<-END
	sysctl client tcp_rfc1337=$rfc1337
	listen server 80
	connect client server:80
	close client
	close server
	expect client TIME-WAIT
	inject server>client R seq 3
	expect client TIME-WAIT
	inject server>client R ts old
	expect client TIME-WAIT
	inject server>client .
	expect client TIME-WAIT
	inject server>client R
	END
	expect_status 0
	if [ $rfc1337 = 0 ]; then
		expect_order '\[R\] seq 3' 'stays TIME-WAIT' '\[R\] seq 2' 'stays TIME-WAIT' '\[R\] seq 2' \
			'client  TIME-WAIT . CLOSED'
	else
		expect_order '\[R\] seq 3' 'stays TIME-WAIT' '\[R\] seq 2' 'stays TIME-WAIT' '\[R\] seq 2' \
			'stays TIME-WAIT' 'tcp_rfc1337 is on'
	fi
done

# Over a router; IPv6; and without timestamps.
run_script <<'END'
topology chain 1
ipv6 on
sysctl h1 tcp_timestamps=0
listen h2 80
connect h1 [h2]:80
expect error EINVAL inject h1>h2 F. ts old
inject h1>h2 F.
expect h2 CLOSE-WAIT
END
expect_status 0
