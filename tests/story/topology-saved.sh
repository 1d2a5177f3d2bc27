# SPDX-License-Identifier: GPL-3.0-or-later
# test: host, timeout 240
#
# Every topology, with several parameters: it is built, all reach all over both
# families, and what save writes builds the same lab: picture, links, addresses,
# routes, and what save writes of that one.
need jq

cases="close
pair
star 2
star 9
chain 1
chain
chain 5
dumbbell 1
dumbbell 3 5mbit 2ms
ring 3
ring 6
tree
tree 1 3
tree 3 2
proxy
nat
two-paths"
for file in "$TOP"/topologies/*.lab; do
	name=${file##*/}
	name=${name%.lab}
	# A lesson or an exercise is no topology of its own.
	grep -q "^# usage: topology $name" "$file" || continue
	grep -qE "^$name( |\$)" <<<"$cases" || cases+=$'\n'$name
done
cases=${cases#close$'\n'}

# A host of the proxy's does not forward: there, each reaches its neighbours.
all_reach_all() # TOPOLOGY
{
	if [ "$1" = proxy ]; then
		echo "ping client proxy; ping proxy server; ping server proxy ipv6"
	else
		echo pingall
	fi
}

look='show; show addresses; show routes'

# What a lab is, counts of frames left out.
lab_of() # FILE COMMANDS
{
	"$NETLAB" -c "$2; $look" >"$1.text" 2>&1 || fail "$2: $(tail -n 3 "$1.text")"
	"$NETLAB" --json -c "$2; show links" >"$1.json" 2>&1 || fail "$2: $(tail -n 3 "$1.json")"
	cat "$1.text"
	jq -c 'select(.event == "link") | del(.entered, .left, .lost, .doubled, .reordered, .corrupted,
		.queued)' "$1.json"
}

check() # NAME COMMANDS: that build a lab
{
	local first="$TMP/$1.first" second="$TMP/$1.second" made again
	run "$NETLAB" -c "$2; save $first.lab; $3"
	[ "$status" = 0 ] || fail "$2: exit status $status"
	made=$(lab_of "$first" "$2") || fail "$made"
	again=$(lab_of "$second" "topology $first.lab; save $second.lab over") || fail "$again"
	expect_equal "$made" "$again" "$2: made, and made again"
	expect_equal "$(cat "$first.lab")" "$(cat "$second.lab")" "$2: saved, and saved again"
	[ "$(wc -l <<<"$again")" -ge 5 ] || fail "$2: nothing was compared"
}

number=0
while read -r topology; do
	check $((number += 1)) "topology $topology; ipv6 on" "$(all_reach_all "${topology%% *}")"
done <<<"$cases"

# With all that can be set by hand.
check hand "reset; host a b c; router r q; switch s; link a:up0 s delay 5ms jitter 1ms loss 1% seed 3
	link b s; link s r; link r:wan0 q; link q c; link b c; link b c down; netem q>c rate 1mbit
	address c q 192.0.2.9/24; address q c 192.0.2.1/24; route r 192.0.2.0/24 via q; route c default via q
	nat q inside r; sysctl a tcp_fin_timeout=44; sysctl c tcp_retries2=5; backend gate" \
	"ping a b; ping a c"
