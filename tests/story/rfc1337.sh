# SPDX-License-Identifier: GPL-3.0-or-later
#
# TIME-WAIT assassination: the peer's FIN is ACKed once more, nobody is there any
# more to take that ACK, and the RST that comes back ends TIME-WAIT, unless
# tcp_rfc1337 is on. An RST with another number never does.
assassinates() # ON|OFF STATE
{
	run "$NETLAB" -c "option client rfc1337 $1
listen server 80
connect client server:80
hold
close client
step 2
close server
step
expect client TIME-WAIT
drop
step within 10s
destroy server/1
step
expect segment server>client [R] held
step
expect segment server>client [R] delivered
expect client $2"
	[ "$status" = 0 ] || fail "tcp_rfc1337 $1: not as expected"
}
assassinates off CLOSED
expect_output 'client +TIME-WAIT . CLOSED' 'TIME-WAIT assassination: an RST ends it before its time'
assassinates on TIME-WAIT
expect_output 'client +stays TIME-WAIT' 'does not: tcp_rfc1337 is on'
expect_no_output 'assassination'
