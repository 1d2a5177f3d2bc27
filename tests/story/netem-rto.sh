# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, timeout 90, waits
#
# A segment that is lost on the way is sent again by its sender's own timer and
# nothing else: three round trips after the first measurement (RFC 6298 2.2), as
# its kernel has it in ss, whether netem lost it or it was dropped by hand. To
# the sender all that is delay in the network; nothing waits in its own queues.
need jq ss
backends=gate
"$NETLAB" -c "backend kernel" >/dev/null 2>&1 && backends="gate kernel"

# Without tail loss probes, which come before the timer.
rto_script() # BACKEND
{
	cat <<END
backend $1
sysctl client tcp_early_retrans=0
netem all delay 300ms
listen server 80
connect client server:80
sleep 500ms
netem client>server loss 100%
send client hello
netem client>server loss 0%
exec client ss -tino
exec server sh -c 'until ss -Htn state established | grep -q "^5 "; do sleep 0.1; done'
exec client sh -c 'until ss -Htn state established | grep -q "^0 *0 "; do sleep 0.1; done'
hold client>server
send client by-hand
exec client ss -tino
drop
release
exec server sh -c 'until ss -Htn state established | grep -q "^12 "; do sleep 0.1; done'
exec client cat /proc/net/netstat
recv server
END
}

# Milliseconds from the first sending of so many bytes to the second.
sent_again_after() # FILE LENGTH
{
	jq -rs --argjson len "$2" '
		[.[] | select(.event == "segment" and .from == "client" and .len == $len)]
		| unique_by([.n, .copy]) | map(.entered) | sort | (.[1] - .[0]) * 1000 | floor' "$1"
}

for backend in $backends; do
	rto_script "$backend" >"$TMP/$backend.lab"
	timeout 60 "$NETLAB" --json "$TMP/$backend.lab" >"$TMP/$backend" 2>&1 &
done
for job in $(jobs -p); do
	wait "$job" || {
		cat "$TMP"/gate "$TMP"/kernel 2>/dev/null
		fail "a lab ended with exit status $?"
	}
done

for backend in $backends; do
	output=$(cat "$TMP/$backend")
	mapfile -t timers < <(grep -o ' rto:[0-9]*' "$TMP/$backend" | cut -d : -f 2)
	[ ${#timers[@]} = 2 ] || fail "$backend: ss told no timer"
	lost=$(sent_again_after "$TMP/$backend" 5)
	dropped=$(sent_again_after "$TMP/$backend" 7)
	echo "$backend: sent again after $lost and $dropped ms; timers ${timers[*]} ms"
	[ "${timers[0]}" -ge 1700 ] || fail "$backend: not three round trips of 600 ms: ${timers[0]} ms"
	for pair in "$lost ${timers[0]}" "$dropped ${timers[1]}"; do
		read -r seen timer <<<"$pair"
		[ "$seen" -ge 900 ] && [ "$seen" -ge $((timer * 95 / 100)) ] &&
			[ "$seen" -le $((timer * 125 / 100)) ] ||
			fail "$backend: sent again after $seen ms, the kernel's timer was $timer ms"
	done
	expect_equal "lost dropped" "$(jq -rs '[.[] | select(.event == "segment" and .from == "client"
		and (.fate == "lost" or .fate == "dropped")) | .fate] | join(" ")' "$TMP/$backend")" \
		"$backend: what was lost"
	expect_output '"call":"recv","result":12'
	for counter in TCPSpuriousRtxHostQueues TCPRetransFail; do
		jq -r 'select(.event == "output") | .text' "$TMP/$backend" |
			awk -v name=$counter '$1 == "TcpExt:" && !at { for (i = 2; i <= NF; i++) if ($i == name) at = i; next }
				$1 == "TcpExt:" && at { exit $at != 0 }' ||
			fail "$backend: $counter counts what stayed in the sender"
	done
done
