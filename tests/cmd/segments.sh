# SPDX-License-Identifier: GPL-3.0-or-later
#
# segments: what is on the wire now, oldest first.
need jq
run "$NETLAB" -c segments
expect_status 0
expect_output 'no segment is held: hold'
run_script --json <<'END'
listen server 80
connect client server:80
hold
send client one
send server three
echo mark
segments
step
echo mark
segments
release
echo mark
segments
END
expect_status 0
expect_equal 'mark
client P. 3 held
server P. 5 held
server . 0 held
mark
server P. 5 held
server . 0 held
mark' "$(sed '0,/"mark"/{/"mark"/!d}' <<<"$output" | jq -r 'select(.text == "mark" or
	(.event == "segment" and .fate == "held")) | .text // "\(.from) \(.flags) \(.len) \(.fate)"')"
