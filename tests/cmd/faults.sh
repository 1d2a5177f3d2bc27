# SPDX-License-Identifier: GPL-3.0-or-later
#
# faults: what there is, how often each has struck; a new lab has none.
need jq
run "$NETLAB" -c faults
expect_status 0
expect_output '^  no faults'

cat >"$TMP/all.lab" <<'END'
listen server 80
lose server>client ack
late syn-ack first 2 by 5ms
keep rst as r
swap rst all
double server>client data after 1ms
connect client server:80
send client a
close client
fault 4 off
faults
reset
topology pair
faults
END
run "$NETLAB" "$TMP/all.lab"
expect_status 0
expect_order '^  fault +what +matched +struck +now' '^ +1 +lose server>client ack +1 +1 +done' \
	'^ +2 +late syn-ack first 2 by 5ms +1 +1 +active' '^ +3 +keep rst as r +0 +0 +active' \
	'^ +4 +swap rst all +0 +0 +off' '^ +5 +double server>client data after 1ms +0 +0 +active' \
	'^  no faults'

run "$NETLAB" --json "$TMP/all.lab"
expect_status 0
expect_equal '{"event":"fault","n":2,"kind":"late","text":"late syn-ack first 2 by 5ms","matched":1,"struck":1,"state":"active"}' \
	"$(jq -c 'select(.event == "fault" and .n == 2 and .matched == 1)' <<<"$output")" objects
[ "$(jq -r 'select(.event == "segment" and .fault == 1) | .fate' <<<"$output" | sort -u)" = lost ] ||
	fail "no segment is lost by fault 1"
jq -se 'any(.event == "segment" and .fate == "late" and .fault == 2 and .late == 0.005)' <<<"$output" \
	>/dev/null || fail "no segment is late by fault 2"
