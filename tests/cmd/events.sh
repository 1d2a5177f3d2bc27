# SPDX-License-Identifier: GPL-3.0-or-later
# test: host
#
# events: the log, whole or its end: the same objects as were told.
need jq
run_script --json <<'END'
listen server 80
connect client server:80
hold
close client
step 2
close server
step 2
echo mark
events
END
expect_status 0
told=$(sed '/"text":"mark"/,$d' <<<"$output" | normal_json | grep -v '"text"')
logged=$(sed '1,/"text":"mark"/d' <<<"$output" | normal_json)
[ "$(wc -l <<<"$told")" -ge 25 ] || fail "25 events at least expected"
expect_equal "$told" "$logged" "what was told and the log"

sed -i 's/^events$/events last 3/' "$TMP/script.lab"
run "$NETLAB" --json "$TMP/script.lab"
expect_status 0
expect_equal 3 "$(sed '1,/"text":"mark"/d' <<<"$output" | wc -l)" "events last 3"
run "$NETLAB" "$TMP/script.lab"
expect_output '^[0-9]+\.[0-9]{6} s$' 'LAST-ACK . CLOSED'
