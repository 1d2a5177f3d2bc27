# SPDX-License-Identifier: GPL-3.0-or-later
# test: host root alone timeout 180
#
# Two hundred labs at once, four hundred runs: each is as good as alone, memory
# stays within bounds, and nothing is left behind.
cat >"$TMP/waits.lab" <<'END'
listen server 80
connect client server:80
sleep 3
close client
close server
wait server CLOSED within 30s
expect client TIME-WAIT
END
runs=400 at_once=200
[ "${SLOWER:-1}" = 1 ] || runs=40 at_once=20

available()
{
	awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo
}
before=$(available)
most=0
"$NETLAB" run -j $at_once --times $((runs / 2)) --timeout 60 --output "$TMP/report" "$TMP/waits.lab" \
	topologies/close.lab &
pid=$!
while kill -0 $pid 2>/dev/null; do
	now=$((before - $(available)))
	[ $now -le $most ] || most=$now
	read -rt 0.3 _ <> <(:) || :
done
wait $pid || { output=$(tail -n 40 "$TMP/report"); fail "not all of them are well"; }
output=$(tail -n 1 "$TMP/report")
expect_output "^$runs runs: $runs ok, 0 failed, 0 timeout, 0 crashed; "
echo "$output; $most MiB at most"
[ $most -lt 4000 ] || fail "they took $most MiB"
no_test_processes || fail "processes are left"
exit 0
