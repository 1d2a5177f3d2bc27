# SPDX-License-Identifier: GPL-3.0-or-later
#
# ss: what the kernel has, of one node or all, in columns, objects and counts.
need jq
setup='listen server 80; connect client server:80; connect client server:80 as second'
run "$NETLAB" -c "$setup; ss"
expect_status 0
expect_output 'node +endpoint +state +recv-q +send-q +local +peer +timer' \
	'server +server/listen +LISTEN' 'client +second +ESTAB .* 10.0.0.1:40001 +10.0.0.2:80'
run "$NETLAB" -c "$setup; echo mark; ss client"
output=$(sed '1,/^mark/d' <<<"$output")
expect_no_output '^ +server'
run "$NETLAB" -c 'ss'
expect_status 0
expect_equal '  no TCP sockets' "$output"

run "$NETLAB" --json -c "$setup; close client; wait client FIN-WAIT-2; ss; ss summary"
expect_status 0
jq -e . >/dev/null <<<"$output" || fail "not every line is an object"
expect_equal 'client FIN-WAIT-2 40000
client ESTAB 40001
server LISTEN 80
server CLOSE-WAIT 80
server ESTAB 80' "$(jq -r 'select(.event == "socket") |
	"\(.node) \(.state) \(.local | split(":")[1])"' <<<"$output" | sort -k 1,1 -s |
	awk '/client/ { print; next } { print | "sort -k 2,2 -s | sort -t_ -k 1,1" }' |
	awk '/LISTEN/ { l = $0; next } /server/ { s = s "\n" $0; next } { print }
		END { print l s }')" "the sockets"
expect_equal 5 "$(jq -s '[.[] | select(.event == "count").count] | add' <<<"$output")" "the sum"
expect_equal "2" "$(jq -s '[.[] | select(.event == "count" and .node == "client").count] | add' \
	<<<"$output")" "the client's sum"
