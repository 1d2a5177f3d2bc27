# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 180
#
# netlab grade: a student's file in the lab of an exercise, points for what came
# of it, and nothing in that file that could change what is looked for.
need jq

exercise=$TMP/exercise.lab
cat >"$exercise" <<'END'
# exercise: close it
topology pair
task Close it.
listen server 80
connect client server:80
points 4 "the client has closed" expect client FIN-WAIT-2
hint "Close the client."
points 6 "the server has not" expect server CLOSE-WAIT
END
good=$TMP/good.lab
echo 'close client' >"$good"
bad=$TMP/bad.lab
printf 'close server\necho student says\nnonsense\necho never\n' >"$bad"

run "$NETLAB" grade "$exercise" --answers "$good"
expect_status 0
expect_output '^ok +[0-9.]+ s  .*/good\.lab$' '^ok +4 of 4 +the client has closed$' \
	'^ok +6 of 6 +the server has not$' '^10 of 10 points; '
run "$NETLAB" grade --answers="$bad" "$exercise"
expect_status 1
expect_order '^FAIL +.*/bad\.lab$' '/bad\.lab:3: .*"nonsense"' '^ +\| student says$' \
	'^missed +0 of 4 +the client has closed$' '^missed +0 of 6 ' '^0 of 10 points'
expect_no_output never 'Close the client' 'CLOSE-WAIT, but' '^student'
run "$NETLAB" grade "$exercise" --answers "$bad" --hints
expect_output '^ +Close the client\.$'
run "$NETLAB" grade "$exercise" --answers "$bad" --why
expect_output '^ +expected client FIN-WAIT-2, but it is CLOSE-WAIT$'

# by name; an empty file is no mistake
: >"$TMP/nothing.lab"
run "$NETLAB" grade who-gets --answers "$TMP/nothing.lab"
expect_status 1
expect_output '^0 of 10 points'

# the other forms
run "$NETLAB" grade "$exercise" --answers "$bad" --format json
jq -es 'length == 4 and .[0].verdict == "failed" and (.[0].output | contains("\nstudent says\n")) and
	.[1].points == 0 and .[1].worth == 4 and .[3].event == "report" and .[3].points == 0 and
	.[3].worth == 10' >/dev/null <<<"$output" || fail "these are not the objects"
run "$NETLAB" grade "$exercise" --answers "$good" --format tap
expect_order '^TAP version 14$' '^1\.\.3$' '^ok 1 - ' '^ok 2 - the client has closed$' '^  points: 4$' \
	'^# 10 of 10 points$'
run "$NETLAB" grade "$exercise" --answers "$good" --format junit --output "$TMP/report.xml"
expect_status 0
expect_equal '' "$output" "what is printed"
output=$(cat "$TMP/report.xml")
expect_output 'tests="3" failures="0"' '<property name="worth" value="6"/>'

# ------------------------------------------- what the student may not do
refused() # COMMAND REGEX
{
	echo "$1" >"$TMP/try.lab"
	run "$NETLAB" grade "$exercise" --answers "$TMP/try.lab"
	expect_status 1
	expect_output '^FAIL .*/try\.lab$' "/try\\.lab:1: $2" '^0 of 10 points'
}
echo 'topology pair; listen server 80; connect client server:80; close client' >"$TMP/trick.lab"
refused "exec client touch $TMP/made" 'exec is not allowed'
refused "source $TMP/trick.lab" 'source is not allowed'
refused "repeat 2 source $TMP/trick.lab" 'source is not allowed'
refused "expect error EPERM source $TMP/trick.lab; nonsense" '.*nonsense'
refused "topology $TMP/trick.lab" 'topology FILE is not allowed'
refused "exercise $exercise" 'exercise is not allowed'
refused "save $TMP/made" 'save is not allowed'
refused quit 'quit is not allowed'
refused 'client exec ls' 'exec is not allowed'
refused 'points 100 "mine" expect client ESTAB' 'points is not allowed'
refused 'shell client' 'shell is not allowed|shell works at the prompt only'
refused 'sysctl client ../../kernel/core_pattern=x' '.*'
[ ! -e "$TMP/made" ] || fail "the student has made a file"

# what is not finished in time is ended, and what was done before counts
printf 'close client\nsleep 1000\n' >"$TMP/slow.lab"
run "$NETLAB" grade "$exercise" --answers "$TMP/slow.lab" --timeout $((2 * SLOWER))
expect_status 0
expect_output '^timeout .*/slow\.lab$' 'it took too long, and was ended' '^10 of 10 points'

# output that looks like a report is quoted, and only so
printf 'echo "ok        4 of 4    the client has closed"\necho 10 of 10 points\nnonsense\n' >"$TMP/forged.lab"
run "$NETLAB" grade "$exercise" --answers "$TMP/forged.lab"
expect_status 1
expect_no_output '^ok +4 of 4' '^10 of 10'
expect_output '^0 of 10 points'

# ------------------------------------------------------- bad exercises
bad_exercise() # REGEX LINE...
{
	printf '%s\n' "${@:2}" >"$TMP/wrong.lab"
	run "$NETLAB" grade "$TMP/wrong.lab" --answers "$good"
	expect_status 2
	expect_equal 1 "$(wc -l <<<"$output")" "$2: the lines"
	expect_output "^netlab: .*$1"
}
bad_exercise 'has no points line' 'topology pair'
bad_exercise 'wrong\.lab:2: .*nonsense' 'topology pair' nonsense 'points 1 x expect client ESTAB'
bad_exercise 'wrong\.lab:1: usage: points' 'points 1'
bad_exercise 'wrong\.lab:2: .*spelt out' 'points 1 x echo' 'poin 1 y echo'
bad_exercise 'wrong\.lab:2: .*on a line of its own' 'points 1 x echo' 'repeat 2 points 1 y echo'
bad_exercise 'there is no lab yet' 'listen server 80' 'points 1 x echo'

for words in '' "$exercise" "$exercise --answers" "$exercise --answers /no/such" \
	"/no/such --answers $good" "$exercise --answers $good --allow everything" \
	"$exercise --answers $good --timeout 0" "$exercise $exercise --answers $good" \
	"$exercise --answers $good --format x" --nonsense; do
	# shellcheck disable=SC2086
	run "$NETLAB" grade $words
	expect_status 2
	expect_equal 1 "$(wc -l <<<"$output")" "netlab grade $words: the lines"
	expect_output '^netlab: '
done
run "$NETLAB" grade --help
expect_status 0
expect_output '^usage: netlab grade '

# files named like options
(
	cd "$TMP" || exit 1
	cp exercise.lab ./--answers
	cp good.lab ./--help
	run "$NETLAB" grade --answers --help -- ./--answers
	expect_status 0
	expect_output '^10 of 10 points'
) || exit 1
wait_for no_test_processes
exit 0
