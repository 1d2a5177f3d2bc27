# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 60
#
# A link that is down has no carrier at either end; an open connection over it,
# with data on the way and data still to send, goes on when it is up again.
need jq ss
copy=$TOP/build/tests/helpers/copy

run_script --json <<END
netem client-server delay 20ms
exec server sh -c '$copy sink 7000 >$TMP/sink 2>&1 &'
exec server sh -c 'until grep -q ready $TMP/sink; do sleep 0.02; done'
exec client sh -c '$copy source 10.0.0.2 7000 $((2000000 * SLOWER)) 4000 >$TMP/source 2>&1 &'
exec server sh -c 'until ss -Htn state established | grep -q .; do sleep 0.02; done'
sleep 100ms
link client server down
exec client sh -c 'cat /sys/class/net/eth0/carrier; ip -o link show dev eth0'
exec server sh -c 'cat /sys/class/net/eth0/carrier; ip -o link show dev eth0'
sleep 300ms
exec client ss -Htn
link client server up
exec client sh -c 'cat /sys/class/net/eth0/carrier'
exec client sh -c 'until grep -q . $TMP/source; do sleep 0.02; done'
ping client server
show links
END
# Without what is told of the transfer.
output=$(jq -c 'select(.event != "segment" and .event != "state")' <<<"$output")
expect_status 0
expect_equal "0 0 1" "$(jq -r 'select(.event == "output") | .text' <<<"$output" | grep -E '^[01]$' | xargs)" \
	"carriers: client, server, after"
[ "$(grep -c NO-CARRIER <<<"$output")" = 2 ] || fail "the ends do not say NO-CARRIER"
[ "$(jq -r 'select(.event == "output") | .text' <<<"$output" | grep -c '^ESTAB')" = 1 ] ||
	fail "the connection was not open while the link was down"
expect_equal "$(cat "$TMP/source")" "$(grep -v ready "$TMP/sink" | cut -d ' ' -f 1,2)" "sent, received"
