# SPDX-License-Identifier: GPL-3.0-or-later
# test: root, timeout 90
#
# Who carries out the impairments may change while data is on the way: nothing
# is lost by it, nothing overtakes, and nothing is sent again.
need jq
copy=$TOP/build/tests/helpers/copy
other=auto
"$NETLAB" -c "backend kernel" >/dev/null 2>&1 && other=kernel

# Between the two, and to the links' own carrying and back.
switches=
for pause in 97 153 61 119; do
	switches+="
backend $other
sleep ${pause}ms
backend gate
sleep ${pause}ms
netem all none
sleep 31ms
netem all delay 20ms limit 10000
sleep ${pause}ms"
done

# It lasts four seconds, more on a slow machine, and is still under way after the last switch.
run_script --json <<END
backend gate
netem all delay 20ms limit 10000
exec server sh -c '$copy sink 7000 >$TMP/sink 2>&1 &'
exec server sh -c 'until grep -q ready $TMP/sink; do sleep 0.02; done'
exec client sh -c '$copy source 10.0.0.2 7000 $((${SLOWER:-1} > 1 ? 16000000 : 4000000)) 4000 >$TMP/source 2>&1 &'
exec server sh -c 'until ss -Htn state established | grep -q .; do sleep 0.02; done'
$switches
exec client test ! -s $TMP/source
exec client sh -c 'until grep -q . $TMP/source; do sleep 0.02; done'
sleep 200ms
show links
END
if [ "$status" != 0 ]; then
	output=$(jq -c 'select(.event != "segment" and .event != "state")' <<<"$output" | tail -n 12)
	fail "exit status $status"
fi
expect_equal "$(cat "$TMP/source")" "$(grep -v ready "$TMP/sink" | cut -d ' ' -f 1,2)" "sent, received"
expect_equal "lost 0, doubled 0" "$(jq -rs 'map(select(.event == "link")) |
	"lost \(map(.lost) | add), doubled \(map(.doubled) | add)"' <<<"$output")" "both directions"
expect_equal "" "$(jq -r 'select(.event == "link" and .entered != .left) |
	"\(.from) entered \(.entered) left \(.left)"' <<<"$output")" "what entered and has not left"
expect_equal 0 "$(jq -rs 'map(select(.event == "segment" and .fate == "lost")) | length' <<<"$output")" \
	"segments told as lost"
