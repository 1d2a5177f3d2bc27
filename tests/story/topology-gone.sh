# SPDX-License-Identifier: GPL-3.0-or-later
# test: host, timeout 120
#
# Labs of any shape leave nothing: taken down by reset they give back their
# namespaces, interfaces and processes while netlab goes on, and killed in the
# middle of building, the kernel takes all of it away.

# Namespaces that a process and its children hold by descriptors.
held_namespaces() # PID
{
	local pid
	for pid in $(family_of "$1"); do
		find "/proc/$pid/fd" -lname 'net:*' 2>/dev/null
	done | wc -l
}

reached() # N
{
	[ "$(grep -c '^reached' "$TMP/out")" -ge "$1" ]
}

snapshot_machine "$TMP/before"

# By reset, of each topology.
mkfifo "$TMP/in"
"$NETLAB" -k <"$TMP/in" >"$TMP/out" 2>&1 &
lab=$!
exec 9>"$TMP/in"
n=1
printf '%s\n' reset "echo reached" >&9
wait_for reached 1
empty=$(held_namespaces "$lab")
alone=$(family_of "$lab" | wc -l)
for topology in pair "star 20" "chain 4" "dumbbell 3" "ring 5" "tree 2 3" proxy nat two-paths; do
	printf '%s\n' "topology $topology" "ipv6 on" "echo reached" >&9
	wait_for -t 30 reached $((n += 1))
	[ "$(held_namespaces "$lab")" -gt "$empty" ] || fail "$topology was not built"
	printf '%s\n' reset "show links" "echo reached" >&9
	wait_for -t 30 reached $((n += 1))
	[ "$(held_namespaces "$lab")" = "$empty" ] ||
		fail "$topology: $(held_namespaces "$lab") namespaces are held after reset, not $empty"
done

# Also with connections and impairments on it.
printf '%s\n' "topology star 3" "netem all delay 1s" "listen h1 80" "netem all none" "connect h2 h1:80" \
	"netem all delay 10s" "send h2 100000" reset "echo reached" >&9
wait_for -t 30 reached $((n += 1))
[ "$(held_namespaces "$lab")" = "$empty" ] || fail "namespaces are held after reset"
[ "$(family_of "$lab" | wc -l)" = "$alone" ] || fail "processes run on after reset"
exec 9>&-
wait "$lab" || fail "netlab ended with $?: $(tail -n 3 "$TMP/out")"
wait_for no_test_processes
expect_same_machine "$TMP/before"

# Killed while it builds. Namespaces have no names and are mounted nowhere, and an
# interface of theirs has no other end here: without a process there is none.
for some in 10 100; do
	"$NETLAB" -c "topology star 200; echo never; sleep 1h" >"$TMP/out" 2>&1 &
	lab=$!
	until [ "$(held_namespaces $lab)" -ge $some ]; do
		kill -0 $lab || fail "it ended: $(cat "$TMP/out")"
	done
	family=$(family_of $lab)
	kill -9 $lab
	wait $lab 2>/dev/null
	! grep -q never "$TMP/out" || echo "it was built before it was killed"
	# shellcheck disable=SC2086
	wait_for all_gone $family
	wait_for no_test_processes
	expect_same_machine "$TMP/before"
done
