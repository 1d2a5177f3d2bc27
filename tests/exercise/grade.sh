# SPDX-License-Identifier: GPL-3.0-or-later
# test: timeout 180
#
# Each exercise, with a good and a bad file of answers: all points for the one,
# the points that its first line says for the other; and the same at the prompt's
# own commands, exercise and check.
need jq

count=0
for exercise in topologies/exercises/*.lab; do
	name=$(basename "$exercise" .lab)
	count=$((count + 1))
	good=tests/exercise/$name.good bad=tests/exercise/$name.bad
	[ -f "$good" ] && [ -f "$bad" ] || fail "$name has no good, or no bad answers"
	# on the slow machine root has one half of them, the user the other
	if [ "$KERNEL" = debian ]; then
		[ $((count % 2)) = "$([ "$USER_KIND" = root ] && echo 1 || echo 0)" ] || continue
	fi

	run "$NETLAB" grade "$name" --answers "$good" --why
	expect_output '^[0-9]+ of [0-9]+ points; '
	expect_no_output '^missed' '^not run'
	expect_status 0
	worth=$(sed -nE 's/^[0-9]+ of ([0-9]+) points; .*/\1/p' <<<"$output")

	points=$(sed -nE '1s/^# (.* of .*) points$/\1/p' "$bad")
	run "$NETLAB" grade "$name" --answers "$bad" --why
	expect_status 1
	expect_output "^$points points; "

	# nobody has done anything yet
	: >"$TMP/nothing.lab"
	run "$NETLAB" grade --format json "$name" --answers "$TMP/nothing.lab"
	expect_status 1
	jq -es '.[-1] | .points * 3 < .worth' >/dev/null <<<"$output" ||
		fail "$name gives points for nothing"

	{
		echo "exercise $name"
		cat "$good"
		echo check
	} >"$TMP/session.lab"
	run "$NETLAB" "$TMP/session.lab"
	expect_status 0
	expect_output "^  points +$worth of $worth$" "^── $name: |^-- $name: "
	# what the set-up does is not shown before the task
	expect_no_output '^netlab: '
	run "$NETLAB" -c "exercise $name"
	expect_status 0
	expect_no_output 'listen\(\)' 'connect\(\)' 'ESTAB'
done
[ "$count" -ge 6 ] || fail "six exercises at least expected, not $count"
exit 0
