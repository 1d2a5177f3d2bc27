# SPDX-License-Identifier: GPL-3.0-or-later
#
# The FIN that is sent again is kept, and comes back into the next connection on the
# same addresses and ports. Timestamps keep it out (PAWS); without them its number
# does. Where it is made to look right, nothing does: the new connection is broken.
# The clock of timestamps ticks once a millisecond: it is given the time to.
run_script <<'END'
listen server 80
connect client server:80
lose server>client fin
keep server>client fin retransmission as old
close client
close server
wait client TIME-WAIT
wait server CLOSED
destroy client
sleep 20ms
connect client server:80 from 40000
replay old
expect segment server>client [F.] replayed
expect client/2 ESTAB
send server/2 still-open
recv client/2
inject server>client F. ts old
expect segment server>client [F.] injected
expect client/2 ESTAB
inject server>client F.
expect client/2 CLOSE-WAIT
recv client/2
send server/2 too-late
expect segment client>server [R] delivered
expect server/2 CLOSED
END
expect_status 0
expect_order '\[F\.\] seq 1 ack 2   \(sent again, kept as old\)' \
	'\[F\.\] seq 1 ack 2   \(replayed #[0-9]+\)' 'client/2 stays ESTAB' 'PAWS' \
	'recv\(\) = 10 "still-open"' '\[F\.\] seq 11 ack 1   \(injected\)' 'PAWS' \
	'\[F\.\] seq 11 ack 1   \(injected\)' 'client/2 ESTAB . CLOSE-WAIT' 'recv\(\) = 0' \
	'\[P\.\] seq 11:19' '\[R\]' 'server/2 ESTAB . CLOSED'
