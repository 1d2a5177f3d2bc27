# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# Every segment that netlab tells was seen by tcpdump on the hosts' interfaces,
# and the other way round: in the same order, with the same flags, numbers and
# lengths. What a host sends is what entered the wire, copies absorbed there
# included; what it receives is what was delivered.
need jq tcpdump
# shellcheck source=tests/helpers/closes.bash
. "$TOP/tests/helpers/closes.bash"
port=80 from=40000
trap close_leave EXIT

# In a user namespace tcpdump cannot give up its rights, and will not go on.
recorder="tcpdump -Z root -n -U --immediate-mode"
if [ "$USER_KIND" = user ]; then
	need dumpcap
	recorder="dumpcap -q -P -f tcp"
fi

# Commands that begin a capture in a host and wait until it runs.
capture() # HOST
{
	echo "exec $1 sh -c 'exec $recorder -i eth0 -w $TMP/$1.pcap >/dev/null 2>$TMP/$1.log &'"
	echo "exec $1 sh -c 'until grep -Eq \"listening|^File\" $TMP/$1.log; do sleep 0.02; done'"
}

# "FROM FLAGS SEQ ACK LEN", numbers counted from each side's SYN.
captured() # HOST
{
	tcpdump -r "$TMP/$1.pcap" -n -S -t -vv tcp 2>/dev/null |
		sed -nE 's/^ +([0-9.]+)\.[0-9]+ > .*: Flags \[([^]]*)\],.* seq ([0-9]+)(:[0-9]+)?,( ack ([0-9]+),)? .*length ([0-9]+).*/\1 \2 \3 -\6 \7/p' |
		awk '{
			from = $1 == "10.0.0.1" ? "client" : "server"
			to = from == "client" ? "server" : "client"
			if ($2 ~ /S/)
				first[from] = $3
			ack = $4 == "-" ? "-" : substr($4, 2) - first[to]
			print from, $2, $3 - first[from], ack, $5
		}'
}

# What netlab says that each host sent, and received: "HOST from|to FROM FLAGS ..."
# (Once a close: jq takes long to start on an emulated processor.)
told_by_all()
{
	jq -rs '[.[] | select(.event == "segment")] as $all
		| ("client", "server") as $host | ("from", "to") as $way
		| [$all[] | select(.[$way] == $host)]
		| if $way == "from" then unique_by([.n, .copy]) | sort_by(.entered)
		  else map(select(.fate == "delivered")) | sort_by(.left) end
		| .[] | "\($host) \($way) \(.from) \(.flags) \(.seq) \(.ack // "-") \(.len)"' "$TMP/told"
}

told() # HOST from|to
{
	sed -n "s/^$1 $2 //p" "$TMP/told.all"
}

all_captured()
{
	local host
	for host in client server; do
		[ "$(captured $host | wc -l)" -ge "$(grep -c "^$host " "$TMP/told.all")" ] || return 1
	done
}

# The second kernel runs on an emulated processor: the closes that differ most.
[ "$KERNEL" = debian ] && closes="client_first both server_first_free drop_last_ack killed_unread"

for name in $closes; do
	rm -f "$TMP"/*.pcap "$TMP"/*.log
	close_play "$name" "$(capture client)" "$(capture server)"
	told_by_all >"$TMP/told.all"
	# The last ones may still be on their way into the files; if they never come,
	# the comparison says which.
	end=$((SECONDS + PATIENCE))
	until all_captured || [ $SECONDS -ge $end ]; do
		nap
	done
	close_leave
	for host in client server; do
		expect_equal "$(captured $host | grep "^$host")" "$(told $host from)" \
			"$name: what $host sent (tcpdump, netlab)"
		expect_equal "$(captured $host | grep -v "^$host")" "$(told $host to)" \
			"$name: what $host received (tcpdump, netlab)"
	done
	[ "$(captured client | wc -l)" -ge 2 ] || fail "$name: nothing was compared"
done
