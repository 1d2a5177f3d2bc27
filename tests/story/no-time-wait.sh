# SPDX-License-Identifier: GPL-3.0-or-later
#
# A host without room for TIME-WAITs: what is gone where RFC 9293 wants a
# TIME-WAIT is told as such, stepped and free running, and its peer's last FIN is
# answered with RST.
run_script <<'END'
listen server 80
timewait client off
# set by hand it holds while the lab is patient: an orphan is a minisock at once
option client fin-timeout 60
connect client server:80
hold
close client
step 2
expect client CLOSED
close server
step 2
expect server CLOSED
release
# patient, the orphan is a whole socket still: it takes the FIN and ACKs it
option client fin-timeout default
connect client server:80
hold
close client/2
step 2
expect client/2 FIN-WAIT-2
close server
step
expect client/2 CLOSED
step
expect server/2 CLOSED
release
# both FINs in one go
listen server 81 echo as echo
connect client server:81
close client/3
expect client/3 CLOSED
expect counter client TCPTimeWaitOverflow = 3
END
expect_status 0
no_room='tcp_max_tw_buckets leaves no room for it: it is gone at once, and nobody waits'
expect_order 'client +FIN-WAIT-1 . FIN-WAIT-2' 'client +FIN-WAIT-2 . CLOSED' "$no_room" \
	'held +#[0-9]+ client > server \[R\]' 'server +LAST-ACK . CLOSED' 'before its FIN was ACKed' \
	'client/2 FIN-WAIT-2 . CLOSED' "$no_room" 'server/2 LAST-ACK . CLOSED' 'the last ACK is in' \
	'client/3 FIN-WAIT-2 . CLOSED' "$no_room"
# nobody was ever in a state that had no room
expect_no_output 'found so; what did it was not seen' 'TIME-WAIT . CLOSED' 'FIN-WAIT-2 . TIME-WAIT'

# TCP_LINGER2 below 0: no FIN-WAIT-2 for an orphan either, but RST.
run_script <<'END'
option client linger2 -1
listen server 80
connect client server:80
hold
close client
step 2
expect client CLOSED
expect segment client>server [R] held
step
expect server CLOSED
expect counter client TCPAbortOnData = 1
release
connect client server:80
shutdown client/2
expect client/2 FIN-WAIT-2
close client/2
expect client/2 CLOSED
expect segment client>server [R.]
expect counter client TCPAbortOnLinger = 1
END
expect_status 0
expect_equal 2 "$(grep -c 'TCP_LINGER2 is below 0: no FIN-WAIT-2 without an owner' <<<"$output")" \
	"how often the cause is named"
