# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# A load over a link that delays and loses: all of it is done all the same, by
# retransmission. Who carries the impairment out makes no difference. A FIN that
# was sent twice would be answered by RST, which ends a TIME-WAIT unless
# tcp_rfc1337 is set.
for backend in auto gate; do
	run_script <<END
backend $backend
sysctl client tcp_rfc1337=1
netem client-server delay 1ms loss 3%
listen server 80
load client server:80 count 300 bytes 5000
connect client server:80
wait client ESTAB
show links
END
	expect_status 0
	expect_order '^  client  300 connections to server:80 in ' '^  client +TIME-WAIT +300$' \
		'^  #[0-9]+ client > server \[S\] seq 0 ' 'client +SYN-SENT . ESTAB'
	lost=$(awk '$1 == "client" && $2 == "server" && /loss 3%/ { print $(NF - 2) }' <<<"$output")
	[ "$lost" -gt 0 ] || fail "nothing was lost of a thousand segments and more: $lost"
done
