# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 120
#
# netlab run: many labs side by side, each with its verdict; what hangs, crashes
# or fails is reported and does not stop the rest; nothing is left behind.
need jq

labs=$TMP/labs
mkdir "$labs"
cat >"$labs/good.lab" <<'END'
listen server 80
connect client server:80
expect client ESTAB
END
cat >"$labs/bad.lab" <<'END'
echo before the failure

expect client ESTAB
echo never
END
echo 'exec server sleep 1000' >"$labs/hangs.lab"

# A folder is its *.lab files; each has its own verdict.
echo 'no lab' >"$labs/notes.txt"
limit=$((2 * SLOWER + 1))
run "$NETLAB" run --timeout $limit "$labs"
expect_status 1
expect_output '^FAIL +[0-9.]+ s  .*/bad\.lab$' '^ok +[0-9.]+ s  .*/good\.lab$' \
	'^timeout +[0-9.]+ s  .*/hangs\.lab$' "^ +not done after $limit s, killed\$" \
	'^3 runs: 1 ok, 1 failed, 1 timeout, 0 crashed; '
# the line of the error, and what was printed before it
expect_order '/bad\.lab$' '^ +.*/bad\.lab:3: .*client' \
	'^ +\| before the failure$'
expect_no_output never notes
wait_for no_test_processes

run "$NETLAB" run "$labs/good.lab" "$labs/good.lab"
expect_status 0
expect_output 'good\.lab \(1\)$' 'good\.lab \(2\)$' '^2 runs: 2 ok, '
run "$NETLAB" run -j 7 --times 10 "$labs/good.lab" topologies/close.lab
expect_status 0
expect_output 'close\.lab \(10\)$' '^20 runs: 20 ok, '
run "$NETLAB" run -k "$labs/bad.lab"
expect_status 1
expect_output '\| never$'
run "$NETLAB" run -t 'star 3' "$labs/good.lab"
expect_status 1
expect_output 'good\.lab:1: .*"server"'

# What crashes is told so, with the signal.
echo "exec client sh -c 'echo >$TMP/up; sleep 1000'" >"$labs/crash.lab"
rm -f "$TMP/up"
"$NETLAB" run -j 1 "$labs/crash.lab" "$labs/good.lab" >"$TMP/out" 2>&1 &
pid=$!
wait_for test -e "$TMP/up"
kill -ABRT "$(pgrep -P $pid)"
status=0
wait $pid || status=$?
output=$(cat "$TMP/out")
expect_status 1
expect_output '^crashed .*crash\.lab$' '^ +netlab was ended by SIGABRT$' '^ok .*good\.lab$'
wait_for no_test_processes

# A torrent of output is bounded; both of its ends are kept.
cat >"$labs/torrent.lab" <<'END'
echo the first line
exec client sh -c 'head -c 20000000 /dev/zero | tr "\0" "x" | fold -w 100'
echo the last line
nonsense
END
run "$NETLAB" run --format json "$labs/torrent.lab"
expect_status 1
jq -es '.[0].output | (length < 70000) and startswith("the first line\nxxx") and
	test("x\nthe last line\n[^\n]*nonsense[^\n]*\n$") and test("\n\\[[0-9]+ bytes are left out here\\]\n")' \
	>/dev/null <<<"$output" || fail "the ends of the output are not kept"

# The other forms of the report.
run "$NETLAB" run --format json "$labs/good.lab" "$labs/bad.lab"
expect_status 1
jq -es 'length == 3 and .[0].verdict == "ok" and .[1].verdict == "failed" and
	(.[1].text | test("bad.lab:3: ")) and .[2].event == "report" and .[2].ok == 1 and
	.[2].failed == 1 and .[2].count == 2 and (.[2].seconds | type) == "number"' >/dev/null <<<"$output" ||
	fail "these are not the objects"
run "$NETLAB" run --format tap "$labs/good.lab" "$labs/bad.lab"
expect_order '^TAP version 14$' '^1\.\.2$' '^ok 1 - .*good' '^not ok 2 - .*bad' '^  message: "'
run "$NETLAB" run --format junit --output "$TMP/report.xml" "$labs/good.lab" "$labs/bad.lab"
expect_status 1
expect_equal '' "$output" "what is printed"
output=$(cat "$TMP/report.xml")
expect_output '<testsuite name="netlab run" tests="2" failures="1" errors="0"' '<failure type="failed"'
run "$NETLAB" run --output "$TMP/no/such/folder" "$labs/good.lab"
expect_status 1
expect_output 'cannot write the report'

# Wrong usage.
mkdir "$TMP/empty"
for words in '' '-j 0 x' '-j 1001 x' '-j' '--timeout x x' '--timeout 0 x' '--format xml x' \
	'--nonsense' '/no/such/file' "$TMP/empty" '--times 0 x'; do
	# shellcheck disable=SC2086
	run "$NETLAB" run $words
	expect_status 2
	expect_equal 1 "$(wc -l <<<"$output")" "netlab run $words: the lines"
	expect_output '^netlab: '
done
run "$NETLAB" run --help
expect_status 0
expect_output '^usage: netlab run '

# A file named like the word, or like an option.
(
	cd "$TMP" || exit 1
	cp labs/good.lab run
	cp labs/good.lab ./--help
	run "$NETLAB" ./run
	expect_status 0
	run "$NETLAB" run -- --help run
	expect_status 0
	expect_output '^2 runs: 2 ok, '
) || exit 1

# Ctrl-C ends all of them, cleanly, and what is known is reported.
"$NETLAB" run -j 3 "$labs/good.lab" "$labs/hangs.lab" "$labs/hangs.lab" "$labs/hangs.lab" \
	"$labs/hangs.lab" >"$TMP/out" 2>&1 &
pid=$!
three_sleep()
{
	[ "$(test_processes | grep -c ' sleep 1000 *$')" = 3 ]
}
wait_for three_sleep
kill -INT $pid
status=0
wait $pid || status=$?
output=$(cat "$TMP/out")
expect_status 130
expect_output '^ok .*good\.lab$' '^not run .*hangs\.lab \(1\)$' '^not run  .*hangs\.lab \(4\)$' \
	'^5 runs: 1 ok, 0 failed, 0 timeout, 0 crashed, 4 not run; ' '^interrupted'
wait_for no_test_processes

# The end of the runner is the end of its labs, however it comes.
"$NETLAB" run "$labs/hangs.lab" "$labs/hangs.lab" >/dev/null 2>&1 &
pid=$!
two_sleep()
{
	[ "$(test_processes | grep -c ' sleep 1000 *$')" = 2 ]
}
wait_for two_sleep
kill -KILL $pid
wait_for no_test_processes

# At a terminal a line tells how far it is.
screen_start 100 20 "$NETLAB" run --timeout 60 "$labs/good.lab" "$labs/hangs.lab"
screen_wait '^1 of 2 done, 1 running, 0 failed; longest [0-9]+ s: .*hangs\.lab'
screen_key C-c
screen_wait '^2 runs: 1 ok, .* 1 not run'
screen_wait '^\[ended 130\]'
screen_matches ' of 2 done' && fail "the line of progress is still there"
exit 0
