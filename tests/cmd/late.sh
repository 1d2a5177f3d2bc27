# SPDX-License-Identifier: GPL-3.0-or-later
#
# late: what is meant comes later than what was sent after it; commands wait for a
# few seconds of that, and no longer.
run_script <<'END'
expect error EINVAL late fin
expect error EINVAL late fin by
expect error EINVAL late fin by soon
expect error EINVAL late fin by 0
listen server 80
connect client server:80
late client>server fin by 2500ms
close client
expect segment client>server [F.] late
expect segment client>server [F.] delivered
expect server CLOSE-WAIT
late client>server last-ack by 1.5s
close server
expect segment client>server [.] ack 2 late
expect segment client>server [.] ack 2 delivered
END
expect_status 0
# The copy overtakes the late FIN, which is no news any more.
expect_order 'client > server \[F\.\] seq 1 ack 1   late by 2\.5 s by fault 1 \(late client>server fin by 2500ms\)' \
	'client > server \[F\.\] seq 1 ack 1   \(sent again\)' 'server  ESTAB . CLOSE-WAIT' \
	'client > server \[F\.\] seq 1 ack 1   delivered after [0-9.]+ (ms|s) on the wire' \
	'server  stays CLOSE-WAIT' 'had that already'
# The late last ACK finds nobody, and the answer ends TIME-WAIT (RFC 1337). (A>B
# leaves the other direction to the kernel, which is never late.)
expect_order 'client > server \[\.\] ack 2   late by 1\.5 s by fault 2 \(late client>server last-ack by 1500ms\)' \
	'server  LAST-ACK . CLOSED' 'client > server \[\.\] ack 2   delivered after' \
	'server > client \[R\] seq 2' 'client  TIME-WAIT . CLOSED' 'assassination'

# What is late for longer is not waited for, but comes; and is told then.
run_script <<'END'
listen server 80
connect client server:80
late fin by 4s
lose fin retransmission all
close client
expect segment client>server [F.] late
expect client FIN-WAIT-1
wait server CLOSE-WAIT
expect segment client>server [F.] delivered
fault all off
END
expect_status 0
expect_order '\[F\.\] seq 1 ack 1   late by 4\.0 s by fault 1' 'client  FIN-WAIT-1 ' \
	'\[F\.\] seq 1 ack 1   delivered after [0-9.]+ s on the wire' 'server  ESTAB . CLOSE-WAIT'

# It is kept back behind a step, too; and goes with its link.
run_script <<'END'
listen server 80
connect client server:80
late data by 300ms
late fin by 1h
hold
send client hello
expect segment client>server [P.] held
step
expect segment client>server [P.] late
expect segment client>server [P.] delivered
release
close client
expect segment client>server [F.] late
segments
link client server down
expect segment client>server [F.] lost
END
expect_status 0
expect_output '\[F\.\] seq 6 ack 1   late by 60 min by fault 2' 'comes in 60 min' '\[F\.\] seq 6 ack 1   lost on the wire'
