# SPDX-License-Identifier: GPL-3.0-or-later
# test: host timeout 90
#
# lesson: what there is, found by the beginning of its name; its commands are
# shown; the lab stays; how it is left, and what is told then.
export XDG_DATA_HOME=$TMP/data XDG_STATE_HOME=$TMP/state
folder=$XDG_DATA_HOME/netlab/topologies/lessons
mkdir -p "$folder"

# Every one that is shipped says what it is.
run "$NETLAB" -c lesson
expect_status 0
expect_output '^  lesson +words +what it is$'
for file in "$TOP"/topologies/lessons/*.lab; do
	name=$(basename "$file" .lab)
	expect_output "^  $name  "
	grep -q "^# $name: " "$file" || fail "$name.lab does not say what it is"
	grep -q "^# usage: lesson $name" "$file" || fail "$name.lab does not say how to use it"
	[ "$(sed -n "s/^# $name: //p" "$file" | wc -m)" -le 75 ] || fail "$name's summary is too long"
	! grep -nE '.{121}' "$file" || fail "$name.lab has long lines"
done

cat >"$folder/mine.lab" <<'END'
# mine: one of my own
# usage: lesson mine [PORT=80] [TIMES=0]
topology pair
say It begins.
listen server ${1:-80}
expect server/listen LISTEN
expect error ECONNREFUSED connect client server:1 as refused
where client has tcp_fin_timeout connect client server:${1:-80}
repeat ${2:-0} echo once more
pause
hold
predict of client
close client
pause
expect segment client>server F. held
step
ask "Who was it?" me
say It ends.
END
run "$NETLAB" -c 'lesson mine 8080; expect server CLOSE-WAIT'
expect_status 0
expect_order '^── mine: one of my own ─+$' '^netlab> topology pair$' '^It begins\.$' '^$' \
	'^netlab> listen server 8080$' '^netlab> connect client server:1 as refused$' 'ECONNREFUSED' \
	'^netlab> connect client server:8080$' '^netlab> hold$' '^netlab> close client$' \
	'^netlab> step$' '^It ends\.$'
expect_no_output '> (say|expect|pause|ask|predict|where|repeat)' 'once more' 'Enter goes on'
run "$NETLAB" -c 'lesson mine 80 2'
expect_output '^netlab> repeat 2 echo once more$'
run "$NETLAB" "$folder/mine.lab"
expect_status 0
expect_no_output '^netlab>'
run "$NETLAB" --json -c 'lesson mine'
expect_status 0
expect_output '^\{"event":"text","kind":"section","text":"mine: one of my own"\}$' \
	'^\{"event":"text","kind":"command","text":"listen server 80"\}$'
echo me >"$TMP/answers"
run "$NETLAB" --answers "$TMP/answers" -c 'lesson mine'
expect_output '^  wrong   client is FIN-WAIT-1, not me' '^  answers 0 of 2 right$'

# Names.
cp "$folder/mine.lab" "$folder/minor.lab"
for wrong in 'min|"min" could be mine, minor; write more of it' 'lost|no lesson "lost"; `lesson` lists' \
	'mien|no lesson "mien"; did you mean mine\?' '/no.lab|no lesson file /no.lab' \
	'mine 1 2 3|"3" is one word too many: lesson mine \[PORT=80\] \[TIMES=0\]'; do
	run "$NETLAB" -c "lesson ${wrong%%|*}"
	expect_status 1
	expect_output "${wrong#*|}"
done
run "$NETLAB" -c "lesson mino; lesson $folder/mine.lab"
expect_status 0
rm "$folder/minor.lab"

# It ends at its first failure, also for those who go on otherwise.
printf '%s\n' '# wrong: it fails' 'topology pair' 'say Before.' 'expect client ESTAB' 'echo never' >"$folder/wrong.lab"
run "$NETLAB" -k -c 'lesson wrong; echo on'
expect_status 1
expect_order '^Before\.$' 'wrong.lab:4: ' '^on$'
expect_no_output never

# At the prompt.
last_line_is() # REGEX
{
	screen_show | grep . | tail -n 1 | grep -Eqx -e "$1"
}
waits='\(Enter goes on\) netlab> *'
screen_start 100 60 "$NETLAB"
screen_wait '^netlab> *$'
screen_type 'lesson mi'
screen_key Tab Tab
wait_for last_line_is 'netlab> lesson mine( 80)?'
screen_key C-u
screen_enter 'lesson mine'
screen_wait 'lesson  at each pause Enter goes on'
wait_for last_line_is "$waits"
screen_key Enter
wait_for last_line_is 'next state of client> *'
screen_enter FIN-WAIT-1
screen_wait '^  right   client is FIN-WAIT-1'
wait_for last_line_is "$waits"
screen_enter 'segments'
wait_for last_line_is "$waits"
screen_key Enter
screen_wait 'Who was it'
wait_for last_line_is 'answer> *'
screen_enter me
screen_wait '^It ends\.$'
screen_wait '^  answers 2 of 2 right$'
screen_wait 'lesson  mine ends here; the lab stays as it is, with segments held \(release\)'
wait_for last_line_is 'netlab> *'
# the user is in the lab
screen_enter 'expect server CLOSE-WAIT; echo "still there"'
screen_wait '^still there$'
# left
screen_enter 'lesson mine'
wait_for last_line_is "$waits"
screen_key C-c
screen_wait 'lesson  mine is left; the lab stays as it is; `lesson mine` begins anew'
wait_for last_line_is 'netlab> *'
# led astray
screen_enter 'lesson mine'
wait_for last_line_is "$waits"
screen_key Enter
wait_for last_line_is 'next state of client> *'
screen_key Enter
wait_for last_line_is "$waits"
screen_enter 'drop; release; abort server'
wait_for last_line_is "$waits"
screen_key Enter
screen_wait 'mine cannot go on'
screen_wait 'commands typed at a pause have changed the lab'
screen_enter 'quit'
screen_wait '\[ended 0\]'
screen_end
