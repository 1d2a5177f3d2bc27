# SPDX-License-Identifier: GPL-3.0-or-later
#
# Both FINs are late, free running, and so they cross: CLOSING on both sides, and two
# TIME-WAITs. The same with held FINs whose ACKs are late.
need jq

# Which states each of the two has gone through.
states() # NODE
{
	jq -r --arg node "$1" 'select(.event == "state" and .node == $node) | .to' <<<"$output" | xargs
}

crossed='SYN-SENT ESTAB FIN-WAIT-1 CLOSING TIME-WAIT'
run_script --json <<'END'
netem client-server delay 1s
listen server 80
connect client server:80
late fin first 2 by 3500ms
lose fin retransmission all
close client
close server
wait client TIME-WAIT
wait server TIME-WAIT
END
expect_status 0
expect_equal "$crossed" "$(states client)" states
expect_equal "LISTEN SYN-RECV ESTAB FIN-WAIT-1 CLOSING TIME-WAIT" "$(states server)" states

run_script --json <<'END'
listen server 80
connect client server:80
hold
close client
close server
late ack first 2 by 500ms
release
expect client TIME-WAIT
expect server TIME-WAIT
END
expect_status 0
expect_equal "$crossed" "$(states client)" states
jq -se '[.[] | select(.event == "segment" and .fate == "late" and .fault == 1)] | length == 2' \
	<<<"$output" >/dev/null || fail "two ACKs are late, and no more"
