# SPDX-License-Identifier: GPL-3.0-or-later
# test: waits timeout 300
#
# Twenty seconds at each step of the close end in the same states as no time at
# all: retransmissions are absorbed and counted, no RST is on the wire.
pause=${PAUSE:-20s}
need jq

run_script --json <<END
listen server 80
connect client server:80
hold
close client
sleep $pause
expect client FIN-WAIT-1
expect server ESTAB
step
expect client FIN-WAIT-1
expect server CLOSE-WAIT
sleep $pause
expect client FIN-WAIT-1
expect server CLOSE-WAIT
step
expect client FIN-WAIT-2
expect server CLOSE-WAIT
sleep $pause
expect client FIN-WAIT-2
expect server CLOSE-WAIT
close server
expect server LAST-ACK
sleep $pause
expect client FIN-WAIT-2
expect server LAST-ACK
step
expect client TIME-WAIT
expect server LAST-ACK
sleep $pause
expect client TIME-WAIT
expect server LAST-ACK
step
expect client TIME-WAIT
expect server CLOSED
# all that was sent again meanwhile is gone with it
expect error ETIMEDOUT step
END
expect_status 0

# Delivered: the seven segments of an untroubled close, each once.
expect_equal "S
S.
.
F.
.
F.
." "$(jq -r 'select(.event == "segment" and .fate == "delivered").flags' <<<"$output")" \
	"the segments delivered"
expect_equal "" "$(jq -c 'select(.event == "segment" and (.flags | test("R")))' <<<"$output")" \
	"resets on the wire"

# Each FIN was sent again and again, and each copy is told and counted.
for n in 4 6; do
	told=$(jq -s --argjson n $n '[.[] | select(.n == $n and .fate == "absorbed")] | length' <<<"$output")
	[ "$told" -ge 5 ] || fail "segment $n: 5 copies at least expected, not $told"
done
counted=$(jq -s '[.[] | select(.event == "segment" and .fate == "delivered").copies] | add' <<<"$output")
[ "$counted" -ge 10 ] || fail "10 copies counted at least expected, not $counted"
expect_no_output '"event":"note"'
