# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 90
#
# ask: passed over in a script, answered from a file, and at the prompt with a
# second try.
export XDG_STATE_HOME=$TMP/state
cat >"$TMP/questions.lab" <<'END'
ask "How long does TIME-WAIT last?" 60 s or one minute
ask "Which state follows FIN-WAIT-1?" FIN-WAIT-2
ask "Who sends the first FIN?" client
ask "How many segments?" 4 or four
echo done
END
run "$NETLAB" "$TMP/questions.lab"
expect_status 0
expect_equal done "$output"

printf '%s\n' '# answers' '1 min' '' 'fin wait 2' '-' '  five ' >"$TMP/answers"
run "$NETLAB" --answers "$TMP/answers" "$TMP/questions.lab"
expect_status 0
expect_order '^How long does TIME-WAIT last\?$' '^  right   60 s$' '^  right   FIN-WAIT-2$' \
	'^Who sends' '^  answer  client$' '^  wrong   it is 4, not five' '^done$' \
	'^  answers 2 of 4 right$'
# too few of them
echo 60s >"$TMP/answers"
run "$NETLAB" --answers="$TMP/answers" "$TMP/questions.lab"
expect_status 0
expect_output '^  answer  4$' '^  answers 1 of 4 right$'
need jq
run "$NETLAB" --json --answers "$TMP/answers" "$TMP/questions.lab"
expect_status 0
expect_equal '["question","ask","How long does TIME-WAIT last?","60s",true,"60 s"]
["question","ask","Which state follows FIN-WAIT-1?",null,false,"FIN-WAIT-2"]' \
	"$(jq -c 'select(.event == "question") | [.event, .kind, .text, .given, .right, .answer]' <<<"$output" | head -n 2)"
expect_output '^\{"event":"answers","asked":4,"right":1\}$'
run "$NETLAB" --answers /nonsense "$TMP/questions.lab"
expect_status 2
expect_output 'netlab: cannot read the answers /nonsense: No such file'
run "$NETLAB" --answers "$TMP" "$TMP/questions.lab"
expect_status 2
expect_output 'cannot read the answers .*: Is a directory'

# What is written wrong is told in a script as well.
for wrong in 'ask' 'ask question' 'ask question or x' 'ask question x or' 'ask question x or or y'; do
	run "$NETLAB" -c "$wrong"
	expect_status 1
	expect_output 'usage: ask|is missing'
done

# At the prompt.
last_line_is() # REGEX
{
	screen_show | grep . | tail -n 1 | grep -Eqx -e "$1"
}
screen_start 90 50 "$NETLAB"
screen_wait '^netlab> *$'
screen_enter "source $TMP/questions.lab"
screen_wait '^How long'
wait_for last_line_is '^answer> *$'
screen_enter 30
screen_wait '^  wrong   try once more'
wait_for last_line_is '^answer> *$'
screen_enter 'One  Minute.'
screen_wait '^  right   60 s$'
screen_wait '^Which state'
screen_enter 'closing'
screen_wait 'try once more'
wait_for last_line_is '^answer> *$'
screen_enter 'LAST_ACK'
screen_wait '^  wrong   it is FIN-WAIT-2, not LAST_ACK$'
screen_wait '^Who sends'
wait_for last_line_is '^answer> *$'
screen_key Enter
screen_wait '^  answer  client$'
screen_wait '^How many'
wait_for last_line_is '^answer> *$'
screen_key C-d
screen_wait '^  answer  4$'
screen_wait '^done$'
# Ctrl-C
screen_enter 'ask again x; echo never'
wait_for last_line_is '^answer> *$'
screen_key C-c
wait_for last_line_is '^netlab> *$'
# an answer is no command, and not kept as one
screen_enter 'ask again x'
wait_for last_line_is '^answer> *$'
screen_enter 'x'
screen_wait '^  right   x$'
screen_enter 'echo the end'
screen_wait '^the end$'
! screen_matches '^never$' || fail "what came behind the question was done"
screen_key C-d
screen_wait '\[ended 0\]'
! grep -qx x "$XDG_STATE_HOME/netlab/history" || fail "an answer is in the history"
screen_end
