# SPDX-License-Identifier: GPL-3.0-or-later
#
# In CLOSING the peer's FIN comes again and ACKs this side's FIN: its ACK leads to
# TIME-WAIT, and nothing is said of an ACK that is not sent.
run_script <<'END'
listen server 80
connect client server:80
lose ack-of-fin first 2
hold
close client
close server
release
wait client TIME-WAIT
wait server TIME-WAIT
expect stay client CLOSING > 0ms
expect stay server CLOSING > 0ms
END
expect_status 0
expect_order 'FIN-WAIT-1 . CLOSING' '\[F\.\] seq 1 ack 2   \(sent again\)' 'CLOSING . TIME-WAIT'
expect_no_output 'stays CLOSING'
