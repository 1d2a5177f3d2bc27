# SPDX-License-Identifier: GPL-3.0-or-later
#
# answer: the student's words, by their number, and what is right.
cat >"$TMP/exercise.lab" <<'END'
topology pair
points 1 "the first" expect answer 1 TIME-WAIT
points 1 "the second" expect answer 2 port range or ports
END
answers() # POINTS COMMAND...
{
	printf '%s\n' "exercise $TMP/exercise.lab" "${@:2}" check >"$TMP/session.lab"
	run "$NETLAB" -k "$TMP/session.lab"
	expect_output "^  points +$1 of 2$"
}
answers 0
answers 2 'answer 1 time_wait' 'answer 2 Port Range'
answers 1 'answer 1 CLOSED' 'answer 2 ports'
answers 1 'answer 1 CLOSED' 'answer 1 TIME-WAIT'
answers 0 'answer 2 the port range or ports'
run "$NETLAB" -c 'answer 1 some words'
expect_status 0
expect_output '^  answer  1: some words$'
run "$NETLAB" -c 'answer 21 x'
expect_status 1
expect_output 'answers are numbered 1 to 20'
exit 0
