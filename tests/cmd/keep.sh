# SPDX-License-Identifier: GPL-3.0-or-later
#
# keep: a copy under a name, the segment itself goes on; the newest of several;
# what is lost can be kept as well.
run_script <<'END'
expect error EINVAL keep fin
expect error EINVAL keep fin as
expect error EINVAL keep fin as 1st
expect error ENOENT replay nothing
listen server 80
connect client server:80
keep client>server data all as d
lose client>server fin
keep client>server fin as f
send client one
expect segment client>server [P.] seq 1 delivered
replay d
send client two
expect segment client>server [P.] seq 4 delivered
recv server
close client
wait server CLOSE-WAIT
replay d
replay f
faults
END
expect_status 0
expect_order '\[P\.\] seq 1:4 ack 1 len 3   \(kept as d\)' '\[P\.\] seq 1:4 ack 1 len 3   \(replayed #[0-9]+\)' \
	'\[P\.\] seq 4:7 ack 1 len 3   \((sent again, )?kept as d\)' '\[F\.\] seq 7 ack 1   \(kept as f\)   lost by fault 2' \
	'\[F\.\] seq 7 ack 1   \(sent again\)' '\[P\.\] seq 4:7 ack 1 len 3   \(replayed #[0-9]+\)' \
	'\[F\.\] seq 7 ack 1   \(replayed #[0-9]+\)' 'keep client>server data all as d +[2-9] +[2-9] +active'
