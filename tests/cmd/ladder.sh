# SPDX-License-Identifier: GPL-3.0-or-later
#
# ladder draws the close with states on both sides and held spans.
run "$NETLAB" -c "source $TOP/topologies/close.lab; ladder"
expect_status 0
for words in 'ESTAB -> FIN-WAIT-1|ESTAB → FIN-WAIT-1' '#4 \[F\.\] seq 1 ack 1' 'held [0-9.]+ (us|ms|s)' \
	'LAST-ACK (->|→) CLOSED'; do
	grep -qE "$words" <<<"$output" || fail "the ladder does not say: $words"
done
