# SPDX-License-Identifier: GPL-3.0-or-later
#
# events: the log, whole or its end, the same objects as were told.
need jq
run_script --json <<'END'
listen server 80
connect client server:80
hold
close client
step 2
close server
step 2
END
expect_status 0
told=$(grep -E '"event":"(segment|state|call)"' <<<"$output")
echo events >>"$TMP/script.lab"
run "$NETLAB" --json "$TMP/script.lab"
twice=$(grep -E '"event":"(segment|state|call)"' <<<"$output" | normal_json)
count=$(wc -l <<<"$told")
expect_equal "$((2 * count))" "$(wc -l <<<"$twice")" "the number of events"
expect_equal "$(head -n "$count" <<<"$twice" | jq -c 'del(.fate)')" \
	"$(tail -n "$count" <<<"$twice" | jq -c 'del(.fate)')" "the log and what was told"

sed -i 's/^events$/echo mark\nevents last 3/' "$TMP/script.lab"
run "$NETLAB" --json "$TMP/script.lab"
expect_status 0
expect_equal 3 "$(sed '1,/"text":"mark"/d' <<<"$output" | wc -l)" "events last 3"
run "$NETLAB" "$TMP/script.lab"
expect_output '^[0-9]+\.[0-9]{6} s$' 'LAST-ACK . CLOSED'
