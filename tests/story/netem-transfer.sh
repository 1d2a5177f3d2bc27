# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, timeout 120
#
# A megabyte through a link that loses, doubles, reorders and corrupts arrives
# whole, on every topology and by every back end. What was lost was sent again,
# as the sender's kernel counts it and as the lab tells it; and the sender's own
# interface has dropped nothing: to its TCP the loss is somewhere in the network.
need jq
copy=$TOP/build/tests/helpers/copy
words="delay 2ms loss 5% duplicate 2% reorder 5% corrupt 2%"
bytes=1000000

# "TOPOLOGY SOURCE SINK IMPAIRED-LINK"
ways="star:h1:h2:h1-s1
chain:h1:h2:r1-r2
dumbbell:l1:r1:left-right
ring:h1:h2:r1-r2
tree:h1:h4:s1-s3
proxy:client:server:client-proxy
nat:client1:server:gateway-server
two-paths:client:server:client-fast"
backends=gate
"$NETLAB" -c "backend kernel" >/dev/null 2>&1 && backends="gate kernel"
[ "$KERNEL" = host ] || ways=$(grep -E '^(star|nat):' <<<"$ways")

# Start one that waits for a connection, and write its first address down.
waiting_copy() # NODE ARGUMENTS FILE
{
	echo "exec $1 sh -c 'ip -4 -o address show dev eth0 | sed \"s/.*inet //; s,/.*,,\" >$3.address'"
	echo "exec $1 sh -c 'exec $copy $2 >$3 2>&1 &'"
	echo "exec $1 sh -c 'until grep -q ready $3; do sleep 0.02; done'"
}

transfer_script() # NAME TOPOLOGY SOURCE SINK LINK BACKEND
{
	local to=$TMP/$1.sink
	echo "topology $2"
	[ "$2" != dumbbell ] || echo "netem $5 rate 0mbit"
	echo "backend $6"
	echo "netem $5 $words"
	waiting_copy "$4" "sink 7000" "$to"
	if [ "$2" = proxy ]; then
		waiting_copy proxy "pass 7000 \$(cat $to.address) 7000" "$TMP/$1.pass"
		to=$TMP/$1.pass
	fi
	echo "exec $3 sh -c '$copy source \$(cat $to.address) 7000 $bytes >$TMP/$1.source 2>&1'"
	echo "exec $3 sh -c 'cat /proc/net/snmp >$TMP/$1.snmp'"
	echo "exec $3 bash -c 'tc -s qdisc show dev eth0 >$TMP/$1.tc'"
	echo "exec $3 sh -c 'cd /sys/class/net/eth0/statistics; cat tx_dropped tx_errors >$TMP/$1.dropped'"
	echo "show links"
}

begin_transfer() # NAME TOPOLOGY SOURCE SINK LINK BACKEND
{
	transfer_script "$@" >"$TMP/$1.lab"
	timeout $((100 * SLOWER)) "$NETLAB" --json "$TMP/$1.lab" >"$TMP/$1.out" 2>&1 &
	pids[$name]=$!
}

whole() # NAME
{
	[ "$(grep -v ready "$TMP/$1.sink" | cut -d ' ' -f 1,2)" = "$(cat "$TMP/$1.source")" ] &&
		[ "$(cut -d ' ' -f 2 "$TMP/$1.source")" = $bytes ]
}

sent_again() # NAME: by the kernel
{
	awk '$1 == "Tcp:" && !at { for (i = 2; i <= NF; i++) if ($i == "RetransSegs") at = i; next }
		$1 == "Tcp:" { print $at }' "$TMP/$1.snmp"
}

told_again() # NAME SOURCE: by the lab
{
	jq -r --arg from "$2" 'select(.event == "segment" and .from == $from and .retransmission)
		| .n' "$TMP/$1.out" | sort -u | wc -l
}

check_transfer() # NAME TOPOLOGY SOURCE SINK LINK BACKEND
{
	local status=0 kernel lab
	wait "${pids[$1]}" || status=$?
	output=$(tail -n 20 "$TMP/$1.out")
	if [ "$2" = nat ] && [ $status != 0 ] && grep -q 'this kernel has no' "$TMP/$1.out"; then
		echo "no nat here: $(tail -n 1 "$TMP/$1.out")"
		return
	fi
	[ $status = 0 ] || fail "$1: exit status $status"
	whole "$1" || fail "$1: sent $(cat "$TMP/$1.source"), received $(cat "$TMP/$1.sink")"
	kernel=$(sent_again "$1")
	lab=$(told_again "$1" "$3")
	echo "$1: the kernel sent $kernel again, the lab tells of $lab"
	[ "$kernel" -gt 0 ] && [ "$lab" -gt 0 ] || fail "$1: nothing was sent again"
	grep -q 'dropped 0,' "$TMP/$1.tc" || fail "$1: the sender's queue dropped: $(cat "$TMP/$1.tc")"
	expect_equal "0 0" "$(xargs <"$TMP/$1.dropped")" "$1: dropped by the sender's interface"
	[ "$(jq -s "map(select(.event == \"link\")) | map(.lost) | add > 0" "$TMP/$1.out")" = true ] ||
		fail "$1: no link lost anything"
}

declare -A pids=()
for backend in $backends; do
	for way in $ways; do
		name=${way%%:*}-$backend
		# shellcheck disable=SC2086
		begin_transfer "$name" ${way//:/ } "$backend"
	done
	for way in $ways; do
		name=${way%%:*}-$backend
		# shellcheck disable=SC2086
		check_transfer "$name" ${way//:/ } "$backend"
	done
done

# The same in words: the ladder and the log say which were sent again.
sed -i '/^show links/d' "$TMP/star-gate.lab"
echo "ladder count 4000" >>"$TMP/star-gate.lab"
rm -f "$TMP/star-gate.sink"
run timeout $((60 * SLOWER)) "$NETLAB" "$TMP/star-gate.lab"
expect_status 0
whole star-gate || fail "in words: not the same arrived"
told=$(grep -E '^ +#[0-9]+ .* (lost|corrupted) on the wire' <<<"$output" | wc -l)
[ "$told" -gt 0 ] || fail "the log tells of nothing that was lost"
output=$(grep -E '#[0-9]+ \[[^]]*\]' <<<"$output")
expect_output '#[0-9]+ \[[^]]*\].* again' 'X.* lost|lost X' # the ladder
