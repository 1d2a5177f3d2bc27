# SPDX-License-Identifier: GPL-3.0-or-later
#
# A swapped segment goes on right behind the next one, whatever carries the link,
# and what is told is told in the order in which it left the wire.
need jq

burst() # FAULT [COMMAND]
{
	run_script --json <<END
topology pair
${2:-}
listen server 80
connect client server:80
$1 client>server data
send client 5000
END
	expect_status 0
	# But for what TCP sends again by itself: a loss probe, on a busy machine.
	told=$(jq -r 'select(.event == "segment" and .from == "client" and .len > 0 and
		.fate == "delivered" and .retransmission != true) | "\(.seq) \(.left)"' <<<"$output")
	cut -d ' ' -f 2 <<<"$told" | sort -nc || fail "told in another order than it left: $told"
	told=$(cut -d ' ' -f 1 <<<"$told" | xargs)
}

for way in '' 'backend gate; netem client-server delay 20ms'; do
	burst swap "$way"
	expect_equal '1449 1 2897 4345' "$told" "a swap in a burst, ${way:-free running}"
	burst double "$way"
	expect_equal '1 1 1449 2897 4345' "$told" "a double in a burst, ${way:-free running}"
done

# What comes next may be the same again: it does not wait for 3 s.
run_script <<'END'
topology pair
listen server 80
connect client server:80
swap fin
close client
END
expect_status 0
expect_order 'to be overtaken' '\(sent again\)' 'ESTAB . CLOSE-WAIT' 'delivered after [0-9.]+ m?s' \
	'stays CLOSE-WAIT'
expect_no_output 'delivered after ([3-9]|[0-9]{2,})\.[0-9] s'
