# SPDX-License-Identifier: GPL-3.0-or-later
#
# stays: how long sockets were in their states; `expect stay`, `expect timer`.
run_script <<'END'
stays
listen server 80
connect client server:80
hold
close client
expect timer client retransmit > 0s
expect timer server none
sleep 300ms
step
expect stay client FIN-WAIT-1 >= 250ms
expect stay server ESTAB >= 250ms
step
expect stay client FIN-WAIT-1 >= 250ms < 60s
expect stay client FIN-WAIT-2 < 60s
expect timer client keepalive > 60s
close server
step
step
expect timer client timewait > 30s <= 60s
stays
stays client
destroy client
expect stay client TIME-WAIT < 60s
stays
END
expect_status 0
expect_order 'no socket has changed its state yet' 'socket +state +from +for' \
	'^  client +FIN-WAIT-1 .* its FIN is ACKed' '^  server +LAST-ACK .* (us|ms|s) +its FIN is ACKed' \
	'^  client +TIME-WAIT .* it is there still' 'by force' '^  client +TIME-WAIT .* by force'
expect_no_output '^  (client|server) +CLOSED +[0-9]+\.[0-9]{3} '

run_script -k <<'END'
listen server 80
connect client server:80
expect stay client ESTAB > 1h
expect stay client LAST-ACK > 0s
expect stay client NONSENSE > 0s
expect stay nobody ESTAB > 0s
expect timer client retransmit
expect timer client nonsense
expect timer client none > 0s
hold
close client
expect timer client retransmit > 10min
expect timer client
END
expect_order ':3: expected the stay of client in ESTAB to be > 1h, but it is, so far, [0-9]+' \
	':4: client has not been in LAST-ACK' ':5: usage: expect stay' ':6: .*nobody' \
	':7: expected the timer of client to be retransmit, but it is none' ':8: usage: expect timer' \
	':9: usage: expect timer' \
	':12: expected the timer of client to be retransmit > 10min, but it is retransmit, which ends in' \
	':13: usage: expect timer'

[ "$KERNEL" = host ] || exit 0
need jq
run "$NETLAB" --json -c 'listen server 80; connect client server:80; stays'
expect_status 0
expect_equal '["server","LISTEN",false]' \
	"$(jq -c 'select(.event == "stay" and .state == "LISTEN") | [.node, .state, .ended]' <<<"$output")"
