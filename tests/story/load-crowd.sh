# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120, alone-debian
#
# The same close told in the same words, whether its sockets are alone or in a
# crowd of those that a load has left behind.
play() # FILE [COMMAND...]
{
	local file=$1
	shift
	{
		printf '%s\n' 'listen server 80' 'connect client server:80 from 30000' "$@"
		echo 'echo from here'
		sed -nE '/^(hold|close|step|expect|send|recv|drop|release|wait|shutdown|kill|destroy)/p' \
			"$TOP/topologies/close.lab"
		cat <<'END'
release
connect client server:80 from 30001 as second
send second hello
recv server/2
shutdown second
send server/2 answer
close server/2
expect second TIME-WAIT
destroy second
connect client server:80 from 30002 as third
send third unread
kill third
wait server/3 CLOSE-WAIT
close server/3
connect client server:80 from 30003 as fourth
abort fourth
connect client server:80 from 30004 as fifth
hold
close fifth
close server/5
step 4
expect fifth TIME-WAIT
expect server/5 TIME-WAIT
destroy server/5
expect server/5 CLOSED
END
	} >"$TMP/script.lab"
	run "$NETLAB" "$TMP/script.lab"
	expect_status 0
	sed '1,/^from here$/d' <<<"$output" | sed -E '/^  and [0-9]+ more: /d; s/:8[01]\b/:80/g' |
		normal_text >"$file"
}

play "$TMP/alone"
play "$TMP/crowd" 'listen server 81 as other' 'load client server:81 count 700' \
	'load client server:81 count 700 closer server'
expect_output '^  client +TIME-WAIT +700$' '^  server +TIME-WAIT +700$' '  and 1[34][0-9]+ more: '
[ "$(grep -c . "$TMP/alone")" -gt 100 ] || fail "too short a story: $(cat "$TMP/alone")"
diff "$TMP/alone" "$TMP/crowd" || fail "told differently: < alone, > in a crowd"
