# SPDX-License-Identifier: GPL-3.0-or-later
#
# Behind a router that masquerades, the server sees the router's address and no
# other: two clients with the same port get different ones there, each its own
# answers, and the clients themselves know nothing of it.
need jq
run "$NETLAB" -c "topology nat"
if [ "$status" != 0 ]; then
	expect_output 'this kernel has no'
	skip "$(tail -n 1 <<<"$output")"
fi

run_script --json <<'END'
topology nat
listen server 80
connect client1 server:80 from 40000 as one
connect client2 server:80 from 40000 as two
send one from-one
recv server/1
send two from-two
recv server/2
send server/1 to-one
recv one
send server/2 to-two
recv two
exec server sh -c 'ss -Htn | sort'
exec client1 ss -Htn
exec client2 ss -Htn
close one
close server/1
close two
close server/2
wait one TIME-WAIT
wait two TIME-WAIT
nat gateway off
listen server 81 as plain
connect client1 server:81 from 40001 as seen
exec server ss -Htn state established
END
expect_status 0
received=$(jq -r 'select(.event == "call" and .call == "recv") | "\(.endpoint) \(.data)"' <<<"$output")
expect_equal 'server/1 from-one
server/2 from-two
one to-one
two to-two' "$received" "what arrived"

accepted=$(jq -r 'select(.event == "output" and .node == "server") | .text' <<<"$output" | awk '{ print $NF }' |
	grep -o '[0-9.]*:[0-9]*$')
expect_equal "10.0.1.1 10.0.1.1 10.0.0.1" "$(sed 's/:.*//' <<<"$accepted" | xargs)" \
	"clients, as the server has them, the last without nat"
[ "$(head -n 2 <<<"$accepted" | sort -u | wc -l)" = 2 ] || fail "two clients have the same port: $accepted"
expect_equal "10.0.0.1:40000 10.0.1.2:80 10.0.0.2:40000 10.0.1.2:80" "$(jq -r '
	select(.event == "output" and (.node == "client1" or .node == "client2")) | .text' <<<"$output" |
	awk '{ print $4, $5 }' | xargs)" "the clients' own view"
