# SPDX-License-Identifier: GPL-3.0-or-later
#
# ladder draws the close with states on both sides and held spans.
run "$NETLAB" -c "source $TOP/topologies/close.lab; ladder"
expect_status 0
for words in 'ESTAB -> FIN-WAIT-1|ESTAB → FIN-WAIT-1' '#4 \[F\.\] seq 1 ack 1' 'held [0-9.]+ (us|ms|s)' \
	'LAST-ACK (->|→) CLOSED'; do
	grep -qE "$words" <<<"$output" || fail "the ladder does not say: $words"
done

# A segment that a timer has sent stands on a line of its own, not at its call.
run_script <<'END'
listen server 80
connect client server:80
hold
send client aaa
send client bbb
sleep 500ms
ladder
END
expect_status 0
expect_order 'send\(\) = 3 .* #4 \[P\.\] seq 1:4 ' 'send\(\) = 3  *[│|] *[│|]$' '[0-9]  *[│|].* #5 \[P\.\] seq 4:7 '
