# SPDX-License-Identifier: GPL-3.0-or-later
#
# What show links counts is what the hosts' own interfaces have sent and got,
# direction by direction; and what is done to one direction, the other one does
# not feel.
need jq ping
run_script --json <<'END'
backend gate
netem client>server delay 80ms loss 20% duplicate 10% seed 5
exec server sysctl -q -w net.ipv4.icmp_ratelimit=0
exec client sh -c 'ping -q -c 300 -i 0.01 -W 1 10.0.0.2 || true'
exec client cat /sys/class/net/eth0/statistics/tx_packets
exec server cat /sys/class/net/eth0/statistics/rx_packets
exec server cat /sys/class/net/eth0/statistics/tx_packets
exec client cat /sys/class/net/eth0/statistics/rx_packets
show links
netem client>server none
netem server>client delay 150ms
ping client server count 5
END
expect_status 0
seen=$(jq -r 'select(.event == "output") | .text' <<<"$output" | grep -E '^[0-9]+$' | xargs)
counted=$(jq -r 'select(.event == "link") | "\(.entered) \(.left)"' <<<"$output" | xargs)
expect_equal "$seen" "$counted" "interfaces' counts and show links: there and back"
expect_equal "0 0 0" "$(jq -r 'select(.event == "link" and .from == "server") |
	"\(.lost) \(.doubled) \(.reordered)"' <<<"$output")" "the direction that nothing was done to"
jq -es 'any(.[]; .event == "link" and .from == "client" and .entered == 300 and .lost > 30 and .doubled > 10
	and .left == .entered - .lost + .doubled and .queued == 0)' <<<"$output" >/dev/null ||
	fail "entered - lost + doubled is not what left"

# One way alone: the round trip is the delay of that way.
round=$(grep -o 'min/avg/max[^=]*= [0-9]*' <<<"$output" | grep -o '[0-9]*$')
[ "$round" -ge 80 ] && [ "$round" -lt 130 ] || fail "round trip of $round ms by a delay of 80 ms one way"
jq -es 'any(.[]; .event == "ping" and .time >= 0.150 and .time < 0.250)' <<<"$output" >/dev/null ||
	fail "the round trip is not the other way's delay"
